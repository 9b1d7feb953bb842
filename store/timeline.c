#include "store/timeline.h"

#include "store/chain.h"
#include "store/former.h"
#include "store/timeline_names.h"

#define BREATH 16 /* entries before and behind */

/* In the order of row_from. */
#define ENTRY_SELECT                                                                   \
    "SELECT t.id, t.incident_id, t.n, t.at_ms, t.recorded_ms, t.kind, t.person_id, "   \
    "p.handle, t.text, t.pinned, t.edited_ms, t.deleted_ms, t.dropped_ms, "            \
    "t.length_bytes, t.adapter, t.channel, t.message, t.thread, t.subject, "           \
    "CASE WHEN t.gone IS NULL THEN 0 ELSE 1 END "                                      \
    "FROM timeline t LEFT JOIN people p ON p.id = t.person_id "

/* Texts are where the row's are. */
static struct entry row_from(const struct db_rows *rows, size_t row)
{
    return (struct entry){
        .id = db_int(rows, row, 0),
        .incident_id = db_int(rows, row, 1),
        .n = db_int(rows, row, 2),
        .at_ms = db_time(rows, row, 3),
        .recorded_ms = db_time(rows, row, 4),
        .kind = db_text(rows, row, 5),
        .person_id = db_int(rows, row, 6),
        .handle = db_text(rows, row, 7),
        .text = db_text(rows, row, 8),
        .recorded = db_text(rows, row, 8),
        .is_pinned = db_flag(rows, row, 9),
        .edited_ms = db_time(rows, row, 10),
        .deleted_ms = db_time(rows, row, 11),
        .dropped_ms = db_time(rows, row, 12),
        .full_bytes = db_int(rows, row, 13),
        .adapter = db_text(rows, row, 14),
        .channel = db_text(rows, row, 15),
        .message = db_text(rows, row, 16),
        .thread = db_text(rows, row, 17),
        .subject = db_int(rows, row, 18),
        .is_redacted = db_flag(rows, row, 19),
    };
}

static bool entries_find(struct store *store, struct entries *entries, struct err *err,
                         const char *sql, struct db_args args)
{
    struct db_rows rows;
    *entries = (struct entries){.count = 0};
    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    entries->count = rows.count;
    entries->all = ARENA_ARRAY(store->arena, struct entry, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        entries->all[i] = row_from(&rows, i);
        if (!timeline_name(store, &entries->all[i], err)) {
            return false;
        }
    }
    return true;
}

static bool entry_find(struct store *store, struct entry **entry, struct err *err,
                       const char *sql, struct db_args args)
{
    struct entries found;
    *entry = NULL;
    if (!entries_find(store, &found, err, sql, args)) {
        return false;
    }
    if (found.count > 0) {
        *entry = &found.all[0];
    }
    return true;
}

static const char insert_sql[] =
    "INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, person_id, text, "
    "pinned, length_bytes, adapter, channel, message, thread, subject, salt, hash) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
    "ON CONFLICT (adapter, channel, message) DO NOTHING";

static void link_make(struct store *store, const struct entry *entry, char *salt,
                      struct chain_tail *tail)
{
    char words[DIGEST_HEX + 1];
    digest_salt(store->digest, salt);
    chain_hash_words(store->digest,
                     &(struct chain_words){.salt = salt,
                                           .text = entry->text,
                                           .full_bytes = entry->full_bytes},
                     words);
    chain_add_entry(store->digest, tail, entry, words);
}

/* The id of the row is not asked for: RETURNING makes SQLite build a table for its
 * answer, which cost more than the insert. */
static bool entry_put(struct store *store, const struct entry *entry,
                      struct chain_tail *tail, bool *is_new, struct err *err)
{
    char salt[SALT_HEX + 1];
    link_make(store, entry, salt, tail);
    return store_change(store, is_new, err, insert_sql,
                        DB_ARGS(DB_INT(entry->incident_id), DB_INT(entry->n),
                                DB_INT(entry->at_ms), DB_INT(entry->recorded_ms),
                                DB_TEXT(entry->kind), DB_ID(entry->person_id),
                                DB_TEXT(entry->text), DB_INT(entry->is_pinned),
                                DB_ID(entry->full_bytes), DB_TEXT(entry->adapter),
                                DB_TEXT(entry->channel), DB_TEXT(entry->message),
                                DB_TEXT(entry->thread), DB_ID(entry->subject),
                                DB_TEXT(salt), DB_TEXT(tail->hash)));
}

/* The number of the entry that has this message already, by whichever id its channel
 * had; 0: none. */
static bool entry_recall(struct store *store, const struct entry *entry, int64_t *n,
                         struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT n FROM timeline WHERE adapter = $1 "
                   "AND " FORMER_IS_CHANNEL("channel") "AND message = $3",
                   DB_ARGS(DB_TEXT(entry->adapter), DB_TEXT(entry->channel),
                           DB_TEXT(entry->message)))) {
        return false;
    }
    *n = rows.count > 0 ? db_int(&rows, 0, 0) : 0;
    return true;
}

/* Under an id the channel had before, which the key of the table does not see. */
static bool entry_recall_former(struct store *store, const struct entry *entry,
                                int64_t *n, struct err *err)
{
    bool is_any;
    *n = 0;
    return entry->message == NULL || (former_is_any(store, &is_any, err) &&
                                      (!is_any || entry_recall(store, entry, n, err)));
}

/* A message heard twice takes no number and no link: the tail goes on behind the
 * insert. */
bool timeline_insert_behind(struct store *store, struct chain_tail *tail,
                            struct entry *entry, bool *is_new, struct err *err)
{
    int64_t known;
    *is_new = false;
    if (!entry_recall_former(store, entry, &known, err)) {
        return false;
    }
    if (known != 0) {
        entry->n = known;
        return true;
    }
    entry->n = tail->n + 1;
    if (!entry_put(store, entry, tail, is_new, err)) {
        return false;
    }
    return *is_new ? chain_tail_set(store, entry->incident_id, tail, err)
                   : entry_recall(store, entry, &entry->n, err);
}

bool timeline_insert(struct store *store, struct entry *entry, bool *is_new,
                     struct err *err)
{
    struct chain_tail tail;

    *is_new = false;
    return chain_tail_get(store, entry->incident_id, &tail, err) &&
           timeline_insert_behind(store, &tail, entry, is_new, err);
}

bool timeline_find(struct store *store, int64_t incident_id, int64_t n,
                   struct entry **entry, struct err *err)
{
    return entry_find(store, entry, err,
                      ENTRY_SELECT "WHERE t.incident_id = $1 AND t.n = $2",
                      DB_ARGS(DB_INT(incident_id), DB_INT(n)));
}

bool timeline_find_message(struct store *store, const char *adapter,
                           const char *channel, const char *message,
                           struct entry **entry, struct err *err)
{
    return entry_find(store, entry, err,
                      ENTRY_SELECT "WHERE t.adapter = $1 AND " FORMER_IS_CHANNEL(
                          "t.channel") "AND t.message = $3",
                      DB_ARGS(DB_TEXT(adapter), DB_TEXT(channel), DB_TEXT(message)));
}

bool timeline_find_edited(struct store *store, const char *adapter, const char *channel,
                          const char *event, struct entry **entry, struct err *err)
{
    return entry_find(
        store, entry, err,
        ENTRY_SELECT "WHERE t.adapter = $1 AND " FORMER_IS_CHANNEL(
            "t.channel") "AND t.id IN "
                         "(SELECT entry_id FROM timeline_changes WHERE event = $3)",
        DB_ARGS(DB_TEXT(adapter), DB_TEXT(channel), DB_TEXT(event)));
}

bool timeline_edits(struct store *store, int64_t entry_id, struct timeline_edits *edits,
                    struct err *err)
{
    struct db_rows rows;
    *edits = (struct timeline_edits){0};
    if (!store_run(store, &rows, err,
                   "SELECT event FROM timeline_changes WHERE entry_id = $1 "
                   "AND event IS NOT NULL GROUP BY event ORDER BY MIN(id)",
                   DB_ARGS(DB_INT(entry_id)))) {
        return false;
    }
    edits->events = ARENA_ARRAY(store->arena, const char *, rows.count + 1);
    edits->count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        edits->events[i] = db_text(&rows, i, 0);
    }
    return true;
}

bool timeline_has_near(struct store *store, const struct entry *like, int64_t within_ms,
                       bool *has, struct err *err)
{
    return store_has(store, has, err,
                     "SELECT 1 FROM timeline WHERE incident_id = $1 AND at_ms >= $2 "
                     "AND at_ms <= $3 AND kind = $4 AND person_id = $5 LIMIT 1",
                     DB_ARGS(DB_INT(like->incident_id), DB_INT(like->at_ms - within_ms),
                             DB_INT(like->at_ms + within_ms), DB_TEXT(like->kind),
                             DB_INT(like->person_id)));
}

bool timeline_newest_kind(struct store *store, const struct entry *since,
                          const char **kind, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT kind FROM timeline WHERE incident_id = $1 AND at_ms >= $2 "
                   "AND person_id = $3 ORDER BY at_ms DESC, n DESC LIMIT 1",
                   DB_ARGS(DB_INT(since->incident_id), DB_INT(since->at_ms),
                           DB_INT(since->person_id)))) {
        return false;
    }
    *kind = rows.count > 0 ? db_text(&rows, 0, 0) : NULL;
    return true;
}

bool timeline_last_message(struct store *store, const char *adapter,
                           const char *channel, const char **message, struct err *err)
{
    struct db_rows rows;
    *message = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT message FROM timeline WHERE adapter = $1 "
                   "AND " FORMER_IS_CHANNEL("channel") "AND message IS NOT NULL ORDER "
                                                       "BY at_ms DESC, id DESC LIMIT 1",
                   DB_ARGS(DB_TEXT(adapter), DB_TEXT(channel)))) {
        return false;
    }
    *message = rows.count > 0 ? db_text(&rows, 0, 0) : NULL;
    return true;
}

bool timeline_threads(struct store *store, const char *adapter, const char *channel,
                      int64_t limit, struct timeline_threads *threads, struct err *err)
{
    struct db_rows rows;
    *threads = (struct timeline_threads){0};
    if (!store_run(store, &rows, err,
                   "SELECT thread FROM timeline WHERE adapter = $1 "
                   "AND " FORMER_IS_CHANNEL(
                       "channel") "AND thread IS NOT NULL GROUP BY thread "
                                  "ORDER BY MAX(at_ms) DESC, thread LIMIT $3",
                   DB_ARGS(DB_TEXT(adapter), DB_TEXT(channel), DB_INT(limit)))) {
        return false;
    }
    threads->all = ARENA_ARRAY(store->arena, const char *, rows.count + 1);
    threads->count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        threads->all[i] = db_text(&rows, i, 0);
    }
    return true;
}

struct stream {
    struct store *store;
    timeline_fn *fn;
    void *context;
    bool ok;
    struct err *err;
};

static bool entry_pass(const struct db_rows *row, void *context)
{
    struct stream *stream = context;
    struct entry entry = row_from(row, 0);
    stream->ok = timeline_name(stream->store, &entry, stream->err);
    return stream->ok && stream->fn(&entry, stream->context);
}

bool timeline_each(struct store *store, int64_t incident_id, timeline_fn *fn,
                   void *context, struct err *err)
{
    struct stream stream = {
        .store = store, .fn = fn, .context = context, .ok = true, .err = err};
    return db_each(store->db, err,
                   ENTRY_SELECT "WHERE t.incident_id = $1 ORDER BY t.at_ms, t.n",
                   DB_ARGS(DB_INT(incident_id)), entry_pass, &stream) &&
           stream.ok;
}

bool timeline_last(struct store *store, int64_t incident_id, int64_t limit,
                   struct entries *entries, struct err *err)
{
    if (!entries_find(store, entries, err,
                      ENTRY_SELECT "WHERE t.incident_id = $1 "
                                   "ORDER BY t.at_ms DESC, t.n DESC LIMIT $2",
                      DB_ARGS(DB_INT(incident_id), DB_INT(limit)))) {
        return false;
    }
    for (size_t i = 0, j = entries->count; i + 1 < j; i++) {
        j--;
        struct entry entry = entries->all[i];
        entries->all[i] = entries->all[j];
        entries->all[j] = entry;
    }
    return true;
}

bool timeline_breath(struct store *store, const struct entry *entry,
                     struct entries *entries, struct err *err)
{
    return entries_find(store, entries, err,
                        ENTRY_SELECT
                        "WHERE t.incident_id = $1 AND t.n >= $2 AND t.n <= $3 "
                        "AND t.recorded_ms = $4 AND t.person_id = $5 AND t.text <> '' "
                        "ORDER BY t.n",
                        DB_ARGS(DB_INT(entry->incident_id), DB_INT(entry->n - BREATH),
                                DB_INT(entry->n + BREATH), DB_INT(entry->recorded_ms),
                                DB_INT(entry->person_id)));
}

/* The + keeps SQLite from walking all entries by the index that has them in this order;
 * the one that holds these few is looked up, and they are sorted. */
#define FEW_BY_TIME "ORDER BY +t.at_ms, t.n"

bool timeline_pinned(struct store *store, int64_t incident_id, struct entries *entries,
                     struct err *err)
{
    return entries_find(store, entries, err,
                        ENTRY_SELECT
                        "WHERE t.incident_id = $1 AND t.pinned = 1 "
                        "AND t.deleted_ms IS NULL AND t.dropped_ms IS NULL "
                        "AND t.gone IS NULL " FEW_BY_TIME,
                        DB_ARGS(DB_INT(incident_id)));
}

bool timeline_select(struct store *store, int64_t incident_id, const char *kind,
                     struct entries *entries, struct err *err)
{
    /* What is merely said has no place in the index: it is nearly all there is. */
    return entries_find(store, entries, err,
                        ENTRY_SELECT
                        "WHERE t.incident_id = $1 AND t.kind = $2 "
                        "AND t.kind <> 'said' AND t.deleted_ms IS NULL "
                        "AND t.dropped_ms IS NULL AND t.gone IS NULL " FEW_BY_TIME,
                        DB_ARGS(DB_INT(incident_id), DB_TEXT(kind)));
}
