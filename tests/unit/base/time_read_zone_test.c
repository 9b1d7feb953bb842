#include "bot/base/time.h"
#include "tests/unit/one_arena.h"

#define SUMMER ((int64_t)1786000000000) /* August 2026 */
#define WINTER ((int64_t)1770000000000) /* February 2026 */

/* The zone and what is left of the words: "America/New_York|and", or "none". */
static const char *take(void **state, const char *words, int64_t now_ms)
{
    static const char *const zones[] = {"Asia/Kolkata", "America/Los_Angeles",
                                        "Europe/London", NULL};
    const char *cursor = words, *zone = NULL;

    if (!time_take_zone(&cursor, zones, now_ms, &zone)) {
        assert_ptr_equal(cursor, words);
        return "none";
    }
    return arena_printf(*state, "%s|%s", zone, cursor);
}

static void zone__is_ours__by_either_name_of_the_year(void **state)
{
    assert_string_equal(take(state, "PDT", SUMMER), "America/Los_Angeles|");
    assert_string_equal(take(state, "PST and more", SUMMER),
                        "America/Los_Angeles| and more");
    assert_string_equal(take(state, "PDT", WINTER), "America/Los_Angeles|");
    assert_string_equal(take(state, "BST", WINTER), "Europe/London|");
    assert_string_equal(take(state, "IST", WINTER), "Asia/Kolkata|");
}

static void zone__is_known__without_being_ours(void **state)
{
    assert_string_equal(take(state, "CEST", SUMMER), "Europe/Brussels|");
    assert_string_equal(take(state, "ET", SUMMER), "America/New_York|");
    assert_string_equal(take(state, "Z", SUMMER), "UTC|");
    assert_string_equal(take(state, "utc", SUMMER), "UTC|");
    assert_string_equal(take(state, "GMT", SUMMER), "UTC|"); /* and not London's */
}

static void zone__is_none__for_other_words(void **state)
{
    static const char *const words[] = {"",       "CST",  "est",  "pdt",      "MET",
                                        "deploy", "PDT,", "PDT1", "PDTPDTPD", " PDT"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        print_message("\"%s\"\n", words[i]);
        assert_string_equal(take(state, words[i], SUMMER), "none");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zone__is_ours__by_either_name_of_the_year),
        cmocka_unit_test(zone__is_known__without_being_ours),
        cmocka_unit_test(zone__is_none__for_other_words),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
