#include <stdint.h>

#include <locale.h>

#include "bot/base/text.h"
#include "tests/unit/one_arena.h"

#define MARK "\xEF\xBF\xBD"

static const char *cleaned(void **state, const char *bytes)
{
    return text_clean(*state, bytes, strlen(bytes));
}

static void clean__keeps__what_is_sound(void **state)
{
    const char *sound = "a\xC3\xB8\xE2\x82\xAC\xF0\x9F\x98\x80\n\t\x1b\xF4\x8F\xBF\xBF";
    assert_string_equal(cleaned(state, sound), sound);
    assert_string_equal(cleaned(state, ""), "");
    assert_string_equal(text_clean(*state, NULL, 0), "");
    assert_string_equal(cleaned(state, "\xEF\xBF\xBE"), "\xEF\xBF\xBE");
}

static void clean__replaces__nul_and_noncharacters(void **state)
{
    assert_string_equal(text_clean(*state, "a\0b\0", 4), "a" MARK "b" MARK);
    assert_string_equal(cleaned(state, "\xEF\xB7\x8F"), "\xEF\xB7\x8F");
    assert_string_equal(cleaned(state, "\xEF\xB7\x90"), MARK);
    assert_string_equal(cleaned(state, "x\xEF\xB7\xAFy"), "x" MARK "y");
    assert_string_equal(cleaned(state, "\xEF\xB7\xB0"), "\xEF\xB7\xB0");
}

/* The examples of the Unicode standard, section 3.9, tables 3-8 to 3-11. */
static void clean__marks_each_maximal_subpart__as_unicode_does(void **state)
{
    assert_string_equal(cleaned(state, "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
                        MARK MARK MARK MARK MARK MARK MARK MARK "A");
    assert_string_equal(cleaned(state, "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"),
                        MARK MARK MARK MARK MARK MARK MARK MARK "A");
    assert_string_equal(cleaned(state, "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"),
                        MARK MARK MARK MARK MARK "A" MARK MARK "B");
    assert_string_equal(cleaned(state, "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"),
                        MARK MARK MARK MARK "A");
}

static void clean__marks_once__when_the_end_is_cut_off(void **state)
{
    assert_string_equal(text_clean(*state, "a\xF0\x9F\x98\x80", 4), "a" MARK);
    assert_string_equal(text_clean(*state, "a\xE2\x82\xAC", 3), "a" MARK);
    assert_string_equal(text_clean(*state, "a\xC3\xB8", 2), "a" MARK);
}

static void rune__decodes__and_takes_one_bad_byte(void **state)
{
    (void)state;
    size_t length = 0;
    assert_int_equal(text_rune("\xF0\x9F\x98\x80", 4, &length), 0x1F600);
    assert_int_equal(length, 4);
    assert_int_equal(text_rune("\xF0\x9F\x98\x80", 3, &length), 0xFFFD);
    assert_int_equal(length, 1);
    assert_int_equal(text_rune("\x80", 1, &length), 0xFFFD);
    assert_int_equal(text_rune("", 0, &length), 0xFFFD);
    assert_int_equal(length, 1);
    assert_int_equal(text_rune("z", 1, &length), 'z');
    assert_int_equal(text_rune("\xDF\xBF", 2, &length), 0x7FF);
    assert_int_equal(text_rune("\xEF\xBF\xBF", 3, &length), 0xFFFF);
    assert_int_equal(length, 3);
}

static void shown__is_the_same_string__when_nothing_is_hidden(void **state)
{
    const char *plain = "h\xC3\xB8r: 12 < 13\n\ttab";
    assert_ptr_equal(text_shown(*state, plain), plain);
    assert_string_equal(text_shown(*state, ""), "");
}

static void shown__writes_numbers__for_what_plays_tricks(void **state)
{
    assert_string_equal(text_shown(*state, "a\x1b[2Jb\rc\x7f"),
                        "a\\u{001B}[2Jb\\u{000D}c\\u{007F}");
    assert_string_equal(text_shown(*state, "\xC2\x85\xC2\x9F\xC2\xA0"),
                        "\\u{0085}\\u{009F}\xC2\xA0");
    assert_string_equal(text_shown(*state, "pay\xE2\x80\xAE"
                                           "fdp"),
                        "pay\\u{202E}fdp");
    assert_string_equal(
        text_shown(*state, "\xE2\x80\x8B\xE2\x80\x8C\xE2\x80\x8E\xE2\x80"
                           "\x8F\xE2\x80\xAA\xE2\x81\xA0\xE2\x81\xA4"),
        "\\u{200B}\\u{200C}\\u{200E}\\u{200F}\\u{202A}\\u{2060}\\u{2064}");
    assert_string_equal(text_shown(*state,
                                   "\xE2\x81\xA6\xE2\x81\xA9\xEF\xBB\xBF\xD8\x9C"
                                   "\xC2\xAD"),
                        "\\u{2066}\\u{2069}\\u{FEFF}\\u{061C}\\u{00AD}");
    assert_string_equal(text_shown(*state, "\xF3\xA0\x81\xA1"), "\\u{E0061}");
    assert_string_equal(text_shown(*state, "\xE2\x80\x90\xE2\x81\xA5"),
                        "\xE2\x80\x90\xE2\x81\xA5");
}

static void hidden__is_how_long_it_is__and_ends_with_the_string(void **state)
{
    (void)state;
    assert_int_equal(text_hidden_bytes("\x1b!"), 1);
    assert_int_equal(text_hidden_bytes("\u061c!"), 2);
    assert_int_equal(text_hidden_bytes("\u200f!"), 3);
    assert_int_equal(text_hidden_bytes("\u200d"), 3);
    assert_int_equal(text_hidden_bytes("\U000e0061"), 4);
    assert_int_equal(text_hidden_bytes(""), 0);
    assert_int_equal(text_hidden_bytes("\n"), 0);
    assert_int_equal(text_hidden_bytes("\u00a0"), 0);
}

static void shown__keeps_the_joiner__between_emoji_only(void **state)
{
    const char *family = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7";
    const char *heart = "\xE2\x9D\xA4\xEF\xB8\x8F\xE2\x80\x8D\xF0\x9F\x94\xA5";
    assert_ptr_equal(text_shown(*state, family), family);
    assert_ptr_equal(text_shown(*state, heart), heart);
    assert_string_equal(text_shown(*state, "a\xE2\x80\x8D"
                                           "b"),
                        "a\\u{200D}b");
    assert_string_equal(text_shown(*state, "\xE2\x80\x8D"), "\\u{200D}");
    assert_string_equal(text_shown(*state, "\xF0\x9F\x91\xA9\xE2\x80\x8D"),
                        "\xF0\x9F\x91\xA9\\u{200D}");
    assert_string_equal(text_shown(*state, "\xE2\x80\x8D\xF0\x9F\x91\xA9"),
                        "\\u{200D}\xF0\x9F\x91\xA9");
    assert_string_equal(
        text_shown(*state, "\xF0\x9F\x91\xA9\xE2\x80\x8D\xE2\x80\x8D\xF0\x9F\x91\xA9"),
        "\xF0\x9F\x91\xA9\\u{200D}\\u{200D}\xF0\x9F\x91\xA9");
}

static void fit__ends_at_a_character__when_it_cuts(void **state)
{
    (void)state;
    const char *string = "a\xC3\xB8\xF0\x9F\x98\x80z";
    const size_t fits[] = {0, 1, 1, 3, 3, 3, 3, 7, 8, 8};
    for (size_t max = 0; max < sizeof(fits) / sizeof(fits[0]); max++) {
        assert_int_equal(text_fit(string, max), fits[max]);
    }
    assert_int_equal(text_fit(string, SIZE_MAX), 8);
    assert_int_equal(text_fit("", 5), 0);
}

static void stop__is_left_out__when_it_ends_a_sentence(void **state)
{
    const char *string = "and so on...";

    assert_string_equal(text_without_stop(*state, "it is slow."), "it is slow");
    assert_ptr_equal(text_without_stop(*state, string), string);
    assert_string_equal(text_without_stop(*state, "."), ".");
    assert_string_equal(text_without_stop(*state, ""), "");
}

static void brief__adds_dots__when_it_cuts(void **state)
{
    const char *string = "\xC3\xB8\xC3\xB8\xC3\xB8";
    assert_ptr_equal(text_brief(*state, string, 3), string);
    assert_ptr_equal(text_brief(*state, string, 99), string);
    assert_string_equal(text_brief(*state, string, 2), "\xC3\xB8\xC3\xB8...");
    assert_string_equal(text_brief(*state, string, 0), "...");
    assert_string_equal(text_brief(*state, "", 0), "");
}

static void columns__count_wide_ones_twice__in_a_utf8_locale(void **state)
{
    (void)state;
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    assert_int_equal(text_columns(""), 0);
    assert_int_equal(text_columns("abc"), 3);
    assert_int_equal(text_columns("\xC3\xB8l"), 2);
    assert_int_equal(text_columns("\xE5\xBD\x93\xE6\x9C\xAC"), 4);
    assert_int_equal(text_columns("e\xCC\x81"), 1);
    assert_int_equal(text_columns("\xF0\x9F\x94\xA5!"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean__keeps__what_is_sound),
        cmocka_unit_test(clean__replaces__nul_and_noncharacters),
        cmocka_unit_test(clean__marks_each_maximal_subpart__as_unicode_does),
        cmocka_unit_test(clean__marks_once__when_the_end_is_cut_off),
        cmocka_unit_test(rune__decodes__and_takes_one_bad_byte),
        cmocka_unit_test(shown__is_the_same_string__when_nothing_is_hidden),
        cmocka_unit_test(shown__writes_numbers__for_what_plays_tricks),
        cmocka_unit_test(hidden__is_how_long_it_is__and_ends_with_the_string),
        cmocka_unit_test(shown__keeps_the_joiner__between_emoji_only),
        cmocka_unit_test(fit__ends_at_a_character__when_it_cuts),
        cmocka_unit_test(stop__is_left_out__when_it_ends_a_sentence),
        cmocka_unit_test(brief__adds_dots__when_it_cuts),
        cmocka_unit_test(columns__count_wide_ones_twice__in_a_utf8_locale),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
