#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bot/trend.h"

static void trend_spread_of__takes_the_middle_one__of_an_odd_number(void **state)
{
    int64_t spans[] = {9000, 1000, 4000};
    struct trend_spread spread = trend_spread_of(spans, 3);

    (void)state;
    assert_int_equal(spread.count, 3);
    assert_int_equal(spread.median_ms, 4000);
    assert_int_equal(spread.least_ms, 1000);
    assert_int_equal(spread.most_ms, 9000);
}

static void trend_spread_of__takes_the_mean_of_the_two__of_an_even_number(void **state)
{
    int64_t spans[] = {100000, 1000, 3000, 2000};
    struct trend_spread spread = trend_spread_of(spans, 4);

    (void)state;
    assert_int_equal(spread.median_ms, 2500);
    assert_int_equal(spread.most_ms, 100000);
}

static void trend_spread_of__says_nothing__of_nothing(void **state)
{
    int64_t one[] = {7000};

    (void)state;
    assert_int_equal(trend_spread_of(NULL, 0).count, 0);
    assert_int_equal(trend_spread_of(one, 1).median_ms, 7000);
    assert_int_equal(trend_spread_of(one, 1).least_ms, 7000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trend_spread_of__takes_the_middle_one__of_an_odd_number),
        cmocka_unit_test(trend_spread_of__takes_the_mean_of_the_two__of_an_even_number),
        cmocka_unit_test(trend_spread_of__says_nothing__of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
