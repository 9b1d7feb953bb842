#include "store/memory.h"

bool memory_find(struct store *store, const char *adapter, const char *name,
                 const char **value, struct err *err)
{
    struct db_rows rows;
    *value = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT value FROM memory WHERE adapter = $1 AND name = $2",
                   DB_ARGS(DB_TEXT(adapter), DB_TEXT(name)))) {
        return false;
    }
    *value = rows.count > 0 ? db_text(&rows, 0, 0) : NULL;
    return true;
}

bool memory_set(struct store *store, const char *adapter, const char *name,
                const char *value, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO memory (adapter, name, value) VALUES ($1, $2, $3) "
                     "ON CONFLICT (adapter, name) DO UPDATE SET value = excluded.value",
                     DB_ARGS(DB_TEXT(adapter), DB_TEXT(name), DB_TEXT(value)));
}
