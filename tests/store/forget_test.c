#include <stdio.h>

#include "store/chain.h"
#include "store/forget.h"
#include "tests/store/words.h"

/* All of it person 1's. */
static void fill(struct store *store)
{
    words_fill(store);
    words_script(
        store,
        "INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, person_id, "
        "text, salt) VALUES (1, 2, 1, 1, 'moment', 1, 'detected 02:41', 'x'), "
        "(1, 3, 1, 1, 'summary', 1, 'summary: " WORDS_SECRET "', 'x')");
}

static void forget__leaves_no_word__when_every_table_holds_some(void **state)
{
    struct store *store = *state;
    struct arena *arena = store->arena;
    struct forgotten forgotten;

    fill(store);
    store->arena = arena_create();
    MUST(forget_person(store, 1, 9000, &forgotten, &err));
    arena_destroy(store->arena);
    store->arena = arena;
    words_must_be_gone(store, arena, NULL, 0, "store/forget.c");
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
    words_script(
        store,
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
        (void)say(store, id, i % 3 == 0 ? bo : ana, "said", WORDS_SECRET);
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
                                         "WHERE text = '" WORDS_SECRET "'"),
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
