/*
 * Who held which role of an incident, from when to when. One person holds a role at a
 * time, and each change says by predicate whether it happened. Who may hold what is
 * bot/roles.c's affair.
 */
#pragma once

#include "store/store.h"

struct hold {
    int64_t id, incident_id;
    const char *role;
    int64_t person_id;
    const char *handle;     /* read only */
    int64_t from_ms, to_ms; /* to_ms TIME_NONE: still */
    int64_t pause_id;       /* held for somebody who takes a break; 0: for oneself */
};

struct holds {
    struct hold *all;
    size_t count;
};

/* *begun false: somebody holds that role now; nothing changed. Gives id. */
MUST_CHECK bool hold_begin(struct store *store, struct hold *hold, bool *begun,
                           struct err *err);
/* *ended false: that person does not hold it now. */
MUST_CHECK bool hold_end(struct store *store, const struct hold *hold, int64_t now_ms,
                         bool *ended, struct err *err);
/* The present hold of a role, NULL where nobody has it. */
MUST_CHECK bool hold_find(struct store *store, int64_t incident_id, const char *role,
                          struct hold **hold, struct err *err);
/* Of an incident, in order of from_ms; `present`: only those that last. */
MUST_CHECK bool holds_list(struct store *store, int64_t incident_id, bool present,
                           struct holds *holds, struct err *err);
/* In how many incidents a person has held a role. */
MUST_CHECK bool holds_count(struct store *store, int64_t person_id, const char *role,
                            int64_t *count, struct err *err);
