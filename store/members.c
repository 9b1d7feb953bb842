/* The part of store/incidents.h about who is in one. */
#include "store/incidents.h"
#include "store/people_rows.h"

bool member_add(struct store *store, int64_t incident_id, int64_t person_id,
                int64_t now_ms, bool *is_new, struct err *err)
{
    return store_change(
        store, is_new, err,
        "INSERT INTO members (incident_id, person_id, joined_ms) "
        "VALUES ($1, $2, $3) ON CONFLICT (incident_id, person_id) "
        "DO UPDATE SET left_ms = NULL WHERE members.left_ms IS NOT NULL",
        DB_ARGS(DB_INT(incident_id), DB_INT(person_id), DB_INT(now_ms)));
}

bool member_leave(struct store *store, int64_t incident_id, int64_t person_id,
                  int64_t now_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE members SET left_ms = $1 WHERE incident_id = $2 "
                     "AND person_id = $3 AND left_ms IS NULL",
                     DB_ARGS(DB_INT(now_ms), DB_INT(incident_id), DB_INT(person_id)));
}

bool member_is(struct store *store, int64_t incident_id, int64_t person_id,
               bool *is_member, struct err *err)
{
    return store_has(store, is_member, err,
                     "SELECT 1 FROM members WHERE incident_id = $1 AND person_id = $2 "
                     "AND left_ms IS NULL",
                     DB_ARGS(DB_INT(incident_id), DB_INT(person_id)));
}

bool member_rest(struct store *store, int64_t incident_id, int64_t person_id,
                 int64_t until_ms, struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE members SET rests_until_ms = $1 WHERE incident_id = $2 "
        "AND person_id = $3",
        DB_ARGS(DB_TIME(until_ms), DB_INT(incident_id), DB_INT(person_id)));
}

bool members_resting(struct store *store, int64_t incident_id, int64_t now_ms,
                     struct people *people, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " PERSON_COLUMNS
                   " FROM members m JOIN people p ON p.id = m.person_id "
                   "WHERE m.incident_id = $1 AND m.rests_until_ms > $2 "
                   "ORDER BY p.handle_key",
                   DB_ARGS(DB_INT(incident_id), DB_INT(now_ms)))) {
        return false;
    }
    people_from(store, &rows, people);
    return true;
}

bool members_list(struct store *store, int64_t incident_id, struct people *people,
                  struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " PERSON_COLUMNS
                   " FROM members m JOIN people p ON p.id = m.person_id "
                   "WHERE m.incident_id = $1 AND m.left_ms IS NULL "
                   "ORDER BY p.handle_key",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    people_from(store, &rows, people);
    return true;
}
