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

bool buddy_is(struct store *store, int64_t person_id, int64_t buddy_id, bool *is_buddy,
              struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT 1 FROM buddies WHERE person_id = $1 AND buddy_id = $2",
                   DB_ARGS(DB_INT(person_id), DB_INT(buddy_id)))) {
        return false;
    }
    *is_buddy = rows.count > 0;
    return true;
}

bool buddy_add(struct store *store, int64_t person_id, int64_t buddy_id, int64_t now_ms,
               bool from_file, struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO buddies (person_id, buddy_id, position, agreed_ms, "
        "from_file) SELECT $1, $2, COALESCE(MAX(position), $5) + 1, $3, $4 "
        "FROM buddies WHERE person_id = $1 AND from_file = $4 "
        "ON CONFLICT DO NOTHING",
        DB_ARGS(DB_INT(person_id), DB_INT(buddy_id), DB_INT(now_ms), DB_INT(from_file),
                DB_INT(from_file ? 0 : BEHIND_FILE)));
}

bool buddy_remove(struct store *store, int64_t person_id, int64_t buddy_id,
                  struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM buddies WHERE person_id = $1 AND buddy_id = $2",
                     DB_ARGS(DB_INT(person_id), DB_INT(buddy_id)));
}

bool buddies_clear_file(struct store *store, struct err *err)
{
    return store_run(store, NULL, err, "DELETE FROM buddies WHERE from_file = 1",
                     DB_NO_ARGS);
}
