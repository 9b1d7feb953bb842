#include "store/trends.h"

const char *const trend_kind_names[TREND_KINDS] = {"technical", "process", "people",
                                                   "outside"};

/* $1 is who asks, $2 from when on. */
#define TREND_COUNTS                                                                   \
    "i.declared_ms >= $2 AND i.drill = 0 AND i.state <> 'cancelled' "                  \
    "AND (i.private = 0 OR EXISTS (SELECT 1 FROM members m "                           \
    "WHERE m.incident_id = i.id AND m.person_id = $1 AND m.left_ms IS NULL)) "

/* Those that are in the draft; the kind goes behind it. */
#define FACTORS_OF_KIND                                                                \
    "(SELECT COUNT(*) FROM factors f WHERE f.incident_id = i.id "                      \
    "AND f.dropped_ms IS NULL AND f.held = 0 AND f.kind = "

/* The kinds in the order of their names above. */
static const char rows_sql[] =
    "SELECT s.name, i.declared_ms, i.started_ms, i.detected_ms, "
    "COALESCE(i.mitigated_ms, i.normal_ms, i.resolved_ms), " FACTORS_OF_KIND
    "'technical'), " FACTORS_OF_KIND "'process'), " FACTORS_OF_KIND
    "'people'), " FACTORS_OF_KIND "'outside'), i.id, i.reopened_ms IS NOT NULL "
    "FROM incidents i LEFT JOIN services s ON s.id = i.service_id "
    "WHERE " TREND_COUNTS "ORDER BY i.declared_ms DESC LIMIT $3";

static struct trend_row row_from(const struct db_rows *rows, size_t row)
{
    struct trend_row one = {
        .service = db_text(rows, row, 0),
        .declared_ms = db_time(rows, row, 1),
        .started_ms = db_time(rows, row, 2),
        .detected_ms = db_time(rows, row, 3),
        .better_ms = db_time(rows, row, 4),
    };

    for (size_t kind = 0; kind < TREND_KINDS; kind++) {
        one.has_kind[kind] = db_flag(rows, row, 5 + kind);
    }
    one.id = db_int(rows, row, 5 + TREND_KINDS);
    one.was_reopened = db_flag(rows, row, 6 + TREND_KINDS);
    return one;
}

bool trend_rows_list(struct store *store, int64_t person_id, int64_t from_ms,
                     int64_t limit, struct trend_rows *list, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err, rows_sql,
                   DB_ARGS(DB_INT(person_id), DB_INT(from_ms), DB_INT(limit)))) {
        return false;
    }
    list->count = rows.count;
    list->all = ARENA_ARRAY(store->arena, struct trend_row, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        list->all[i] = row_from(&rows, i);
    }
    return true;
}

bool trend_followups_count(struct store *store, int64_t person_id, int64_t from_ms,
                           struct trend_followups *counts, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT COUNT(*), COALESCE(SUM(CASE WHEN u.state = 'done' THEN 1 "
                   "ELSE 0 END), 0), COUNT(u.verified_ms), COALESCE(SUM(u.helped), 0) "
                   "FROM followups u JOIN incidents i ON i.id = u.incident_id "
                   "WHERE u.dropped_ms IS NULL AND " TREND_COUNTS,
                   DB_ARGS(DB_INT(person_id), DB_INT(from_ms)))) {
        return false;
    }
    *counts = (struct trend_followups){
        .all = db_int(&rows, 0, 0),
        .done = db_int(&rows, 0, 1),
        .verified = db_int(&rows, 0, 2),
        .helped = db_int(&rows, 0, 3),
    };
    return true;
}
