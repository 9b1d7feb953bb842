/*
 * Choices under messages of ours whose names are not known yet. They wait here until
 * the outbox rows that were under way by then are settled.
 */
#pragma once

#include "store/store.h"

struct early_choice {
    int64_t id;
    const char *adapter, *channel, *message, *event; /* as the platform calls them */
    const char *external;                            /* who chose */
    const char *choice; /* the command line; NULL: a check mark */
    bool is_direct;
    int64_t at_ms, held_ms;
    int64_t last_row; /* the newest outbox row it can be about */
};

/* Sets choice->id. */
MUST_CHECK bool early_choice_insert(struct store *store, struct early_choice *choice,
                                    struct err *err);
/* NULL where it is gone. */
MUST_CHECK bool early_choice_find(struct store *store, int64_t id,
                                  struct early_choice **choice, struct err *err);
MUST_CHECK bool early_choice_delete(struct store *store, int64_t id, struct err *err);
