#include "tests/crash/record.h"

#include <stdio.h>

#include "bot/base/err.h"
#include "bot/base/text.h"
#include "store/store.h"

static const char *query(struct store *store, const char *sql)
{
    struct db_rows rows;
    struct text text;
    struct err err;

    if (!store_run(store, &rows, &err, sql, DB_NO_ARGS)) {
        fprintf(stderr, "%s: %s\n", sql, err.text);
        INSIST(false);
    }
    text_init(&text, store->arena);
    for (size_t row = 0; row < rows.count; row++) {
        for (size_t column = 0; column < rows.columns; column++) {
            const struct db_value *value = &rows.values[row * rows.columns + column];

            if (value->type == DB_TYPE_INT) {
                text_addf(&text, "%lld ", (long long)value->number);
            } else {
                text_addf(&text, "%s ", text_or(value->text, "-"));
            }
        }
        text_add(&text, "\n");
    }
    return text.data;
}

static long count(struct store *store, const char *sql)
{
    struct db_rows rows;
    struct err err;

    INSIST(store_run(store, &rows, &err, sql, DB_NO_ARGS));
    return (long)db_int(&rows, 0, 0);
}

void record_read(struct arena *arena, const char *path, struct record *record)
{
    struct store store;
    struct err err;

    if (store_open(&store, path, &err) != STORE_OK) {
        fprintf(stderr, "%s\n", err.text);
        INSIST(false);
    }
    store.arena = arena;
    INSIST(db_check(store.db, arena, &record->integrity, &err));
    record->timeline =
        query(&store, "SELECT t.incident_id, t.n, t.at_ms, t.kind, p.handle,"
                      " t.text, t.edited_ms, t.deleted_ms, t.pinned"
                      " FROM timeline t LEFT JOIN people p ON"
                      " p.id = t.person_id ORDER BY t.incident_id, t.n");
    record->nouns = arena_printf(
        arena, "%s%s%s%s%s%s%s%s",
        query(&store,
              "SELECT id, title, state, severity, channel, started_ms, mitigated_ms,"
              " resolved_ms FROM incidents ORDER BY id"),
        query(&store,
              "SELECT incident_id, n, what, owner_id, state, acked_ms, done_ms, result"
              " FROM tasks ORDER BY incident_id, n"),
        query(&store, "SELECT incident_id, n, state, round, answered_ms, answered_by"
                      " FROM pages ORDER BY incident_id, n"),
        query(&store, "SELECT incident_id, n, person_id, state, sent_ms, answered_ms"
                      " FROM page_calls ORDER BY id"),
        query(&store, "SELECT role, person_id, from_ms, to_ms FROM holds ORDER BY id"),
        query(&store, "SELECT audience, text, at_ms FROM updates ORDER BY id"),
        query(&store, "SELECT n, kind, text FROM factors ORDER BY incident_id, n"),
        query(&store, "SELECT kind, incident_id, subject, person_id, set_ms, due_ms"
                      " FROM alarms ORDER BY kind, incident_id, subject, person_id"));
    record->wishes =
        query(&store, "SELECT lane, kind, body FROM outbox ORDER BY lane, id");
    record->waiting =
        count(&store, "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL");
    /* Talk in an incident's channel has its claim on the timeline. */
    record->heard = count(&store, "SELECT (SELECT COUNT(*) FROM inbox) + (SELECT "
                                  "COUNT(*) FROM timeline WHERE kind = 'said' "
                                  "AND message IS NOT NULL)");
    store_close(&store);
}
