/* Edits that were deleted, and not the message: what is left of the words, in the
 * entry, beside it, in the index and in the chain. */
#include "store/chain.h"
#include "store/search.h"
#include "store/timeline.h"
#include "tests/store/fresh.h"

static void complain(const char *sentence, void *context)
{
    (void)context;
    fail_msg("%s", sentence);
}

static void must_be_proved(struct store *store)
{
    struct chain_report report;
    struct arena *before = store->arena;

    store->arena = arena_create();
    MUST(chain_verify(store, complain, NULL, &report, &err));
    arena_destroy(store->arena);
    store->arena = before;
}

static struct entry *get(struct store *store)
{
    struct entry *entry = NULL;

    MUST(timeline_find_message(store, "matrix", "!r", "$m", &entry, &err));
    assert_non_null(entry);
    return entry;
}

static void put(struct store *store, const char *text)
{
    struct entry entry = {.at_ms = 5000,
                          .recorded_ms = 6000,
                          .kind = "said",
                          .text = text,
                          .person_id = fresh_person(store, "ana"),
                          .adapter = "matrix",
                          .channel = "!r",
                          .message = "$m"};
    bool is_new;

    entry.incident_id = fresh_incident(store, entry.person_id);
    MUST(timeline_insert(store, &entry, &is_new, &err));
}

static void edit(struct store *store, const char *text, const char *event)
{
    MUST(timeline_edit(store, get(store), text, event, 7000, &err));
}

static void unedit(struct store *store, const char *event)
{
    struct entry *entry;

    MUST(timeline_find_edited(store, "matrix", "!r", event, &entry, &err));
    assert_non_null(entry);
    MUST(timeline_unedit(store, entry, event, 8000, &err));
    must_be_proved(store);
}

/* How often it stands in the entry and beside it. */
static int64_t kept(struct store *store, const char *words)
{
    struct db_rows rows;

    MUST(store_run(store, &rows, &err,
                   "SELECT (SELECT COUNT(*) FROM timeline WHERE text = $1) + "
                   "(SELECT COUNT(*) FROM timeline_changes WHERE text = $1)",
                   DB_ARGS(DB_TEXT(words))));
    return db_int(&rows, 0, 0);
}

static size_t hits(struct store *store, const char *words)
{
    struct search_hits found;

    MUST(search_find(store,
                     &(struct search_wish){
                         .words = words, .person_id = 1, .limit = 10, .new_most = 100},
                     &found, &err));
    return found.count;
}

static void unedit__brings_the_words_before_back__when_it_was_the_last(void **state)
{
    struct store *store = *state;

    put(store, "one");
    edit(store, "swordfish", "$e1");
    assert_int_equal(hits(store, "swordfish"), 1);
    unedit(store, "$e1");
    assert_string_equal(get(store)->text, "one");
    assert_int_equal(get(store)->edited_ms, 8000);
    assert_int_equal(kept(store, "swordfish"), 0);
    assert_int_equal(hits(store, "swordfish"), 0);
    assert_int_equal(hits(store, "one"), 1);
    unedit(store, "$e1"); /* heard again */
    assert_string_equal(get(store)->text, "one");
}

static void unedit__takes_old_words__when_others_stand_there_since(void **state)
{
    struct store *store = *state;

    put(store, "one");
    edit(store, "swordfish", "$e1");
    edit(store, "three", "$e2");
    unedit(store, "$e1");
    assert_string_equal(get(store)->text, "three");
    assert_int_equal(kept(store, "swordfish"), 0);
    unedit(store, "$e2"); /* past those that are gone */
    assert_string_equal(get(store)->text, "one");
    assert_int_equal(kept(store, "three"), 0);
}

/* Words that came back are still those of their edit. */
static void unedit__takes_words_that_came_back__when_their_edit_goes(void **state)
{
    struct store *store = *state;

    put(store, "one");
    edit(store, "swordfish", "$e1");
    edit(store, "three", "$e2");
    unedit(store, "$e2");
    assert_string_equal(get(store)->text, "swordfish");
    unedit(store, "$e1");
    assert_string_equal(get(store)->text, "one");
    assert_int_equal(kept(store, "swordfish"), 0);
    assert_int_equal(kept(store, "three"), 0);
}

static void unedit__leaves_no_words__when_none_were_heard_before(void **state)
{
    struct store *store = *state;

    put(store, "");
    edit(store, "swordfish", "$e1");
    unedit(store, "$e1");
    assert_string_equal(get(store)->text, "");
    assert_true(get(store)->is_redacted);
    assert_int_equal(kept(store, "swordfish"), 0);
}

static void unedit__changes_nothing__when_the_entry_has_no_words(void **state)
{
    struct store *store = *state;

    put(store, "one");
    edit(store, "swordfish", "$e1");
    MUST(timeline_delete(store, get(store)->id, 7500, &err));
    unedit(store, "$e1");
    assert_string_equal(get(store)->text, "");
    assert_int_equal(get(store)->deleted_ms, 7500);
}

static void find_edited__finds_nothing__elsewhere(void **state)
{
    struct store *store = *state;
    struct entry *entry;

    put(store, "one");
    edit(store, "two", "$e1");
    MUST(timeline_find_edited(store, "matrix", "!other", "$e1", &entry, &err));
    assert_null(entry);
    MUST(timeline_find_edited(store, "slack", "!r", "$e1", &entry, &err));
    assert_null(entry);
    MUST(timeline_find_edited(store, "matrix", "!r", "$e2", &entry, &err));
    assert_null(entry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(unedit__brings_the_words_before_back__when_it_was_the_last),
        FRESH_TEST(unedit__takes_old_words__when_others_stand_there_since),
        FRESH_TEST(unedit__takes_words_that_came_back__when_their_edit_goes),
        FRESH_TEST(unedit__leaves_no_words__when_none_were_heard_before),
        FRESH_TEST(unedit__changes_nothing__when_the_entry_has_no_words),
        FRESH_TEST(find_edited__finds_nothing__elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
