/*
 * What is to be done on a platform: one row a wish. Rows of one lane leave in the order
 * of their ids, lanes side by side; a change, a pin or a topic that was put off is
 * overtaken. A row names its incident and person, not the
 * channel and account: those are joined in when it is claimed.
 */
#pragma once

#include "store/store.h"

struct outbox_row {
    int64_t id;
    const char *adapter, *lane, *kind;
    int64_t incident_id, person_id; /* 0: none */
    const char *place; /* a channel's id or "#name"; NULL: the incident's channel */
    int64_t about_row; /* the row whose message is amended or pinned; 0: none */
    const char *body;  /* JSON of bot/action.h */
    int64_t created_ms, due_ms, attempts;
    bool is_unsure, is_claimed;
    int64_t done_ms;
    const char *ref, *buried_why;
    /* Joined in on claim: */
    const char *incident_channel; /* NULL: not open yet */
    const char *about_ref, *about_place;
    const char *person_external, *person_handle;
};

MUST_CHECK bool outbox_put(struct store *store, struct outbox_row *row,
                           struct err *err);
/* In place of an unclaimed, untried row of the same kind about the same row: *merged
 * says whether there was one. For cards that change often. */
MUST_CHECK bool outbox_merge(struct store *store, const char *kind, int64_t about_row,
                             const char *body, bool *merged, struct err *err);
/* In place of what was put off (or of a person's page that waits), of the same lane and
 * kind: the newest wins. */
MUST_CHECK bool outbox_replace(struct store *store, const struct outbox_row *row,
                               bool *replaced, struct err *err);
struct outbox_rows {
    struct outbox_row *all;
    size_t count;
};
struct outbox_claim {
    const char *adapter, *claimer;
    int64_t now_ms, until_ms, limit;
    bool is_urgent; /* only what somebody waits for: forms first (their trigger lasts
                       three seconds), then what is for one person alone */
};
/* The oldest waiting row of each lane that is due and not claimed, in the order they
 * were put; claimed for `claimer` until until_ms. Rows that wait for a channel or for
 * about_row's ref are left out. */
MUST_CHECK bool outbox_claim(struct store *store, const struct outbox_claim *claim,
                             struct outbox_rows *rows, struct err *err);
MUST_CHECK bool outbox_find(struct store *store, int64_t id, struct outbox_row **row,
                            struct err *err);
MUST_CHECK bool outbox_find_ref(struct store *store, const char *adapter,
                                const char *ref, struct outbox_row **row,
                                struct err *err);
/* The oldest that waits, of that adapter, lane and kind; NULL: none. */
MUST_CHECK bool outbox_find_waiting(struct store *store, const struct outbox_row *like,
                                    struct outbox_row **row, struct err *err);
/* Those of one kind that wait for an incident, oldest first. */
MUST_CHECK bool outbox_list_waiting(struct store *store, int64_t incident_id,
                                    const char *kind, int64_t limit,
                                    struct outbox_rows *rows, struct err *err);
/* A message was changed: its own row holds what it says now, its choices with it. */
MUST_CHECK bool outbox_says_now(struct store *store, int64_t id, const char *body,
                                struct err *err);
/* What it says is said otherwise, be it done or not. */
MUST_CHECK bool outbox_reword(struct store *store, int64_t id, const char *body,
                              struct err *err);
/* Streams id and body of what was put, or changed, from since_ms on, about the incident
 * or none. */
typedef bool outbox_body_fn(int64_t id, const char *body, void *context);
MUST_CHECK bool outbox_each_since(struct store *store, int64_t incident_id,
                                  int64_t since_ms, outbox_body_fn *fn, void *context,
                                  struct err *err);
/* The incident goes on elsewhere: what was posted in `channel` is still there. */
MUST_CHECK bool outbox_stay(struct store *store, int64_t incident_id,
                            const char *channel, struct err *err);
/* *settled false: it was settled before; nothing changed. */
MUST_CHECK bool outbox_settle(struct store *store, int64_t id, const char *ref,
                              int64_t now_ms, bool *settled, struct err *err);
MUST_CHECK bool outbox_again(struct store *store, int64_t id, int64_t due_ms,
                             bool is_unsure, struct err *err);
/* After outbox_again: no earlier than that, whatever outbox_hasten does. */
MUST_CHECK bool outbox_hold(struct store *store, int64_t id, int64_t until_ms,
                            struct err *err);
/* Those of the adapter that were tried and wait for their next attempt are due, but for
 * those that are held. */
MUST_CHECK bool outbox_hasten(struct store *store, const char *adapter, int64_t now_ms,
                              struct err *err);
MUST_CHECK bool outbox_bury(struct store *store, int64_t id, const char *why,
                            int64_t now_ms, bool *settled, struct err *err);
/* Claims of other processes are void (we hold the store): free, unsure where they were
 * tried. */
MUST_CHECK bool outbox_free_claims(struct store *store, const char *claimer,
                                   struct err *err);
/* What waits is due, and its claims end, so much later. */
MUST_CHECK bool outbox_shift(struct store *store, int64_t by_ms, struct err *err);
/* The newest row of this adapter that was claimed or tried, and has no outcome yet, up
 * to `last` (0: whichever); 0: none. */
MUST_CHECK bool outbox_under_way(struct store *store, const char *adapter, int64_t last,
                                 int64_t *row_id, struct err *err);
/* Did anything get out by this adapter since then? Of what is not forgotten yet. */
MUST_CHECK bool outbox_has_left(struct store *store, const char *adapter,
                                int64_t since_ms, bool *has, struct err *err);
/* TIME_NONE: nothing waits for this adapter. Only rows that could leave now or later by
 * time alone; of those only the urgent, if is_urgent. */
MUST_CHECK bool outbox_earliest(struct store *store, const char *adapter,
                                bool is_urgent, int64_t *due_ms, struct err *err);
/* Of a row that is done nothing is left but that there was one. */
MUST_CHECK bool outbox_erase(struct store *store, int64_t id, struct err *err);
/* Bodies of rows done before `before_ms` are emptied. */
MUST_CHECK bool outbox_forget(struct store *store, int64_t before_ms, struct err *err);
