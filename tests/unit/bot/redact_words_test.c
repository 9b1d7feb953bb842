#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bot/note.h"
#include "bot/redact_words.h"

#define WORDS "the key of the vault is swordfish-9, please change it"

static const char *redacted(struct arena *arena, const char *text)
{
    return redact_text(arena, text, WORDS);
}

static int setup(void **state)
{
    *state = arena_create();
    return 0;
}

static int teardown(void **state)
{
    arena_destroy(*state);
    return 0;
}

static void redact_text__takes_all_of_it__wherever_it_stands(void **state)
{
    assert_string_equal(redacted(*state, "Task 2 done, ana: " WORDS ". " WORDS),
                        "Task 2 done, ana: " REDACTED ". " REDACTED);
}

static void redact_text__takes_a_beginning__cut_short(void **state)
{
    assert_string_equal(redacted(*state, "\"the key of the vault...\" Take it out"),
                        "\"" REDACTED "...\" Take it out");
    assert_string_equal(redacted(*state, "\"the key of the vault is swordf...\""),
                        "\"" REDACTED "...\"");
    assert_null(redacted(*state, "\"the key...\""));
}

static void redact_text__takes_a_long_run__from_the_middle(void **state)
{
    assert_string_equal(redacted(*state, "...of the vault is swordfish-9, please..."),
                        "..." REDACTED "...");
}

static void redact_text__leaves_what_is_only_alike(void **state)
{
    assert_null(redacted(*state, "the keyboard of the vaulting horse is sold"));
    assert_null(redacted(*state, "please change it"));
    assert_null(redacted(*state, ""));
    /* Not out of the middle of a word. */
    assert_null(redact_text(*state, "a crowbar and bartender", "bar"));
    assert_string_equal(redact_text(*state, "a bar, here", "bar"),
                        "a " REDACTED ", here");
}

static void redact_action__takes_it_out_of_everything_that_is_said(void **state)
{
    struct arena *arena = *state;
    const char *const words[] = {"ok", WORDS};
    struct action action = {
        .kind = ACTION_POST, .file_text = "- " WORDS, .note = note_create(arena)};

    note_heading(action.note, "ok");
    note_line(action.note, "ana: %s", WORDS);
    assert_true(redact_action(arena, &action, words, 2));
    assert_string_equal(action.note->blocks[0].text, "ok");
    assert_string_equal(action.note->blocks[1].text, "ana: " REDACTED);
    assert_string_equal(action.file_text, "- " REDACTED);
    assert_false(redact_action(arena, &action, words, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(redact_text__takes_all_of_it__wherever_it_stands),
        cmocka_unit_test(redact_text__takes_a_beginning__cut_short),
        cmocka_unit_test(redact_text__takes_a_long_run__from_the_middle),
        cmocka_unit_test(redact_text__leaves_what_is_only_alike),
        cmocka_unit_test(redact_action__takes_it_out_of_everything_that_is_said),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
