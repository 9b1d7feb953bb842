/*
 * What many incidents have in common: by service and by kind of factor, never by
 * person. Only rows; medians are bot/trend.c's affair.
 */
#pragma once

#include "store/store.h"

#define TREND_KINDS 4 /* of factors */
extern const char *const trend_kind_names[TREND_KINDS];

struct trend_row {
    int64_t id;
    const char *service; /* NULL: none */
    int64_t declared_ms, started_ms, detected_ms;
    int64_t better_ms; /* mitigated, else normal, else resolved; TIME_NONE: none of
                          them */
    bool has_kind[TREND_KINDS];
    bool was_reopened; /* after its end */
};
struct trend_rows {
    struct trend_row *all;
    size_t count;
};
/* Incidents declared from from_ms on that the person may see; no drills, no false
 * alarms. At most `limit`, the newest. */
MUST_CHECK bool trend_rows_list(struct store *store, int64_t person_id, int64_t from_ms,
                                int64_t limit, struct trend_rows *rows,
                                struct err *err);

/* Of the follow-ups of such incidents. */
struct trend_followups {
    int64_t all, done, verified, helped;
};
MUST_CHECK bool trend_followups_count(struct store *store, int64_t person_id,
                                      int64_t from_ms, struct trend_followups *counts,
                                      struct err *err);
