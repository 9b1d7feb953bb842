/*
 * Parked things: side problems that were found on the way and come back after the
 * incident. They share the incident's sequence of numbers with tasks and pages.
 */
#pragma once

#include "store/store.h"

struct parked {
    int64_t incident_id, n;
    const char *text;
    int64_t person_id;
    const char *handle; /* read only */
    int64_t made_ms, done_ms;
    int64_t entry_n; /* the timeline entry it stands under */
};
struct parked_list {
    struct parked *all;
    size_t count;
};
MUST_CHECK bool parked_insert(struct store *store, const struct parked *parked,
                              struct err *err);
/* NULL where there is none. */
MUST_CHECK bool parked_find(struct store *store, int64_t incident_id, int64_t n,
                            struct parked **parked, struct err *err);
MUST_CHECK bool parked_finish(struct store *store, int64_t incident_id, int64_t n,
                              int64_t now_ms, bool *moved, struct err *err);
/* Taken back by its entry. */
MUST_CHECK bool parked_drop_entry(struct store *store, int64_t incident_id,
                                  int64_t entry_n, int64_t now_ms, struct err *err);
/* Those not done, by number. */
MUST_CHECK bool parked_list(struct store *store, int64_t incident_id,
                            struct parked_list *list, struct err *err);
