/* How often a bot knocks whose road is gone for an hour. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "adapters/slack_inner.h"
#include "bot/base/time.h"

/* The tries of an hour, each wait within its bounds. */
static int tries_of_an_hour(long dice)
{
    int64_t passed_ms = 0;
    unsigned failures = 0;

    while (passed_ms < TIME_HOUR_MS) {
        int64_t wait_ms = slack_door_retry_ms(++failures, 0, dice);
        int64_t whole_ms =
            failures <= 6 ? TIME_SECOND_MS << (failures - 1) : TIME_MINUTE_MS;

        assert_in_range(wait_ms, whole_ms / 2, whole_ms);
        passed_ms += wait_ms;
    }
    return (int)failures;
}

/* At most every half minute, at least every minute; never given up. */
static void tries__are_rare_and_go_on__when_an_hour_fails(void **state)
{
    (void)state;
    assert_in_range(tries_of_an_hour(0), 60, 130);
    assert_in_range(tries_of_an_hour(LONG_MAX), 60, 130);
    assert_in_range(tries_of_an_hour(29999), 60, 130);
}

/* Bots that lost Slack at one moment do not come back at one. */
static void tries__are_spread__when_the_dice_differ(void **state)
{
    int64_t least_ms = slack_door_retry_ms(9, 0, 0);
    int64_t most_ms = slack_door_retry_ms(9, 0, TIME_MINUTE_MS - 1);

    (void)state;
    assert_int_equal(least_ms, 30 * TIME_SECOND_MS);
    assert_true(most_ms > 59 * TIME_SECOND_MS);
}

static void try__is_at_once__when_nothing_failed(void **state)
{
    (void)state;
    assert_int_equal(slack_door_retry_ms(0, 0, 12345), 0);
}

/* Slack's own word, from a Retry-After or a closed door, also above the ceiling. */
static void try__is_not_before__when_told_to_wait(void **state)
{
    (void)state;
    for (unsigned failures = 0; failures < 20; failures++) {
        assert_true(slack_door_retry_ms(failures, 12345, 0) >= 12345);
        assert_true(slack_door_retry_ms(failures, 5 * TIME_MINUTE_MS, 7) >=
                    5 * TIME_MINUTE_MS);
    }
}

static void try__is_within_a_minute__when_failures_are_many(void **state)
{
    (void)state;
    assert_in_range(slack_door_retry_ms(UINT_MAX, 0, 1), 30 * TIME_SECOND_MS,
                    TIME_MINUTE_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tries__are_rare_and_go_on__when_an_hour_fails),
        cmocka_unit_test(tries__are_spread__when_the_dice_differ),
        cmocka_unit_test(try__is_at_once__when_nothing_failed),
        cmocka_unit_test(try__is_not_before__when_told_to_wait),
        cmocka_unit_test(try__is_within_a_minute__when_failures_are_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
