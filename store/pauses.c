#include "store/pauses.h"

#define PAUSE_SELECT                                                                   \
    "SELECT id, incident_id, person_id, deputy_id, by_choice, length_ms, asked_ms, "   \
    "from_ms FROM pauses "

static struct pause row_from(const struct db_rows *rows, size_t row)
{
    return (struct pause){
        .id = db_int(rows, row, 0),
        .incident_id = db_int(rows, row, 1),
        .person_id = db_int(rows, row, 2),
        .deputy_id = db_int(rows, row, 3),
        .by_choice = db_flag(rows, row, 4),
        .length_ms = db_int(rows, row, 5),
        .asked_ms = db_time(rows, row, 6),
        .from_ms = db_time(rows, row, 7),
    };
}

bool pause_insert(struct store *store, struct pause *pause, struct err *err)
{
    return store_insert(
        store, &pause->id, err,
        "INSERT INTO pauses (incident_id, person_id, deputy_id, by_choice, length_ms, "
        "asked_ms, from_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        DB_ARGS(DB_INT(pause->incident_id), DB_INT(pause->person_id),
                DB_ID(pause->deputy_id), DB_INT(pause->by_choice ? 1 : 0),
                DB_INT(pause->length_ms), DB_INT(pause->asked_ms),
                DB_TIME(pause->from_ms)));
}

bool pause_find(struct store *store, int64_t incident_id, int64_t person_id,
                struct pause **pause, struct err *err)
{
    struct db_rows rows;

    *pause = NULL;
    if (!store_run(store, &rows, err,
                   PAUSE_SELECT "WHERE incident_id = $1 AND person_id = $2 "
                                "AND ended_ms IS NULL ORDER BY id DESC LIMIT 1",
                   DB_ARGS(DB_INT(incident_id), DB_INT(person_id)))) {
        return false;
    }
    if (rows.count > 0) {
        *pause = ARENA_NEW(store->arena, struct pause);
        **pause = row_from(&rows, 0);
    }
    return true;
}

bool pauses_open(struct store *store, int64_t incident_id, struct pauses *pauses,
                 struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   PAUSE_SELECT "WHERE incident_id = $1 AND ended_ms IS NULL "
                                "ORDER BY id",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    pauses->count = rows.count;
    pauses->all = ARENA_ARRAY(store->arena, struct pause, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        pauses->all[i] = row_from(&rows, i);
    }
    return true;
}

bool pause_begin(struct store *store, int64_t id, int64_t deputy_id, int64_t now_ms,
                 bool *begun, struct err *err)
{
    return store_change(store, begun, err,
                        "UPDATE pauses SET deputy_id = $1, from_ms = $2 WHERE id = $3 "
                        "AND from_ms IS NULL AND ended_ms IS NULL",
                        DB_ARGS(DB_INT(deputy_id), DB_INT(now_ms), DB_INT(id)));
}

bool pause_set_length(struct store *store, int64_t id, int64_t length_ms,
                      struct err *err)
{
    return store_run(store, NULL, err, "UPDATE pauses SET length_ms = $1 WHERE id = $2",
                     DB_ARGS(DB_INT(length_ms), DB_INT(id)));
}

bool pause_end(struct store *store, int64_t id, int64_t now_ms, struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE pauses SET ended_ms = $1 WHERE id = $2 AND ended_ms IS NULL",
        DB_ARGS(DB_INT(now_ms), DB_INT(id)));
}
