#include "store/chain.h"

#include <inttypes.h>
#include <string.h>

/* Entries read at once. */
#define BATCH 100

void chain_tail_read(struct chain_tail *tail, int64_t n, const char *hash)
{
    *tail = (struct chain_tail){.n = n};
    (void)strncpy(tail->hash, hash, DIGEST_HEX);
}

bool chain_tail_get(struct store *store, int64_t incident_id, struct chain_tail *tail,
                    struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT n, hash FROM chains WHERE incident_id = $1{lock}",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    if (rows.count == 0) {
        return err_set(err, ERR_GONE, "no incident %" PRId64, incident_id);
    }
    chain_tail_read(tail, db_int(&rows, 0, 0), db_text(&rows, 0, 1));
    return true;
}

bool chain_tail_set(struct store *store, int64_t incident_id,
                    const struct chain_tail *tail, struct err *err)
{
    return store_run(
        store, NULL, err, "UPDATE chains SET n = $1, hash = $2 WHERE incident_id = $3",
        DB_ARGS(DB_INT(tail->n), DB_TEXT(tail->hash), DB_INT(incident_id)));
}

void chain_hash_words(struct digest *digest, const struct chain_words *words,
                      char hash[DIGEST_HEX + 1])
{
    if (words->gone != NULL) {
        memset(hash, 0, DIGEST_HEX + 1);
        (void)strncpy(hash, words->gone, DIGEST_HEX);
        return;
    }
    digest_begin(digest);
    digest_text(digest, words->salt);
    digest_number(digest, words->full_bytes);
    digest_text(digest, words->text);
    digest_end(digest, hash);
}

void chain_add_entry(struct digest *digest, struct chain_tail *tail,
                     const struct entry *entry, const char *words)
{
    digest_begin(digest);
    digest_text(digest, tail->hash);
    digest_text(digest, "entry");
    digest_number(digest, entry->incident_id);
    digest_number(digest, entry->n);
    digest_number(digest, entry->at_ms);
    digest_number(digest, entry->recorded_ms);
    digest_text(digest, entry->kind);
    digest_number(digest, entry->person_id);
    digest_text(digest, entry->adapter);
    digest_text(digest, entry->channel);
    digest_text(digest, entry->message);
    digest_text(digest, entry->thread);
    digest_number(digest, entry->subject);
    digest_text(digest, words);
    digest_end(digest, tail->hash);
    tail->n = entry->n;
}

void chain_add_change(struct digest *digest, struct chain_tail *tail,
                      const struct chain_change *change)
{
    digest_begin(digest);
    digest_text(digest, tail->hash);
    digest_text(digest, change->what);
    digest_number(digest, change->incident_id);
    digest_number(digest, change->n);
    digest_number(digest, change->at_ms);
    digest_text(digest, change->words);
    if (change->event != NULL) {
        digest_text(digest, change->event);
    }
    digest_end(digest, tail->hash);
}

static bool change_insert(struct store *store, const struct chain_change *change,
                          struct err *err)
{
    const struct chain_words *was = &change->was;

    return store_run(store, NULL, err,
                     "INSERT INTO timeline_changes (incident_id, entry_id, after_n, "
                     "at_ms, what, text, length_bytes, salt, gone, words, event, hash) "
                     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                     DB_ARGS(DB_INT(change->incident_id), DB_INT(change->entry_id),
                             DB_INT(change->after_n), DB_TIME(change->at_ms),
                             DB_TEXT(change->what), DB_TEXT(was->text),
                             DB_ID(was->full_bytes), DB_TEXT(was->salt),
                             DB_TEXT(was->gone), DB_TEXT(change->words),
                             DB_TEXT(change->event), DB_TEXT(change->hash)));
}

static bool place_find(struct store *store, struct chain_change *change,
                       struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT incident_id, n FROM timeline WHERE id = $1",
                   DB_ARGS(DB_INT(change->entry_id)))) {
        return false;
    }
    INSIST(rows.count == 1); /* whoever changes an entry has read it */
    change->incident_id = db_int(&rows, 0, 0);
    change->n = db_int(&rows, 0, 1);
    return true;
}

bool chain_change_put(struct store *store, struct chain_change *change, struct err *err)
{
    struct chain_tail tail = {0};

    if (!place_find(store, change, err) ||
        !chain_tail_get(store, change->incident_id, &tail, err)) {
        return false;
    }
    change->after_n = tail.n;
    chain_add_change(store->digest, &tail, change);
    change->hash = tail.hash;
    return change_insert(store, change, err) &&
           chain_tail_set(store, change->incident_id, &tail, err);
}

/* In the order of change_from. */
#define CHANGE_SELECT                                                                  \
    "SELECT c.id, c.incident_id, c.entry_id, t.n, c.after_n, c.at_ms, c.what, "        \
    "c.text, c.length_bytes, c.salt, c.gone, c.words, c.event, c.hash "                \
    "FROM timeline_changes c "                                                         \
    "JOIN timeline t ON t.id = c.entry_id "

static struct chain_change change_from(const struct db_rows *rows, size_t row)
{
    return (struct chain_change){
        .id = db_int(rows, row, 0),
        .incident_id = db_int(rows, row, 1),
        .entry_id = db_int(rows, row, 2),
        .n = db_int(rows, row, 3),
        .after_n = db_int(rows, row, 4),
        .at_ms = db_time(rows, row, 5),
        .what = db_text(rows, row, 6),
        .was = {.text = db_text(rows, row, 7),
                .full_bytes = db_int(rows, row, 8),
                .salt = db_text(rows, row, 9),
                .gone = db_text(rows, row, 10)},
        .words = db_text(rows, row, 11),
        .event = db_text(rows, row, 12),
        .hash = db_text(rows, row, 13),
    };
}

static bool changes_find(struct store *store, struct chain_changes *changes,
                         struct err *err, const char *sql, struct db_args args)
{
    struct db_rows rows;

    *changes = (struct chain_changes){.count = 0};
    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    changes->count = rows.count;
    changes->all = ARENA_ARRAY(store->arena, struct chain_change, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        changes->all[i] = change_from(&rows, i);
    }
    return true;
}

bool chain_changes_of(struct store *store, int64_t entry_id,
                      struct chain_changes *changes, struct err *err)
{
    return changes_find(store, changes, err,
                        CHANGE_SELECT "WHERE c.entry_id = $1 ORDER BY c.id",
                        DB_ARGS(DB_INT(entry_id)));
}

bool chain_changes_after(struct store *store, int64_t incident_id, int64_t after_n,
                         struct chain_changes *changes, struct err *err)
{
    return changes_find(store, changes, err,
                        CHANGE_SELECT
                        "WHERE c.incident_id = $1 AND c.after_n = $2 ORDER BY c.id",
                        DB_ARGS(DB_INT(incident_id), DB_INT(after_n)));
}

static struct chain_entry entry_from(const struct db_rows *rows, size_t row)
{
    return (struct chain_entry){
        .entry = {.id = db_int(rows, row, 0),
                  .incident_id = db_int(rows, row, 1),
                  .n = db_int(rows, row, 2),
                  .at_ms = db_time(rows, row, 3),
                  .recorded_ms = db_time(rows, row, 4),
                  .kind = db_text(rows, row, 5),
                  .person_id = db_int(rows, row, 6),
                  .adapter = db_text(rows, row, 7),
                  .channel = db_text(rows, row, 8),
                  .message = db_text(rows, row, 9),
                  .thread = db_text(rows, row, 10),
                  .subject = db_int(rows, row, 11),
                  .edited_ms = db_time(rows, row, 12),
                  .deleted_ms = db_time(rows, row, 13),
                  .dropped_ms = db_time(rows, row, 14)},
        .words = {.text = db_text(rows, row, 15),
                  .full_bytes = db_int(rows, row, 16),
                  .salt = db_text(rows, row, 17),
                  .gone = db_text(rows, row, 18)},
        .hash = db_text(rows, row, 19),
    };
}

bool chain_entries_after(struct store *store, int64_t incident_id, int64_t after_n,
                         struct chain_entries *entries, struct err *err)
{
    struct db_rows rows;

    *entries = (struct chain_entries){.count = 0};
    if (!store_run(store, &rows, err,
                   "SELECT id, incident_id, n, at_ms, recorded_ms, kind, person_id, "
                   "adapter, channel, message, thread, subject, edited_ms, deleted_ms, "
                   "dropped_ms, text, length_bytes, salt, gone, hash FROM timeline "
                   "WHERE incident_id = $1 AND n > $2 ORDER BY n LIMIT $3",
                   DB_ARGS(DB_INT(incident_id), DB_INT(after_n), DB_INT(BATCH)))) {
        return false;
    }
    entries->count = rows.count;
    entries->all = ARENA_ARRAY(store->arena, struct chain_entry, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        entries->all[i] = entry_from(&rows, i);
    }
    return true;
}
