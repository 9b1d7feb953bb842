/* The beginning of a line: its prefix, its verb, the incident it names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/words.h"

static void assert_line(const char *text, const char *line)
{
    const char *after = words_after_prefix(text);

    assert_string_equal(after == NULL ? "(none)" : after, line);
}

static void prefix__is_taken_off(void **state)
{
    (void)state;
    assert_line("!inc status", "status");
    assert_line("!incident status", "status");
    assert_line("/incident status", "status");
    assert_line("  !INC\tstatus now", "status now");
    assert_line("!inc", "");
    assert_line("!inc  ", "");
    assert_line("!inc\nnote a", "note a");
}

static void prefix__is_none__inside_a_word_or_a_sentence(void **state)
{
    (void)state;
    assert_line("!incline", "(none)");
    assert_line("!inc-42", "(none)");
    assert_line("say !inc status", "(none)");
    assert_line("", "(none)");
}

static void assert_verb(const char *line, const char *name, const char *rest)
{
    const char *behind = "";
    const struct command *command = words_verb(line, &behind);

    assert_string_equal(command == NULL ? "(none)" : command->name, name);
    assert_string_equal(behind, rest);
}

static void verb__is_the_whole_first_word(void **state)
{
    (void)state;
    assert_verb("note  a word", "note", "a word");
    assert_verb("NOTE a", "note", "a");
    assert_verb("tasks", "tasks", "");
    assert_verb("task @tove look", "task", "@tove look");
    assert_verb("notes a", "(none)", "");
    assert_verb("", "(none)", "");
}

static void verb__may_be_two_words__with_any_blanks(void **state)
{
    (void)state;
    assert_verb("who can sql", "who can", "sql");
    assert_verb("Who \t Can sql", "who can", "sql");
    assert_verb("who canned it", "(none)", "");
}

static void verb__has_a_hyphen_or_a_blank__as_it_is_typed(void **state)
{
    (void)state;
    assert_verb("about-to wipe it", "about-to", "wipe it");
    assert_verb("about to wipe it", "about-to", "wipe it");
    assert_verb("who-can sql", "who can", "sql");
    assert_verb("duplicate of inc-2", "duplicate-of", "inc-2");
    assert_verb("about tomorrow", "(none)", "");
    assert_verb("about- to wipe it", "(none)", "");
}

static void verb__may_end_in_a_sign(void **state)
{
    (void)state;
    assert_verb("status?", "status", "");
    assert_verb("note: the cache is cold", "note", "the cache is cold");
    assert_verb("who did it?!", "who-did-it", "");
    assert_verb("note:cold", "(none)", "");
    assert_verb("?", "(none)", "");
}

static void assert_reference(const char *words, bool bare, int64_t id, const char *rest)
{
    const char *cursor = words;
    int64_t found = -1;

    assert_int_equal(words_reference(&cursor, bare, &found), id >= 0);
    assert_int_equal(found, id);
    assert_string_equal(cursor, rest);
}

static void reference__is_inc_and_a_number(void **state)
{
    (void)state;
    assert_reference("inc-42", false, 42, "");
    assert_reference("INC-42 now", false, 42, "now");
    assert_reference("inc-0", false, 0, "");
    assert_reference("inc-007 x", false, 7, "x");
    assert_reference("inc-99999999999999999999", false, 999999999999999, "");
}

static void reference__may_be_bare__where_no_number_means_another(void **state)
{
    (void)state;
    assert_reference("42 now", true, 42, "now");
    assert_reference("42 now", false, -1, "42 now");
    assert_reference("inc 42 now", true, 42, "now");
    assert_reference("inc 42 now", false, -1, "inc 42 now");
}

static void reference__may_be_a_channel__where_it_may_be_bare(void **state)
{
    (void)state;
    assert_reference("#inc-42-checkout-fails now", true, 42, "now");
    assert_reference("#inc-42", true, 42, "");
    assert_reference("#inc-42-checkout-fails", false, -1, "#inc-42-checkout-fails");
    assert_reference("#inc-42-", true, -1, "#inc-42-");
    assert_reference("#inc-42b-x", true, -1, "#inc-42b-x");
}

static void reference__is_none__where_more_clings_to_it(void **state)
{
    static const char *const words[] = {"inc-",      "inc-x",    "inc--1", "inc-inc-1",
                                        "inc-42b",   "inc-42,1", "-1",     "4x",
                                        "include 4", ""};

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        assert_reference(words[i], true, -1, words[i]);
    }
}

static void private__are_some_verbs_and_one_flag(void **state)
{
    (void)state;
    assert_true(words_are_private("ask @wen why"));
    assert_true(words_are_private("cant 3"));
    assert_true(words_are_private("DECLINE"));
    assert_true(words_are_private("declare a leak --private"));
    assert_true(words_are_private("declare --private a leak"));
    assert_true(words_are_private("declare --privat a leak"));
    assert_true(words_are_private("declare -private a leak"));
    assert_true(words_are_private("declare a leak \xe2\x80\x94private"));
    assert_true(words_are_private("declare --Private=yes a leak"));
    assert_false(words_are_private("declare a private leak"));
    assert_false(words_are_private("declare a leak --provide"));
    assert_false(words_are_private("declare a leak"));
    assert_false(words_are_private("note ask --private"));
    assert_false(words_are_private(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prefix__is_taken_off),
        cmocka_unit_test(prefix__is_none__inside_a_word_or_a_sentence),
        cmocka_unit_test(verb__is_the_whole_first_word),
        cmocka_unit_test(verb__may_be_two_words__with_any_blanks),
        cmocka_unit_test(verb__has_a_hyphen_or_a_blank__as_it_is_typed),
        cmocka_unit_test(verb__may_end_in_a_sign),
        cmocka_unit_test(reference__is_inc_and_a_number),
        cmocka_unit_test(reference__may_be_bare__where_no_number_means_another),
        cmocka_unit_test(reference__may_be_a_channel__where_it_may_be_bare),
        cmocka_unit_test(reference__is_none__where_more_clings_to_it),
        cmocka_unit_test(private__are_some_verbs_and_one_flag),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
