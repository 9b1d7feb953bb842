#include "tests/crash/record.h"

#include <stdio.h>
#include <string.h>

#include "bot/base/err.h"
#include "bot/base/text.h"
#include "store/store.h"

/* "" where the store can't tell; the record says why. */
static const char *query(struct store *store, struct record *record, const char *sql)
{
    struct db_rows rows;
    struct text text;
    struct err err;

    if (!store_run(store, &rows, &err, sql, DB_NO_ARGS)) {
        record->fault = arena_printf(store->arena, "%s: %s", sql, err.text);
        return "";
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

static const char *read_nouns(struct store *store, struct record *record)
{
    static const char *const queries[] = {
        "SELECT id, title, state, severity, channel, started_ms, mitigated_ms,"
        " resolved_ms FROM incidents ORDER BY id",
        "SELECT incident_id, n, what, owner_id, state, acked_ms, done_ms, result"
        " FROM tasks ORDER BY incident_id, n",
        "SELECT incident_id, n, state, round, answered_ms, answered_by"
        " FROM pages ORDER BY incident_id, n",
        "SELECT incident_id, n, person_id, state, sent_ms, answered_ms"
        " FROM page_calls ORDER BY id",
        "SELECT role, person_id, from_ms, to_ms FROM holds ORDER BY id",
        "SELECT audience, text, at_ms FROM updates ORDER BY id",
        "SELECT n, kind, text FROM factors ORDER BY incident_id, n",
        "SELECT kind, incident_id, subject, person_id, set_ms, due_ms"
        " FROM alarms ORDER BY kind, incident_id, subject, person_id",
    };
    struct text text;

    text_init(&text, store->arena);
    for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
        text_add(&text, query(store, record, queries[i]));
    }
    return text.data;
}

static void read_rows(struct store *store, struct record *record)
{
    record->timeline = query(store, record,
                             "SELECT t.incident_id, t.n, t.at_ms, t.kind, p.handle,"
                             " t.text, t.edited_ms, t.deleted_ms, t.pinned"
                             " FROM timeline t LEFT JOIN people p ON"
                             " p.id = t.person_id ORDER BY t.incident_id, t.n");
    record->nouns = read_nouns(store, record);
    record->wishes =
        query(store, record, "SELECT lane, kind, body FROM outbox ORDER BY lane, id");
    record->waiting = query(store, record,
                            "SELECT lane, kind, body FROM outbox WHERE done_ms IS NULL"
                            " ORDER BY lane, id");
    /* Talk in an incident's channel has its claim on the timeline. */
    record->heard =
        arena_printf(store->arena, "\n%s",
                     query(store, record,
                           "SELECT event FROM inbox UNION ALL SELECT message FROM "
                           "timeline WHERE kind = 'said' AND message IS NOT NULL "
                           "ORDER BY 1"));
}

bool record_read(struct arena *arena, const char *path, struct record *record)
{
    struct store store;
    struct err err;

    *record = (struct record){.integrity = "not looked at"};
    if (store_open(&store, path, &err) != STORE_OK) {
        record->fault = arena_copy(arena, err.text);
        return false;
    }
    store.arena = arena;
    if (!db_check(store.db, arena, &record->integrity, &err)) {
        record->fault = arena_copy(arena, err.text);
    } else if (strcmp(record->integrity, "ok") != 0) {
        record->fault = record->integrity;
    } else {
        read_rows(&store, record);
    }
    store_close(&store);
    return record->fault == NULL;
}

bool record_holds(const struct record *record, size_t line)
{
    char wanted[32];

    /* The events of the console are SESSION.LINE. */
    (void)snprintf(wanted, sizeof(wanted), "\n1.%zu \n", line);
    return strstr(record->heard, wanted) != NULL;
}
