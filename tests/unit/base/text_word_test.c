#include <stdint.h>

#include "bot/base/text.h"
#include "tests/unit/one_arena.h"

static void distance__counts_letters__that_change_swap_go_or_come(void **state)
{
    (void)state;
    assert_int_equal(text_distance("declare", "declare"), 0);
    assert_int_equal(text_distance("Declare", "dECLARE"), 0);
    assert_int_equal(text_distance("declaer", "declare"), 1);
    assert_int_equal(text_distance("delcare", "declare"), 1);
    assert_int_equal(text_distance("decare", "declare"), 1);
    assert_int_equal(text_distance("decclare", "declare"), 1);
    assert_int_equal(text_distance("kitten", "sitting"), 3);
    assert_int_equal(text_distance("", "abc"), 3);
    assert_int_equal(text_distance("abc", ""), 3);
    assert_int_equal(text_distance("", ""), 0);
    assert_int_equal(text_distance("s\xC3\xB8ren", "soren"), 1);
}

static void distance__counts_the_rest__when_a_word_is_very_long(void **state)
{
    struct text text;
    text_init(&text, *state);
    for (int i = 0; i < 100; i++) {
        text_add(&text, "x");
    }
    assert_int_equal(text_distance(text.data, ""), 100);
    assert_int_equal(text_distance(text.data, "x"), 99);
    assert_int_equal(text_distance(text.data, text.data), 36);
}

static void slug__is_a_name__for_any_title(void **state)
{
    assert_string_equal(text_slug(*state, "Checkout fails!", 80), "checkout-fails");
    assert_string_equal(text_slug(*state, "  --a  &  b--", 80), "a-b");
    assert_string_equal(text_slug(*state, "can't pay, can\xE2\x80\x99t refund", 80),
                        "cant-pay-cant-refund");
    assert_string_equal(
        text_slug(*state, "K\xC3\xB8 er \xC3\x85pen \xC5\x81\xC3\xB3", 80),
        "ko-er-apen-lo");
    assert_string_equal(text_slug(*state, "\xE5\xBD\x93 \xF0\x9F\x94\xA5", 80), "");
    assert_string_equal(text_slug(*state, "", 80), "");
    assert_string_equal(text_slug(*state, "sev1 2026", 80), "sev1-2026");
}

static void slug__drops_the_mark__of_each_latin_letter(void **state)
{
    assert_string_equal(text_slug(*state, "\xC3\x80\xC3\x9F\xC3\xBF", 80), "asy");
    assert_string_equal(text_slug(*state, "\xC3\x90\xC3\xB1\xC3\x9E", 80), "dnt");
    assert_string_equal(text_slug(*state, "\xC4\x80\xC4\x8D\xC4\x91\xC4\x9B", 80),
                        "acde");
    assert_string_equal(
        text_slug(*state, "\xC4\x9F\xC4\xA7\xC4\xB1\xC4\xB5\xC4\xB7", 80), "ghijk");
    assert_string_equal(
        text_slug(*state, "\xC4\xBE\xC5\x82\xC5\x84\xC5\x91\xC5\x99\xC5\xA1", 80),
        "llnors");
    assert_string_equal(
        text_slug(*state, "\xC5\xA5\xC5\xAF\xC5\xB5\xC5\xB7\xC5\xBE", 80), "tuwyz");
}

static void slug__is_cut_at_a_word__when_it_is_long(void **state)
{
    assert_string_equal(text_slug(*state, "orders stuck again", 18),
                        "orders-stuck-again");
    assert_string_equal(text_slug(*state, "orders stuck again", 17), "orders-stuck");
    assert_string_equal(text_slug(*state, "orders stuck again", 12), "orders-stuck");
    assert_string_equal(text_slug(*state, "orders stuck again", 11), "orders");
    assert_string_equal(text_slug(*state, "orders", 3), "ord");
    assert_string_equal(text_slug(*state, "orders", 0), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance__counts_letters__that_change_swap_go_or_come),
        cmocka_unit_test(distance__counts_the_rest__when_a_word_is_very_long),
        cmocka_unit_test(slug__is_a_name__for_any_title),
        cmocka_unit_test(slug__drops_the_mark__of_each_latin_letter),
        cmocka_unit_test(slug__is_cut_at_a_word__when_it_is_long),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
