#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bot/factor.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct person all[] = {
    {.handle = "jo", .name = "Jo Berg"},
    {.handle = "marek"},
    {.handle = "ruben.k", .name = "Ruben Kvist"},
    {.handle = "mfisher", .name = "May Fisher"},
    {.handle = "cdemir", .name = "Can Demir"},
    {.handle = "pat",
     .name = "Pat O\xE2\x80\x99"
             "Brien"},
};
static const struct people people = {.all = all, .count = COUNT(all)};

static bool inside(const char *text)
{
    struct arena *arena = arena_create();
    bool names = factor_text_names(arena, &people, text);

    arena_destroy(arena);
    return names;
}

static bool outside(const char *text)
{
    struct arena *arena = arena_create();
    bool names = factor_text_names_outside(arena, &people, text);

    arena_destroy(arena);
    return names;
}

static bool both(const char *text)
{
    return inside(text) && outside(text);
}

static void factor_names__sees_a_person__whatever_stands_around(void **state)
{
    (void)state;
    assert_true(both("it was @jo's, then"));
    assert_true(both("jo\xE2\x80\x99s alert was ignored"));
    assert_true(both("\xE2\x80\x9Cjo\xE2\x80\x9D said so"));
    assert_true(both("waited for jo\xE2\x80\x94nobody else knew"));
    assert_true(both("jo/marek did not react"));
    assert_true(both("the jo-marek hand-over"));
    assert_true(both("asked JO."));
    assert_true(both("Pat O'Brien"));
    assert_true(both("only O'Brien knew"));
}

static void
factor_names__sees_a_part_of_a_name__in_any_case__where_the_handle_has_it(void **state)
{
    (void)state;
    assert_true(both("ruben did not react"));
    assert_true(both("Ruben did not react"));
    assert_true(both("RUBEN.K did not"));
    assert_true(both("Kvist did not react"));
    assert_false(inside("kvist did not react"));
}

static void factor_names__holds_one_too_many__outside_only(void **state)
{
    (void)state;
    assert_true(outside("kvist did not react"));
    assert_true(outside("it may come again"));
    assert_false(inside("it may come again"));
    assert_true(both("asked May again"));
    assert_true(outside("brien's script"));
    assert_false(inside("Can't see it"));
    assert_true(outside("Can't see it"));
}

static void factor_names__passes_words_that_hold_a_name(void **state)
{
    (void)state;
    assert_false(outside("the job was joined to a mayor's canary"));
    assert_false(outside("100% of orders: late, not lost"));
    assert_false(outside(""));
    assert_false(outside("k was 3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factor_names__sees_a_person__whatever_stands_around),
        cmocka_unit_test(
            factor_names__sees_a_part_of_a_name__in_any_case__where_the_handle_has_it),
        cmocka_unit_test(factor_names__holds_one_too_many__outside_only),
        cmocka_unit_test(factor_names__passes_words_that_hold_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
