#include "store/people.h"

bool person_reach(struct store *store, int64_t person_id, const char *preferred,
                  const char **adapter, struct err *err)
{
    struct db_rows rows;

    *adapter = NULL;
    if (!store_run(
            store, &rows, err,
            "SELECT adapter FROM identities WHERE person_id = $1"
            " ORDER BY CASE WHEN adapter = $2 THEN 0 ELSE 1 END, adapter LIMIT 1",
            DB_ARGS(DB_INT(person_id), DB_TEXT(preferred)))) {
        return false;
    }
    if (rows.count > 0) {
        *adapter = db_text(&rows, 0, 0);
    }
    return true;
}
