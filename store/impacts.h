/*
 * What was answered to the five questions of impact: one word a question, the last one
 * holds; and whom the severity brought in without a word. What a word means, and what
 * it weighs, is bot/impact.h's affair.
 */
#pragma once

#include "store/store.h"

struct impact_row {
    int64_t incident_id;
    const char *question; /* users, share, loss, journey, span */
    const char *word;     /* NULL: skipped */
    int64_t person_id;
    int64_t at_ms;
};
struct impact_rows {
    struct impact_row *all;
    size_t count;
};

/* In place of what was answered before. */
MUST_CHECK bool impact_put(struct store *store, const struct impact_row *row,
                           struct err *err);
MUST_CHECK bool impacts_list(struct store *store, int64_t incident_id,
                             struct impact_rows *rows, struct err *err);

/* Somebody was brought in while they slept, and was not told. */
MUST_CHECK bool quiet_invite_add(struct store *store, int64_t incident_id,
                                 int64_t person_id, struct err *err);
/* *was_there: they were, and need not be told any more. */
MUST_CHECK bool quiet_invite_take(struct store *store, int64_t incident_id,
                                  int64_t person_id, bool *was_there, struct err *err);
