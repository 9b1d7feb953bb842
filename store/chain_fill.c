/* Rows of a time before there was a chain get salts and links. The migration has laid
 * their edits, deletions and drops behind the incident's last entry. */
#include "bot/base/time.h"
#include "store/chain.h"
#include "store/memory.h"

struct filling {
    struct store *store;
    int64_t incident_id;
    struct chain_tail tail;
};

/* A salt for words, and their hash. */
static const char *seal(struct store *store, struct chain_words *words, char *salt)
{
    char hash[DIGEST_HEX + 1];

    digest_salt(store->digest, salt);
    words->salt = salt;
    chain_hash_words(store->digest, words, hash);
    return arena_copy(store->arena, hash);
}

/* Each edit holds the words before it: those it brought are the next edit's, those of
 * the last the entry's own. */
static bool fill_edits(struct store *store, const struct chain_entry *entry,
                       const char *present, const char **first, struct err *err)
{
    struct chain_changes changes;
    const char *words = present;

    if (!chain_changes_of(store, entry->entry.id, &changes, err)) {
        return false;
    }
    for (size_t i = changes.count; i > 0; i--) {
        struct chain_change *edit = &changes.all[i - 1];
        char salt[SALT_HEX + 1];
        const char *before;

        if (edit->was.text == NULL) {
            continue;
        }
        before = seal(store, &edit->was, salt);
        if (!store_run(
                store, NULL, err,
                "UPDATE timeline_changes SET salt = $1, words = $2 WHERE id = $3",
                DB_ARGS(DB_TEXT(salt), DB_TEXT(words), DB_INT(edit->id)))) {
            return false;
        }
        words = before;
    }
    *first = words;
    return true;
}

/* Of what was deleted the words are gone already. */
static bool entry_put(struct filling *filling, const struct chain_entry *entry,
                      const char *salt, const char *words, struct err *err)
{
    bool is_gone = entry->entry.deleted_ms != TIME_NONE;

    return store_run(filling->store, NULL, err,
                     "UPDATE timeline SET salt = $1, gone = $2, hash = $3 "
                     "WHERE id = $4",
                     DB_ARGS(DB_TEXT(is_gone ? NULL : salt),
                             DB_TEXT(is_gone ? words : NULL),
                             DB_TEXT(filling->tail.hash), DB_INT(entry->entry.id)));
}

static bool fill_entry(struct filling *filling, struct chain_entry *entry,
                       struct err *err)
{
    char salt[SALT_HEX + 1];
    const char *present = seal(filling->store, &entry->words, salt);
    const char *first = present;

    if (!fill_edits(filling->store, entry, present, &first, err)) {
        return false;
    }
    chain_add_entry(filling->store->digest, &filling->tail, &entry->entry, first);
    return entry_put(filling, entry, salt, present, err);
}

static bool fill_batch(struct filling *filling, size_t *count, struct err *err)
{
    struct chain_entries entries;

    arena_reset(filling->store->arena);
    if (!chain_entries_after(filling->store, filling->incident_id, filling->tail.n,
                             &entries, err)) {
        return false;
    }
    *count = entries.count;
    for (size_t i = 0; i < entries.count; i++) {
        if (!fill_entry(filling, &entries.all[i], err)) {
            return false;
        }
    }
    return true;
}

static bool fill_entries(struct filling *filling, struct err *err)
{
    size_t count = 0;

    do {
        if (!fill_batch(filling, &count, err)) {
            return false;
        }
    } while (count > 0);
    return true;
}

static bool fill_changes(struct filling *filling, int64_t after_n, struct err *err)
{
    struct store *store = filling->store;
    struct chain_changes changes;

    if (!chain_changes_after(store, filling->incident_id, after_n, &changes, err)) {
        return false;
    }
    for (size_t i = 0; i < changes.count; i++) {
        chain_add_change(store->digest, &filling->tail, &changes.all[i]);
        if (!store_run(
                store, NULL, err, "UPDATE timeline_changes SET hash = $1 WHERE id = $2",
                DB_ARGS(DB_TEXT(filling->tail.hash), DB_INT(changes.all[i].id)))) {
            return false;
        }
    }
    return true;
}

static bool fill_incident(struct store *store, int64_t incident_id, struct err *err)
{
    struct filling filling = {.store = store, .incident_id = incident_id};
    struct chain_tail end;

    if (!chain_tail_get(store, incident_id, &end, err) ||
        !fill_entries(&filling, err) || !fill_changes(&filling, end.n, err)) {
        return false;
    }
    filling.tail.n = end.n;
    return chain_tail_set(store, incident_id, &filling.tail, err);
}

static bool fill_all(struct store *store, struct err *err)
{
    struct db_rows rows;
    int64_t id = 0;

    do {
        arena_reset(store->arena);
        if (!store_run(store, &rows, err,
                       "SELECT id FROM incidents WHERE id > $1 ORDER BY id LIMIT 1",
                       DB_ARGS(DB_INT(id)))) {
            return false;
        }
        id = rows.count > 0 ? db_int(&rows, 0, 0) : 0;
        if (id != 0 && !fill_incident(store, id, err)) {
            return false;
        }
    } while (id != 0);
    return store_run(store, NULL, err,
                     "DELETE FROM memory WHERE adapter = 'bot' AND name = 'chain'",
                     DB_NO_ARGS);
}

static bool fill_if_due(struct store *store, struct err *err)
{
    const char *due;

    if (!memory_find(store, "bot", "chain", &due, err)) {
        return false;
    }
    if (due == NULL) {
        return true;
    }
    if (!db_begin(store->db, err)) {
        return false;
    }
    if (!fill_all(store, err) || !db_commit(store->db, err)) {
        db_rollback(store->db);
        return false;
    }
    return true;
}

/* The store has no arena yet: one is lent to it. */
bool chain_fill(struct store *store, struct err *err)
{
    bool is_filled;

    store->arena = arena_create();
    is_filled = fill_if_due(store, err);
    arena_destroy(store->arena);
    store->arena = NULL;
    return is_filled;
}
