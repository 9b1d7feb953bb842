#include "store/forget.h"

#include "store/outbox.h"
#include "store/timeline.h"

#define BATCH 200
#define TAKEN "'(taken out)'"

/* Every column with somebody's words, and whose they are. tests/store/forget_test.c
 * knows all columns of the schema and asks of a new one whether it belongs here. The
 * first three look at the timeline, so they come before it is emptied. */
static const char *const statements[] = {
    "UPDATE incidents SET resolved_text = NULL WHERE resolved_text IS NOT NULL AND "
    "EXISTS (SELECT 1 FROM timeline t WHERE t.incident_id = incidents.id "
    "AND t.person_id = $1 AND t.kind = 'state' AND t.at_ms = incidents.resolved_ms)",
    "UPDATE incidents SET detected_how = NULL WHERE detected_how IS NOT NULL AND "
    "EXISTS (SELECT 1 FROM timeline t WHERE t.incident_id = incidents.id "
    "AND t.person_id = $1 AND t.kind = 'moment' AND t.text LIKE 'detected%')",
    "UPDATE incidents SET summary = NULL WHERE summary IS NOT NULL AND $1 = "
    "(SELECT t.person_id FROM timeline t WHERE t.incident_id = incidents.id "
    "AND t.kind = 'summary' ORDER BY t.n DESC LIMIT 1)",
    "UPDATE incidents SET severity_why = NULL WHERE severity_person_id = $1 "
    "AND severity_why IS NOT NULL",
    "UPDATE tasks SET what = " TAKEN " WHERE giver_id = $1 AND what <> " TAKEN,
    "UPDATE tasks SET result = " TAKEN " WHERE owner_id = $1 AND result <> " TAKEN,
    "UPDATE parked SET text = " TAKEN " WHERE person_id = $1 AND text <> " TAKEN,
    "UPDATE tries SET text = " TAKEN " WHERE person_id = $1 AND text <> " TAKEN,
    "UPDATE tries SET result = " TAKEN " WHERE settled_by = $1 AND result <> " TAKEN,
    "UPDATE pages SET why = NULL WHERE asker_id = $1 AND why IS NOT NULL",
    "UPDATE questions SET text = " TAKEN " WHERE asker_id = $1 AND text <> " TAKEN,
    "DELETE FROM late_commands WHERE person_id = $1",
    "UPDATE offers SET note = NULL WHERE from_id = $1 AND note IS NOT NULL",
    "UPDATE updates SET text = " TAKEN " WHERE person_id = $1 AND text <> " TAKEN,
    "UPDATE factors SET text = " TAKEN " WHERE person_id = $1 AND text <> " TAKEN,
    "UPDATE lessons SET text = " TAKEN " WHERE person_id = $1 AND text <> " TAKEN,
    "UPDATE followups SET what = " TAKEN ", why = NULL, stops = NULL "
    "WHERE maker_id = $1 AND what <> " TAKEN,
    "UPDATE followups SET result = " TAKEN " WHERE owner_id = $1 "
    "AND result <> " TAKEN,
    "UPDATE followups SET verdict = " TAKEN " WHERE verified_by = $1 "
    "AND verdict <> " TAKEN,
    "UPDATE retros SET outside_text = NULL WHERE outside_text IS NOT NULL AND EXISTS "
    "(SELECT 1 FROM timeline t WHERE t.incident_id = retros.incident_id "
    "AND t.person_id = $1)",
    "UPDATE retro_fills SET text = " TAKEN " WHERE person_id = $1 AND text <> " TAKEN,
    "UPDATE retro_answers SET text = " TAKEN " WHERE person_id = $1 "
    "AND text <> '' AND text <> " TAKEN,
    "UPDATE retro_sections SET text = " TAKEN " WHERE person_id = $1 "
    "AND text <> " TAKEN,
};

static bool forget_rows(struct store *store, int64_t person_id,
                        struct forgotten *forgotten, struct err *err)
{
    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
        struct db_rows rows;

        if (!store_run(store, &rows, err, statements[i], DB_ARGS(DB_INT(person_id)))) {
            return false;
        }
        forgotten->others += rows.changed;
    }
    return true;
}

/* That somebody came or went is a fact of the bot's, in its own words. */
static bool next_entries(struct store *store, int64_t person_id, int64_t behind_id,
                         struct db_rows *rows, struct err *err)
{
    arena_reset(store->arena);
    return store_run(store, rows, err,
                     "SELECT id FROM timeline WHERE person_id = $1 AND id > $2 "
                     "AND gone IS NULL AND kind NOT IN ('joined', 'left') "
                     "ORDER BY id LIMIT $3",
                     DB_ARGS(DB_INT(person_id), DB_INT(behind_id), DB_INT(BATCH)));
}

static bool redact_all(struct store *store, const struct db_rows *rows, int64_t now_ms,
                       struct err *err)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (!timeline_redact(store, db_int(rows, i, 0), now_ms, err)) {
            return false;
        }
    }
    return true;
}

static bool forget_entries(struct store *store, int64_t person_id, int64_t now_ms,
                           struct forgotten *forgotten, struct err *err)
{
    struct db_rows rows = {.count = 0};
    int64_t id = 0;

    do {
        if (!next_entries(store, person_id, id, &rows, err) ||
            !redact_all(store, &rows, now_ms, err)) {
            return false;
        }
        id = rows.count > 0 ? db_int(&rows, rows.count - 1, 0) : 0;
        forgotten->entries += (int64_t)rows.count;
    } while (id != 0);
    return true;
}

/* What the bot sent repeats what people said. */
static bool forget_sent(struct store *store, struct forgotten *forgotten,
                        struct err *err)
{
    struct db_rows rows;

    if (!outbox_forget(store, INT64_MAX, err) ||
        !store_run(store, &rows, err,
                   "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL", DB_NO_ARGS)) {
        return false;
    }
    forgotten->waiting = db_int(&rows, 0, 0);
    return true;
}

bool forget_person(struct store *store, int64_t person_id, int64_t now_ms,
                   struct forgotten *forgotten, struct err *err)
{
    *forgotten = (struct forgotten){0};
    return forget_rows(store, person_id, forgotten, err) &&
           forget_entries(store, person_id, now_ms, forgotten, err) &&
           forget_sent(store, forgotten, err);
}
