/* severities: and journeys: of the settings. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/bot/config_text.h"

static void levels__take_points_wake_and_invite__when_set(void **state)
{
    struct config *config = read_text(
        "severities:\n  - {name: high, from: 30, invite: ['@hanne', platform]}\n"
        "  - {name: low, wake: no}\n");

    (void)state;
    assert_int_equal(config->levels[1].from, 30);
    assert_true(config->levels[1].wakes);
    assert_int_equal(config->levels[1].invite_count, 2);
    assert_string_equal(config->levels[1].invite[0], "hanne");
    assert_string_equal(config->levels[1].invite[1], "platform");
    assert_int_equal(config->levels[2].from, 0);
    assert_false(config->levels[2].wakes);
    config_destroy(config);
}

static void levels__halve_the_points__when_none_are_named(void **state)
{
    struct config *config = read_text(
        "severities: [{name: a}, {name: b}, {name: c}, {name: d}, {name: e}]\n");

    (void)state;
    assert_int_equal(config->levels[1].from, 45);
    assert_int_equal(config->levels[2].from, 22);
    assert_int_equal(config->levels[3].from, 11);
    assert_int_equal(config->levels[4].from, 5);
    assert_int_equal(config->levels[5].from, 0);
    assert_true(config->levels[4].wakes);
    assert_false(config->levels[5].wakes);
    config_destroy(config);
}

static void levels__are_refused__when_they_make_no_sense(void **state)
{
    (void)state;
    refused("severities:\n  - {name: a, from: 80}\n",
            "m.yaml:2: from: \"80\" is no number from 0 to 75");
    refused("severities:\n  - {name: a, wake: maybe}\n",
            "m.yaml:2: wake: \"maybe\" is neither yes nor no");
    refused("severities:\n  - {name: a, from: 20}\n  - {name: b, from: 20}\n",
            "m.yaml:3: from: b begins at 20 points, not below a");
}

static void unknown__always_wakes(void **state)
{
    (void)state;
    refused("severities:\n  - {name: unknown, wake: no}\n",
            "m.yaml:2: wake: \"no\" is not for the level of not knowing: it wakes");
}

static void journeys__stand_beside_the_three__when_set(void **state)
{
    struct config *config = read_text("journeys:\n  - {name: pay, weight: 4}\n");

    (void)state;
    assert_int_equal(config->journey_count, 4);
    assert_string_equal(config->journeys[0].name, "vital");
    assert_string_equal(config->journeys[3].name, "pay");
    assert_int_equal(config->journeys[3].weight, 4);
    config_destroy(config);
}

static void journeys__are_refused__when_a_word_is_taken(void **state)
{
    static const char *const words[] = {"blocked", "set", "vital", "40m", "Outside"};
    char text[80];
    char why[120];

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        (void)snprintf(text, sizeof(text), "journeys:\n  - {name: %s, weight: 4}\n",
                       words[i]);
        (void)snprintf(why, sizeof(why),
                       "m.yaml:2: name: \"%s\" is taken: `impact` knows it already",
                       words[i]);
        refused(text, why);
    }
    refused("journeys:\n  - {name: pay, weight: 6}\n",
            "m.yaml:2: weight: \"6\" is no number from 1 to 5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels__take_points_wake_and_invite__when_set),
        cmocka_unit_test(levels__halve_the_points__when_none_are_named),
        cmocka_unit_test(levels__are_refused__when_they_make_no_sense),
        cmocka_unit_test(unknown__always_wakes),
        cmocka_unit_test(journeys__stand_beside_the_three__when_set),
        cmocka_unit_test(journeys__are_refused__when_a_word_is_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
