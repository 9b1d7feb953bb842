#include <stdint.h>

#include "tests/unit/base/stamp.h"
#include "tests/unit/one_arena.h"

static void assert_moment(void **state, int64_t at_ms, const char *stamp)
{
    assert_string_equal(time_rfc3339(*state, at_ms), stamp);
}

static int64_t join(int year, int month, int day, int hour, int minute,
                    const char *zone)
{
    struct time_parts parts = {
        .year = year, .month = month, .day = day, .hour = hour, .minute = minute};
    return time_join(&parts, zone);
}

static void zone__is_known__only_where_tzdata_has_it(void **state)
{
    (void)state;
    assert_true(time_has_zones());
    assert_true(time_zone_is_known(OSLO));
    assert_true(time_zone_is_known("UTC"));
    assert_true(time_zone_is_known("America/Argentina/Buenos_Aires"));
    assert_true(time_zone_is_known("Etc/GMT+5"));
    const char *const unknown[] = {"",
                                   "Europe",
                                   "Europe/",
                                   "Europe/Atlantis",
                                   "europe/oslo",
                                   "/usr/share/zoneinfo/Europe/Oslo",
                                   "../../../etc/passwd",
                                   "Europe/../Europe/Oslo",
                                   "zone.tab",
                                   "tzdata.zi",
                                   "Europe/Oslo ",
                                   "CET-1CEST",
                                   "<+08>-8",
                                   ":Europe/Oslo"};
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        assert_false(time_zone_is_known(unknown[i]));
    }
    assert_false(time_zone_is_known(NULL));
    char longest[300];
    memset(longest, 'a', sizeof(longest));
    longest[sizeof(longest) - 1] = '\0';
    assert_false(time_zone_is_known(longest));
}

static void split__follows_the_zone__when_zones_alternate(void **state)
{
    struct time_parts parts;
    for (int i = 0; i < 3; i++) {
        time_split(*state, at("2026-03-12T01:44:59Z"), OSLO, &parts);
        assert_int_equal(parts.hour, 2);
        assert_int_equal(parts.minute, 44);
        assert_int_equal(parts.second, 59);
        assert_int_equal(parts.weekday, 3);
        assert_int_equal(parts.offset_s, 3600);
        assert_string_equal(parts.zone, "CET");
        time_split(*state, at("2026-03-12T01:44:59Z"), NEW_YORK, &parts);
        assert_int_equal(parts.day, 11);
        assert_int_equal(parts.hour, 21);
        assert_string_equal(parts.zone, "EDT");
        time_split(NULL, at("2026-03-12T01:44:59Z"), "No/Where", &parts);
        assert_int_equal(parts.hour, 1);
        assert_null(parts.zone);
    }
}

static void split__makes_a_label__when_the_zone_has_only_numbers(void **state)
{
    const struct {
        const char *zone, *label;
    } cases[] = {{"Asia/Singapore", "UTC+8"},    {"America/Sao_Paulo", "UTC-3"},
                 {"Asia/Kathmandu", "UTC+5:45"}, {"Pacific/Marquesas", "UTC-9:30"},
                 {"Africa/Casablanca", "UTC+1"}, {"UTC", "UTC"},
                 {"Antarctica/Troll", "UTC"},    {"Asia/Tokyo", "JST"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct time_parts parts;
        time_split(*state, at("2026-01-12T12:00:00Z"), cases[i].zone, &parts);
        assert_string_equal(parts.zone, cases[i].label);
    }
}

static void split__rounds_down__before_1970_and_at_the_ends(void **state)
{
    struct time_parts parts;
    time_split(*state, -1, "UTC", &parts);
    assert_int_equal(parts.year, 1969);
    assert_int_equal(parts.second, 59);
    assert_int_equal(parts.weekday, 2);
    time_split(*state, INT64_MAX, OSLO, &parts);
    assert_int_equal(parts.year, 292278994);
    time_split(*state, TIME_NONE, OSLO, &parts);
    assert_true(parts.year < 0);
}

static void join__moves_forward__when_the_time_is_skipped(void **state)
{
    assert_moment(state, join(2026, 3, 29, 1, 59, OSLO), "2026-03-29T00:59:00Z");
    assert_moment(state, join(2026, 3, 29, 2, 0, OSLO), "2026-03-29T01:00:00Z");
    assert_moment(state, join(2026, 3, 29, 2, 30, OSLO), "2026-03-29T01:30:00Z");
    assert_string_equal(time_clock(*state, join(2026, 3, 29, 2, 30, OSLO), OSLO),
                        "03:30 CEST");
    assert_moment(state, join(2026, 3, 29, 3, 0, OSLO), "2026-03-29T01:00:00Z");
    assert_moment(state, join(2026, 3, 8, 2, 30, NEW_YORK), "2026-03-08T07:30:00Z");
    assert_moment(state, join(2026, 3, 8, 3, 0, NEW_YORK), "2026-03-08T07:00:00Z");
    /* Lord Howe skips half an hour only; Samoa skipped a whole day. */
    assert_string_equal(time_clock_bare(*state,
                                        join(2026, 10, 4, 2, 15, "Australia/Lord_Howe"),
                                        "Australia/Lord_Howe"),
                        "02:45");
    assert_moment(state, join(2011, 12, 30, 12, 0, "Pacific/Apia"),
                  "2011-12-30T22:00:00Z");
}

static void join__takes_the_first__when_the_time_is_doubled(void **state)
{
    assert_moment(state, join(2026, 10, 25, 1, 59, OSLO), "2026-10-24T23:59:00Z");
    assert_moment(state, join(2026, 10, 25, 2, 0, OSLO), "2026-10-25T00:00:00Z");
    assert_moment(state, join(2026, 10, 25, 2, 59, OSLO), "2026-10-25T00:59:00Z");
    assert_moment(state, join(2026, 10, 25, 3, 0, OSLO), "2026-10-25T02:00:00Z");
    assert_moment(state, join(2026, 11, 1, 1, 30, NEW_YORK), "2026-11-01T05:30:00Z");
    assert_moment(state, join(2026, 11, 1, 2, 0, NEW_YORK), "2026-11-01T07:00:00Z");
    assert_moment(state, join(2026, 4, 5, 1, 45, "Australia/Lord_Howe"),
                  "2026-04-04T14:45:00Z");
}

static void join__carries__when_fields_overflow(void **state)
{
    assert_moment(state, join(2026, 2, 29, 0, 0, "UTC"), "2026-03-01T00:00:00Z");
    assert_moment(state, join(2024, 2, 29, 0, 0, "UTC"), "2024-02-29T00:00:00Z");
    assert_moment(state, join(2000, 2, 29, 0, 0, "UTC"), "2000-02-29T00:00:00Z");
    assert_moment(state, join(2100, 2, 29, 0, 0, "UTC"), "2100-03-01T00:00:00Z");
    assert_moment(state, join(2026, 12, 32, 0, 0, "UTC"), "2027-01-01T00:00:00Z");
    assert_moment(state, join(2026, 13, 1, 24, 60, "UTC"), "2027-01-02T01:00:00Z");
    assert_moment(state, join(2026, 0, 0, 0, 0, "UTC"), "2025-11-30T00:00:00Z");
    assert_moment(state, join(2026, -11, 1, 0, -1, "UTC"), "2024-12-31T23:59:00Z");
    assert_moment(state, join(1970, 1, 1, 0, 0, "UTC"), "1970-01-01T00:00:00Z");
}

static void join__saturates__when_fields_are_absurd(void **state)
{
    (void)state;
    assert_true(join(INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX, OSLO) > 0);
    assert_true(join(INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN, OSLO) < 0);
}

/* Each half hour of a year, in zones with and without changes. */
static void join__undoes_split__unless_the_time_is_doubled(void **state)
{
    (void)state;
    const char *const zones[] = {OSLO, NEW_YORK, "Asia/Kathmandu",
                                 "Australia/Lord_Howe"};
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
        int64_t doubled_ms = 0;
        for (int64_t moment = at("2026-01-01T00:00:00Z");
             moment < at("2027-01-01T00:00:00Z"); moment += 30 * TIME_MINUTE_MS) {
            struct time_parts parts;
            time_split(NULL, moment, zones[i], &parts);
            int64_t joined = time_join(&parts, zones[i]);
            assert_true(joined == moment || joined == moment - TIME_HOUR_MS ||
                        joined == moment - TIME_HOUR_MS / 2);
            doubled_ms += moment - joined > 0 ? 30 * TIME_MINUTE_MS : 0;
        }
        const int64_t expected_ms[] = {TIME_HOUR_MS, TIME_HOUR_MS, 0, TIME_HOUR_MS / 2};
        assert_int_equal(doubled_ms, expected_ms[i]);
    }
}

static void next__is_after_now__over_midnight_and_changes(void **state)
{
    int64_t now_ms = at("2026-03-12T08:00:00Z");
    assert_moment(state, time_next(now_ms, OSLO, 9, 1), "2026-03-12T08:01:00Z");
    assert_moment(state, time_next(now_ms, OSLO, 9, 0), "2026-03-13T08:00:00Z");
    assert_moment(state, time_next(now_ms, OSLO, 8, 59), "2026-03-13T07:59:00Z");
    now_ms = at("2026-03-28T12:00:00Z");
    assert_moment(state, time_next(now_ms, OSLO, 9, 0), "2026-03-29T07:00:00Z");
    assert_moment(state, time_next(now_ms, OSLO, 2, 30), "2026-03-29T01:30:00Z");
    assert_moment(state, time_next(at("2026-12-31T23:30:00Z"), "UTC", 0, 0),
                  "2027-01-01T00:00:00Z");
    assert_moment(state, time_next(at("2028-02-28T10:00:00Z"), "UTC", 9, 0),
                  "2028-02-29T09:00:00Z");
}

static void working_days__skip_weekends__and_end_at_five(void **state)
{
    int64_t thursday = at("2026-03-12T01:44:00Z");
    assert_moment(state, time_add_working_days(thursday, OSLO, 0),
                  "2026-03-12T16:00:00Z");
    assert_moment(state, time_add_working_days(thursday, OSLO, 1),
                  "2026-03-13T16:00:00Z");
    assert_moment(state, time_add_working_days(thursday, OSLO, 2),
                  "2026-03-16T16:00:00Z");
    assert_moment(state, time_add_working_days(thursday, OSLO, 5),
                  "2026-03-19T16:00:00Z");
    assert_moment(state, time_add_working_days(thursday, OSLO, 12),
                  "2026-03-30T15:00:00Z");
    int64_t saturday = at("2026-03-14T10:00:00Z");
    assert_moment(state, time_add_working_days(saturday, OSLO, 1),
                  "2026-03-16T16:00:00Z");
    /* Friday evening in UTC is Saturday in Oslo. */
    assert_moment(state, time_add_working_days(at("2026-03-13T23:30:00Z"), OSLO, 1),
                  "2026-03-16T16:00:00Z");
}

static void between__goes_over_midnight__when_it_ends_earlier(void **state)
{
    (void)state;
    int64_t at_22 = at("2026-03-12T21:00:00Z"), at_8 = at("2026-03-12T07:00:00Z");
    assert_true(time_is_between(at_22, OSLO, 22, 8));
    assert_false(time_is_between(at_22 - 1, OSLO, 22, 8));
    assert_true(time_is_between(at_8 - 1, OSLO, 22, 8));
    assert_false(time_is_between(at_8, OSLO, 22, 8));
    assert_true(time_is_between(at_8, OSLO, 8, 17));
    assert_false(time_is_between(at_8 - 1, OSLO, 8, 17));
    assert_false(time_is_between(at_8, OSLO, 8, 8));
    assert_true(time_is_between(at_22, OSLO, 0, 24));
}

static void clocks__go_forward__and_are_in_this_century(void **state)
{
    (void)state;
    int64_t before = time_steady_ms();
    assert_true(time_now_ms() > at("2020-01-01T00:00:00Z"));
    assert_true(time_now_ms() < at("2100-01-01T00:00:00Z"));
    assert_true(time_steady_ms() >= before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zone__is_known__only_where_tzdata_has_it),
        cmocka_unit_test(split__follows_the_zone__when_zones_alternate),
        cmocka_unit_test(split__makes_a_label__when_the_zone_has_only_numbers),
        cmocka_unit_test(split__rounds_down__before_1970_and_at_the_ends),
        cmocka_unit_test(join__moves_forward__when_the_time_is_skipped),
        cmocka_unit_test(join__takes_the_first__when_the_time_is_doubled),
        cmocka_unit_test(join__carries__when_fields_overflow),
        cmocka_unit_test(join__saturates__when_fields_are_absurd),
        cmocka_unit_test(join__undoes_split__unless_the_time_is_doubled),
        cmocka_unit_test(next__is_after_now__over_midnight_and_changes),
        cmocka_unit_test(working_days__skip_weekends__and_end_at_five),
        cmocka_unit_test(between__goes_over_midnight__when_it_ends_earlier),
        cmocka_unit_test(clocks__go_forward__and_are_in_this_century),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
