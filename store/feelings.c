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

bool feelings_all(struct store *store, struct feelings *feelings, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT incident_id, entry_n, writer FROM feelings"
                   " ORDER BY incident_id, entry_n",
                   DB_NO_ARGS)) {
        return false;
    }
    feelings->count = rows.count;
    feelings->all = ARENA_ARRAY(store->arena, struct feeling, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        feelings->all[i] = (struct feeling){.incident_id = db_int(&rows, i, 0),
                                            .entry_n = db_int(&rows, i, 1),
                                            .writer = db_text(&rows, i, 2)};
    }
    return true;
}

bool feeling_forget_writer(struct store *store, const struct feeling *feeling,
                           struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM feelings WHERE incident_id = $1 AND entry_n = $2",
                     DB_ARGS(DB_INT(feeling->incident_id), DB_INT(feeling->entry_n)));
}

bool feelings_forget_writers(struct store *store, int64_t incident_id, struct err *err)
{
    return store_run(store, NULL, err, "DELETE FROM feelings WHERE incident_id = $1",
                     DB_ARGS(DB_INT(incident_id)));
}
