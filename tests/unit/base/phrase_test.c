#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/base/phrase.h"
#include "bot/base/text.h"

static void phrase__fits__when_it_takes_the_same_values(void **state)
{
    (void)state;
    assert_true(phrase_fits("Task %lld, %s: %s", "%lld (%s) %s"));
    assert_true(phrase_fits("Task %lld, %s: %s", "%2$s: %1$lld %3$s"));
    assert_true(phrase_fits("Task %lld, %s: %s", "Task %lld"));
    assert_true(phrase_fits("100%% of %s", "%s, all of it, 100%%"));
    assert_true(phrase_fits("%.*s and %zu", "%.*s, %zu"));
}

static void phrase__does_not_fit__when_it_wants_other_values(void **state)
{
    static const char *const wrong[] = {
        "%s",          "%lld %lld", "%lld %s %s %s",
        "%1$lld %3$s", "%1$s",      "%2$lld",
        "%lld %2$s",   "%n",        "%",
        "%99$s",       "%d",        "%lld %*s",
        "%1$lld %1$s",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (phrase_fits("Task %lld, %s: %s", wrong[i])) {
            fail_msg("\"%s\" was taken", wrong[i]);
        }
    }
}

static void phrase__stands_in_the_place_of_a_text__wherever_it_is_composed(void **state)
{
    struct phrase phrases[] = {{"%s leads", "%s führt"},
                               {"Task %lld: %s", "%2$s (%1$lld)"}};
    struct arena *arena = arena_create();
    struct text text;

    (void)state;
    phrase_use(phrases, 2);
    assert_string_equal(arena_printf(arena, "%s leads", "ana"), "ana führt");
    text_init(&text, arena);
    text_addf(&text, "Task %lld: %s", 2LL, "look");
    assert_string_equal(text.data, "look (2)");
    phrase_use(NULL, 0);
    assert_string_equal(arena_printf(arena, "%s leads", "ana"), "ana leads");
    arena_destroy(arena);
}

/* Each default fits itself, so that the list the program prints is a file it takes. */
static void phrase__table_is_of_formats_that_fit_themselves(void **state)
{
    size_t count = 0;

    (void)state;
    for (; phrase_table[count] != NULL; count++) {
        if (!phrase_fits(phrase_table[count], phrase_table[count])) {
            fail_msg("\"%s\" does not fit itself", phrase_table[count]);
        }
    }
    assert_true(count > 100);
    assert_true(phrase_is_known("Later: %s. Off: %s"));
    assert_true(phrase_is_known("nobody yet")); /* loose words */
    assert_true(phrase_is_known("give somebody a role; it holds at once"));
    assert_false(phrase_is_known("no text of ours"));
    /* what is read back from the timeline, and what machines read */
    assert_false(phrase_is_known("severity %s (was %s)%s%s%s"));
    assert_false(phrase_is_known("declared \"%s\": %s, %s"));
    assert_false(phrase_is_known("moved:%s:%s"));
    assert_false(phrase_is_known("/directory/room/%s"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrase__fits__when_it_takes_the_same_values),
        cmocka_unit_test(phrase__does_not_fit__when_it_wants_other_values),
        cmocka_unit_test(
            phrase__stands_in_the_place_of_a_text__wherever_it_is_composed),
        cmocka_unit_test(phrase__table_is_of_formats_that_fit_themselves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
