#include "store/outbox.h"

/*
 * In the order of row_from. A message to one person alone is in no channel we could
 * name, so what is about it has no place.
 */
#define OUTBOX_SELECT                                                                  \
    "SELECT o.id, o.adapter, o.lane, o.kind, o.incident_id, o.person_id, o.place, "    \
    "o.about_row, o.body, o.created_ms, o.due_ms, o.attempts, o.unsure, o.done_ms, "   \
    "o.ref, o.buried_why, i.channel, a.ref, "                                          \
    "CASE WHEN a.kind = 'direct' THEN NULL ELSE COALESCE(a.place, ai.channel) END, "   \
    "(SELECT d.external FROM identities d WHERE d.person_id = o.person_id "            \
    "AND d.adapter = o.adapter ORDER BY d.external LIMIT 1), p.handle, "               \
    "CASE WHEN o.claimed_by IS NULL THEN 0 ELSE 1 END "                                \
    "FROM outbox o LEFT JOIN incidents i ON i.id = o.incident_id "                     \
    "LEFT JOIN outbox a ON a.id = o.about_row "                                        \
    "LEFT JOIN incidents ai ON ai.id = a.incident_id "                                 \
    "LEFT JOIN people p ON p.id = o.person_id "

/* What was put off steps aside, with those of its kind behind it, where nothing said
 * later rests on it: the others of its lane go on. */
#define OUTBOX_STEPS_ASIDE                                                             \
    "(e.kind IN ('amend', 'pin', 'set-topic') AND e.kind <> o.kind "                   \
    "AND e.claimed_by IS NULL AND EXISTS (SELECT 1 FROM outbox f "                     \
    "WHERE f.adapter = e.adapter AND f.lane = e.lane AND f.id <= e.id "                \
    "AND f.kind = e.kind AND f.done_ms IS NULL AND f.attempts > 0))"

/* The first of its lane, and nothing that only another row's outcome can give is
 * missing. A row about one that was done without a ref goes: the courier buries it. */
#define OUTBOX_IS_READY                                                                \
    "NOT EXISTS (SELECT 1 FROM outbox e WHERE e.adapter = o.adapter "                  \
    "AND e.lane = o.lane AND e.id < o.id AND e.done_ms IS NULL "                       \
    "AND NOT " OUTBOX_STEPS_ASIDE ") "                                                 \
    "AND (o.place IS NOT NULL OR o.incident_id IS NULL "                               \
    "OR o.kind IN ('open-channel', 'direct') OR EXISTS (SELECT 1 FROM incidents i "    \
    "WHERE i.id = o.incident_id AND i.channel IS NOT NULL)) "                          \
    "AND (o.about_row IS NULL OR EXISTS (SELECT 1 FROM outbox a "                      \
    "WHERE a.id = o.about_row AND a.done_ms IS NOT NULL)) "

/* In the words of the index outbox_urgent, or it is not used. */
#define OUTBOX_IS_URGENT "o.kind IN ('form', 'direct', 'whisper') "

static struct outbox_row row_from(const struct db_rows *rows, size_t row)
{
    return (struct outbox_row){
        .id = db_int(rows, row, 0),
        .adapter = db_text(rows, row, 1),
        .lane = db_text(rows, row, 2),
        .kind = db_text(rows, row, 3),
        .incident_id = db_int(rows, row, 4),
        .person_id = db_int(rows, row, 5),
        .place = db_text(rows, row, 6),
        .about_row = db_int(rows, row, 7),
        .body = db_text(rows, row, 8),
        .created_ms = db_time(rows, row, 9),
        .due_ms = db_time(rows, row, 10),
        .attempts = db_int(rows, row, 11),
        .is_unsure = db_flag(rows, row, 12),
        .done_ms = db_time(rows, row, 13),
        .ref = db_text(rows, row, 14),
        .buried_why = db_text(rows, row, 15),
        .incident_channel = db_text(rows, row, 16),
        .about_ref = db_text(rows, row, 17),
        .about_place = db_text(rows, row, 18),
        .person_external = db_text(rows, row, 19),
        .person_handle = db_text(rows, row, 20),
        .is_claimed = db_flag(rows, row, 21),
    };
}

bool outbox_put(struct store *store, struct outbox_row *row, struct err *err)
{
    if (row->due_ms < row->created_ms) {
        row->due_ms = row->created_ms;
    }
    return store_insert(store, &row->id, err,
                        "INSERT INTO outbox (adapter, lane, kind, incident_id, "
                        "person_id, place, about_row, body, created_ms, due_ms) "
                        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                        DB_ARGS(DB_TEXT(row->adapter), DB_TEXT(row->lane),
                                DB_TEXT(row->kind), DB_ID(row->incident_id),
                                DB_ID(row->person_id), DB_TEXT(row->place),
                                DB_ID(row->about_row), DB_TEXT(row->body),
                                DB_INT(row->created_ms), DB_INT(row->due_ms)));
}

bool outbox_merge(struct store *store, const char *kind, int64_t about_row,
                  const char *body, bool *merged, struct err *err)
{
    return store_change(store, merged, err,
                        "UPDATE outbox SET body = $1 WHERE id = (SELECT MAX(o.id) "
                        "FROM outbox o WHERE o.about_row = $2 AND o.kind = $3 "
                        "AND o.done_ms IS NULL AND o.attempts = 0 "
                        "AND o.claimed_by IS NULL)",
                        DB_ARGS(DB_TEXT(body), DB_INT(about_row), DB_TEXT(kind)));
}

bool outbox_replace(struct store *store, const struct outbox_row *row, bool *replaced,
                    struct err *err)
{
    return store_change(
        store, replaced, err,
        "UPDATE outbox SET body = $1 WHERE id = (SELECT MAX(o.id) "
        "FROM outbox o WHERE o.adapter = $2 AND o.lane = $3 AND o.kind = $4 "
        "AND o.done_ms IS NULL AND (o.attempts > 0 OR o.kind = 'home') "
        "AND o.claimed_by IS NULL)",
        DB_ARGS(DB_TEXT(row->body), DB_TEXT(row->adapter), DB_TEXT(row->lane),
                DB_TEXT(row->kind)));
}

#define OUTBOX_IS_DUE                                                                  \
    OUTBOX_SELECT "WHERE o.adapter = $1 AND o.done_ms IS NULL AND o.due_ms <= $2 "     \
                  "AND o.claimed_until_ms < $2 AND " OUTBOX_IS_READY

static const char ready_sql[] = OUTBOX_IS_DUE "ORDER BY o.id LIMIT $3";
static const char urgent_sql[] =
    OUTBOX_IS_DUE "AND " OUTBOX_IS_URGENT
                  "ORDER BY CASE o.kind WHEN 'form' THEN 0 ELSE 1 END, o.id LIMIT $3";

/* The predicate stands here too, so that of two who claim at once only one gets the
 * row. */
static bool claim_row(struct store *store, const struct outbox_claim *claim,
                      struct outbox_row *row, bool *is_ours, struct err *err)
{
    if (row->is_claimed) { /* who let it run out may have done the thing unheard */
        row->is_unsure = true;
        row->attempts++;
    }
    row->is_claimed = true;
    return store_change(
        store, is_ours, err,
        "UPDATE outbox SET unsure = $1, attempts = $2, claimed_by = $3, "
        "claimed_until_ms = $4 WHERE id = $5 AND done_ms IS NULL "
        "AND claimed_until_ms < $6",
        DB_ARGS(DB_INT(row->is_unsure), DB_INT(row->attempts), DB_TEXT(claim->claimer),
                DB_INT(claim->until_ms), DB_INT(row->id), DB_INT(claim->now_ms)));
}

bool outbox_claim(struct store *store, const struct outbox_claim *claim,
                  struct outbox_rows *rows, struct err *err)
{
    struct db_rows found;
    *rows = (struct outbox_rows){.count = 0};
    if (!store_run(store, &found, err, claim->is_urgent ? urgent_sql : ready_sql,
                   DB_ARGS(DB_TEXT(claim->adapter), DB_INT(claim->now_ms),
                           DB_INT(claim->limit)))) {
        return false;
    }
    rows->all = ARENA_ARRAY(store->arena, struct outbox_row, found.count);
    for (size_t i = 0; i < found.count; i++) {
        bool is_ours;
        rows->all[rows->count] = row_from(&found, i);
        if (!claim_row(store, claim, &rows->all[rows->count], &is_ours, err)) {
            return false;
        }
        rows->count += is_ours ? 1 : 0;
    }
    return true;
}

static bool outbox_find_by(struct store *store, struct outbox_row **row,
                           struct err *err, const char *sql, struct db_args args)
{
    struct db_rows rows;
    *row = NULL;
    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    if (rows.count > 0) {
        *row = ARENA_NEW(store->arena, struct outbox_row);
        **row = row_from(&rows, 0);
    }
    return true;
}

bool outbox_find(struct store *store, int64_t id, struct outbox_row **row,
                 struct err *err)
{
    return outbox_find_by(store, row, err, OUTBOX_SELECT "WHERE o.id = $1",
                          DB_ARGS(DB_INT(id)));
}

bool outbox_find_ref(struct store *store, const char *adapter, const char *ref,
                     struct outbox_row **row, struct err *err)
{
    return outbox_find_by(store, row, err,
                          OUTBOX_SELECT "WHERE o.adapter = $1 AND o.ref = $2 "
                                        "ORDER BY o.id DESC LIMIT 1",
                          DB_ARGS(DB_TEXT(adapter), DB_TEXT(ref)));
}

bool outbox_find_waiting(struct store *store, const struct outbox_row *like,
                         struct outbox_row **row, struct err *err)
{
    return outbox_find_by(
        store, row, err,
        OUTBOX_SELECT "WHERE o.adapter = $1 AND o.lane = $2 "
                      "AND o.kind = $3 AND o.done_ms IS NULL "
                      "ORDER BY o.id LIMIT 1",
        DB_ARGS(DB_TEXT(like->adapter), DB_TEXT(like->lane), DB_TEXT(like->kind)));
}

bool outbox_list_waiting(struct store *store, int64_t incident_id, const char *kind,
                         int64_t limit, struct outbox_rows *rows, struct err *err)
{
    struct db_rows found;
    *rows = (struct outbox_rows){.count = 0};
    if (!store_run(store, &found, err,
                   OUTBOX_SELECT "WHERE o.incident_id = $1 AND o.kind = $2 "
                                 "AND o.done_ms IS NULL ORDER BY o.id LIMIT $3",
                   DB_ARGS(DB_INT(incident_id), DB_TEXT(kind), DB_INT(limit)))) {
        return false;
    }
    rows->count = found.count;
    rows->all = ARENA_ARRAY(store->arena, struct outbox_row, found.count);
    for (size_t i = 0; i < found.count; i++) {
        rows->all[i] = row_from(&found, i);
    }
    return true;
}

bool outbox_says_now(struct store *store, int64_t id, const char *body, struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE outbox SET body = $1 WHERE id = $2 AND done_ms IS NOT NULL",
        DB_ARGS(DB_TEXT(body), DB_INT(id)));
}

bool outbox_reword(struct store *store, int64_t id, const char *body, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE outbox SET body = $1 WHERE id = $2 AND body <> ''",
                     DB_ARGS(DB_TEXT(body), DB_INT(id)));
}

struct body_stream {
    outbox_body_fn *fn;
    void *context;
};

static bool body_pass(const struct db_rows *row, void *context)
{
    const struct body_stream *stream = context;

    return stream->fn(db_int(row, 0, 0), db_text(row, 0, 1), stream->context);
}

bool outbox_each_since(struct store *store, int64_t incident_id, int64_t since_ms,
                       outbox_body_fn *fn, void *context, struct err *err)
{
    struct body_stream stream = {.fn = fn, .context = context};

    return db_each(store->db, err,
                   "SELECT id, body FROM outbox WHERE body <> '' "
                   "AND (incident_id = $2 OR incident_id IS NULL) "
                   "AND (created_ms >= $1 OR id IN (SELECT about_row FROM outbox "
                   "WHERE created_ms >= $1 AND about_row IS NOT NULL)) ORDER BY id",
                   DB_ARGS(DB_INT(since_ms), DB_INT(incident_id)), body_pass, &stream);
}

bool outbox_stay(struct store *store, int64_t incident_id, const char *channel,
                 struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE outbox SET place = $1 WHERE incident_id = $2 "
                     "AND place IS NULL AND kind = 'post' AND done_ms IS NOT NULL",
                     DB_ARGS(DB_TEXT(channel), DB_INT(incident_id)));
}

bool outbox_settle(struct store *store, int64_t id, const char *ref, int64_t now_ms,
                   bool *settled, struct err *err)
{
    return store_change(store, settled, err,
                        "UPDATE outbox SET ref = $1, done_ms = $2, claimed_by = NULL, "
                        "unsure = 0 WHERE id = $3 AND done_ms IS NULL",
                        DB_ARGS(DB_TEXT(ref), DB_INT(now_ms), DB_INT(id)));
}

bool outbox_bury(struct store *store, int64_t id, const char *why, int64_t now_ms,
                 bool *settled, struct err *err)
{
    return store_change(store, settled, err,
                        "UPDATE outbox SET buried_why = $1, done_ms = $2, "
                        "claimed_by = NULL WHERE id = $3 AND done_ms IS NULL",
                        DB_ARGS(DB_TEXT(why), DB_INT(now_ms), DB_INT(id)));
}

bool outbox_free_claims(struct store *store, const char *claimer, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE outbox SET claimed_by = NULL, claimed_until_ms = 0, "
                     "unsure = 1, attempts = attempts + 1 "
                     "WHERE done_ms IS NULL AND claimed_by <> $1",
                     DB_ARGS(DB_TEXT(claimer)));
}

#define OUTBOX_EARLIEST                                                                \
    "SELECT MIN(CASE WHEN o.claimed_until_ms >= o.due_ms "                             \
    "THEN o.claimed_until_ms + 1 ELSE o.due_ms END) "                                  \
    "FROM outbox o WHERE o.adapter = $1 AND o.done_ms IS NULL AND " OUTBOX_IS_READY

bool outbox_earliest(struct store *store, const char *adapter, bool is_urgent,
                     int64_t *due_ms, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   is_urgent ? OUTBOX_EARLIEST "AND " OUTBOX_IS_URGENT
                             : OUTBOX_EARLIEST,
                   DB_ARGS(DB_TEXT(adapter)))) {
        return false;
    }
    *due_ms = db_time(&rows, 0, 0);
    return true;
}

bool outbox_has_left(struct store *store, const char *adapter, int64_t since_ms,
                     bool *has, struct err *err)
{
    return store_has(
        store, has, err,
        "SELECT 1 FROM outbox WHERE body <> '' AND done_ms IS NOT NULL "
        "AND done_ms >= $1 AND adapter = $2 AND buried_why IS NULL LIMIT 1",
        DB_ARGS(DB_INT(since_ms), DB_TEXT(adapter)));
}

bool outbox_erase(struct store *store, int64_t id, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE outbox SET body = '', lane = '', place = NULL, "
                     "person_id = NULL, ref = NULL "
                     "WHERE id = $1 AND done_ms IS NOT NULL",
                     DB_ARGS(DB_INT(id)));
}

bool outbox_forget(struct store *store, int64_t before_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE outbox SET body = '' WHERE done_ms IS NOT NULL "
                     "AND done_ms < $1 AND body <> ''",
                     DB_ARGS(DB_INT(before_ms)));
}
