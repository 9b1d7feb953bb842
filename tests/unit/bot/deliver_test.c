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
    assert_int_equal(deliver_again_ms(0, 0, 0), TIME_SECOND_MS);
    assert_int_equal(deliver_again_ms(0, 1, 0), TIME_SECOND_MS);
    assert_int_equal(deliver_again_ms(0, 2, 0), 4 * TIME_SECOND_MS);
    assert_int_equal(deliver_again_ms(0, 3, 0), 9 * TIME_SECOND_MS);
    assert_int_equal(deliver_again_ms(0, 18, 0), 5 * TIME_MINUTE_MS);
    assert_int_equal(deliver_again_ms(0, INT64_MAX, 0), 5 * TIME_MINUTE_MS);
}

/* Each "not now" of a busy platform would else make the next wait longer. */
static void wait__is_what_the_platform_asked__however_often(void **state)
{
    (void)state;
    assert_int_equal(deliver_again_ms(5000, 1, 6000), 6000);
    assert_int_equal(deliver_again_ms(5000, 9, 6000), 6000);
    assert_int_equal(deliver_again_ms(5000, 9, 60 * TIME_MINUTE_MS),
                     60 * TIME_MINUTE_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(backoff__is_quadratic__up_to_its_cap),
        cmocka_unit_test(wait__is_what_the_platform_asked__however_often),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
