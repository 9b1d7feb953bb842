#include "store/tries.h"

#include "bot/base/text.h"

static enum try_outcome outcome_from(const char *name)
{
    return name == NULL                 ? TRY_OPEN
           : text_equal(name, "worked") ? TRY_WORKED
                                        : TRY_DID_NOT;
}

bool try_insert(struct store *store, const struct try *try, struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO tries (incident_id, n, text, person_id, made_ms, entry_n) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        DB_ARGS(DB_INT(try->incident_id), DB_INT(try->n), DB_TEXT(try->text),
                DB_INT(try->person_id), DB_INT(try->made_ms), DB_ID(try->entry_n)));
}

#define TRY_SELECT                                                                     \
    "SELECT t.incident_id, t.n, t.text, t.person_id, p.handle, t.made_ms, t.outcome, " \
    "t.result, t.settled_ms, t.entry_n FROM tries t "                                  \
    "JOIN people p ON p.id = t.person_id "                                             \
    "WHERE t.incident_id = $1 AND t.dropped_ms IS NULL "

static void read_try(const struct db_rows *rows, size_t row, struct try *try)
{
    *try = (struct try){
        .incident_id = db_int(rows, row, 0),
        .n = db_int(rows, row, 1),
        .text = db_text(rows, row, 2),
        .person_id = db_int(rows, row, 3),
        .handle = db_text(rows, row, 4),
        .made_ms = db_int(rows, row, 5),
        .outcome = outcome_from(db_text(rows, row, 6)),
        .result = db_text(rows, row, 7),
        .settled_ms = db_time(rows, row, 8),
        .entry_n = db_int(rows, row, 9),
    };
}

bool try_find(struct store *store, int64_t incident_id, int64_t n, struct try **try,
              struct err *err)
{
    struct db_rows rows;

    *try = NULL;
    if (!store_run(store, &rows, err, TRY_SELECT "AND t.n = $2",
                   DB_ARGS(DB_INT(incident_id), DB_INT(n)))) {
        return false;
    }
    if (rows.count > 0) {
        *try = ARENA_NEW(store->arena, struct try);
        read_try(&rows, 0, *try);
    }
    return true;
}

bool try_settle(struct store *store, const struct try *try,
                const struct try_verdict *verdict, bool *moved, struct err *err)
{
    const char *outcome = verdict->outcome == TRY_WORKED ? "worked" : "no";

    return store_change(
        store, moved, err,
        "UPDATE tries SET outcome = $1, result = $2, settled_by = $3, "
        "settled_ms = $4, outcome_n = $5 WHERE incident_id = $6 AND n = $7 "
        "AND dropped_ms IS NULL AND (outcome IS NULL OR outcome <> $1)",
        DB_ARGS(DB_TEXT(outcome), DB_TEXT(verdict->result), DB_INT(verdict->person_id),
                DB_INT(verdict->at_ms), DB_ID(verdict->entry_n),
                DB_INT(try->incident_id), DB_INT(try->n)));
}

bool try_drop_entry(struct store *store, int64_t incident_id, int64_t entry_n,
                    int64_t now_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE tries SET outcome = NULL, result = NULL, "
                     "settled_by = NULL, settled_ms = NULL, outcome_n = NULL "
                     "WHERE incident_id = $1 AND outcome_n = $2",
                     DB_ARGS(DB_INT(incident_id), DB_INT(entry_n))) &&
           store_run(store, NULL, err,
                     "UPDATE tries SET dropped_ms = $1 WHERE incident_id = $2 "
                     "AND entry_n = $3 AND dropped_ms IS NULL",
                     DB_ARGS(DB_INT(now_ms), DB_INT(incident_id), DB_INT(entry_n)));
}

bool tries_list(struct store *store, int64_t incident_id, struct tries *tries,
                struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err, TRY_SELECT "ORDER BY t.n",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    tries->count = rows.count;
    tries->all = ARENA_ARRAY(store->arena, struct try, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        read_try(&rows, i, &tries->all[i]);
    }
    return true;
}
