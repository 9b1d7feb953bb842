#include "store/incidents.h"

bool incident_count(struct store *store, int64_t id, struct incident_counts *counts,
                    struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT COALESCE(SUM(CASE WHEN state IN ('offered', 'accepted')"
                   " THEN 1 ELSE 0 END), 0),"
                   " COALESCE(SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END), 0)"
                   " FROM tasks WHERE incident_id = $1",
                   DB_ARGS(DB_INT(id)))) {
        return false;
    }
    counts->tasks_open = db_int(&rows, 0, 0);
    counts->tasks_done = db_int(&rows, 0, 1);
    return true;
}
