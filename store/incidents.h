/*
 * Incidents and who is in them. What may follow what is bot/lifecycle.c's affair.
 */
#pragma once

#include "store/store.h"

enum incident_state {
    INCIDENT_SUSPECTED,
    INCIDENT_ACTIVE,
    INCIDENT_MITIGATED,
    INCIDENT_RESOLVED,
    INCIDENT_REVIEWED,
    INCIDENT_CANCELLED,
};

struct incident {
    int64_t id; /* people type inc-ID */
    const char *title;
    const char *summary; /* NULL: none was written */
    enum incident_state state;
    const char *severity, *severity_why;
    bool severity_by_judgement;
    int64_t severity_person_id;
    bool is_private, is_drill;
    int64_t service_id;  /* 0: none */
    const char *service; /* its name, or NULL */
    int64_t declared_by;
    int64_t declared_ms, started_ms, detected_ms, mitigated_ms, normal_ms, resolved_ms;
    int64_t reopened_ms; /* after its end, the last time */
    const char *detected_how, *resolved_text;
    const char *adapter;
    const char *channel;      /* NULL until the platform has opened it */
    const char *channel_name; /* without '#' */
    int64_t headline_row;     /* the outbox row of the pinned headline; 0: none yet */
    int64_t call_row;
};

const char *incident_state_name(enum incident_state state);
bool incident_is_open(
    const struct incident *incident); /* suspected, active, mitigated */

/* Since when it is as it is: declared, or reopened after its end. */
int64_t incident_opened_ms(const struct incident *incident);

/* Gives id; channel_name may hold "{id}", which becomes the number. */
MUST_CHECK bool incident_insert(struct store *store, struct incident *incident,
                                struct err *err);
/* NULL where there is none. */
MUST_CHECK bool incident_find(struct store *store, int64_t id,
                              struct incident **incident, struct err *err);
MUST_CHECK bool incident_find_channel(struct store *store, const char *adapter,
                                      const char *channel, struct incident **incident,
                                      struct err *err);
/* Moves by predicate: *moved is false where the state was no longer `from`. */
MUST_CHECK bool incident_move(struct store *store, int64_t id, enum incident_state from,
                              enum incident_state to, bool *moved, struct err *err);
/* Title, summary, severity (why, by whom), service and moments; not state, channel or
 * rows. */
MUST_CHECK bool incident_update(struct store *store, const struct incident *incident,
                                struct err *err);
MUST_CHECK bool incident_set_channel(struct store *store, int64_t id,
                                     const char *channel, const char *channel_name,
                                     struct err *err);
MUST_CHECK bool incident_set_headline(struct store *store, int64_t id, int64_t row,
                                      struct err *err);
MUST_CHECK bool incident_set_call(struct store *store, int64_t id, int64_t row,
                                  struct err *err);

/* The next number of the incident's own sequence (tasks, pages, parked things). */
MUST_CHECK bool incident_next_n(struct store *store, int64_t id, int64_t *n,
                                struct err *err);
MUST_CHECK bool incident_next_factor(struct store *store, int64_t id, int64_t *n,
                                     struct err *err);

struct incidents {
    struct incident **all;
    size_t count;
};
enum incident_filter {
    INCIDENTS_OPEN,
    INCIDENTS_ALL,
    INCIDENTS_MINE,
    INCIDENTS_MINE_RESOLVED
};
/* Newest first. Private ones only where person_id is a member (0: none of them). MINE:
 * open ones of which the person is a member; RESOLVED: those of theirs that are. At
 * most `limit`. */
MUST_CHECK bool incidents_list(struct store *store, enum incident_filter filter,
                               int64_t person_id, int64_t limit,
                               struct incidents *incidents, struct err *err);
/* Open ones on a service, private ones left out, without `except_id`. */
MUST_CHECK bool incidents_on_service(struct store *store, int64_t service_id,
                                     int64_t except_id, struct incidents *incidents,
                                     struct err *err);

/* Everything open on a platform, private ones too: for the adapter's own reading. */
MUST_CHECK bool incidents_open_on(struct store *store, const char *adapter,
                                  int64_t limit, struct incidents *incidents,
                                  struct err *err);

/* *is_new: was not one (or had left). */
MUST_CHECK bool member_add(struct store *store, int64_t incident_id, int64_t person_id,
                           int64_t now_ms, bool *is_new, struct err *err);
MUST_CHECK bool member_leave(struct store *store, int64_t incident_id,
                             int64_t person_id, int64_t now_ms, struct err *err);
MUST_CHECK bool member_is(struct store *store, int64_t incident_id, int64_t person_id,
                          bool *is_member, struct err *err);
/* Is not to be asked for anything before until_ms (INT64_MAX: any more; TIME_NONE: may
 * be asked). */
MUST_CHECK bool member_rest(struct store *store, int64_t incident_id, int64_t person_id,
                            int64_t until_ms, struct err *err);
struct people;
/* Who is not to be asked now. */
MUST_CHECK bool members_resting(struct store *store, int64_t incident_id,
                                int64_t now_ms, struct people *people, struct err *err);
MUST_CHECK bool members_list(struct store *store, int64_t incident_id,
                             struct people *people, struct err *err);
