/*
 * Follow-up actions: one list and one sequence of numbers across all incidents.
 */
#pragma once

#include "store/store.h"

struct followup {
    int64_t id; /* what people type */
    int64_t incident_id;
    const char *what;
    int64_t owner_id, maker_id;
    const char *owner;       /* handle, read only */
    int64_t due_ms;          /* TIME_NONE: none */
    const char *why, *stops; /* NULL: not said */
    const char *state;       /* open, done */
    int64_t made_ms, done_ms;
    const char *result;
    int64_t entry_n;
    int64_t verified_ms; /* looked at again; TIME_NONE: not yet */
    bool has_helped;     /* what was seen then */
    const char *verdict; /* what was said of it, or NULL */
};
struct followups {
    struct followup *all;
    size_t count;
};

MUST_CHECK bool followup_insert(struct store *store, struct followup *followup,
                                struct err *err);
MUST_CHECK bool followup_set_entry(struct store *store, int64_t id, int64_t entry_n,
                                   struct err *err);
MUST_CHECK bool followup_find(struct store *store, int64_t id,
                              struct followup **followup, struct err *err);
/* Whose it is, and by when; open ones alone. */
MUST_CHECK bool followup_change(struct store *store, const struct followup *followup,
                                struct err *err);
/* By predicate: *is_done false where it was done (or dropped) before. */
MUST_CHECK bool followup_finish(struct store *store, int64_t id, const char *result,
                                int64_t now_ms, bool *is_done, struct err *err);
/* What was seen when somebody looked again at one that is done. */
struct followup_verdict {
    bool has_helped;
    const char *text; /* NULL: nothing more was said */
    int64_t person_id, at_ms;
};
/* By predicate: *is_new false where it is not done, or that was seen before. */
MUST_CHECK bool followup_verify(struct store *store, int64_t id,
                                const struct followup_verdict *verdict, bool *is_new,
                                struct err *err);
MUST_CHECK bool followup_drop_entry(struct store *store, int64_t incident_id,
                                    int64_t entry_n, int64_t now_ms, struct err *err);
/* Of one incident, all states, by number. */
MUST_CHECK bool followups_of(struct store *store, int64_t incident_id,
                             struct followups *followups, struct err *err);
/* Open ones of all incidents that the person may see, earliest due first. */
MUST_CHECK bool followups_open(struct store *store, int64_t person_id, int64_t limit,
                               struct followups *followups, struct err *err);
/* Likewise those done that nobody has looked at again, first done first. */
MUST_CHECK bool followups_unverified(struct store *store, int64_t person_id,
                                     int64_t limit, struct followups *followups,
                                     struct err *err);
