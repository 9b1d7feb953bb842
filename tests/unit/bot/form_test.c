#include "bot/base/text.h"
#include "bot/form.h"
#include "tests/unit/one_arena.h"

static void line__is_as_typed__when_filled_in(void **state)
{
    (void)state;
    const struct form_answer answers[] = {
        {"", "sev2", false},
        {"", " db is\ndown ", false},
        {"--service", "the \"old\" shop", false},
        {"--suspected", NULL, false},
        {"--started", "02:30", false},
    };

    assert_string_equal(form_line(arena, "declare", answers, 5),
                        "declare sev2 db is down --service \"the old shop\" "
                        "--suspected --started 02:30");
}

static void line__leaves_out__what_was_not_answered(void **state)
{
    (void)state;
    const struct form_answer answers[] = {
        {"", "", false}, {"--service", " ", false}, {"", "x", false}};

    assert_string_equal(form_line(arena, "declare", answers, 3), "declare x");
    assert_string_equal(form_line(arena, "declare", answers, 0), "declare");
}

static void free_words__stand_beside_the_line__whatever_they_look_like(void **state)
{
    (void)state;
    const struct form_answer answers[] = {
        {"", "sev2", false},
        {"", " sev1 --private\n\"lost\" ", true},
        {"--suspected", NULL, false},
    };

    assert_string_equal(form_line(arena, "declare", answers, 3),
                        "declare sev2 --suspected");
    assert_string_equal(form_words(arena, answers, 3), "sev1 --private \"lost\"");
    assert_null(form_words(arena, answers, 1));
}

static void form__is_the_same__when_read_back(void **state)
{
    (void)state;
    struct form form = {.verb = "declare",
                        .title = "Declare",
                        .submit = "Go",
                        .place = "C1",
                        .count = 2,
                        .fields = {{.kind = FORM_ONE_OF,
                                    .flag = "--service",
                                    .label = "Service",
                                    .hint = "which",
                                    .at = 1,
                                    .words = {"a", "b"},
                                    .word_count = 2},
                                   {.kind = FORM_TICK,
                                    .flag = "--private",
                                    .label = "Private",
                                    .hint = "",
                                    .is_needed = true}}};
    const char *json = form_to_json(arena, &form);
    struct form *back = form_from_json(arena, json);

    assert_non_null(back);
    assert_string_equal(form_to_json(arena, back), json);
    assert_int_equal(back->fields[0].word_count, 2);
    assert_true(back->fields[1].is_needed);
}

static void form__is_none__when_odd(void **state)
{
    (void)state;
    const char *const odd[] = {
        "",
        "[]",
        "{}",
        "{\"fields\":[]}",
        "{\"fields\":[{\"at\":8}]}",
        "{\"fields\":[{}]}",
        "{\"fields\":[1,2,3,4,5,6,7,8,9]}",
    };

    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        assert_null(form_from_json(arena, odd[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line__is_as_typed__when_filled_in),
        cmocka_unit_test(line__leaves_out__what_was_not_answered),
        cmocka_unit_test(free_words__stand_beside_the_line__whatever_they_look_like),
        cmocka_unit_test(form__is_the_same__when_read_back),
        cmocka_unit_test(form__is_none__when_odd),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
