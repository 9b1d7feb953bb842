#include "store/buddies.h"

#include "store/people_rows.h"

/* The file's stand first, however often it is read anew. */
#define BEHIND_FILE 1000000

bool buddies_of(struct store *store, int64_t person_id, struct people *buddies,
                struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " PERSON_COLUMNS " FROM buddies b "
                   "JOIN people p ON p.id = b.buddy_id AND p.retired_ms IS NULL "
                   "WHERE b.person_id = $1 ORDER BY b.position, p.id",
                   DB_ARGS(DB_INT(person_id)))) {
        return false;
    }
    people_from(store, &rows, buddies);
    return true;
}

bool buddies_one_sided(struct store *store, int64_t person_id, struct people *people,
                       struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " PERSON_COLUMNS " FROM buddies b "
                   "JOIN people p ON p.id = b.person_id AND p.retired_ms IS NULL "
                   "WHERE b.buddy_id = $1 AND NOT EXISTS (SELECT 1 FROM buddies o "
                   "WHERE o.person_id = $1 AND o.buddy_id = b.person_id) "
                   "ORDER BY p.id",
                   DB_ARGS(DB_INT(person_id)))) {
        return false;
    }
    people_from(store, &rows, people);
    return true;
}

bool buddy_is(struct store *store, int64_t person_id, int64_t buddy_id, bool *is_buddy,
              struct err *err)
{
    return store_has(store, is_buddy, err,
                     "SELECT 1 FROM buddies WHERE person_id = $1 AND buddy_id = $2",
                     DB_ARGS(DB_INT(person_id), DB_INT(buddy_id)));
}

bool buddy_add(struct store *store, int64_t person_id, int64_t buddy_id, int64_t now_ms,
               bool from_file, struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO buddies (person_id, buddy_id, position, agreed_ms, "
        "from_file) SELECT $1, $2, COALESCE(MAX(position), $5) + 1, $3, $4 "
        "FROM buddies WHERE person_id = $1 AND from_file = $4 "
        "HAVING $4 = 0 OR NOT EXISTS (SELECT 1 FROM buddy_ends "
        "WHERE person_id = $1 AND buddy_id = $2) "
        "ON CONFLICT (person_id, buddy_id) DO UPDATE SET from_file = 0 "
        "WHERE excluded.from_file = 0",
        DB_ARGS(DB_INT(person_id), DB_INT(buddy_id), DB_INT(now_ms), DB_INT(from_file),
                DB_INT(from_file ? 0 : BEHIND_FILE)));
}

/* One of the two rows. */
static bool tie_remove(struct store *store, int64_t person_id, int64_t buddy_id,
                       struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM buddies WHERE person_id = $1 AND buddy_id = $2",
                     DB_ARGS(DB_INT(person_id), DB_INT(buddy_id)));
}

bool buddy_end(struct store *store, int64_t person_id, int64_t buddy_id,
               struct err *err)
{
    return tie_remove(store, person_id, buddy_id, err) &&
           tie_remove(store, buddy_id, person_id, err) &&
           store_run(store, NULL, err,
                     "INSERT INTO buddy_ends (person_id, buddy_id) "
                     "VALUES ($1, $2), ($2, $1) ON CONFLICT DO NOTHING",
                     DB_ARGS(DB_INT(person_id), DB_INT(buddy_id)));
}

bool buddy_agree(struct store *store, int64_t person_id, int64_t buddy_id,
                 struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM buddy_ends WHERE (person_id = $1 AND buddy_id = $2) "
                     "OR (person_id = $2 AND buddy_id = $1)",
                     DB_ARGS(DB_INT(person_id), DB_INT(buddy_id)));
}

bool buddies_clear_file(struct store *store, struct err *err)
{
    return store_run(store, NULL, err, "DELETE FROM buddies WHERE from_file = 1",
                     DB_NO_ARGS);
}
