/* When a row is tried again. */
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
