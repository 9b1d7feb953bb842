/*
 * Every table with a row of words in it, so that what takes words out can be asked of
 * each column there is, also of one that comes tomorrow.
 */
#pragma once

#include "tests/store/fresh.h"

#define WORDS_SECRET "swordfish"

/* Columns in which nobody's words are: names, states, ids, hashes. A new column of text
 * is either one of these, or taken care of where words are taken out (store/README.md).
 */
static const char *const words_none[] = {
    "people.handle",
    "people.handle_key",
    "people.name",
    "people.name_key",
    "people.zone",
    "people.phone",
    "people.team",
    "identities.adapter",
    "identities.external",
    "identities.zone",
    "skills.name",
    "services.name",
    "services.name_key",
    "services.team",
    "service_words.kind",
    "service_words.word",
    "service_links.kind",
    "service_links.url",
    "rotas.zone",
    "incidents.title",
    "incidents.state",
    "incidents.severity",
    "incidents.adapter",
    "incidents.channel",
    "incidents.channel_name",
    "incidents.chain",
    "chains.hash",
    "former_channels.adapter",
    "former_channels.formerly",
    "former_channels.channel",
    "timeline.kind",
    "timeline.adapter",
    "timeline.channel",
    "timeline.message",
    "timeline.thread",
    "timeline.salt",
    "timeline.hash",
    "timeline_changes.what",
    "timeline_changes.salt",
    "timeline_changes.words",
    "timeline_changes.event",
    "timeline_changes.hash",
    "holds.role",
    "offers.kind",
    "offers.state",
    "tasks.state",
    "task_offers.answer",
    "tries.outcome",
    "impacts.question",
    "impacts.word",
    "relations.kind",
    "covers.state",
    "switches.name",
    "subscriptions.told",
    "factors.judged",
    "feelings.writer",
    "retro_fills.section",
    "retro_fills.adapter",
    "retro_fills.channel",
    "retro_fills.message",
    "retro_answers.question",
    "retro_answers.answer",
    "retro_answers.adapter",
    "retro_answers.channel",
    "retro_answers.message",
    "pages.state",
    "page_calls.reason",
    "page_calls.state",
    "questions.state",
    "updates.audience",
    "factors.kind",
    "lessons.kind",
    "followups.state",
    "retros.state",
    "retro_sections.section",
    "alarms.kind",
    "quiets.kind",
    "nudges.kind",
    "late_commands.adapter",
    "early_choices.adapter",
    "early_choices.channel",
    "early_choices.message",
    "early_choices.event",
    "early_choices.external",
    "early_choices.choice",
    "inbox.adapter",
    "inbox.event",
    "outbox.adapter",
    "outbox.lane",
    "outbox.kind",
    "outbox.place",
    "outbox.claimed_by",
    "outbox.ref",
    "outbox.buried_why",
    "memory.adapter",
    "memory.name",
    "memory.value",
    "schema_version.name",
};

/* Set once the words are gone. */
static const char *const words_left_null[] = {"timeline.gone", "timeline_changes.gone"};

static inline bool words_is_in(const char *const *list, size_t count,
                               const char *column)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], column) == 0) {
            return true;
        }
    }
    return false;
}

#define WORDS_IS_IN(list, column)                                                      \
    words_is_in(list, sizeof(list) / sizeof((list)[0]), column)

/* Table, column, type; the tables in turn. The index of search keeps itself: what goes
 * from the timeline goes from there (store/search.h). */
static inline void words_columns(struct store *store, struct db_rows *rows)
{
    MUST(store_run(store, rows, &err,
                   "SELECT m.name, p.name, p.type FROM sqlite_schema m "
                   "JOIN pragma_table_info(m.name) p WHERE m.type = 'table' "
                   "AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'search%' "
                   "AND m.sql LIKE 'CREATE TABLE%' "
                   "ORDER BY m.name, p.cid",
                   DB_NO_ARGS));
}

static inline const char *words_value(struct store *store, const char *column,
                                      const char *type)
{
    if (WORDS_IS_IN(words_left_null, column)) {
        return "NULL";
    }
    if (strcmp(type, "TEXT") != 0) {
        return "1"; /* person 1, incident 1, moment 1 … */
    }
    if (strcmp(column, "timeline.kind") == 0) {
        return "'state'";
    }
    if (strcmp(column, "incidents.state") == 0) {
        return "'resolved'";
    }
    return WORDS_IS_IN(words_none, column)
               ? arena_printf(store->arena, "'x'")
               : arena_printf(store->arena, "'" WORDS_SECRET " %s'", column);
}

static inline const char *words_column_name(struct store *store,
                                            const struct db_rows *rows, size_t row)
{
    return arena_printf(store->arena, "%s.%s", db_text(rows, row, 0),
                        db_text(rows, row, 1));
}

static inline void words_script(struct store *store, const char *sql)
{
    struct err err;

    if (!db_script(store->db, sql, &err)) {
        fail_msg("%s: %s", sql, err.text);
    }
}

/* One row in each table, all of them person 1's, with a secret wherever words may be.
 */
static inline void words_fill(struct store *store)
{
    struct db_rows rows;

    words_columns(store, &rows);
    words_script(store, "PRAGMA foreign_keys = OFF");
    for (size_t i = 0; i < rows.count;) {
        const char *table = db_text(&rows, i, 0), *values = "";
        size_t first = i;

        for (; i < rows.count && strcmp(db_text(&rows, i, 0), table) == 0; i++) {
            values =
                arena_printf(store->arena, "%s%s%s", values, i == first ? "" : ", ",
                             words_value(store, words_column_name(store, &rows, i),
                                         db_text(&rows, i, 2)));
        }
        if (strcmp(table, "schema_version") != 0) {
            words_script(store, arena_printf(store->arena, "INSERT INTO %s VALUES (%s)",
                                             table, values));
        }
    }
}

/* Fails where a column, but those of `kept`, still holds words; `where` says what takes
 * them out. */
static inline void words_must_be_gone(struct store *store, struct arena *arena,
                                      const char *const *kept, size_t count,
                                      const char *where)
{
    struct db_rows rows;

    words_columns(store, &rows);
    for (size_t i = 0; i < rows.count; i++) {
        const char *column = words_column_name(store, &rows, i);
        const char *sql = arena_printf(
            arena, "SELECT COUNT(*) FROM %s WHERE %s LIKE '%%" WORDS_SECRET "%%'",
            db_text(&rows, i, 0), db_text(&rows, i, 1));

        if (!words_is_in(kept, count, column) && fresh_number(store, sql) > 0) {
            fail_msg("%s still holds words: take them out in %s, or say in the tests "
                     "that there are none",
                     column, where);
        }
    }
}
