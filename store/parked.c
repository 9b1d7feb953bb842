#include "store/parked.h"

bool parked_insert(struct store *store, const struct parked *parked, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO parked (incident_id, n, text, person_id, made_ms, "
                     "entry_n) VALUES ($1, $2, $3, $4, $5, $6)",
                     DB_ARGS(DB_INT(parked->incident_id), DB_INT(parked->n),
                             DB_TEXT(parked->text), DB_INT(parked->person_id),
                             DB_INT(parked->made_ms), DB_ID(parked->entry_n)));
}

#define PARKED_SELECT                                                                  \
    "SELECT k.incident_id, k.n, k.text, k.person_id, p.handle, k.made_ms, k.done_ms, " \
    "k.entry_n FROM parked k JOIN people p ON p.id = k.person_id WHERE k.incident_id " \
    "= $1 "

static void read_parked(const struct db_rows *rows, size_t row, struct parked *parked)
{
    *parked = (struct parked){
        .incident_id = db_int(rows, row, 0),
        .n = db_int(rows, row, 1),
        .text = db_text(rows, row, 2),
        .person_id = db_int(rows, row, 3),
        .handle = db_text(rows, row, 4),
        .made_ms = db_int(rows, row, 5),
        .done_ms = db_time(rows, row, 6),
        .entry_n = db_int(rows, row, 7),
    };
}

bool parked_find(struct store *store, int64_t incident_id, int64_t n,
                 struct parked **parked, struct err *err)
{
    struct db_rows rows;

    *parked = NULL;
    if (!store_run(store, &rows, err, PARKED_SELECT "AND k.n = $2",
                   DB_ARGS(DB_INT(incident_id), DB_INT(n)))) {
        return false;
    }
    if (rows.count > 0) {
        *parked = ARENA_NEW(store->arena, struct parked);
        read_parked(&rows, 0, *parked);
    }
    return true;
}

bool parked_finish(struct store *store, int64_t incident_id, int64_t n, int64_t now_ms,
                   bool *moved, struct err *err)
{
    return store_change(
        store, moved, err,
        "UPDATE parked SET done_ms = $1 WHERE incident_id = $2 AND n = $3 "
        "AND done_ms IS NULL",
        DB_ARGS(DB_INT(now_ms), DB_INT(incident_id), DB_INT(n)));
}

bool parked_drop_entry(struct store *store, int64_t incident_id, int64_t entry_n,
                       int64_t now_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE parked SET done_ms = $1 WHERE incident_id = $2 "
                     "AND entry_n = $3 AND done_ms IS NULL",
                     DB_ARGS(DB_INT(now_ms), DB_INT(incident_id), DB_INT(entry_n)));
}

bool parked_list(struct store *store, int64_t incident_id, struct parked_list *list,
                 struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   PARKED_SELECT "AND k.done_ms IS NULL ORDER BY k.n",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    list->count = rows.count;
    list->all = ARENA_ARRAY(store->arena, struct parked, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        read_parked(&rows, i, &list->all[i]);
    }
    return true;
}
