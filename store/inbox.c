#include "store/inbox.h"

#include "store/former.h"

bool inbox_claim(struct store *store, const char *adapter, const char *event,
                 int64_t now_ms, bool *is_new, struct err *err)
{
    return store_change(
        store, is_new, err,
        "INSERT INTO inbox (adapter, event, heard_ms) VALUES ($1, $2, $3) "
        "ON CONFLICT (adapter, event) DO NOTHING",
        DB_ARGS(DB_TEXT(adapter), DB_TEXT(event), DB_INT(now_ms)));
}

bool inbox_release(struct store *store, const char *adapter, const char *event,
                   struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM inbox WHERE adapter = $1 AND event = $2",
                     DB_ARGS(DB_TEXT(adapter), DB_TEXT(event)));
}

bool inbox_look(struct store *store, const struct inbox_message *message, bool *is_new,
                struct err *err)
{
    struct db_rows rows;
    if (!store_run(
            store, &rows, err,
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM timeline WHERE adapter = $1 "
            "AND " FORMER_IS_CHANNEL(
                "channel") "AND message = $3) OR EXISTS (SELECT 1 FROM inbox "
                           "WHERE adapter = $1 AND event = $4) THEN 0 ELSE 1 END",
            DB_ARGS(DB_TEXT(message->adapter), DB_TEXT(message->channel),
                    DB_TEXT(message->message), DB_TEXT(message->event)))) {
        return false;
    }
    *is_new = db_flag(&rows, 0, 0);
    return true;
}

bool inbox_forget(struct store *store, int64_t before_ms, struct err *err)
{
    return store_run(store, NULL, err, "DELETE FROM inbox WHERE heard_ms < $1",
                     DB_ARGS(DB_INT(before_ms)));
}
