#include "store/holds.h"

#include "bot/base/time.h"

#define HOLD_COLUMNS                                                                   \
    "h.id, h.incident_id, h.role, h.person_id, p.handle, h.from_ms, h.to_ms, "         \
    "h.pause_id"
#define HOLD_TABLES " FROM holds h JOIN people p ON p.id = h.person_id "

static struct hold row_from(const struct db_rows *rows, size_t row)
{
    return (struct hold){
        .id = db_int(rows, row, 0),
        .incident_id = db_int(rows, row, 1),
        .role = db_text(rows, row, 2),
        .person_id = db_int(rows, row, 3),
        .handle = db_text(rows, row, 4),
        .from_ms = db_time(rows, row, 5),
        .to_ms = db_time(rows, row, 6),
        .pause_id = db_int(rows, row, 7),
    };
}

bool hold_begin(struct store *store, struct hold *hold, bool *begun, struct err *err)
{
    struct db_rows rows;
    if (!store_run(
            store, &rows, err,
            "INSERT INTO holds (incident_id, role, person_id, from_ms, "
            "pause_id) SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM holds "
            "WHERE incident_id = $1 AND role = $2 AND to_ms IS NULL) "
            "RETURNING id",
            DB_ARGS(DB_INT(hold->incident_id), DB_TEXT(hold->role),
                    DB_INT(hold->person_id), DB_INT(hold->from_ms),
                    DB_ID(hold->pause_id)))) {
        return false;
    }
    *begun = rows.count > 0;
    if (*begun) {
        hold->id = db_int(&rows, 0, 0);
        hold->to_ms = TIME_NONE;
    }
    return true;
}

bool hold_end(struct store *store, const struct hold *hold, int64_t now_ms, bool *ended,
              struct err *err)
{
    return store_change(
        store, ended, err,
        "UPDATE holds SET to_ms = $1 WHERE incident_id = $2 AND role = $3 "
        "AND person_id = $4 AND to_ms IS NULL",
        DB_ARGS(DB_INT(now_ms), DB_INT(hold->incident_id), DB_TEXT(hold->role),
                DB_INT(hold->person_id)));
}

bool hold_find(struct store *store, int64_t incident_id, const char *role,
               struct hold **hold, struct err *err)
{
    struct db_rows rows;
    *hold = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT " HOLD_COLUMNS HOLD_TABLES
                   "WHERE h.incident_id = $1 AND h.role = $2 AND h.to_ms IS NULL "
                   "ORDER BY h.id DESC LIMIT 1",
                   DB_ARGS(DB_INT(incident_id), DB_TEXT(role)))) {
        return false;
    }
    if (rows.count > 0) {
        *hold = ARENA_NEW(store->arena, struct hold);
        **hold = row_from(&rows, 0);
    }
    return true;
}

bool holds_list(struct store *store, int64_t incident_id, bool present,
                struct holds *holds, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " HOLD_COLUMNS HOLD_TABLES
                   "WHERE h.incident_id = $1 AND ($2 = 0 OR h.to_ms IS NULL) "
                   "ORDER BY h.from_ms, h.id",
                   DB_ARGS(DB_INT(incident_id), DB_INT(present ? 1 : 0)))) {
        return false;
    }
    holds->count = rows.count;
    holds->all = ARENA_ARRAY(store->arena, struct hold, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        holds->all[i] = row_from(&rows, i);
    }
    return true;
}

bool holds_count(struct store *store, int64_t person_id, const char *role,
                 int64_t *count, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT COUNT(DISTINCT incident_id) FROM holds "
                   "WHERE person_id = $1 AND role = $2",
                   DB_ARGS(DB_INT(person_id), DB_TEXT(role)))) {
        return false;
    }
    *count = db_int(&rows, 0, 0);
    return true;
}
