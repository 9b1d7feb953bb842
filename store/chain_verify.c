/* Follows each chain from its first entry to its end and says what does not fit. */
#include <stdio.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "store/chain.h"

struct verifying {
    struct store *store;
    struct digest *digest; /* links */
    struct digest *ends;   /* the digest of all of them */
    struct chain_report *report;
    chain_fault_fn *fault;
    void *context;
    int64_t incident_id;
    bool has_changes;
    bool is_torn; /* an entry is missing: the next link can't be told */
    struct chain_tail tail;
};

static void complain(struct verifying *verifying, int64_t n, const char *what)
{
    char sentence[200];

    if (n == 0) {
        (void)snprintf(sentence, sizeof(sentence), "inc-%lld: %s",
                       (long long)verifying->incident_id, what);
    } else {
        (void)snprintf(sentence, sizeof(sentence), "inc-%lld, entry %lld: %s",
                       (long long)verifying->incident_id, (long long)n, what);
    }
    verifying->report->faults += 1;
    verifying->fault(sentence, verifying->context);
}

/* What is to be so after all that befell the entry. */
struct replay {
    int64_t edited_ms, deleted_ms, dropped_ms;
    bool is_gone, fits;
    char first[DIGEST_HEX + 1]; /* the words it was recorded with */
    char last[DIGEST_HEX + 1];  /* … and those it should have now */
};

/* Each edit leads from the words before it to those it brought. */
static void replay_edit(struct verifying *verifying, struct replay *replay,
                        const struct chain_change *edit)
{
    char was[DIGEST_HEX + 1];

    chain_hash_words(verifying->digest, &edit->was, was);
    if (replay->first[0] == '\0') {
        memcpy(replay->first, was, sizeof(was));
    } else {
        replay->fits = replay->fits && strcmp(replay->last, was) == 0;
    }
    replay->edited_ms = edit->at_ms;
    memset(replay->last, 0, sizeof(replay->last));
    (void)strncpy(replay->last, text_or(edit->words, "?"), DIGEST_HEX);
}

static void replay_change(struct verifying *verifying, struct replay *replay,
                          const struct chain_change *change)
{
    if (strcmp(change->what, CHAIN_EDIT) == 0) {
        replay_edit(verifying, replay, change);
    } else if (strcmp(change->what, CHAIN_DELETE) == 0) {
        replay->deleted_ms = change->at_ms;
        replay->is_gone = true;
    } else if (strcmp(change->what, CHAIN_DROP) == 0) {
        replay->dropped_ms = change->at_ms;
    } else {
        replay->is_gone = true;
    }
}

static bool replay_make(struct verifying *verifying, const struct chain_entry *entry,
                        struct replay *replay, struct err *err)
{
    struct chain_changes changes = {.count = 0};
    char now[DIGEST_HEX + 1];

    *replay = (struct replay){.edited_ms = TIME_NONE,
                              .deleted_ms = TIME_NONE,
                              .dropped_ms = TIME_NONE,
                              .fits = true};
    if (verifying->has_changes &&
        !chain_changes_of(verifying->store, entry->entry.id, &changes, err)) {
        return false;
    }
    for (size_t i = 0; i < changes.count; i++) {
        replay_change(verifying, replay, &changes.all[i]);
    }
    chain_hash_words(verifying->digest, &entry->words, now);
    if (replay->first[0] == '\0') {
        memcpy(replay->first, now, sizeof(now));
        memcpy(replay->last, now, sizeof(now));
    }
    replay->fits = replay->fits && strcmp(replay->last, now) == 0;
    return true;
}

static void check_state(struct verifying *verifying, const struct chain_entry *entry,
                        const struct replay *replay)
{
    const struct entry *row = &entry->entry;
    bool is_gone = entry->words.gone != NULL;

    if (!replay->fits) {
        complain(verifying, row->n, "its words are not those it was edited to");
    }
    if (row->edited_ms != replay->edited_ms || row->deleted_ms != replay->deleted_ms ||
        row->dropped_ms != replay->dropped_ms) {
        complain(verifying, row->n,
                 "that it was edited, deleted or dropped is not as recorded");
    }
    if (is_gone != replay->is_gone || (is_gone && *entry->words.text != '\0')) {
        complain(verifying, row->n, "that its words are gone is not as recorded");
    }
    verifying->report->gone += is_gone ? 1 : 0;
}

static void check_link(struct verifying *verifying, const struct chain_entry *entry,
                       const struct replay *replay)
{
    int64_t n = entry->entry.n;

    if (n != verifying->tail.n + 1) {
        complain(verifying, verifying->tail.n + 1, "it is missing");
        verifying->is_torn = true;
    }
    chain_add_entry(verifying->digest, &verifying->tail, &entry->entry, replay->first);
    if (!verifying->is_torn &&
        strcmp(verifying->tail.hash, text_or(entry->hash, "")) != 0) {
        complain(verifying, n, "it is not as it was recorded");
    }
    memset(verifying->tail.hash, 0, sizeof(verifying->tail.hash));
    (void)strncpy(verifying->tail.hash, text_or(entry->hash, ""), DIGEST_HEX);
    verifying->is_torn = false;
}

static bool check_changes(struct verifying *verifying, struct err *err)
{
    struct chain_changes changes = {.count = 0};

    if (verifying->has_changes &&
        !chain_changes_after(verifying->store, verifying->incident_id,
                             verifying->tail.n, &changes, err)) {
        return false;
    }
    for (size_t i = 0; i < changes.count; i++) {
        const struct chain_change *change = &changes.all[i];

        chain_add_change(verifying->digest, &verifying->tail, change);
        if (strcmp(verifying->tail.hash, text_or(change->hash, "")) != 0) {
            complain(verifying, change->n, "a change of it is not as it was recorded");
        }
        (void)strncpy(verifying->tail.hash, text_or(change->hash, ""), DIGEST_HEX);
    }
    verifying->report->changes += (int64_t)changes.count;
    return true;
}

static bool check_entry(struct verifying *verifying, const struct chain_entry *entry,
                        struct err *err)
{
    struct replay replay;

    if (!replay_make(verifying, entry, &replay, err)) {
        return false;
    }
    check_link(verifying, entry, &replay);
    check_state(verifying, entry, &replay);
    verifying->report->entries += 1;
    return check_changes(verifying, err);
}

static bool check_batch(struct verifying *verifying, size_t *count, struct err *err)
{
    struct chain_entries entries;

    arena_reset(verifying->store->arena);
    if (!chain_entries_after(verifying->store, verifying->incident_id,
                             verifying->tail.n, &entries, err)) {
        return false;
    }
    *count = entries.count;
    for (size_t i = 0; i < entries.count; i++) {
        if (!check_entry(verifying, &entries.all[i], err)) {
            return false;
        }
    }
    return true;
}

static bool check_entries(struct verifying *verifying, struct err *err)
{
    size_t count = 0;

    do {
        if (!check_batch(verifying, &count, err)) {
            return false;
        }
    } while (count > 0);
    return true;
}

static bool count_changes(struct verifying *verifying, int64_t *count, struct err *err)
{
    struct db_rows rows;

    if (!store_run(verifying->store, &rows, err,
                   "SELECT COUNT(*) FROM timeline_changes WHERE incident_id = $1",
                   DB_ARGS(DB_INT(verifying->incident_id)))) {
        return false;
    }
    *count = db_int(&rows, 0, 0);
    return true;
}

static bool check_incident(struct verifying *verifying, struct err *err)
{
    struct chain_tail end = {0};
    int64_t changes, before = verifying->report->changes;

    verifying->tail = (struct chain_tail){.n = 0};
    if (!count_changes(verifying, &changes, err)) {
        return false;
    }
    verifying->has_changes = changes > 0;
    if (!check_entries(verifying, err) ||
        !chain_tail_get(verifying->store, verifying->incident_id, &end, err)) {
        return false;
    }
    if (end.n > verifying->tail.n) {
        complain(verifying, verifying->tail.n + 1, "it is missing");
    } else if (end.n != verifying->tail.n ||
               strcmp(end.hash, verifying->tail.hash) != 0 ||
               changes != verifying->report->changes - before) {
        complain(verifying, 0, "its chain does not end where its record says");
    }
    digest_number(verifying->ends, verifying->incident_id);
    digest_text(verifying->ends, end.hash);
    verifying->report->incidents += 1;
    return true;
}

/* 0: there is none any more. */
static bool next_incident(struct verifying *verifying, struct err *err)
{
    struct db_rows rows;

    arena_reset(verifying->store->arena);
    if (!store_run(verifying->store, &rows, err,
                   "SELECT id FROM incidents WHERE id > $1 ORDER BY id LIMIT 1",
                   DB_ARGS(DB_INT(verifying->incident_id)))) {
        return false;
    }
    verifying->incident_id = rows.count > 0 ? db_int(&rows, 0, 0) : 0;
    return true;
}

static bool check_all(struct verifying *verifying, struct err *err)
{
    bool is_read = next_incident(verifying, err);

    digest_begin(verifying->ends);
    while (is_read && verifying->incident_id != 0) {
        is_read = check_incident(verifying, err) && next_incident(verifying, err);
    }
    digest_end(verifying->ends, verifying->report->digest);
    return is_read;
}

bool chain_verify(struct store *store, chain_fault_fn *fault, void *context,
                  struct chain_report *report, struct err *err)
{
    struct verifying verifying = {.store = store,
                                  .digest = store->digest,
                                  .ends = digest_create(),
                                  .report = report,
                                  .fault = fault,
                                  .context = context};
    bool is_read;

    *report = (struct chain_report){0};
    is_read = check_all(&verifying, err);
    digest_destroy(verifying.ends);
    return is_read;
}
