#include "store/updates.h"

#include "bot/base/text.h"

bool update_insert(struct store *store, struct update *update, struct err *err)
{
    return store_insert(
        store, &update->id, err,
        "INSERT INTO updates (incident_id, at_ms, audience, person_id, text, "
        "due_ms, put_off) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        DB_ARGS(DB_INT(update->incident_id), DB_INT(update->at_ms),
                DB_TEXT(update->audience), DB_INT(update->person_id),
                DB_TEXT(update->text), DB_TIME(update->due_ms),
                DB_INT(update->is_put_off)));
}

bool updates_list(struct store *store, int64_t incident_id, const char *audience,
                  struct updates *updates, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT u.id, u.incident_id, u.at_ms, u.audience, u.person_id, "
                   "p.handle, u.text, u.due_ms, u.put_off FROM updates u "
                   "JOIN people p ON p.id = u.person_id WHERE u.incident_id = $1 "
                   "AND ($2 = '' OR u.audience = $2) ORDER BY u.at_ms, u.id",
                   DB_ARGS(DB_INT(incident_id), DB_TEXT(text_or(audience, ""))))) {
        return false;
    }
    updates->count = rows.count;
    updates->all = ARENA_ARRAY(store->arena, struct update, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        updates->all[i] = (struct update){
            .id = db_int(&rows, i, 0),
            .incident_id = db_int(&rows, i, 1),
            .at_ms = db_time(&rows, i, 2),
            .audience = db_text(&rows, i, 3),
            .person_id = db_int(&rows, i, 4),
            .handle = db_text(&rows, i, 5),
            .text = db_text(&rows, i, 6),
            .due_ms = db_time(&rows, i, 7),
            .is_put_off = db_flag(&rows, i, 8),
        };
    }
    return true;
}

bool updates_last(struct store *store, int64_t incident_id, const char *audience,
                  int64_t *count, int64_t *at_ms, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT COUNT(*), MAX(at_ms) FROM updates WHERE incident_id = $1 "
                   "AND audience = $2",
                   DB_ARGS(DB_INT(incident_id), DB_TEXT(audience)))) {
        return false;
    }
    *count = db_int(&rows, 0, 0);
    *at_ms = db_time(&rows, 0, 1);
    return true;
}
