#include <stdint.h>

#include "bot/base/text.h"
#include "tests/unit/one_arena.h"

static void add__joins__when_called_many_times(void **state)
{
    struct text text;
    text_init(&text, *state);
    assert_string_equal(text.data, "");
    text_add(&text, NULL);
    text_add_n(&text, NULL, 0);
    for (int i = 0; i < 1000; i++) {
        text_addf(&text, "%03d,", i);
    }
    text_add(&text, "end");
    assert_int_equal(text.length_bytes, 4003);
    assert_int_equal(strlen(text.data), 4003);
    assert_memory_equal(text.data + 2268, "567,", 4);
    assert_string_equal(text.data + 4000, "end");
}

static void add__takes_its_own_words__when_it_has_to_grow(void **state)
{
    struct text text;
    text_init(&text, *state);
    text_add(&text, "abc");
    for (int i = 0; i < 8; i++) {
        text_add_n(&text, text.data, text.length_bytes);
    }
    assert_int_equal(text.length_bytes, 3 * 256);
    assert_memory_equal(text.data + 765, "abc", 4);
}

static void add_percent__leaves__what_a_url_may_have(void **state)
{
    struct text text;
    text_init(&text, *state);
    text_add_percent(&text, NULL);
    text_add_percent(&text, "azAZ09-_.~");
    text_add_percent(&text, "@ /%+\n\u00e9");
    assert_string_equal(text.data, "azAZ09-_.~%40%20%2F%25%2B%0A%C3%A9");
}

static void add_rune__writes_utf8__for_each_length(void **state)
{
    struct text text;
    text_init(&text, *state);
    text_add_rune(&text, 'a');
    text_add_rune(&text, 0x7FF);
    text_add_rune(&text, 0x20AC);
    text_add_rune(&text, 0x1F600);
    text_add_rune(&text, 0xD800);
    text_add_rune(&text, 0x110000);
    assert_string_equal(text.data, "a\xDF\xBF\xE2\x82\xAC\xF0\x9F\x98\x80"
                                   "\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void same__ignores_case__of_ascii_only(void **state)
{
    (void)state;
    assert_true(text_same("SEV1", "sev1"));
    assert_false(text_same("sev1", "sev"));
    assert_false(text_same("sev", "sev1"));
    assert_false(text_same("\xC3\x86", "\xC3\xA6"));
    assert_true(text_same("", ""));
    assert_false(text_same(NULL, "a"));
    assert_true(text_starts("Declare it", "declare "));
    assert_true(text_starts("x", ""));
    assert_false(text_starts("dec", "declare"));
    assert_true(text_holds("the Ledger is slow", "ledger"));
    assert_true(text_holds("slow ledger", "LEDGER"));
    assert_true(text_holds("", ""));
    assert_false(text_holds("ledge", "ledger"));
}

static void equal__is_exact__and_null_equals_null_only(void **state)
{
    (void)state;
    assert_true(text_equal("a", "a"));
    assert_false(text_equal("a", "A"));
    assert_true(text_equal(NULL, NULL));
    assert_false(text_equal(NULL, ""));
    assert_false(text_equal("", NULL));
}

static void empty__holds__for_nothing_and_white_space(void **state)
{
    (void)state;
    assert_true(text_is_empty(NULL));
    assert_true(text_is_empty(""));
    assert_true(text_is_empty(" \t\r\n\v\f"));
    assert_false(text_is_empty(" . "));
    assert_string_equal(text_or(NULL, "x"), "x");
    assert_string_equal(text_or("", "x"), "x");
    assert_string_equal(text_or("y", "x"), "y");
}

/* The sanitizer sees what is not freed. */
static void replace__frees_what_was_kept__and_may_keep_its_own_words(void **state)
{
    char *kept = NULL;

    (void)state;
    assert_null(text_keep(NULL));
    text_replace(&kept, "abc");
    text_replace(&kept, kept);
    text_replace(&kept, kept + 1);
    assert_string_equal(kept, "bc");
    text_replace(&kept, NULL);
    assert_null(kept);
}

static void trim_and_lower__copy__and_leave_the_rest(void **state)
{
    assert_string_equal(text_trim(*state, " \n a  b\t"), "a  b");
    assert_string_equal(text_trim(*state, "  "), "");
    assert_string_equal(text_lower(*state, "ABC\xC3\x86z"), "abc\xC3\x86z");
    assert_null(text_lower(*state, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(add__joins__when_called_many_times),
        cmocka_unit_test(add__takes_its_own_words__when_it_has_to_grow),
        cmocka_unit_test(add_percent__leaves__what_a_url_may_have),
        cmocka_unit_test(add_rune__writes_utf8__for_each_length),
        cmocka_unit_test(same__ignores_case__of_ascii_only),
        cmocka_unit_test(equal__is_exact__and_null_equals_null_only),
        cmocka_unit_test(empty__holds__for_nothing_and_white_space),
        cmocka_unit_test(replace__frees_what_was_kept__and_may_keep_its_own_words),
        cmocka_unit_test(trim_and_lower__copy__and_leave_the_rest),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
