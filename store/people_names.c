/*
 * What people are called: a handle nobody else has, made of a name or an account. It is
 * typed by hand and stands in the midst of sentences, so it holds nothing that can't be
 * seen: no two look alike, and none turns round what is behind it.
 */
#include "store/people_names.h"

#include <string.h>

#include "bot/base/text.h"

/* A handle is typed by hand: what is longer is cut. */
#define HANDLE_MAX_BYTES 64

static bool is_blank(char c)
{
    return c >= 1 && c <= ' ';
}

/* "@Ana  Berg" → "Ana-Berg". */
static char *handle_clean(struct store *store, const char *name)
{
    struct text handle;
    text_init(&handle, store->arena);
    for (const char *at = name; *at != '\0'; at++) {
        if (!is_blank(*at)) {
            text_add_n(&handle, at, 1);
        } else if (!is_blank(at[1])) {
            text_add(&handle, "-");
        }
    }
    return arena_copy_n(store->arena, handle.data,
                        text_fit(handle.data, HANDLE_MAX_BYTES));
}

/* What people call them: without the sign of a mention and blanks around it. */
static char *name_bare(struct store *store, const char *name)
{
    char *bare = text_trim(store->arena, name);
    return text_trim(store->arena, bare + strspn(bare, "@"));
}

bool handle_insert(struct store *store, const char *handle, const char *name,
                   int64_t *id, struct err *err)
{
    struct db_rows rows;
    char *name_key = name == NULL ? NULL : text_lower(store->arena, name);
    if (!store_run(store, &rows, err,
                   "INSERT INTO people (handle, handle_key, name, name_key) "
                   "VALUES ($1, $2, $3, $4) ON CONFLICT (handle_key) DO NOTHING "
                   "RETURNING id",
                   DB_ARGS(DB_TEXT(handle), DB_TEXT(text_lower(store->arena, handle)),
                           DB_TEXT(name), DB_TEXT(name_key)))) {
        return false;
    }
    *id = rows.count > 0 ? db_int(&rows, 0, 0) : 0;
    return true;
}

/* Changes nothing where somebody else has that handle. */
static bool handle_give(struct store *store, int64_t person_id, const char *handle,
                        const char *name, int64_t *id, struct err *err)
{
    struct db_rows rows;
    char *name_key = name == NULL ? NULL : text_lower(store->arena, name);
    if (!store_run(store, &rows, err,
                   "UPDATE people SET handle = $1, handle_key = $2, name = $3, "
                   "name_key = $4 WHERE id = $5 AND NOT EXISTS "
                   "(SELECT 1 FROM people WHERE handle_key = $2) RETURNING id",
                   DB_ARGS(DB_TEXT(handle), DB_TEXT(text_lower(store->arena, handle)),
                           DB_TEXT(name), DB_TEXT(name_key), DB_INT(person_id)))) {
        return false;
    }
    *id = rows.count > 0 ? db_int(&rows, 0, 0) : 0;
    return true;
}

bool person_call(struct store *store, const char *called, const struct person *known,
                 int64_t *id, struct err *err)
{
    const char *seen = text_seen(store->arena, called);
    const char *bare = text_or(name_bare(store, seen), "someone");
    const char *clean = handle_clean(store, bare);
    const char *name = strcmp(clean, bare) == 0 ? NULL : bare;
    const char *handle = clean;
    *id = 0;
    for (int number = 2; *id == 0; number++) {
        if (known == NULL ? !handle_insert(store, handle, name, id, err)
                          : !handle_give(store, known->id, handle, name, id, err)) {
            return false;
        }
        handle = arena_printf(store->arena, "%s%d", clean, number);
    }
    return true;
}

/* On Matrix the account itself holds a name: "@ana:example.org". The one that people
 * show there is not asked for: anybody may take anybody's. */
const char *person_called(struct store *store, const struct account *account)
{
    const char *colon = strchr(account->external, ':');

    if (account->external[0] == '@' && colon != NULL) {
        return arena_copy_n(store->arena, account->external + 1,
                            (size_t)(colon - account->external - 1));
    }
    return text_or(account->name, account->external);
}

bool person_give_way(struct store *store, const struct person *person, struct err *err)
{
    int64_t id;

    return person_call(store, person->handle, person, &id, err);
}
