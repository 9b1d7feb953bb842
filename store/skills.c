#include "store/skills.h"

#include "bot/base/text.h"

/* from_file: 0 said in chat, 1 named by the file, 3 both; 2 named by the file and taken
 * away in chat: it counts for nothing, and stays so when the file is read again. */

static const char *key_of(struct store *store, const char *name)
{
    return text_lower(store->arena, text_trim(store->arena, name));
}

bool skills_of(struct store *store, int64_t person_id, struct skills *skills,
               struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT name FROM skills WHERE person_id = $1 AND from_file <> 2 "
                   "ORDER BY name",
                   DB_ARGS(DB_INT(person_id)))) {
        return false;
    }
    skills->count = rows.count;
    skills->all = ARENA_ARRAY(store->arena, const char *, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        skills->all[i] = db_text(&rows, i, 0);
    }
    return true;
}

bool skill_add(struct store *store, int64_t person_id, const char *name, bool from_file,
               bool *is_new, struct err *err)
{
    return store_change(
        store, is_new, err,
        "INSERT INTO skills (person_id, name, from_file) "
        "VALUES ($1, $2, $3) ON CONFLICT (person_id, name) "
        "DO UPDATE SET from_file = 3 "
        "WHERE skills.from_file = 2 AND excluded.from_file = 0 "
        "OR skills.from_file = 0 AND excluded.from_file = 1",
        DB_ARGS(DB_INT(person_id), DB_TEXT(key_of(store, name)), DB_INT(from_file)));
}

bool skill_remove(struct store *store, int64_t person_id, const char *name,
                  bool *was_there, struct err *err)
{
    struct db_rows noted, said;
    const char *key = key_of(store, name);
    if (!store_run(store, &noted, err,
                   "UPDATE skills SET from_file = 2 WHERE person_id = $1 "
                   "AND name = $2 AND from_file IN (1, 3)",
                   DB_ARGS(DB_INT(person_id), DB_TEXT(key))) ||
        !store_run(store, &said, err,
                   "DELETE FROM skills WHERE person_id = $1 AND name = $2 "
                   "AND from_file = 0",
                   DB_ARGS(DB_INT(person_id), DB_TEXT(key)))) {
        return false;
    }
    *was_there = noted.changed + said.changed > 0;
    return true;
}

bool skills_clear_file(struct store *store, struct err *err)
{
    return store_run(store, NULL, err, "DELETE FROM skills WHERE from_file = 1",
                     DB_NO_ARGS) &&
           store_run(store, NULL, err,
                     "UPDATE skills SET from_file = 0 WHERE from_file = 3", DB_NO_ARGS);
}
