#include "store/timeline_names.h"

#include <string.h>

#include "bot/base/text.h"
#include "store/people.h"

/* "U7 joined": the first word is who, and no handle holds a blank. */
static const char *name_who_came(struct store *store, const struct entry *entry)
{
    const char *tail = strchr(entry->text, ' ');

    return tail == NULL || entry->handle == NULL
               ? entry->text
               : arena_exact(store->arena, "%s%s", entry->handle, tail);
}

/* "@U7": as people with a name are hardly called. */
static size_t id_length(const char *word)
{
    return strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

/* Whoever is called so takes no other's place. */
static bool find_account(struct store *store, const char *adapter, const char *id,
                         struct person **person, struct err *err)
{
    struct person *called;

    if (!person_find_external(store, adapter, id, person, err)) {
        return false;
    }
    if (*person == NULL) {
        return true;
    }
    if (!person_find_handle(store, id, &called, err)) {
        return false;
    }
    *person = called == NULL ? *person : NULL;
    return true;
}

static bool name_mentioned(struct store *store, struct entry *entry, struct err *err)
{
    const char *at = entry->text;
    const char *mark;
    struct text named;

    text_init(&named, store->arena);
    while ((mark = strchr(at, '@')) != NULL) {
        size_t length = id_length(mark + 1);
        const char *id = arena_copy_n(store->arena, mark + 1, length);
        struct person *person = NULL;

        if (length > 1 && !find_account(store, entry->adapter, id, &person, err)) {
            return false;
        }
        text_add_n(&named, at, (size_t)(mark + 1 - at));
        text_add(&named, person == NULL ? id : person->handle);
        at = mark + 1 + length;
    }
    text_add(&named, at);
    entry->text = named.data;
    return true;
}

bool timeline_name(struct store *store, struct entry *entry, struct err *err)
{
    if (text_equal(entry->kind, "joined") || text_equal(entry->kind, "left")) {
        entry->text = name_who_came(store, entry);
        return true;
    }
    return entry->adapter == NULL || strchr(text_or(entry->text, ""), '@') == NULL ||
           name_mentioned(store, entry, err);
}
