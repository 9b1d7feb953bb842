#include <stdio.h>

#include "store/chain.h"
#include "store/forget.h"
#include "tests/store/fresh.h"

#define SECRET "swordfish"

/* Columns in which nobody's words are: names, states, ids, hashes. A new column of text
 * is either one of these or taken care of in store/forget.c. */
static const char *const no_words[] = {
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
static const char *const left_null[] = {"timeline.gone", "timeline_changes.gone"};

static bool is_in(const char *const *list, size_t count, const char *column)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], column) == 0) {
            return true;
        }
    }
    return false;
}

#define IS_IN(list, column) is_in(list, sizeof(list) / sizeof((list)[0]), column)

/* Table, column, type; the tables in turn. The index of search keeps itself: what goes
 * from the timeline goes from there (store/search.h). */
static void columns(struct store *store, struct db_rows *rows)
{
    MUST(store_run(store, rows, &err,
                   "SELECT m.name, p.name, p.type FROM sqlite_schema m "
                   "JOIN pragma_table_info(m.name) p WHERE m.type = 'table' "
                   "AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'search%' "
                   "AND m.sql LIKE 'CREATE TABLE%' "
                   "ORDER BY m.name, p.cid",
                   DB_NO_ARGS));
}

static const char *value_for(struct store *store, const char *column, const char *type)
{
    if (IS_IN(left_null, column)) {
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
    return IS_IN(no_words, column)
               ? arena_printf(store->arena, "'x'")
               : arena_printf(store->arena, "'" SECRET " %s'", column);
}

static const char *column_name(struct store *store, const struct db_rows *rows,
                               size_t row)
{
    return arena_printf(store->arena, "%s.%s", db_text(rows, row, 0),
                        db_text(rows, row, 1));
}

static void script(struct store *store, const char *sql)
{
    struct err err;

    if (!db_script(store->db, sql, &err)) {
        fail_msg("%s: %s", sql, err.text);
    }
}

/* One row in each table, all of them person 1's, with a secret wherever words may be.
 */
static void fill(struct store *store)
{
    struct db_rows rows;

    columns(store, &rows);
    script(store, "PRAGMA foreign_keys = OFF");
    for (size_t i = 0; i < rows.count;) {
        const char *table = db_text(&rows, i, 0), *values = "";
        size_t first = i;

        for (; i < rows.count && strcmp(db_text(&rows, i, 0), table) == 0; i++) {
            values = arena_printf(
                store->arena, "%s%s%s", values, i == first ? "" : ", ",
                value_for(store, column_name(store, &rows, i), db_text(&rows, i, 2)));
        }
        if (strcmp(table, "schema_version") != 0) {
            script(store, arena_printf(store->arena, "INSERT INTO %s VALUES (%s)",
                                       table, values));
        }
    }
    script(store,
           "INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, person_id, "
           "text, salt) VALUES (1, 2, 1, 1, 'moment', 1, 'detected 02:41', 'x'), "
           "(1, 3, 1, 1, 'summary', 1, 'summary: " SECRET "', 'x')");
}

static void forget__leaves_no_word__when_every_table_holds_some(void **state)
{
    struct store *store = *state;
    struct arena *arena = store->arena;
    struct forgotten forgotten;
    struct db_rows rows;

    fill(store);
    store->arena = arena_create();
    MUST(forget_person(store, 1, 9000, &forgotten, &err));
    arena_destroy(store->arena);
    store->arena = arena;
    columns(store, &rows);
    for (size_t i = 0; i < rows.count; i++) {
        const char *sql = arena_printf(
            arena, "SELECT COUNT(*) FROM %s WHERE %s LIKE '%%" SECRET "%%'",
            db_text(&rows, i, 0), db_text(&rows, i, 1));

        if (fresh_number(store, sql) > 0) {
            fail_msg("%s still holds words: take them out in store/forget.c, or say "
                     "here that there are none",
                     column_name(store, &rows, i));
        }
    }
    assert_int_equal(forgotten.entries, 3);
    assert_true(forgotten.others > 10);
}

/* Another has said something of each kind there, too: declared it, noted a moment and
 * an earlier summary. What was published outside may be of all who spoke. */
static void forget__leaves_the_words_of_others__in_every_table(void **state)
{
    struct store *store = *state;
    struct arena *arena = store->arena;
    struct forgotten forgotten;

    fill(store);
    script(store,
           "INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, person_id, "
           "text, salt) VALUES (1, 4, 0, 0, 'state', 2, 'declared', 'x'), "
           "(1, 5, 1, 1, 'moment', 2, 'normal', 'x'), "
           "(1, 0, 0, 0, 'summary', 2, 'summary: x', 'x'); "
           "UPDATE outbox SET done_ms = NULL");
    store->arena = arena_create();
    MUST(forget_person(store, 2, 9000, &forgotten, &err));
    arena_destroy(store->arena);
    store->arena = arena;
    assert_int_equal(forgotten.entries, 3);
    assert_int_equal(forgotten.others, 1);
    assert_int_equal(forgotten.waiting, 1);
    assert_int_equal(fresh_number(store, "SELECT COUNT(*) FROM retros "
                                         "WHERE outside_text IS NOT NULL"),
                     0);
}

static int64_t say(struct store *store, int64_t incident_id, int64_t person_id,
                   const char *kind, const char *text)
{
    struct entry entry = {.incident_id = incident_id,
                          .at_ms = 5000,
                          .recorded_ms = 5000,
                          .kind = kind,
                          .person_id = person_id,
                          .text = text};
    bool is_new;

    MUST(timeline_insert(store, &entry, &is_new, &err));
    return entry.n;
}

static void no_fault(const char *sentence, void *context)
{
    (void)context;
    fail_msg("%s", sentence);
}

static void forget__keeps_the_chain_and_the_others__when_two_spoke(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana"), bo = fresh_person(store, "bo");
    int64_t id = fresh_incident(store, ana);
    struct forgotten forgotten;
    struct chain_report report;
    struct arena *arena = store->arena;

    for (int i = 0; i < 450; i++) {
        (void)say(store, id, i % 3 == 0 ? bo : ana, "said", SECRET);
    }
    (void)say(store, id, ana, "joined", "ana joined");
    store->arena = arena_create();
    MUST(forget_person(store, ana, 9000, &forgotten, &err));
    MUST(chain_verify(store, no_fault, NULL, &report, &err));
    arena_destroy(store->arena);
    store->arena = arena;
    assert_int_equal(forgotten.entries, 300);
    assert_int_equal(report.gone, 300);
    assert_int_equal(report.entries, 451);
    assert_int_equal(fresh_number(store, "SELECT COUNT(*) FROM timeline "
                                         "WHERE text = '" SECRET "'"),
                     150);
    assert_int_equal(
        fresh_number(store, "SELECT COUNT(*) FROM timeline WHERE text = 'ana joined'"),
        1);
    assert_int_equal(fresh_number(store, "SELECT COUNT(*) FROM timeline "
                                         "WHERE person_id = 1 AND at_ms = 5000"),
                     301);
}

static void forget__does_nothing_more__when_repeated(void **state)
{
    struct store *store = *state;
    struct forgotten forgotten;
    struct arena *arena = store->arena;

    fill(store);
    store->arena = arena_create();
    MUST(forget_person(store, 1, 9000, &forgotten, &err));
    MUST(forget_person(store, 1, 9500, &forgotten, &err));
    arena_destroy(store->arena);
    store->arena = arena;
    assert_int_equal(forgotten.entries, 0);
    assert_int_equal(forgotten.others, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(forget__leaves_no_word__when_every_table_holds_some),
        FRESH_TEST(forget__leaves_the_words_of_others__in_every_table),
        FRESH_TEST(forget__keeps_the_chain_and_the_others__when_two_spoke),
        FRESH_TEST(forget__does_nothing_more__when_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
