/* When a row is tried again, and what is being tried. */
#include "store/outbox.h"

bool outbox_again(struct store *store, int64_t id, int64_t due_ms, bool is_unsure,
                  struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE outbox SET due_ms = $1, unsure = $2, "
                     "attempts = attempts + 1, claimed_by = NULL, claimed_until_ms = 0 "
                     "WHERE id = $3 AND done_ms IS NULL",
                     DB_ARGS(DB_INT(due_ms), DB_INT(is_unsure), DB_INT(id)));
}

/* A claim that is nobody's. */
bool outbox_hold(struct store *store, int64_t id, int64_t until_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE outbox SET claimed_until_ms = $1 "
                     "WHERE id = $2 AND done_ms IS NULL AND claimed_by IS NULL",
                     DB_ARGS(DB_INT(until_ms - 1), DB_INT(id)));
}

bool outbox_hasten(struct store *store, const char *adapter, int64_t now_ms,
                   struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE outbox SET due_ms = $1 WHERE adapter = $2 "
                     "AND done_ms IS NULL AND due_ms > $1 AND claimed_until_ms < $1 "
                     "AND attempts > 0",
                     DB_ARGS(DB_INT(now_ms), DB_TEXT(adapter)));
}

bool outbox_shift(struct store *store, int64_t by_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE outbox SET due_ms = due_ms + $1, "
                     "claimed_until_ms = claimed_until_ms + $1 WHERE done_ms IS NULL",
                     DB_ARGS(DB_INT(by_ms)));
}

bool outbox_under_way(struct store *store, const char *adapter, int64_t last,
                      int64_t *row_id, struct err *err)
{
    struct db_rows rows;

    *row_id = 0;
    if (!store_run(store, &rows, err,
                   "SELECT id FROM outbox WHERE adapter = $1 AND done_ms IS NULL "
                   "AND (claimed_by IS NOT NULL OR attempts > 0 OR unsure = 1) "
                   "AND (id <= $2 OR $2 = 0) ORDER BY id DESC LIMIT 1",
                   DB_ARGS(DB_TEXT(adapter), DB_INT(last)))) {
        return false;
    }
    if (rows.count > 0) {
        *row_id = db_int(&rows, 0, 0);
    }
    return true;
}
