/*
 * What others were told of an incident: inside words and outside words, when, by whom,
 * and when it had been due.
 */
#pragma once

#include "store/store.h"

struct update {
    int64_t id, incident_id, at_ms;
    const char *audience; /* one of UPDATE_… */
    int64_t person_id;
    const char *handle; /* read only */
    const char *text;
    int64_t due_ms;  /* TIME_NONE: none was due */
    bool is_put_off; /* due_ms is the moment somebody had put its reminder off to */
};

#define UPDATE_INSIDE  "inside"
#define UPDATE_OUTSIDE "outside"
#define UPDATE_UNSENT  "unsent" /* words for outside that went nowhere */

struct updates {
    struct update *all;
    size_t count;
};

/* Gives id. */
MUST_CHECK bool update_insert(struct store *store, struct update *update,
                              struct err *err);
/* Of one audience, or of both (NULL), in order. */
MUST_CHECK bool updates_list(struct store *store, int64_t incident_id,
                             const char *audience, struct updates *updates,
                             struct err *err);
/* How many, and the last one's moment (TIME_NONE where there is none). */
MUST_CHECK bool updates_last(struct store *store, int64_t incident_id,
                             const char *audience, int64_t *count, int64_t *at_ms,
                             struct err *err);
