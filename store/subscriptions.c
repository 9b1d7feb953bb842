#include "store/subscriptions.h"

bool subscription_add(struct store *store, const struct subscription *subscription,
                      int64_t now_ms, bool *is_new, struct err *err)
{
    return store_change(
        store, is_new, err,
        "INSERT INTO subscriptions (incident_id, person_id, since_ms, told) "
        "VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (incident_id, person_id) DO NOTHING",
        DB_ARGS(DB_INT(subscription->incident_id), DB_INT(subscription->person_id),
                DB_INT(now_ms), DB_TEXT(subscription->told)));
}

bool subscription_remove(struct store *store, int64_t incident_id, int64_t person_id,
                         bool *was, struct err *err)
{
    return store_change(store, was, err,
                        "DELETE FROM subscriptions WHERE incident_id = $1 "
                        "AND person_id = $2",
                        DB_ARGS(DB_INT(incident_id), DB_INT(person_id)));
}

bool subscription_told(struct store *store, const struct subscription *subscription,
                       const char *told, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE subscriptions SET told = $1 WHERE incident_id = $2 "
                     "AND person_id = $3",
                     DB_ARGS(DB_TEXT(told), DB_INT(subscription->incident_id),
                             DB_INT(subscription->person_id)));
}

bool subscriptions_of(struct store *store, int64_t incident_id,
                      struct subscriptions *subscriptions, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT incident_id, person_id, told FROM subscriptions "
                   "WHERE incident_id = $1 ORDER BY person_id",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    subscriptions->count = rows.count;
    subscriptions->all = ARENA_ARRAY(store->arena, struct subscription, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        subscriptions->all[i] = (struct subscription){
            .incident_id = db_int(&rows, i, 0),
            .person_id = db_int(&rows, i, 1),
            .told = db_text(&rows, i, 2),
        };
    }
    return true;
}
