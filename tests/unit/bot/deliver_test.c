/* When a wish is tried again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bot/base/time.h"
#include "bot/deliver.h"

static void backoff__is_quadratic__up_to_its_cap(void **state)
{
    (void)state;
    assert_int_equal(deliver_backoff_ms(0), TIME_SECOND_MS);
    assert_int_equal(deliver_backoff_ms(1), TIME_SECOND_MS);
    assert_int_equal(deliver_backoff_ms(2), 4 * TIME_SECOND_MS);
    assert_int_equal(deliver_backoff_ms(3), 9 * TIME_SECOND_MS);
    assert_int_equal(deliver_backoff_ms(18), 5 * TIME_MINUTE_MS);
    assert_int_equal(deliver_backoff_ms(INT64_MAX), 5 * TIME_MINUTE_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(backoff__is_quadratic__up_to_its_cap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
