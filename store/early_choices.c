#include "store/early_choices.h"

bool early_choice_insert(struct store *store, struct early_choice *choice,
                         struct err *err)
{
    return store_insert(
        store, &choice->id, err,
        "INSERT INTO early_choices (adapter, channel, is_direct, message, event, "
        "external, choice, at_ms, held_ms, last_row) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        DB_ARGS(DB_TEXT(choice->adapter), DB_TEXT(choice->channel),
                DB_INT(choice->is_direct), DB_TEXT(choice->message),
                DB_TEXT(choice->event), DB_TEXT(choice->external),
                DB_TEXT(choice->choice), DB_INT(choice->at_ms), DB_INT(choice->held_ms),
                DB_INT(choice->last_row)));
}

bool early_choice_find(struct store *store, int64_t id, struct early_choice **choice,
                       struct err *err)
{
    struct db_rows rows;

    *choice = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT id, adapter, channel, is_direct, message, event, external, "
                   "choice, at_ms, held_ms, last_row FROM early_choices WHERE id = $1",
                   DB_ARGS(DB_INT(id)))) {
        return false;
    }
    if (rows.count > 0) {
        *choice = ARENA_NEW(store->arena, struct early_choice);
        **choice = (struct early_choice){
            .id = db_int(&rows, 0, 0),
            .adapter = db_text(&rows, 0, 1),
            .channel = db_text(&rows, 0, 2),
            .is_direct = db_int(&rows, 0, 3) != 0,
            .message = db_text(&rows, 0, 4),
            .event = db_text(&rows, 0, 5),
            .external = db_text(&rows, 0, 6),
            .choice = db_text(&rows, 0, 7),
            .at_ms = db_int(&rows, 0, 8),
            .held_ms = db_int(&rows, 0, 9),
            .last_row = db_int(&rows, 0, 10),
        };
    }
    return true;
}

bool early_choice_delete(struct store *store, int64_t id, struct err *err)
{
    return store_run(store, NULL, err, "DELETE FROM early_choices WHERE id = $1",
                     DB_ARGS(DB_INT(id)));
}
