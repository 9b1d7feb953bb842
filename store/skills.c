#include "store/skills.h"

#include "bot/base/text.h"

static const char *key_of(struct store *store, const char *name)
{
    return text_lower(store->arena, text_trim(store->arena, name));
}

bool skills_of(struct store *store, int64_t person_id, struct skills *skills,
               struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT name FROM skills WHERE person_id = $1 ORDER BY name",
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
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "INSERT INTO skills (person_id, name, from_file) "
                   "VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                   DB_ARGS(DB_INT(person_id), DB_TEXT(key_of(store, name)),
                           DB_INT(from_file)))) {
        return false;
    }
    *is_new = rows.changed > 0;
    return true;
}

bool skill_remove(struct store *store, int64_t person_id, const char *name,
                  bool *was_there, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "DELETE FROM skills WHERE person_id = $1 AND name = $2",
                   DB_ARGS(DB_INT(person_id), DB_TEXT(key_of(store, name))))) {
        return false;
    }
    *was_there = rows.changed > 0;
    return true;
}

bool skills_clear_file(struct store *store, struct err *err)
{
    return store_run(store, NULL, err, "DELETE FROM skills WHERE from_file = 1",
                     DB_NO_ARGS);
}
