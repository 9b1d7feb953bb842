#include "store/people.h"

#include "bot/base/text.h"
#include "store/people_names.h"
#include "store/people_rows.h"

struct person person_from(const struct db_rows *rows, size_t row)
{
    return (struct person){
        .id = db_int(rows, row, 0),
        .handle = db_text(rows, row, 1),
        .name = db_text(rows, row, 2),
        .zone = db_text(rows, row, 3),
        .phone = db_text(rows, row, 4),
        .team = db_text(rows, row, 5),
        .mentor_id = db_int(rows, row, 6),
        .in_directory = db_flag(rows, row, 7),
        .is_retired = !db_is_null(rows, row, 8),
        .away_until_ms = db_time(rows, row, 9),
        .listed_ms = db_time(rows, row, 10),
    };
}

bool person_is_away(const struct person *person, int64_t at_ms)
{
    return person->away_until_ms > at_ms; /* TIME_NONE is before all */
}

void people_from(struct store *store, const struct db_rows *rows, struct people *people)
{
    people->count = rows->count;
    people->all = ARENA_ARRAY(store->arena, struct person, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        people->all[i] = person_from(rows, i);
    }
}

static bool person_find_by(struct store *store, struct person **person, struct err *err,
                           const char *sql, struct db_args args)
{
    struct db_rows rows;
    *person = NULL;
    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    if (rows.count > 0) {
        *person = ARENA_NEW(store->arena, struct person);
        **person = person_from(&rows, 0);
    }
    return true;
}

bool person_find(struct store *store, int64_t id, struct person **person,
                 struct err *err)
{
    return person_find_by(store, person, err,
                          "SELECT " PERSON_COLUMNS " FROM people p WHERE p.id = $1",
                          DB_ARGS(DB_INT(id)));
}

bool person_find_handle(struct store *store, const char *handle, struct person **person,
                        struct err *err)
{
    return person_find_by(store, person, err,
                          "SELECT " PERSON_COLUMNS
                          " FROM people p WHERE p.handle_key = $1",
                          DB_ARGS(DB_TEXT(text_lower(store->arena, handle))));
}

bool person_find_name(struct store *store, const char *name, struct person **person,
                      struct err *err)
{
    /* Of two with one name it is the one who is still there, then the older row. */
    return person_find_by(store, person, err,
                          "SELECT " PERSON_COLUMNS
                          " FROM people p WHERE p.name_key = $1 ORDER BY CASE WHEN "
                          "p.retired_ms IS NULL THEN 0 ELSE 1 END, p.id LIMIT 1",
                          DB_ARGS(DB_TEXT(text_lower(store->arena, name))));
}

/* On the console an account is a name somebody typed, so case does not matter there. */
static bool external_is_handle(const char *adapter)
{
    return text_equal(adapter, "console");
}

static const char *external_key(struct store *store, const char *adapter,
                                const char *external)
{
    return external_is_handle(adapter) ? text_lower(store->arena, external) : external;
}

bool person_find_external(struct store *store, const char *adapter,
                          const char *external, struct person **person, struct err *err)
{
    return person_find_by(
        store, person, err,
        "SELECT " PERSON_COLUMNS
        " FROM identities i JOIN people p ON p.id = i.person_id "
        "WHERE i.adapter = $1 AND i.external = $2",
        DB_ARGS(DB_TEXT(adapter), DB_TEXT(external_key(store, adapter, external))));
}

static bool identity_put(struct store *store, int64_t person_id, const char *adapter,
                         const char *key, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO identities (adapter, external, person_id) "
                     "VALUES ($1, $2, $3) ON CONFLICT (adapter, external) "
                     "DO UPDATE SET person_id = excluded.person_id",
                     DB_ARGS(DB_TEXT(adapter), DB_TEXT(key), DB_INT(person_id)));
}

bool person_link(struct store *store, int64_t person_id, const char *adapter,
                 const char *external, struct err *err)
{
    const char *key = external_key(store, adapter, external);
    return store_run(store, NULL, err,
                     "DELETE FROM identities WHERE person_id = $1 AND adapter = $2 "
                     "AND external <> $3",
                     DB_ARGS(DB_INT(person_id), DB_TEXT(adapter), DB_TEXT(key))) &&
           identity_put(store, person_id, adapter, key, err);
}

/* Somebody met before the platform said their name goes by their id until it does. */
static bool person_learn_name(struct store *store, const struct account *account,
                              struct person **person, struct err *err)
{
    const struct person *known = *person;
    int64_t id;
    if (text_is_empty(account->name) || known->in_directory ||
        !text_equal(known->handle, account->external) ||
        text_equal(account->name, account->external)) {
        return true;
    }
    return person_call(store, account->name, known, &id, err) &&
           person_find(store, id, person, err);
}

/* On the console the id is the handle, so the directory's person of that handle it is,
 * unless somebody has that account already. Elsewhere names prove nothing. */
static bool person_of_directory(struct store *store, const char *adapter,
                                const char *key, struct person **person,
                                struct err *err)
{
    *person = NULL;
    if (!external_is_handle(adapter)) {
        return true;
    }
    return person_find_by(store, person, err,
                          "SELECT " PERSON_COLUMNS
                          " FROM people p WHERE p.handle_key = $1 "
                          "AND p.in_directory = 1 AND NOT EXISTS (SELECT 1 "
                          "FROM identities i WHERE i.person_id = p.id "
                          "AND i.adapter = $2)",
                          DB_ARGS(DB_TEXT(key), DB_TEXT(adapter)));
}

static bool person_admit(struct store *store, const char *adapter, const char *key,
                         const char *called, struct person **person, struct err *err)
{
    if (!person_of_directory(store, adapter, key, person, err)) {
        return false;
    }
    int64_t id = 0;
    if (*person != NULL) {
        id = (*person)->id;
    } else if (!person_call(store, called, NULL, &id, err)) {
        return false;
    }
    return identity_put(store, id, adapter, key, err) &&
           person_find(store, id, person, err);
}

static bool zone_keep(struct store *store, const char *adapter, const char *key,
                      const char *zone, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE identities SET zone = $1 WHERE adapter = $2 "
                     "AND external = $3 AND (zone IS NULL OR zone <> $1)",
                     DB_ARGS(DB_TEXT(zone), DB_TEXT(adapter), DB_TEXT(key)));
}

bool person_meet(struct store *store, const struct account *account,
                 struct person **person, struct err *err)
{
    const char *adapter = account->adapter;
    const char *key = external_key(store, adapter, account->external);
    if (!person_find_external(store, adapter, account->external, person, err)) {
        return false;
    }
    if (*person == NULL ? !person_admit(store, adapter, key,
                                        person_called(store, account), person, err)
                        : !person_learn_name(store, account, person, err)) {
        return false;
    }
    return account->zone == NULL || zone_keep(store, adapter, key, account->zone, err);
}

bool person_insert(struct store *store, const char *handle, int64_t *id,
                   struct err *err)
{
    if (!handle_insert(store, handle, NULL, id, err)) {
        return false;
    }
    return *id != 0 ||
           err_set(err, ERR_DENIED, "somebody is called %s already", handle);
}

bool person_update(struct store *store, const struct person *person, struct err *err)
{
    struct arena *arena = store->arena;
    const char *name_key =
        person->name == NULL ? NULL : text_lower(arena, person->name);
    return store_run(
        store, NULL, err,
        "UPDATE people SET handle = $1, handle_key = $2, name = $3, name_key = $4, "
        "zone = $5, phone = $6, team = $7, mentor_id = $8, in_directory = $9, "
        "retired_ms = CASE WHEN $10 = 0 THEN NULL "
        "ELSE COALESCE(retired_ms, $11, 0) END, listed_ms = $11 WHERE id = $12",
        DB_ARGS(DB_TEXT(person->handle), DB_TEXT(text_lower(arena, person->handle)),
                DB_TEXT(person->name), DB_TEXT(name_key), DB_TEXT(person->zone),
                DB_TEXT(person->phone), DB_TEXT(person->team), DB_ID(person->mentor_id),
                DB_INT(person->in_directory), DB_INT(person->is_retired),
                DB_TIME(person->listed_ms), DB_INT(person->id)));
}

bool person_set_away(struct store *store, int64_t person_id, int64_t until_ms,
                     struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE people SET away_until_ms = $1 WHERE id = $2",
                     DB_ARGS(DB_TIME(until_ms), DB_INT(person_id)));
}

bool people_retire(struct store *store, int64_t now_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE people SET retired_ms = $1 WHERE in_directory = 1 "
                     "AND retired_ms IS NULL",
                     DB_ARGS(DB_INT(now_ms)));
}

bool person_external(struct store *store, int64_t person_id, const char *adapter,
                     const char **external, struct err *err)
{
    struct db_rows rows;
    *external = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT external FROM identities WHERE person_id = $1 "
                   "AND adapter = $2 ORDER BY external LIMIT 1",
                   DB_ARGS(DB_INT(person_id), DB_TEXT(adapter)))) {
        return false;
    }
    *external = rows.count > 0 ? db_text(&rows, 0, 0) : NULL;
    return true;
}

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

bool person_zone(struct store *store, int64_t person_id, const char *adapter,
                 const char **zone, struct err *err)
{
    struct db_rows rows;
    *zone = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT COALESCE((SELECT i.zone FROM identities i "
                   "WHERE i.person_id = p.id AND i.adapter = $1 "
                   "AND i.zone IS NOT NULL ORDER BY i.external LIMIT 1), p.zone) "
                   "FROM people p WHERE p.id = $2",
                   DB_ARGS(DB_TEXT(adapter), DB_INT(person_id)))) {
        return false;
    }
    *zone = rows.count > 0 ? db_text(&rows, 0, 0) : NULL;
    return true;
}

bool people_all(struct store *store, struct people *people, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " PERSON_COLUMNS
                   " FROM people p WHERE p.retired_ms IS NULL ORDER BY p.handle_key",
                   DB_NO_ARGS)) {
        return false;
    }
    people_from(store, &rows, people);
    return true;
}
