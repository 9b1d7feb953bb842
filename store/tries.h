/*
 * Experiments: something tried to see whether it helps, and how it went. They share the
 * incident's sequence of numbers with tasks, pages and parked things.
 */
#pragma once

#include "store/store.h"

enum try_outcome { TRY_OPEN, TRY_WORKED, TRY_DID_NOT };

struct
try {
    int64_t incident_id, n;
    const char *text;
    int64_t person_id;
    const char *handle; /* read only */
    int64_t made_ms;
    enum try_outcome outcome;
    const char *result; /* what was said of the outcome, or NULL */
    int64_t settled_ms; /* TIME_NONE while it is open */
    int64_t entry_n;    /* the timeline entry it stands under */
};
struct tries {
    struct try *all;
    size_t count;
};

MUST_CHECK bool try_insert(struct store *store, const struct try *try, struct err *err);
/* NULL where there is none, or it was dropped. */
MUST_CHECK bool try_find(struct store *store, int64_t incident_id, int64_t n,
                         struct try **try, struct err *err);

/* How it went, also where that was known otherwise before. */
struct try_verdict {
    enum try_outcome outcome;
    const char *result; /* NULL: not said */
    int64_t person_id, at_ms;
    int64_t entry_n; /* the timeline entry that says so */
};
/* By predicate: *moved false where the outcome is that already, or it was dropped. */
MUST_CHECK bool try_settle(struct store *store, const struct try *try,
                           const struct try_verdict *verdict, bool *moved,
                           struct err *err);
/* The entry of an outcome takes that back, the entry of the experiment all of it. */
MUST_CHECK bool try_drop_entry(struct store *store, int64_t incident_id,
                               int64_t entry_n, int64_t now_ms, struct err *err);
/* Those not dropped, by number. */
MUST_CHECK bool tries_list(struct store *store, int64_t incident_id,
                           struct tries *tries, struct err *err);
