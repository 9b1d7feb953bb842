#include "store/switches.h"

bool switch_find(struct store *store, int64_t person_id, const char *name, bool *is_set,
                 bool *is_on, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT is_on FROM switches WHERE person_id = $1 AND name = $2",
                   DB_ARGS(DB_INT(person_id), DB_TEXT(name)))) {
        return false;
    }
    *is_set = rows.count > 0;
    *is_on = *is_set && db_flag(&rows, 0, 0);
    return true;
}

bool switch_set(struct store *store, int64_t person_id, const char *name, bool is_on,
                struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO switches (person_id, name, is_on) "
                     "VALUES ($1, $2, $3) ON CONFLICT (person_id, name) "
                     "DO UPDATE SET is_on = excluded.is_on",
                     DB_ARGS(DB_INT(person_id), DB_TEXT(name), DB_INT(is_on ? 1 : 0)));
}
