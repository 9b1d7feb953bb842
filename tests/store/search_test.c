#include "bot/base/text.h"
#include "store/search.h"
#include "store/timeline.h"
#include "tests/store/fresh.h"

#define ALL 10

struct scene {
    struct store *store;
    int64_t ana, bo, incident_id;
    int messages;
};

static struct scene begin(void **state)
{
    struct scene scene = {.store = *state};

    scene.ana = fresh_person(scene.store, "ana");
    scene.bo = fresh_person(scene.store, "bo");
    scene.incident_id = fresh_incident(scene.store, scene.ana);
    return scene;
}

/* Its number on the timeline. */
static int64_t put(struct scene *scene, const char *kind, const char *text)
{
    struct entry entry = {
        .incident_id = scene->incident_id,
        .at_ms = 1000 + scene->messages,
        .recorded_ms = 1000 + scene->messages,
        .kind = kind,
        .person_id = scene->ana,
        .text = text,
    };
    bool is_new;

    scene->messages += 1;
    MUST(timeline_insert(scene->store, &entry, &is_new, &err));
    return entry.n;
}

static struct entry *get(struct scene *scene, int64_t n)
{
    struct entry *entry;

    MUST(timeline_find(scene->store, scene->incident_id, n, &entry, &err));
    assert_non_null(entry);
    return entry;
}

static struct search_hits find_for(struct scene *scene, const char *words,
                                   int64_t person_id, int64_t limit)
{
    const struct search_wish wish = {
        .words = words, .person_id = person_id, .limit = limit, .new_most = 100};
    struct search_hits hits;

    MUST(search_find(scene->store, &wish, &hits, &err));
    return hits;
}

static size_t count_of(struct scene *scene, const char *words)
{
    return find_for(scene, words, scene->ana, ALL).count;
}

/* Is anything left to do? */
static bool keep_up(struct scene *scene, int64_t limit)
{
    bool is_behind;

    MUST(search_keep_up(scene->store, limit, &is_behind, &err));
    return is_behind;
}

static void purge(struct scene *scene)
{
    bool done = false;

    for (int i = 0; i < 10 && !done; i++) {
        MUST(search_purge(scene->store, &done, &err));
    }
    assert_true(done);
}

static void search_find__wants_all_words__whole_or_their_beginnings(void **state)
{
    struct scene scene = begin(state);
    int64_t first = put(&scene, "said", "the callback in currency XTS is refused");
    int64_t second = put(&scene, "note", "Callbacks wait");
    struct search_hits hits = find_for(&scene, "CALLBACK refused", scene.ana, ALL);

    assert_int_equal(hits.count, 1);
    assert_int_equal(hits.all[0].n, first);
    assert_string_equal(hits.all[0].handle, "ana");
    assert_false(hits.is_more);
    /* Whole words first: only where none is found their beginnings count. */
    assert_int_equal(count_of(&scene, "callback"), 1);
    assert_int_equal(count_of(&scene, "callb"), 2);
    hits = find_for(&scene, "callb", scene.ana, ALL);
    assert_int_equal(hits.all[0].n, second);
    assert_int_equal(count_of(&scene, "callback nowhere"), 0);
}

static void search_find__takes_signs_for_what_they_are(void **state)
{
    struct scene scene = begin(state);

    put(&scene, "said", "flag callback-batching off");
    put(&scene, "said", "batching a callback");
    assert_int_equal(count_of(&scene, "callback-batching"), 1);
    assert_int_equal(count_of(&scene, "\"callback AND NOT OR NEAR( * ^ : -"), 0);
    assert_int_equal(count_of(&scene, "- callback"), 2);
    assert_int_equal(count_of(&scene, "\""), 0);
    assert_int_equal(count_of(&scene, " \t\n"), 0);
}

static void search_find__knows_what_was_said_since(void **state)
{
    struct scene scene = begin(state);

    put(&scene, "said", "swordfish one");
    assert_int_equal(count_of(&scene, "swordfish"), 1);
    put(&scene, "said", "swordfish two");
    put(&scene, "said", "swordfish three");
    assert_int_equal(count_of(&scene, "swordfish"), 3);
}

static void search_find__newest_first__and_says_that_there_are_more(void **state)
{
    struct scene scene = begin(state);
    struct search_hits hits;

    put(&scene, "said", "swordfish one");
    put(&scene, "said", "swordfish two");
    put(&scene, "said", "swordfish three");
    hits = find_for(&scene, "swordfish", scene.ana, 2);
    assert_int_equal(hits.count, 2);
    assert_true(hits.is_more);
    assert_string_equal(hits.all[0].excerpt, "swordfish three");
    hits = find_for(&scene, "swordfish", scene.ana, 3);
    assert_false(hits.is_more);
}

static void search_find__leaves_out_commands_comings_and_feelings(void **state)
{
    struct scene scene = begin(state);
    static const char *const kinds[] = {"command", "joined", "left", "nudge",
                                        "feeling"};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        put(&scene, kinds[i], "swordfish");
    }
    assert_int_equal(count_of(&scene, "swordfish"), 0);
}

static void search_find__private_ones_only_for_members(void **state)
{
    struct scene scene = begin(state);
    struct incident incident = fresh_incident_by(scene.ana);
    bool is_new;

    incident.is_private = true;
    MUST(incident_insert(scene.store, &incident, &err));
    MUST(member_add(scene.store, incident.id, scene.ana, 1000, &is_new, &err));
    scene.incident_id = incident.id;
    put(&scene, "said", "swordfish");
    assert_int_equal(find_for(&scene, "swordfish", scene.ana, ALL).count, 1);
    assert_int_equal(find_for(&scene, "swordfish", scene.bo, ALL).count, 0);
    MUST(member_leave(scene.store, incident.id, scene.ana, 2000, &err));
    assert_int_equal(find_for(&scene, "swordfish", scene.ana, ALL).count, 0);
}

static void search_find__of_one_incident_alone__where_it_is_named(void **state)
{
    struct scene scene = begin(state);
    struct search_wish wish = {
        .words = "swordfish",
        .person_id = scene.ana,
        .limit = ALL,
        .new_most = 100,
    };
    struct search_hits hits;

    put(&scene, "said", "swordfish here");
    wish.incident_id = scene.incident_id;
    scene.incident_id = fresh_incident(scene.store, scene.ana);
    put(&scene, "said", "swordfish there");
    MUST(search_find(scene.store, &wish, &hits, &err));
    assert_int_equal(hits.count, 1);
    assert_int_equal(hits.all[0].incident_id, wish.incident_id);
}

static void search_find__follows_edits_deletions_and_what_is_dropped(void **state)
{
    struct scene scene = begin(state);
    int64_t edited = put(&scene, "said", "the swordfish");
    int64_t deleted = put(&scene, "said", "a mackerel");
    int64_t dropped = put(&scene, "note", "a herring");

    assert_int_equal(count_of(&scene, "swordfish"), 1);
    MUST(timeline_edit(scene.store, get(&scene, edited), "a tuna", NULL, 5000, &err));
    MUST(timeline_delete(scene.store, get(&scene, deleted)->id, 5000, &err));
    MUST(timeline_drop(scene.store, get(&scene, dropped)->id, 5000, &err));
    assert_int_equal(count_of(&scene, "swordfish"), 0);
    assert_int_equal(count_of(&scene, "tuna"), 1);
    assert_int_equal(count_of(&scene, "mackerel"), 0);
    assert_int_equal(count_of(&scene, "herring"), 0);
    /* And before it was ever put in. */
    edited = put(&scene, "said", "the salmon");
    deleted = put(&scene, "said", "a salmon");
    MUST(timeline_edit(scene.store, get(&scene, edited), "a trout", NULL, 5000, &err));
    MUST(timeline_delete(scene.store, get(&scene, deleted)->id, 5000, &err));
    assert_int_equal(count_of(&scene, "salmon"), 0);
    assert_int_equal(count_of(&scene, "trout"), 1);
}

/* What stands in the index, whatever an answer would say of it. */
static bool index_holds(struct scene *scene, const char *word)
{
    struct db_rows rows;

    MUST(store_run(scene->store, &rows, &err,
                   "SELECT COUNT(*) FROM search_data WHERE INSTR(block, $1) > 0",
                   DB_ARGS(DB_TEXT(word))));
    return db_int(&rows, 0, 0) > 0;
}

static void search_purge__leaves_no_trace_of_what_was_deleted(void **state)
{
    struct scene scene = begin(state);
    int64_t n = put(&scene, "said", "swordfish");

    put(&scene, "said", "mackerel");
    keep_up(&scene, 100);
    assert_true(index_holds(&scene, "swordfish"));
    MUST(timeline_delete(scene.store, get(&scene, n)->id, 5000, &err));
    purge(&scene);
    assert_false(index_holds(&scene, "swordfish"));
    assert_true(index_holds(&scene, "mackerel"));
}

static void search_find__says_that_it_is_behind__where_much_is_new(void **state)
{
    struct scene scene = begin(state);
    const struct search_wish wish = {
        .words = "swordfish", .person_id = scene.ana, .limit = ALL, .new_most = 2};
    struct search_hits hits;

    for (int i = 0; i < 3; i++) {
        put(&scene, "said", "swordfish");
    }
    MUST(search_find(scene.store, &wish, &hits, &err));
    assert_int_equal(hits.count, 2);
    assert_true(hits.is_behind);
    MUST(search_find(scene.store, &wish, &hits, &err));
    assert_int_equal(hits.count, 3);
    assert_false(hits.is_behind);
}

/* A log of which each line holds the word: looked at line against line it is minutes.
 */
static void search_find__says_where_it_is_in_a_long_text(void **state)
{
    struct scene scene = begin(state);
    struct search_hits hits;
    struct text log;

    text_init(&log, scene.store->arena);
    for (int line = 0; line < 60000; line++) {
        text_add(&log, "Oven ");
    }
    text_add(&log, "lamp out");
    put(&scene, "said", log.data);
    hits = find_for(&scene, "oven", scene.ana, ALL);
    assert_int_equal(hits.count, 1);
    assert_true(text_starts(hits.all[0].excerpt, "Oven Oven "));
    hits = find_for(&scene, "lamp", scene.ana, ALL);
    assert_string_equal(hits.all[0].excerpt, "...lamp out");
    hits = find_for(&scene, "\" lamp", scene.ana, ALL);
    assert_string_equal(hits.all[0].excerpt, "...lamp out");
    text_add(&log, " caf\u00e9");
    put(&scene, "said", log.data);
    hits = find_for(&scene, "cafe", scene.ana, ALL); /* found, but not where */
    assert_true(text_starts(hits.all[0].excerpt, "Oven Oven "));
}

static void search_find__looks_for_so_many_words__and_no_more(void **state)
{
    struct scene scene = begin(state);
    struct search_hits hits;

    put(&scene, "said", "a b c d e f g h i j k l");
    assert_int_equal(count_of(&scene, "a b c d e f g h i j k l mackerel"), 1);
    assert_int_equal(count_of(&scene, "a b c d e f g h i j k mackerel"), 0);
    for (int i = 10; i < 50; i++) {
        put(&scene, "said", arena_printf(scene.store->arena, "lamp%d", i));
    }
    hits = find_for(&scene, "lam", scene.ana, 100);
    assert_int_equal(hits.count, 32);
    assert_true(put(&scene, "said", "a b c d e f g h i j k eleven lamp1x") > 0);
    assert_int_equal(count_of(&scene, "a b c d e f g h i j k ele mackerel"), 1);
}

/* However much of it there is, of what one may not see nothing is told. */
static void search_find__stops__and_says_so_of_what_is_seen_alone(void **state)
{
    struct scene scene = begin(state);
    const struct search_wish wish = {
        .words = "swordfish", .person_id = scene.bo, .limit = ALL, .new_most = 50000};
    struct search_hits hits;

    MUST(store_run(scene.store, NULL, &err,
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                   "WHERE i < 20001) INSERT INTO timeline (incident_id, n, at_ms, "
                   "recorded_ms, kind, person_id, text) "
                   "SELECT $1, i, i, i, 'said', $2, 'swordfish' FROM n",
                   DB_ARGS(DB_INT(scene.incident_id), DB_INT(scene.ana))));
    MUST(search_find(scene.store, &wish, &hits, &err));
    assert_int_equal(hits.count, ALL);
    assert_true(hits.is_more);
    MUST(store_run(scene.store, NULL, &err, "UPDATE incidents SET private = 1",
                   DB_NO_ARGS));
    MUST(search_find(scene.store, &wish, &hits, &err));
    assert_int_equal(hits.count, 0);
    assert_false(hits.is_more);
}

static void search_keep_up__goes_on_where_it_stopped(void **state)
{
    struct scene scene = begin(state);
    static const char until[] = "SELECT indexed_id FROM search_state";

    for (int i = 0; i < 5; i++) {
        put(&scene, "said", "swordfish");
    }
    assert_true(keep_up(&scene, 2));
    assert_int_equal(fresh_number(scene.store, until), 2);
    assert_true(keep_up(&scene, 2));
    assert_int_equal(fresh_number(scene.store, until), 4);
    assert_false(keep_up(&scene, 2));
    assert_int_equal(fresh_number(scene.store, until), 5);
    assert_false(keep_up(&scene, 2));
    assert_int_equal(count_of(&scene, "swordfish"), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(search_find__wants_all_words__whole_or_their_beginnings),
        FRESH_TEST(search_find__takes_signs_for_what_they_are),
        FRESH_TEST(search_find__knows_what_was_said_since),
        FRESH_TEST(search_find__newest_first__and_says_that_there_are_more),
        FRESH_TEST(search_find__leaves_out_commands_comings_and_feelings),
        FRESH_TEST(search_find__private_ones_only_for_members),
        FRESH_TEST(search_find__of_one_incident_alone__where_it_is_named),
        FRESH_TEST(search_find__follows_edits_deletions_and_what_is_dropped),
        FRESH_TEST(search_purge__leaves_no_trace_of_what_was_deleted),
        FRESH_TEST(search_find__says_that_it_is_behind__where_much_is_new),
        FRESH_TEST(search_find__says_where_it_is_in_a_long_text),
        FRESH_TEST(search_find__looks_for_so_many_words__and_no_more),
        FRESH_TEST(search_find__stops__and_says_so_of_what_is_seen_alone),
        FRESH_TEST(search_keep_up__goes_on_where_it_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
