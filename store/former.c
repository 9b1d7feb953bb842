/* What begins with an id and ':' is between those two: ';' is the next character. */
#include "store/former.h"

/* It may have had this id before, and then others. */
static bool put_row(struct store *store, const struct former *former, struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM former_channels WHERE adapter = $1 AND formerly = $2",
                     DB_ARGS(DB_TEXT(former->adapter), DB_TEXT(former->channel))) &&
           store_run(store, NULL, err,
                     "UPDATE former_channels SET channel = $3 "
                     "WHERE adapter = $1 AND channel = $2",
                     DB_ARGS(DB_TEXT(former->adapter), DB_TEXT(former->formerly),
                             DB_TEXT(former->channel))) &&
           store_run(store, NULL, err,
                     "INSERT INTO former_channels (adapter, formerly, channel) "
                     "VALUES ($1, $2, $3) ON CONFLICT (adapter, formerly) "
                     "DO UPDATE SET channel = excluded.channel",
                     DB_ARGS(DB_TEXT(former->adapter), DB_TEXT(former->formerly),
                             DB_TEXT(former->channel)));
}

/* The old rows stay: what is delivered again may still bear the old id. */
static bool copy_inbox(struct store *store, const struct former *former,
                       struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO inbox (adapter, event, heard_ms) "
                     "SELECT adapter, $3 || SUBSTR(event, LENGTH($2) + 1), heard_ms "
                     "FROM inbox WHERE adapter = $1 AND event >= $2 || ':' "
                     "AND event < $2 || ';' "
                     "ON CONFLICT (adapter, event) DO NOTHING",
                     DB_ARGS(DB_TEXT(former->adapter), DB_TEXT(former->formerly),
                             DB_TEXT(former->channel)));
}

/* Of what was posted there. */
static bool move_refs(struct store *store, const struct former *former, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE outbox SET ref = $3 || SUBSTR(ref, LENGTH($2) + 1) "
                     "WHERE adapter = $1 AND ref >= $2 || ':' AND ref < $2 || ';'",
                     DB_ARGS(DB_TEXT(former->adapter), DB_TEXT(former->formerly),
                             DB_TEXT(former->channel)));
}

bool former_put(struct store *store, const struct former *former, struct err *err)
{
    static const char *const moves[] = {
        "UPDATE incidents SET channel = $3 WHERE adapter = $1 AND channel = $2",
        "UPDATE outbox SET place = $3 WHERE adapter = $1 AND place = $2",
        "UPDATE retro_fills SET channel = $3 WHERE adapter = $1 AND channel = $2",
        "UPDATE retro_answers SET channel = $3 WHERE adapter = $1 AND channel = $2",
    };

    store->former =
        FORMER_SOME; /* should this be taken back, it only looks more often */
    for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
        if (!store_run(store, NULL, err, moves[i],
                       DB_ARGS(DB_TEXT(former->adapter), DB_TEXT(former->formerly),
                               DB_TEXT(former->channel)))) {
            return false;
        }
    }
    return move_refs(store, former, err) && copy_inbox(store, former, err) &&
           put_row(store, former, err);
}

bool former_find(struct store *store, const char *adapter, const char *formerly,
                 const char **channel, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT channel FROM former_channels "
                   "WHERE adapter = $1 AND formerly = $2",
                   DB_ARGS(DB_TEXT(adapter), DB_TEXT(formerly)))) {
        return false;
    }
    *channel = rows.count > 0 ? db_text(&rows, 0, 0) : NULL;
    return true;
}

bool former_is_any(struct store *store, bool *is_any, struct err *err)
{
    struct db_rows rows;

    if (store->former == FORMER_UNSEEN) {
        if (!store_run(store, &rows, err, "SELECT 1 FROM former_channels LIMIT 1",
                       DB_NO_ARGS)) {
            return false;
        }
        store->former = rows.count > 0 ? FORMER_SOME : FORMER_NONE;
    }
    *is_any = store->former == FORMER_SOME;
    return true;
}
