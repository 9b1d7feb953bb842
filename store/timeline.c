#include "store/timeline.h"

#include <inttypes.h>

#include "store/search.h"

/* In the order of row_from. */
#define ENTRY_SELECT                                                                   \
    "SELECT t.id, t.incident_id, t.n, t.at_ms, t.recorded_ms, t.kind, t.person_id, "   \
    "p.handle, t.text, t.pinned, t.edited_ms, t.deleted_ms, t.dropped_ms, "            \
    "t.length_bytes, t.adapter, t.channel, t.message, t.thread, t.subject "            \
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

/* The counter, held until the commit: nobody else gives the same number. */
static bool counter_get(struct store *store, const struct entry *entry, int64_t *last,
                        struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT next_entry FROM incidents WHERE id = $1{lock}",
                   DB_ARGS(DB_INT(entry->incident_id)))) {
        return false;
    }
    if (rows.count == 0) {
        return err_set(err, ERR_GONE, "no incident %" PRId64, entry->incident_id);
    }
    *last = db_int(&rows, 0, 0);
    return true;
}

static bool counter_set(struct store *store, const struct entry *entry, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE incidents SET next_entry = $1 WHERE id = $2",
                     DB_ARGS(DB_INT(entry->n), DB_INT(entry->incident_id)));
}

static const char insert_sql[] =
    "INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, person_id, text, "
    "pinned, length_bytes, adapter, channel, message, thread, subject) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
    "ON CONFLICT (adapter, channel, message) DO NOTHING";

/* The id of the row is not asked for: RETURNING makes SQLite build a table for its
 * answer, which cost more than the insert. */
static bool entry_put(struct store *store, const struct entry *entry, bool *is_new,
                      struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err, insert_sql,
                   DB_ARGS(DB_INT(entry->incident_id), DB_INT(entry->n),
                           DB_INT(entry->at_ms), DB_INT(entry->recorded_ms),
                           DB_TEXT(entry->kind), DB_ID(entry->person_id),
                           DB_TEXT(entry->text), DB_INT(entry->is_pinned),
                           DB_ID(entry->full_bytes), DB_TEXT(entry->adapter),
                           DB_TEXT(entry->channel), DB_TEXT(entry->message),
                           DB_TEXT(entry->thread), DB_ID(entry->subject)))) {
        return false;
    }
    *is_new = rows.changed > 0;
    return true;
}

/* Gives the number of the entry that has this message already. */
static bool entry_recall(struct store *store, struct entry *entry, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT n FROM timeline WHERE adapter = $1 AND channel = $2 "
                   "AND message = $3",
                   DB_ARGS(DB_TEXT(entry->adapter), DB_TEXT(entry->channel),
                           DB_TEXT(entry->message)))) {
        return false;
    }
    entry->n = db_int(&rows, 0, 0);
    return true;
}

/* A message heard twice takes no number: the counter goes on behind the insert. A
 * number that comes with the entry is one the counter must be behind of. */
bool timeline_insert(struct store *store, struct entry *entry, bool *is_new,
                     struct err *err)
{
    int64_t last = 0;
    *is_new = false;
    if (!counter_get(store, entry, &last, err)) {
        return false;
    }
    entry->n = entry->n != 0 ? entry->n : last + 1;
    if (!entry_put(store, entry, is_new, err)) {
        return false;
    }
    if (!*is_new) {
        return entry_recall(store, entry, err);
    }
    return entry->n <= last || counter_set(store, entry, err);
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
                      ENTRY_SELECT
                      "WHERE t.adapter = $1 AND t.channel = $2 AND t.message = $3",
                      DB_ARGS(DB_TEXT(adapter), DB_TEXT(channel), DB_TEXT(message)));
}

bool timeline_edit(struct store *store, const struct entry *entry, const char *text,
                   int64_t at_ms, struct err *err)
{
    return search_change(store, entry->id, text, err) &&
           store_run(store, NULL, err,
                     "INSERT INTO timeline_versions (entry_id, at_ms, text) "
                     "SELECT id, $1, text FROM timeline WHERE id = $2 AND text <> $3",
                     DB_ARGS(DB_INT(at_ms), DB_INT(entry->id), DB_TEXT(text))) &&
           store_run(store, NULL, err,
                     "UPDATE timeline SET text = $1, edited_ms = $2, length_bytes = $3 "
                     "WHERE id = $4 AND text <> $1",
                     DB_ARGS(DB_TEXT(text), DB_INT(at_ms), DB_ID(entry->full_bytes),
                             DB_INT(entry->id)));
}

/* What it says, and what it said before it was edited. */
static bool words_erase(struct store *store, int64_t entry_id, struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM timeline_versions WHERE entry_id = $1",
                     DB_ARGS(DB_INT(entry_id))) &&
           store_run(store, NULL, err,
                     "UPDATE timeline SET text = '', length_bytes = NULL WHERE id = $1",
                     DB_ARGS(DB_INT(entry_id)));
}

bool timeline_delete(struct store *store, int64_t entry_id, int64_t at_ms,
                     struct err *err)
{
    return search_change(store, entry_id, NULL, err) &&
           store_run(store, NULL, err,
                     "UPDATE timeline SET deleted_ms = $1 WHERE id = $2 "
                     "AND deleted_ms IS NULL",
                     DB_ARGS(DB_INT(at_ms), DB_INT(entry_id))) &&
           words_erase(store, entry_id, err);
}

bool timeline_drop(struct store *store, int64_t entry_id, int64_t at_ms,
                   struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE timeline SET dropped_ms = $1 WHERE id = $2 "
                     "AND dropped_ms IS NULL",
                     DB_ARGS(DB_INT(at_ms), DB_INT(entry_id)));
}

bool timeline_pin(struct store *store, int64_t entry_id, int64_t person_id, bool on,
                  bool *changed, struct err *err)
{
    struct db_rows rows;
    const char *sql =
        on ? "INSERT INTO timeline_pins (entry_id, person_id) VALUES ($1, $2) "
             "ON CONFLICT (entry_id, person_id) DO NOTHING"
           : "DELETE FROM timeline_pins WHERE entry_id = $1 AND person_id = $2";
    if (!store_run(store, NULL, err, sql,
                   DB_ARGS(DB_INT(entry_id), DB_INT(person_id))) ||
        !store_run(store, &rows, err,
                   "UPDATE timeline SET pinned = 1 - pinned WHERE id = $1 "
                   "AND pinned <> (SELECT CASE WHEN COUNT(*) > 0 THEN 1 ELSE 0 END "
                   "FROM timeline_pins WHERE entry_id = $1)",
                   DB_ARGS(DB_INT(entry_id)))) {
        return false;
    }
    *changed = rows.changed > 0;
    return true;
}

bool timeline_last_message(struct store *store, const char *adapter,
                           const char *channel, const char **message, struct err *err)
{
    struct db_rows rows;
    *message = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT message FROM timeline WHERE adapter = $1 AND channel = $2 "
                   "AND message IS NOT NULL ORDER BY at_ms DESC, id DESC LIMIT 1",
                   DB_ARGS(DB_TEXT(adapter), DB_TEXT(channel)))) {
        return false;
    }
    *message = rows.count > 0 ? db_text(&rows, 0, 0) : NULL;
    return true;
}

struct stream {
    timeline_fn *fn;
    void *context;
};

static bool entry_pass(const struct db_rows *row, void *context)
{
    const struct stream *stream = context;
    struct entry entry = row_from(row, 0);
    return stream->fn(&entry, stream->context);
}

bool timeline_each(struct store *store, int64_t incident_id, timeline_fn *fn,
                   void *context, struct err *err)
{
    struct stream stream = {.fn = fn, .context = context};
    return db_each(store->db, err,
                   ENTRY_SELECT "WHERE t.incident_id = $1 ORDER BY t.at_ms, t.n",
                   DB_ARGS(DB_INT(incident_id)), entry_pass, &stream);
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

bool timeline_pinned(struct store *store, int64_t incident_id, struct entries *entries,
                     struct err *err)
{
    return entries_find(store, entries, err,
                        ENTRY_SELECT
                        "WHERE t.incident_id = $1 AND t.pinned = 1 "
                        "AND t.deleted_ms IS NULL AND t.dropped_ms IS NULL "
                        "ORDER BY t.at_ms, t.n",
                        DB_ARGS(DB_INT(incident_id)));
}

bool timeline_select(struct store *store, int64_t incident_id, const char *kind,
                     struct entries *entries, struct err *err)
{
    /* What is merely said has no place in the index: it is nearly all there is. */
    return entries_find(store, entries, err,
                        ENTRY_SELECT "WHERE t.incident_id = $1 AND t.kind = $2 "
                                     "AND t.kind <> 'said' AND t.deleted_ms IS NULL "
                                     "AND t.dropped_ms IS NULL ORDER BY t.at_ms, t.n",
                        DB_ARGS(DB_INT(incident_id), DB_TEXT(kind)));
}
