/*
 * What falls due, as rows, so that a restart loses none; what somebody asked not to
 * hear; and the last nudges sent. What an alarm means is bot/alarm.h's affair.
 */
#pragma once

#include "store/store.h"

struct alarm {
    int64_t id;
    const char *kind;
    int64_t incident_id, subject, person_id; /* 0: none; together with kind its name */
    int64_t set_ms, due_ms;
};

/* Sets or moves the alarm of that name. */
MUST_CHECK bool alarm_set(struct store *store, const struct alarm *alarm,
                          struct err *err);
MUST_CHECK bool alarm_clear(struct store *store, const char *kind, int64_t incident_id,
                            int64_t subject, struct err *err); /* whoever it is for */
/* All of a kind in an incident, whatever they are about. */
MUST_CHECK bool alarms_clear(struct store *store, const char *kind, int64_t incident_id,
                             struct err *err);
/* NULL where none is due by now_ms. Earliest first, ties by row. */
MUST_CHECK bool alarm_next_due(struct store *store, int64_t now_ms,
                               struct alarm **alarm, struct err *err);
MUST_CHECK bool alarm_find(struct store *store, const char *kind, int64_t incident_id,
                           int64_t subject, struct alarm **alarm, struct err *err);
/* By predicate: *taken is false where it was moved or cleared meanwhile. */
MUST_CHECK bool alarm_take(struct store *store, const struct alarm *alarm, bool *taken,
                           struct err *err);
/* All of a kind that were set from then on, but those of this moment, by so much. */
MUST_CHECK bool alarms_shift(struct store *store, const char *kind, int64_t since_ms,
                             int64_t now_ms, int64_t by_ms, struct err *err);
/* TIME_NONE where there is none. */
MUST_CHECK bool alarm_earliest(struct store *store, int64_t *due_ms, struct err *err);

/* until_ms TIME_NONE: for good. */
MUST_CHECK bool quiet_set(struct store *store, const char *kind, int64_t incident_id,
                          int64_t person_id, int64_t until_ms, struct err *err);
/* INT64_MAX: for good; TIME_NONE: not quiet. */
MUST_CHECK bool quiet_until(struct store *store, const char *kind, int64_t incident_id,
                            int64_t person_id, int64_t *until_ms, struct err *err);

struct nudge {
    int64_t id;
    const char *kind;
    int64_t incident_id, subject, person_id, sent_ms;
};
MUST_CHECK bool nudge_note(struct store *store, const struct nudge *nudge,
                           struct err *err);
/* Has this person (0: anybody) had one of that kind in that incident? */
MUST_CHECK bool nudge_was_sent(struct store *store, const struct nudge *nudge,
                               bool *was_sent, struct err *err);
/* Was a later one of the same kind, about the same, sent to the same? */
MUST_CHECK bool nudge_was_repeated(struct store *store, const struct nudge *nudge,
                                   bool *was_repeated, struct err *err);
/* The last one in an incident's channel (person_id 0), or to a person; NULL where none.
 */
MUST_CHECK bool nudge_last(struct store *store, int64_t incident_id, int64_t person_id,
                           struct nudge **nudge, struct err *err);
