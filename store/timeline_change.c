/* What befalls an entry later. Each change but a pin is a link of its incident's chain.
 */
#include "bot/base/text.h"
#include "store/chain.h"
#include "store/search.h"
#include "store/timeline.h"

/* A moment that is set once, with its link; *is_set false: it was set before. */
static bool moment_set(struct store *store, const char *sql,
                       struct chain_change *change, bool *is_set, struct err *err)
{
    return store_change(store, is_set, err, sql,
                        DB_ARGS(DB_INT(change->at_ms), DB_INT(change->entry_id))) &&
           (!*is_set || chain_change_put(store, change, err));
}

bool timeline_drop(struct store *store, int64_t entry_id, int64_t at_ms,
                   struct err *err)
{
    bool is_set;
    return moment_set(store,
                      "UPDATE timeline SET dropped_ms = $1 WHERE id = $2 "
                      "AND dropped_ms IS NULL",
                      &(struct chain_change){
                          .entry_id = entry_id, .at_ms = at_ms, .what = CHAIN_DROP},
                      &is_set, err);
}

/* The words an entry has now, with their salt or what is kept of them. */
static bool words_find(struct store *store, int64_t entry_id, struct chain_words *words,
                       struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT text, length_bytes, salt, gone FROM timeline WHERE id = $1",
                   DB_ARGS(DB_INT(entry_id)))) {
        return false;
    }
    INSIST(rows.count == 1); /* whoever changes an entry has read it */
    *words = (struct chain_words){.text = db_text(&rows, 0, 0),
                                  .full_bytes = db_int(&rows, 0, 1),
                                  .salt = db_text(&rows, 0, 2),
                                  .gone = db_text(&rows, 0, 3)};
    return true;
}

/* Other words for an entry. Of `change` its entry, moment, event and the words before
 * are given. */
static bool words_put(struct store *store, const struct chain_change *change,
                      const struct chain_words *words, struct err *err)
{
    char salt[SALT_HEX + 1], hash[DIGEST_HEX + 1];
    struct chain_words salted = *words;
    struct chain_change edit = *change;
    digest_salt(store->digest, salt);
    salted.salt = salt;
    chain_hash_words(store->digest, &salted, hash);
    edit.what = CHAIN_EDIT;
    edit.words = hash;
    return search_change(store, edit.entry_id, words->text, err) &&
           chain_change_put(store, &edit, err) &&
           store_run(store, NULL, err,
                     "UPDATE timeline SET text = $1, edited_ms = $2, "
                     "length_bytes = $3, salt = $4 WHERE id = $5",
                     DB_ARGS(DB_TEXT(words->text), DB_INT(edit.at_ms),
                             DB_ID(words->full_bytes), DB_TEXT(salt),
                             DB_INT(edit.entry_id)));
}

/* What was redacted stays so: its words do not come back by an edit. */
bool timeline_edit(struct store *store, const struct entry *entry, const char *text,
                   const char *event, int64_t at_ms, struct err *err)
{
    const struct chain_words words = {.text = text, .full_bytes = entry->full_bytes};
    struct chain_change change = {
        .entry_id = entry->id, .at_ms = at_ms, .event = event};
    if (!words_find(store, entry->id, &change.was, err)) {
        return false;
    }
    return change.was.gone != NULL || text_equal(change.was.text, text) ||
           words_put(store, &change, &words, err);
}

/* The words before an edit, where they are still there. */
static bool edit_erase(struct store *store, const struct chain_change *edit,
                       struct err *err)
{
    char hash[DIGEST_HEX + 1];
    if (edit->was.salt == NULL) {
        return true;
    }
    chain_hash_words(store->digest, &edit->was, hash);
    return store_run(store, NULL, err,
                     "UPDATE timeline_changes SET text = '', salt = NULL, "
                     "gone = $1 WHERE id = $2",
                     DB_ARGS(DB_TEXT(hash), DB_INT(edit->id)));
}

static bool edits_erase(struct store *store, int64_t entry_id, struct err *err)
{
    struct chain_changes changes;
    if (!chain_changes_of(store, entry_id, &changes, err)) {
        return false;
    }
    for (size_t i = 0; i < changes.count; i++) {
        if (!edit_erase(store, &changes.all[i], err)) {
            return false;
        }
    }
    return true;
}

/* What it says, and what it said before it was edited. Their hashes stay. */
static bool words_erase(struct store *store, int64_t entry_id,
                        const struct chain_words *words, struct err *err)
{
    char hash[DIGEST_HEX + 1];
    if (words->gone != NULL) {
        return true;
    }
    chain_hash_words(store->digest, words, hash);
    return search_change(store, entry_id, NULL, err) &&
           edits_erase(store, entry_id, err) &&
           store_run(store, NULL, err,
                     "UPDATE timeline SET text = '', length_bytes = NULL, "
                     "salt = NULL, gone = $1 WHERE id = $2",
                     DB_ARGS(DB_TEXT(hash), DB_INT(entry_id)));
}

bool timeline_delete(struct store *store, int64_t entry_id, int64_t at_ms,
                     struct err *err)
{
    struct chain_words words = {.text = NULL};
    bool is_set;
    return words_find(store, entry_id, &words, err) &&
           moment_set(store,
                      "UPDATE timeline SET deleted_ms = $1 WHERE id = $2 "
                      "AND deleted_ms IS NULL",
                      &(struct chain_change){
                          .entry_id = entry_id, .at_ms = at_ms, .what = CHAIN_DELETE},
                      &is_set, err) &&
           words_erase(store, entry_id, &words, err);
}

bool timeline_redact(struct store *store, int64_t entry_id, int64_t at_ms,
                     struct err *err)
{
    struct chain_words words = {.text = NULL};
    if (!words_find(store, entry_id, &words, err)) {
        return false;
    }
    return words.gone != NULL ||
           (chain_change_put(store,
                             &(struct chain_change){.entry_id = entry_id,
                                                    .at_ms = at_ms,
                                                    .what = CHAIN_REDACT},
                             err) &&
            words_erase(store, entry_id, &words, err));
}

/* What is left of an entry's words behind an edit that was deleted. */
struct unedit {
    const char *event;         /* the edit */
    const char *came_by;       /* the entry's own words; NULL: not by an edit */
    struct chain_words before; /* the last words that stay; text NULL: none */
    const char *before_came_by;
};

/* An edit keeps the words before it, which came by the edit before that. Words that
 * nobody heard are empty (bot/recorder.c). */
static bool unedit_step(struct store *store, const struct chain_change *edit,
                        struct unedit *unedit, struct err *err)
{
    bool is_taken = text_equal(unedit->came_by, unedit->event);
    bool is_left = edit->was.gone == NULL && !text_is_empty(edit->was.text);
    if (!is_taken && is_left) {
        unedit->before = edit->was;
        unedit->before_came_by = unedit->came_by;
    }
    unedit->came_by = edit->event;
    return !is_taken || edit_erase(store, edit, err);
}

static bool unedit_look(struct store *store, const struct chain_changes *changes,
                        struct unedit *unedit, struct err *err)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct chain_change *change = &changes->all[i];
        if (text_equal(change->what, CHAIN_EDIT) &&
            !unedit_step(store, change, unedit, err)) {
            return false;
        }
    }
    return true;
}

/* The words before stand again; of those that stood there the hash is kept. */
static bool unedit_put(struct store *store, const struct unedit *unedit,
                       int64_t entry_id, int64_t at_ms, struct err *err)
{
    char hash[DIGEST_HEX + 1];
    struct chain_words now;
    struct chain_change change = {
        .entry_id = entry_id, .at_ms = at_ms, .event = unedit->before_came_by};
    if (!words_find(store, entry_id, &now, err)) {
        return false;
    }
    chain_hash_words(store->digest, &now, hash);
    change.was = (struct chain_words){.text = "", .gone = hash};
    return words_put(store, &change, &unedit->before, err);
}

bool timeline_unedit(struct store *store, const struct entry *entry, const char *event,
                     int64_t at_ms, struct err *err)
{
    struct unedit unedit = {.event = event};
    struct chain_changes changes;
    if (entry->is_redacted) {
        return true;
    }
    if (!chain_changes_of(store, entry->id, &changes, err) ||
        !unedit_look(store, &changes, &unedit, err)) {
        return false;
    }
    if (!text_equal(unedit.came_by, event)) {
        return true; /* other words stand there since */
    }
    return unedit.before.text == NULL
               ? timeline_redact(store, entry->id, at_ms, err)
               : unedit_put(store, &unedit, entry->id, at_ms, err);
}

bool timeline_pin(struct store *store, int64_t entry_id, int64_t person_id, bool on,
                  bool *changed, struct err *err)
{
    const char *sql =
        on ? "INSERT INTO timeline_pins (entry_id, person_id) VALUES ($1, $2) "
             "ON CONFLICT (entry_id, person_id) DO NOTHING"
           : "DELETE FROM timeline_pins WHERE entry_id = $1 AND person_id = $2";
    return store_run(store, NULL, err, sql,
                     DB_ARGS(DB_INT(entry_id), DB_INT(person_id))) &&
           store_change(
               store, changed, err,
               "UPDATE timeline SET pinned = 1 - pinned WHERE id = $1 "
               "AND pinned <> (SELECT CASE WHEN COUNT(*) > 0 THEN 1 ELSE 0 END "
               "FROM timeline_pins WHERE entry_id = $1)",
               DB_ARGS(DB_INT(entry_id)));
}
