#include "store/followups.h"

#define FOLLOWUP_COLUMNS                                                               \
    "SELECT f.id, f.incident_id, f.what, f.owner_id, f.maker_id, p.handle, f.due_ms,"  \
    " f.why, f.stops, f.state, f.made_ms, f.done_ms, f.result, f.entry_n,"             \
    " f.verified_ms, f.helped, f.verdict"                                              \
    " FROM followups f JOIN people p ON p.id = f.owner_id"

static void followup_from(const struct db_rows *rows, size_t row,
                          struct followup *followup)
{
    followup->id = db_int(rows, row, 0);
    followup->incident_id = db_int(rows, row, 1);
    followup->what = db_text(rows, row, 2);
    followup->owner_id = db_int(rows, row, 3);
    followup->maker_id = db_int(rows, row, 4);
    followup->owner = db_text(rows, row, 5);
    followup->due_ms = db_time(rows, row, 6);
    followup->why = db_text(rows, row, 7);
    followup->stops = db_text(rows, row, 8);
    followup->state = db_text(rows, row, 9);
    followup->made_ms = db_time(rows, row, 10);
    followup->done_ms = db_time(rows, row, 11);
    followup->result = db_text(rows, row, 12);
    followup->entry_n = db_int(rows, row, 13);
    followup->verified_ms = db_time(rows, row, 14);
    followup->has_helped = db_flag(rows, row, 15);
    followup->verdict = db_text(rows, row, 16);
}

static void followups_from(struct store *store, const struct db_rows *rows,
                           struct followups *followups)
{
    followups->count = rows->count;
    followups->all = ARENA_ARRAY(store->arena, struct followup, rows->count + 1);
    for (size_t i = 0; i < rows->count; i++) {
        followup_from(rows, i, &followups->all[i]);
    }
}

bool followup_insert(struct store *store, struct followup *followup, struct err *err)
{
    return store_insert(
        store, &followup->id, err,
        "INSERT INTO followups (incident_id, what, owner_id, maker_id, due_ms,"
        " why, stops, state, made_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, 'open',"
        " $8)",
        DB_ARGS(DB_INT(followup->incident_id), DB_TEXT(followup->what),
                DB_INT(followup->owner_id), DB_INT(followup->maker_id),
                DB_TIME(followup->due_ms), DB_TEXT(followup->why),
                DB_TEXT(followup->stops), DB_TIME(followup->made_ms)));
}

bool followup_set_entry(struct store *store, int64_t id, int64_t entry_n,
                        struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE followups SET entry_n = $1 WHERE id = $2",
                     DB_ARGS(DB_INT(entry_n), DB_INT(id)));
}

bool followup_find(struct store *store, int64_t id, struct followup **followup,
                   struct err *err)
{
    struct db_rows rows;

    *followup = NULL;
    if (!store_run(store, &rows, err,
                   FOLLOWUP_COLUMNS " WHERE f.id = $1 AND f.dropped_ms IS NULL",
                   DB_ARGS(DB_INT(id)))) {
        return false;
    }
    if (rows.count > 0) {
        *followup = ARENA_NEW(store->arena, struct followup);
        followup_from(&rows, 0, *followup);
    }
    return true;
}

bool followup_change(struct store *store, const struct followup *followup,
                     struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE followups SET owner_id = $1, due_ms = $2"
                     " WHERE id = $3 AND state = 'open' AND dropped_ms IS NULL",
                     DB_ARGS(DB_INT(followup->owner_id), DB_TIME(followup->due_ms),
                             DB_INT(followup->id)));
}

bool followup_finish(struct store *store, int64_t id, const char *result,
                     int64_t now_ms, bool *is_done, struct err *err)
{
    return store_change(store, is_done, err,
                        "UPDATE followups SET state = 'done', done_ms = $1, result = $2"
                        " WHERE id = $3 AND state = 'open' AND dropped_ms IS NULL",
                        DB_ARGS(DB_TIME(now_ms), DB_TEXT(result), DB_INT(id)));
}

bool followup_verify(struct store *store, int64_t id,
                     const struct followup_verdict *verdict, bool *is_new,
                     struct err *err)
{
    return store_change(
        store, is_new, err,
        "UPDATE followups SET helped = $1, verdict = $2, verified_by = $3,"
        " verified_ms = $4 WHERE id = $5 AND state = 'done'"
        " AND dropped_ms IS NULL AND (helped IS NULL OR helped <> $1)",
        DB_ARGS(DB_INT(verdict->has_helped), DB_TEXT(verdict->text),
                DB_INT(verdict->person_id), DB_INT(verdict->at_ms), DB_INT(id)));
}

bool followup_drop_entry(struct store *store, int64_t incident_id, int64_t entry_n,
                         int64_t now_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE followups SET dropped_ms = $1 WHERE incident_id = $2"
                     " AND entry_n = $3 AND dropped_ms IS NULL",
                     DB_ARGS(DB_TIME(now_ms), DB_INT(incident_id), DB_INT(entry_n)));
}

bool followups_of(struct store *store, int64_t incident_id, struct followups *followups,
                  struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   FOLLOWUP_COLUMNS " WHERE f.incident_id = $1 AND f.dropped_ms IS NULL"
                                    " ORDER BY f.id",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    followups_from(store, &rows, followups);
    return true;
}

/* $1 is who asks. */
#define FOLLOWUP_IS_SEEN                                                               \
    " JOIN incidents i ON i.id = f.incident_id"                                        \
    " WHERE f.dropped_ms IS NULL"                                                      \
    " AND (i.private = 0 OR EXISTS (SELECT 1 FROM members m"                           \
    " WHERE m.incident_id = i.id AND m.person_id = $1 AND m.left_ms IS NULL))"

bool followups_open(struct store *store, int64_t person_id, int64_t limit,
                    struct followups *followups, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   FOLLOWUP_COLUMNS FOLLOWUP_IS_SEEN
                   " AND f.state = 'open' ORDER BY CASE WHEN f.due_ms IS NULL THEN 1 "
                   "ELSE 0 END, f.due_ms, f.id"
                   " LIMIT $2",
                   DB_ARGS(DB_INT(person_id), DB_INT(limit)))) {
        return false;
    }
    followups_from(store, &rows, followups);
    return true;
}

bool followups_unverified(struct store *store, int64_t person_id, int64_t limit,
                          struct followups *followups, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   FOLLOWUP_COLUMNS FOLLOWUP_IS_SEEN
                   " AND f.state = 'done' AND f.verified_ms IS NULL"
                   " ORDER BY f.done_ms, f.id LIMIT $2",
                   DB_ARGS(DB_INT(person_id), DB_INT(limit)))) {
        return false;
    }
    followups_from(store, &rows, followups);
    return true;
}
