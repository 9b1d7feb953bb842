#include "store/redact.h"
#include "tests/store/words.h"

/* A question is private and on no timeline; a late line is told to its speaker within
 * seconds and gone then; what the bot said is the affair of bot/redact.c. */
static const char *const kept[] = {"questions.text", "late_commands.line",
                                   "outbox.body"};

/* A command line that says all there is, in the breath in which all of it was written.
 */
static void say_all(struct store *store)
{
    const char *text = "title summary severity detected resolve";
    struct db_rows rows;

    words_columns(store, &rows);
    for (size_t i = 0; i < rows.count; i++) {
        text = arena_printf(store->arena, "%s " WORDS_SECRET " %s", text,
                            words_column_name(store, &rows, i));
    }
    words_script(store, arena_printf(store->arena,
                                     "UPDATE timeline SET kind = 'command', "
                                     "text = '%s'",
                                     text));
}

static void redact__leaves_no_word__when_every_table_holds_some(void **state)
{
    struct store *store = *state;
    struct redacted redacted;
    struct entry *entry;

    words_fill(store);
    say_all(store);
    MUST(timeline_find(store, 1, 1, &entry, &err));
    MUST(redact_entry(store, entry, 9000, &redacted, &err));
    words_must_be_gone(store, store->arena, kept, sizeof(kept) / sizeof(kept[0]),
                       "store/breath.h or store/redact.c");
}

#define EDITS   40
#define REPEATS 16

/* Entry 1 was edited often; what was written in the same breath repeats what it said at
 * last, and lacks the quote that ends it. */
static void redact__takes_all_that_is_repeated__however_much_it_is(void **state)
{
    struct store *store = *state;
    struct redacted redacted;
    struct entry *first;
    struct entry entry = {.incident_id =
                              fresh_incident(store, fresh_person(store, "ana")),
                          .recorded_ms = 6000,
                          .kind = "said",
                          .person_id = 1,
                          .text = "swordfish 0"};
    bool is_new;

    MUST(timeline_insert(store, &entry, &is_new, &err));
    for (int i = 1; i <= EDITS; i++) {
        MUST(timeline_find(store, 1, 1, &first, &err));
        entry.text = arena_printf(store->arena, "swordfish %d", i);
        MUST(timeline_edit(store, first, entry.text, NULL, 7000 + i, &err));
    }
    entry.kind = "state";
    entry.text = arena_printf(store->arena, "declared \"%s", entry.text);
    for (int i = 0; i < REPEATS; i++) {
        MUST(timeline_insert(store, &entry, &is_new, &err));
    }
    MUST(timeline_find(store, 1, 1, &first, &err));
    MUST(redact_entry(store, first, 9000, &redacted, &err));
    assert_in_range(redacted.word_count, EDITS, 2 * EDITS);
    assert_int_equal(
        fresh_number(store, "SELECT COUNT(*) FROM timeline WHERE text <> ''"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(redact__leaves_no_word__when_every_table_holds_some),
        FRESH_TEST(redact__takes_all_that_is_repeated__however_much_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
