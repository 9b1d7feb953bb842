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

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(redact__leaves_no_word__when_every_table_holds_some),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
