#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/console_clock.h"
#include "bot/base/time.h"

/* 2026-11-22T03:10:00Z */
#define START_MS ((int64_t)1795317000000)

static int64_t take(const char *words)
{
    struct console_stamp stamp;
    struct err err;
    if (!console_stamp_take(&words, &stamp, &err)) {
        return TIME_NONE;
    }
    return stamp.has_date ? stamp.at_ms : stamp.clock_ms;
}

static void stamp__is_read__in_every_form(void **state)
{
    (void)state;
    assert_int_equal(take("2026-11-22 03:10:00 ana"), START_MS);
    assert_int_equal(take("2026-11-22 03:10 ana"), START_MS);
    assert_int_equal(take("2026-11-22T03:10:00Z ana"), START_MS);
    assert_int_equal(take("2026-11-22t03:10:00.250z\tana"), START_MS + 250);
    assert_int_equal(take("2026-11-22T04:10:00+01:00 ana"), START_MS);
    assert_int_equal(take("2026-11-21T19:40:00-07:30 ana"), START_MS);
    assert_int_equal(take("1970-01-01T00:00:00Z a"), 0);
    assert_int_equal(take("9999-12-31T23:59:59Z a"), 253402300799000);
    assert_int_equal(take("2028-02-29T00:00:00Z a"), 1835395200000);
    assert_int_equal(take("03:10 ana"), (3 * 60 + 10) * TIME_MINUTE_MS);
    assert_int_equal(take("03:10:30 ana"), (3 * 60 + 10) * TIME_MINUTE_MS + 30000);
}

static void stamp__is_refused__when_it_is_no_time(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "ana #ops> hello",
        "3:10 ana",
        "24:00 ana",
        "03:60 ana",
        "03:10",
        "03:10ana",
        "2026-11-22 ana",
        "2026-13-01 00:00:00 ana",
        "2026-02-29 00:00:00 ana",
        "2026-00-10 00:00:00 ana",
        "2026-11-22T03:10:00+1:00 ana",
        "0000-01-01T00:00:00Z ana",
        "0001-01-01T00:00:00Z ana",
        "1969-12-31T23:59:59Z ana",
        "9999-12-31T23:59:59-23:59 ana",
        "20261-11-22T03:10:00Z ana",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (take(bad[i]) != TIME_NONE) {
            fail_msg("read as a time: %s", bad[i]);
        }
    }
}

/* What a line with this time means; the clock goes on. */
static int64_t follow(struct console_clock *clock, const char *words)
{
    struct console_stamp stamp;
    struct err err;
    int64_t at_ms = TIME_NONE;
    assert_true(console_stamp_take(&words, &stamp, &err));
    return console_clock_follow(clock, &stamp, &at_ms, &err) ? at_ms : TIME_NONE;
}

static void clock__needs_a_date__at_the_first_line(void **state)
{
    (void)state;
    struct console_clock clock = {.now_ms = TIME_NONE};
    assert_int_equal(follow(&clock, "03:10 a"), TIME_NONE);
    assert_int_equal(follow(&clock, "2026-11-22 03:10:00 a"), START_MS);
    assert_int_equal(follow(&clock, "03:11 a"), START_MS + TIME_MINUTE_MS);
}

static void clock__keeps_the_offset__of_the_last_date(void **state)
{
    (void)state;
    struct console_clock clock = {.now_ms = TIME_NONE};
    assert_int_equal(follow(&clock, "2026-11-22T04:10:00+01:00 a"), START_MS);
    assert_int_equal(follow(&clock, "04:12 a"), START_MS + 2 * TIME_MINUTE_MS);
    assert_int_equal(follow(&clock, "00:30 a"),
                     START_MS + 2 * TIME_MINUTE_MS - 222 * TIME_MINUTE_MS);
    assert_int_equal(follow(&clock, "2026-11-22 03:20:00 a"),
                     START_MS + 10 * TIME_MINUTE_MS);
    assert_int_equal(follow(&clock, "03:21 a"), START_MS + 11 * TIME_MINUTE_MS);
}

static void clock__goes_over_midnight__when_a_time_is_12_hours_back(void **state)
{
    (void)state;
    struct console_clock clock = {.now_ms = TIME_NONE};
    int64_t evening_ms = follow(&clock, "2026-11-22 23:50:00 a");
    assert_int_equal(follow(&clock, "00:05 a"), evening_ms + 15 * TIME_MINUTE_MS);
    int64_t noon_ms = follow(&clock, "12:05 a");
    assert_int_equal(noon_ms, evening_ms + (12 * 60 + 15) * TIME_MINUTE_MS);
    /* 11 h 59 min back is late, 12 h back is the next day. */
    assert_int_equal(follow(&clock, "00:06 a"), noon_ms - 719 * TIME_MINUTE_MS);
    assert_int_equal(clock.now_ms, noon_ms);
    assert_int_equal(follow(&clock, "00:05 a"), noon_ms + 720 * TIME_MINUTE_MS);
}

static void clock__never_goes_back__when_a_line_is_late(void **state)
{
    (void)state;
    struct console_clock clock = {.now_ms = TIME_NONE};
    int64_t start_ms = follow(&clock, "2026-11-22 03:10:00 a");
    assert_int_equal(follow(&clock, "03:05 a"), start_ms - 5 * TIME_MINUTE_MS);
    assert_int_equal(clock.now_ms, start_ms);
    assert_int_equal(follow(&clock, "2026-11-20 03:10:00 a"),
                     start_ms - 2 * TIME_DAY_MS);
    assert_int_equal(clock.now_ms, start_ms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stamp__is_read__in_every_form),
        cmocka_unit_test(stamp__is_refused__when_it_is_no_time),
        cmocka_unit_test(clock__needs_a_date__at_the_first_line),
        cmocka_unit_test(clock__keeps_the_offset__of_the_last_date),
        cmocka_unit_test(clock__goes_over_midnight__when_a_time_is_12_hours_back),
        cmocka_unit_test(clock__never_goes_back__when_a_line_is_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
