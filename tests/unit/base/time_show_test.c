#include <stdint.h>

#include "tests/unit/base/stamp.h"
#include "tests/unit/one_arena.h"

static void clock__shows_the_zone__of_the_moment(void **state)
{
    int64_t night = at("2026-03-12T01:44:59.999Z");
    assert_string_equal(time_clock(*state, night, "Europe/Oslo"), "02:44 CET");
    assert_string_equal(time_clock(*state, night, "America/New_York"), "21:44 EDT");
    assert_string_equal(time_clock(*state, night, "Asia/Singapore"), "09:44 UTC+8");
    assert_string_equal(time_clock(*state, night, "Europe/Atlantis"), "01:44 UTC");
    assert_string_equal(time_clock(*state, night, NULL), "01:44 UTC");
    assert_string_equal(time_clock(*state, at("2026-07-12T00:00:00Z"), "Europe/Oslo"),
                        "02:00 CEST");
    assert_string_equal(time_clock_bare(*state, night, "Europe/Oslo"), "02:44");
}

static void clock_place__names_the_place__where_the_zone_does(void **state)
{
    int64_t night = at("2026-03-12T02:31:00Z");
    assert_string_equal(time_clock_place(*state, night, "Asia/Singapore"),
                        "10:31 in Singapore");
    assert_string_equal(time_clock_place(*state, night, "America/New_York"),
                        "22:31 in New York");
    assert_string_equal(
        time_clock_place(*state, night, "America/Argentina/Buenos_Aires"),
        "23:31 in Buenos Aires");
    assert_string_equal(time_clock_place(*state, night, "UTC"), "02:31 UTC");
    assert_string_equal(time_clock_place(*state, night, "Etc/GMT+5"), "21:31 UTC-5");
    assert_string_equal(time_clock_place(*state, night, "Europe/Atlantis"),
                        "02:31 UTC");
    assert_string_equal(time_clock_place(*state, night, NULL), "02:31 UTC");
}

static void day__is_that_of_the_zone__around_midnight(void **state)
{
    int64_t late = at("2026-03-11T23:30:00Z");
    assert_string_equal(time_day(*state, late, "UTC"), "Wed 11 March");
    assert_string_equal(time_day(*state, late, "Europe/Oslo"), "Thu 12 March");
    assert_string_equal(time_day_long(*state, late, "Europe/Oslo"),
                        "Thursday 12 March 2026");
    assert_string_equal(time_day_long(*state, at("2024-02-29T12:00:00Z"), "UTC"),
                        "Thursday 29 February 2024");
    assert_string_equal(time_day(*state, at("2026-12-31T23:00:00Z"), "Europe/Oslo"),
                        "Fri 1 January");
}

static void near__adds_the_day__when_it_is_another(void **state)
{
    int64_t now = at("2026-03-12T22:30:00Z"); /* 23:30 in Oslo */
    const char *zone = "Europe/Oslo";
    assert_string_equal(time_near(*state, at("2026-03-11T23:00:00Z"), now, zone),
                        "00:00 CET");
    assert_string_equal(time_near(*state, at("2026-03-11T22:59:00Z"), now, zone),
                        "Wed 11 March, 23:59 CET");
    assert_string_equal(time_near(*state, at("2026-03-12T23:00:00Z"), now, zone),
                        "Fri 13 March, 00:00 CET");
    assert_string_equal(time_near(*state, at("2027-03-12T12:00:00Z"), now, zone),
                        "Fri 12 March 2027, 13:00 CET");
    assert_string_equal(time_near(*state, at("2026-04-12T12:00:00Z"), now, zone),
                        "Sun 12 April, 14:00 CEST");
}

static void span__has_two_units_at_most__rounded_down(void **state)
{
    const struct {
        int64_t span_ms;
        const char *shown;
    } cases[] = {
        {-5 * TIME_MINUTE_MS, "0 s"},
        {0, "0 s"},
        {999, "0 s"},
        {40 * TIME_SECOND_MS + 999, "40 s"},
        {TIME_MINUTE_MS - 1, "59 s"},
        {TIME_MINUTE_MS, "1 min"},
        {2 * TIME_MINUTE_MS + 59999, "2 min"},
        {TIME_HOUR_MS - 1, "59 min"},
        {TIME_HOUR_MS, "60 min"},
        {TIME_HOUR_MS + TIME_MINUTE_MS, "1 h 1 min"},
        {79 * TIME_MINUTE_MS, "1 h 19 min"},
        {2 * TIME_HOUR_MS, "2 h"},
        {TIME_DAY_MS - 1, "23 h 59 min"},
        {TIME_DAY_MS, "24 h"},
        {24 * TIME_HOUR_MS + 14 * TIME_MINUTE_MS, "24 h 14 min"},
        {48 * TIME_HOUR_MS, "2 d"},
        {74 * TIME_HOUR_MS, "3 d 2 h"},
        {INT64_MAX, "106751991167 d 7 h"},
        {INT64_MIN, "0 s"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_string_equal(time_span(*state, cases[i].span_ms), cases[i].shown);
    }
}

static void rfc3339__is_utc__and_exact_has_milliseconds(void **state)
{
    assert_string_equal(time_rfc3339(*state, 0), "1970-01-01T00:00:00Z");
    assert_string_equal(time_rfc3339(*state, 1795317030999), "2026-11-22T03:10:30Z");
    assert_string_equal(time_rfc3339_exact(*state, 1795317030007),
                        "2026-11-22T03:10:30.007Z");
    assert_string_equal(time_rfc3339_exact(*state, -1), "1969-12-31T23:59:59.999Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clock__shows_the_zone__of_the_moment),
        cmocka_unit_test(clock_place__names_the_place__where_the_zone_does),
        cmocka_unit_test(day__is_that_of_the_zone__around_midnight),
        cmocka_unit_test(near__adds_the_day__when_it_is_another),
        cmocka_unit_test(span__has_two_units_at_most__rounded_down),
        cmocka_unit_test(rfc3339__is_utc__and_exact_has_milliseconds),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
