#include "store/relations.h"

bool relation_add(struct store *store, const struct relation *relation, bool *is_new,
                  struct err *err)
{
    return store_change(
        store, is_new, err,
        "INSERT INTO relations (incident_id, other_id, kind, person_id, "
        "at_ms) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        DB_ARGS(DB_INT(relation->incident_id), DB_INT(relation->other_id),
                DB_TEXT(relation->kind), DB_INT(relation->person_id),
                DB_INT(relation->at_ms)));
}

bool relation_remove(struct store *store, const struct relation *relation,
                     bool *was_there, struct err *err)
{
    return store_change(
        store, was_there, err,
        "DELETE FROM relations WHERE incident_id = $1 AND other_id = $2 "
        "AND kind = $3",
        DB_ARGS(DB_INT(relation->incident_id), DB_INT(relation->other_id),
                DB_TEXT(relation->kind)));
}

bool relation_end_duplicate(struct store *store, int64_t incident_id, struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM relations WHERE incident_id = $1 "
                     "AND kind = 'duplicate'",
                     DB_ARGS(DB_INT(incident_id)));
}

bool relations_of(struct store *store, int64_t incident_id, struct incidents *incidents,
                  struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT i.id FROM relations r JOIN incidents i ON i.private = 0 "
                   "AND i.id = CASE WHEN r.incident_id = $1 THEN r.other_id "
                   "ELSE r.incident_id END WHERE r.kind = 'related' "
                   "AND (r.incident_id = $1 OR r.other_id = $1) ORDER BY i.id",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    incidents->count = rows.count;
    incidents->all = ARENA_ARRAY(store->arena, struct incident *, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        if (!incident_find(store, db_int(&rows, i, 0), &incidents->all[i], err)) {
            return false;
        }
    }
    return true;
}

bool relations_original(struct store *store, int64_t incident_id,
                        struct incident **original, struct err *err)
{
    struct db_rows rows;

    *original = NULL;
    return store_run(store, &rows, err,
                     "SELECT i.id FROM relations r JOIN incidents i "
                     "ON i.id = r.other_id AND i.private = 0 "
                     "WHERE r.incident_id = $1 AND r.kind = 'duplicate' "
                     "ORDER BY r.at_ms DESC, r.other_id DESC LIMIT 1",
                     DB_ARGS(DB_INT(incident_id))) &&
           (rows.count == 0 ||
            incident_find(store, db_int(&rows, 0, 0), original, err));
}
