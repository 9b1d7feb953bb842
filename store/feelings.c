#include "store/feelings.h"

bool feeling_insert(struct store *store, int64_t incident_id, int64_t entry_n,
                    const char *writer, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO feelings (incident_id, entry_n, writer)"
                     " VALUES ($1, $2, $3)",
                     DB_ARGS(DB_INT(incident_id), DB_INT(entry_n), DB_TEXT(writer)));
}

bool feeling_writer(struct store *store, int64_t incident_id, int64_t entry_n,
                    const char **writer, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT writer FROM feelings WHERE incident_id = $1"
                   " AND entry_n = $2",
                   DB_ARGS(DB_INT(incident_id), DB_INT(entry_n)))) {
        return false;
    }
    *writer = rows.count > 0 ? db_text(&rows, 0, 0) : NULL;
    return true;
}

bool feelings_forget_writers(struct store *store, int64_t incident_id, struct err *err)
{
    return store_run(store, NULL, err, "DELETE FROM feelings WHERE incident_id = $1",
                     DB_ARGS(DB_INT(incident_id)));
}
