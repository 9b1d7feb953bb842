#include "store/late_commands.h"

bool late_command_insert(struct store *store, const struct late_command *command,
                         struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO late_commands (person_id, adapter, at_ms, line) "
                     "VALUES ($1, $2, $3, $4)",
                     DB_ARGS(DB_INT(command->person_id), DB_TEXT(command->adapter),
                             DB_INT(command->at_ms), DB_TEXT(command->line)));
}

bool late_commands_take(struct store *store, int64_t person_id,
                        struct late_commands *commands, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT person_id, adapter, at_ms, line FROM late_commands "
                   "WHERE person_id = $1 ORDER BY at_ms, id",
                   DB_ARGS(DB_INT(person_id)))) {
        return false;
    }
    commands->count = rows.count;
    commands->all = ARENA_ARRAY(store->arena, struct late_command, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        commands->all[i] = (struct late_command){
            .person_id = db_int(&rows, i, 0),
            .adapter = db_text(&rows, i, 1),
            .at_ms = db_int(&rows, i, 2),
            .line = db_text(&rows, i, 3),
        };
    }
    return store_run(store, NULL, err, "DELETE FROM late_commands WHERE person_id = $1",
                     DB_ARGS(DB_INT(person_id)));
}
