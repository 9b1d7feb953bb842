#include <stdint.h>

#include "tests/unit/base/stamp.h"
#include "tests/unit/one_arena.h"

/* What is read from the words, and what is left of them: "STAMP|REST", or "none". */
static const char *read_time(void **state, const char *words, const char *zone,
                             const char *now, bool ahead)
{
    const char *cursor = words;
    int64_t at_ms = 0;
    if (!time_read(&cursor, zone, at(now), ahead, &at_ms)) {
        assert_ptr_equal(cursor, words);
        return "none";
    }
    return arena_printf(*state, "%s|%s", time_rfc3339(*state, at_ms), cursor);
}

/* The same of a WHEN in Oslo; a day without a time has "day " before it. */
static const char *read_when(void **state, const char *words, const char *now)
{
    const char *cursor = words;
    int64_t at_ms = 0;
    bool is_day = true;
    if (!time_read_when(&cursor, OSLO, at(now), &at_ms, &is_day)) {
        assert_ptr_equal(cursor, words);
        assert_false(is_day);
        return "none";
    }
    return arena_printf(*state, "%s%s|%s", is_day ? "day " : "",
                        time_rfc3339(*state, at_ms), cursor);
}

#define NIGHT                                                                          \
    "2026-03-12T01:44:00Z" /* Thursday 02:44 in Oslo, Wednesday in New York            \
                            */

static void read__means_the_latest_past__when_only_a_clock_is_given(void **state)
{
    assert_string_equal(read_time(state, "02:12 and more", OSLO, NIGHT, false),
                        "2026-03-12T01:12:00Z|and more");
    assert_string_equal(read_time(state, "02:44", OSLO, NIGHT, false),
                        "2026-03-12T01:44:00Z|");
    assert_string_equal(read_time(state, "02:45", OSLO, NIGHT, false),
                        "2026-03-11T01:45:00Z|");
    assert_string_equal(read_time(state, "  2:12  \tx", OSLO, NIGHT, false),
                        "2026-03-12T01:12:00Z|x");
    assert_string_equal(read_time(state, "02:12:30", OSLO, NIGHT, false),
                        "2026-03-12T01:12:30Z|");
    assert_string_equal(read_time(state, "21:00", NEW_YORK, NIGHT, false),
                        "2026-03-12T01:00:00Z|");
    assert_string_equal(read_time(state, "00:10", "UTC", "2027-01-01T00:05:00Z", false),
                        "2026-12-31T00:10:00Z|");
}

static void read__means_the_next_future__when_ahead(void **state)
{
    assert_string_equal(read_time(state, "02:45", OSLO, NIGHT, true),
                        "2026-03-12T01:45:00Z|");
    assert_string_equal(read_time(state, "02:44", OSLO, NIGHT, true),
                        "2026-03-13T01:44:00Z|");
    assert_string_equal(read_time(state, "00:00", OSLO, NIGHT, true),
                        "2026-03-12T23:00:00Z|");
    assert_string_equal(read_time(state, "00:00", "UTC", "2028-02-28T12:00:00Z", true),
                        "2028-02-29T00:00:00Z|");
    assert_string_equal(read_time(state, "tomorrow 09:00 x", OSLO, NIGHT, true),
                        "2026-03-13T08:00:00Z|x");
    assert_string_equal(read_time(state, "tomorrow 09:00", OSLO, NIGHT, false), "none");
}

static void read__follows_the_clock_change__in_both_directions(void **state)
{
    assert_string_equal(read_time(state, "02:30", OSLO, "2026-03-29T08:00:00Z", false),
                        "2026-03-29T01:30:00Z|");
    assert_string_equal(read_time(state, "02:30", OSLO, "2026-10-25T08:00:00Z", false),
                        "2026-10-25T00:30:00Z|");
    assert_string_equal(read_time(state, "2026-03-08 02:30", NEW_YORK, NIGHT, false),
                        "2026-03-08T07:30:00Z|");
    assert_string_equal(read_time(state, "2026-11-01 01:30", NEW_YORK, NIGHT, false),
                        "2026-11-01T05:30:00Z|");
    /* Yesterday is a day of the calendar, not 24 hours. */
    assert_string_equal(
        read_time(state, "yesterday 12:00", OSLO, "2026-03-29T20:00:00Z", false),
        "2026-03-28T11:00:00Z|");
}

static void read__takes_days_and_stamps__with_their_time(void **state)
{
    assert_string_equal(
        read_time(state, "yesterday 14:05 it began", OSLO, NIGHT, false),
        "2026-03-11T13:05:00Z|it began");
    assert_string_equal(read_time(state, "Yesterday  23:05", NEW_YORK, NIGHT, false),
                        "2026-03-11T03:05:00Z|");
    assert_string_equal(read_time(state, "today 14:05", OSLO, NIGHT, false),
                        "2026-03-12T13:05:00Z|");
    assert_string_equal(read_time(state, "2026-12-01 14:05 x", OSLO, NIGHT, false),
                        "2026-12-01T13:05:00Z|x");
    assert_string_equal(read_time(state, "2026-12-01T14:05:06Z x", OSLO, NIGHT, false),
                        "2026-12-01T14:05:06Z|x");
    assert_string_equal(
        read_time(state, "2026-12-01t14:05:06.5-03:30", OSLO, NIGHT, false),
        "2026-12-01T17:35:06Z|");
    assert_string_equal(read_time(state, "2024-02-29 12:00", "UTC", NIGHT, false),
                        "2024-02-29T12:00:00Z|");
}

static void read__takes_a_day__behind_its_clock_time(void **state)
{
    assert_string_equal(
        read_time(state, "14:05 yesterday it began", OSLO, NIGHT, false),
        "2026-03-11T13:05:00Z|it began");
    assert_string_equal(read_time(state, "since 1:05 today", OSLO, NIGHT, false),
                        "2026-03-12T00:05:00Z|");
    assert_string_equal(read_time(state, "09:00 tomorrow", OSLO, NIGHT, true),
                        "2026-03-13T08:00:00Z|");
    assert_string_equal(read_time(state, "now", OSLO, NIGHT, false),
                        "2026-03-12T01:44:00Z|");
}

static const char *const no_times[] = {"",
                                       " ",
                                       "nowhere",
                                       "14",
                                       "14:5",
                                       "14:055",
                                       "1:2:3",
                                       "24:00",
                                       "25:00",
                                       "14:60",
                                       "14:05:60",
                                       "-1:00",
                                       "014:05",
                                       "14:05x",
                                       "14:05,",
                                       "yesterday",
                                       "yesterday 25:00",
                                       "yesterday14:05",
                                       "yesterdays 14:05",
                                       "tomorrow",
                                       "2026-12-01",
                                       "2026-12-01 25:00",
                                       "2026-13-01 14:05",
                                       "2026-00-01 14:05",
                                       "2026-12-00 14:05",
                                       "2026-02-29 14:05",
                                       "2026-04-31 14:05",
                                       "0000-01-01 14:05",
                                       "1969-06-01 14:05",
                                       "10000-01-01 14:05",
                                       "99999-01-01 14:05",
                                       "2026-1-1 14:05",
                                       "2026-12-01T14:05:06",
                                       "2026-12-01T14:05Z",
                                       "2026-12-01T14:05:06+2",
                                       "2026-12-01T14:05:06+24:00",
                                       "2026-12-01T14:05:06.Z",
                                       "2026-12-01T24:00:00Z",
                                       "2026-12-01T9:05:06Z",
                                       "2026-12-01x14:05",
                                       "20 m of rope",
                                       "8.5",
                                       "8.500",
                                       "5.2.10",
                                       "24.10",
                                       "13pm",
                                       "0am",
                                       "8a",
                                       "8 amps",
                                       "\xC3\xB8"};

static void read__is_none__for_what_is_no_time(void **state)
{
    for (size_t i = 0; i < sizeof(no_times) / sizeof(no_times[0]); i++) {
        const char *found = read_time(state, no_times[i], "UTC", NIGHT, false);
        print_message("\"%s\" is no time\n", no_times[i]);
        assert_string_equal(found, "none");
    }
}

static void read__takes_a_clock__as_people_write_it(void **state)
{
    assert_string_equal(read_time(state, "0.50 by luck", "UTC", NIGHT, false),
                        "2026-03-12T00:50:00Z|by luck");
    assert_string_equal(read_time(state, "8:50am", "UTC", NIGHT, false),
                        "2026-03-11T08:50:00Z|");
    assert_string_equal(read_time(state, "at 8.50 PM", "UTC", NIGHT, false),
                        "2026-03-11T20:50:00Z|");
    assert_string_equal(read_time(state, "12am x", "UTC", NIGHT, false),
                        "2026-03-12T00:00:00Z|x");
    assert_string_equal(read_time(state, "yesterday 12:10pm", "UTC", NIGHT, false),
                        "2026-03-11T12:10:00Z|");
    assert_string_equal(read_time(state, "14:05 am Abend", "UTC", NIGHT, false),
                        "2026-03-11T14:05:00Z|am Abend");
    assert_string_equal(read_time(state, "8pm", "UTC", NIGHT, true),
                        "2026-03-12T20:00:00Z|");
    assert_string_equal(read_time(state, "8.50", "UTC", NIGHT, true), "none");
}

static void read__counts_back_from_now__for_what_is_so_long_ago(void **state)
{
    assert_string_equal(read_time(state, "10 min ago it hung", OSLO, NIGHT, false),
                        "2026-03-12T01:34:00Z|it hung");
    assert_string_equal(read_time(state, "1h30m ago", OSLO, NIGHT, false),
                        "2026-03-12T00:14:00Z|");
    assert_string_equal(read_time(state, "10m it hung", OSLO, NIGHT, false),
                        "2026-03-12T01:34:00Z|it hung");
    assert_string_equal(read_time(state, "10 minutes", OSLO, NIGHT, false),
                        "2026-03-12T01:34:00Z|");
    assert_string_equal(read_time(state, "3 hours late", OSLO, NIGHT, false), "none");
    assert_string_equal(read_time(state, "an hour ago it hung", OSLO, NIGHT, false),
                        "2026-03-12T00:44:00Z|it hung");
    assert_string_equal(read_time(state, "a day late", OSLO, NIGHT, false), "none");
    assert_string_equal(read_time(state, "10m", OSLO, NIGHT, true), "none");
    assert_string_equal(read_time(state, "at 02:12", OSLO, NIGHT, false),
                        "2026-03-12T01:12:00Z|");
    assert_string_equal(read_time(state, "10 min ago", OSLO, NIGHT, true), "none");
    assert_string_equal(read_time(state, "10 min agone", OSLO, NIGHT, false), "none");
    assert_string_equal(read_time(state, "around 02:12", OSLO, NIGHT, false),
                        "2026-03-12T01:12:00Z|");
    assert_string_equal(read_time(state, "at about 02:12", OSLO, NIGHT, false),
                        "2026-03-12T01:12:00Z|");
    assert_string_equal(read_time(state, "~02:12", OSLO, NIGHT, false),
                        "2026-03-12T01:12:00Z|");
    assert_string_equal(read_time(state, "about time", OSLO, NIGHT, false), "none");
    assert_string_equal(read_time(state, "at last", OSLO, NIGHT, false), "none");
}

static void read__is_none__outside_of_its_years(void **state)
{
    assert_string_equal(read_time(state, "9999-12-31 23:59:59", "UTC", NIGHT, false),
                        "9999-12-31T23:59:59Z|");
    assert_string_equal(read_time(state, "9999-12-31 23:59", NEW_YORK, NIGHT, false),
                        "none");
    assert_string_equal(read_time(state, "1970-01-01 00:00", "UTC", NIGHT, false),
                        "1970-01-01T00:00:00Z|");
    assert_string_equal(read_time(state, "1970-01-01 00:30", OSLO, NIGHT, false),
                        "none");
    assert_string_equal(read_time(state, "1969-12-31 23:30", NEW_YORK, NIGHT, false),
                        "1970-01-01T04:30:00Z|");
}

static void when__counts_from_now__for_spans(void **state)
{
    assert_string_equal(read_when(state, "20m to look", NIGHT),
                        "2026-03-12T02:04:00Z|to look");
    assert_string_equal(read_when(state, "1h30m", NIGHT), "2026-03-12T03:14:00Z|");
    assert_string_equal(read_when(state, "3d", NIGHT), "2026-03-15T01:44:00Z|");
    assert_string_equal(read_when(state, "2W", NIGHT), "2026-03-26T01:44:00Z|");
    assert_string_equal(read_when(state, "0m", NIGHT), "2026-03-12T01:44:00Z|");
    assert_string_equal(read_when(state, "20mm", NIGHT), "none");
    assert_string_equal(read_when(state, "20", NIGHT), "none");
    assert_string_equal(read_when(state, "36500d", "9950-01-01T00:00:00Z"), "none");
}

static void when__reads_spans_as_people_write_them__when_units_are_words(void **state)
{
    assert_string_equal(read_when(state, "10 min", NIGHT), "2026-03-12T01:54:00Z|");
    assert_string_equal(read_when(state, "10min please", NIGHT),
                        "2026-03-12T01:54:00Z|please");
    assert_string_equal(read_when(state, "1 Minute", NIGHT), "2026-03-12T01:45:00Z|");
    assert_string_equal(read_when(state, "1 hour 30 minutes", NIGHT),
                        "2026-03-12T03:14:00Z|");
    assert_string_equal(read_when(state, "2 hrs why x", NIGHT),
                        "2026-03-12T03:44:00Z|why x");
    assert_string_equal(read_when(state, "3 days", NIGHT), "2026-03-15T01:44:00Z|");
    assert_string_equal(read_when(state, "1 h 5 pods", NIGHT),
                        "2026-03-12T02:44:00Z|5 pods");
    assert_string_equal(read_when(state, "10 minutest", NIGHT), "none");
    assert_string_equal(read_when(state, "3 regions", NIGHT), "none");
    assert_string_equal(read_when(state, "minutes", NIGHT), "none");
    assert_string_equal(read_when(state, "an hour", NIGHT), "2026-03-12T02:44:00Z|");
    assert_string_equal(read_when(state, "half an hour please", NIGHT),
                        "2026-03-12T02:14:00Z|please");
    assert_string_equal(read_when(state, "a m", NIGHT), "none");
    assert_string_equal(read_when(state, "an", NIGHT), "none");
    assert_string_equal(read_when(state, "half hour", NIGHT), "none");
    assert_string_equal(read_when(state, "-5m", NIGHT), "none");
}

static void when__ends_the_day_at_five__when_only_a_day_is_named(void **state)
{
    assert_string_equal(read_when(state, "friday look at it", NIGHT),
                        "day 2026-03-13T16:00:00Z|look at it");
    assert_string_equal(read_when(state, "Thursday", NIGHT),
                        "day 2026-03-19T16:00:00Z|");
    assert_string_equal(read_when(state, "wednesday", NIGHT),
                        "day 2026-03-18T16:00:00Z|");
    assert_string_equal(read_when(state, "sunday", "2026-03-26T12:00:00Z"),
                        "day 2026-03-29T15:00:00Z|");
    assert_string_equal(read_when(state, "today", NIGHT), "day 2026-03-12T16:00:00Z|");
    assert_string_equal(read_when(state, "tomorrow", NIGHT),
                        "day 2026-03-13T16:00:00Z|");
    assert_string_equal(read_when(state, "2026-12-01 rest", NIGHT),
                        "day 2026-12-01T16:00:00Z|rest");
    assert_string_equal(read_when(state, "tomorrow", "2028-02-28T12:00:00Z"),
                        "day 2028-02-29T16:00:00Z|");
    assert_string_equal(read_when(state, "tomorrow", "2026-12-31T12:00:00Z"),
                        "day 2027-01-01T16:00:00Z|");
}

static void when__takes_the_time__behind_a_day(void **state)
{
    assert_string_equal(read_when(state, "friday 09:30 x", NIGHT),
                        "2026-03-13T08:30:00Z|x");
    assert_string_equal(read_when(state, "tomorrow 09:30", NIGHT),
                        "2026-03-13T08:30:00Z|");
    assert_string_equal(read_when(state, "2026-12-01 9:30", NIGHT),
                        "2026-12-01T08:30:00Z|");
    assert_string_equal(read_when(state, "14:05", NIGHT), "2026-03-12T13:05:00Z|");
    assert_string_equal(read_when(state, "2026-12-01T14:05:00+01:00", NIGHT),
                        "2026-12-01T13:05:00Z|");
    assert_string_equal(read_when(state, "friday 25:00", NIGHT), "none");
    assert_string_equal(read_when(state, "2026-12-01 14:65", NIGHT), "none");
    assert_string_equal(read_when(state, "fridays", NIGHT), "none");
    assert_string_equal(read_when(state, "2026-12-011", NIGHT), "none");
    assert_string_equal(read_when(state, "2026-02-30", NIGHT), "none");
    assert_string_equal(read_when(state, "soon", NIGHT), "none");
}

static void span__is_the_whole_string__in_falling_units(void **state)
{
    (void)state;
    int64_t span_ms = -7;
    assert_true(time_read_span("90s", &span_ms));
    assert_int_equal(span_ms, 90 * TIME_SECOND_MS);
    assert_true(time_read_span("1h30m", &span_ms));
    assert_int_equal(span_ms, 90 * TIME_MINUTE_MS);
    assert_true(time_read_span("1w2d3h4m5s", &span_ms));
    assert_int_equal(span_ms, 9 * TIME_DAY_MS + 3 * TIME_HOUR_MS + 4 * TIME_MINUTE_MS +
                                  5 * TIME_SECOND_MS);
    assert_true(time_read_span("36500d", &span_ms));
    span_ms = -7;
    const char *const bad[] = {
        "",       "m",          "20",          "20 m",
        "20m ",   " 20m",       "30m1h",       "1h1h",
        "1.5h",   "-20m",       "20x",         "1h30",
        "36501d", "999999999w", "9999999999s", "99999999999999999999s",
        "0d1"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        print_message("\"%s\" is no span\n", bad[i]);
        assert_false(time_read_span(bad[i], &span_ms));
    }
    assert_int_equal(span_ms, -7);
}

static void stamp__is_the_whole_string__with_its_zone(void **state)
{
    assert_string_equal(time_rfc3339_exact(*state, at("2026-11-22T03:10:30.1239Z")),
                        "2026-11-22T03:10:30.123Z");
    assert_int_equal(at("2026-11-22T03:10:30.5Z") - at("2026-11-22T03:10:30Z"), 500);
    assert_int_equal(at("2026-11-22T03:10:00+02:00"), at("2026-11-22T01:10:00z"));
    assert_int_equal(at("2026-11-22T03:10:00-00:00"), at("2026-11-22T03:10:00Z"));
    assert_int_equal(at("2026-11-22 03:10:00"), at("2026-11-22T03:10:00Z"));
    assert_int_equal(at("2016-12-31T23:59:60Z"), at("2017-01-01T00:00:00Z"));
    assert_int_equal(at("1969-12-31T23:00:00-01:00"), 0);
    const char *const bad[] = {"",
                               "2026-11-22",
                               "2026-11-22 03:10",
                               "2026-11-22 3:10:00",
                               "2026-11-22 03:10:00Z",
                               "2026-11-22T03:10:00",
                               "2026-11-22T03:10:00Zx",
                               " 2026-11-22T03:10:00Z",
                               "2026-11-22T03:10:61Z",
                               "2026-11-31T03:10:00Z",
                               "1969-12-31T23:59:59Z",
                               "9999-12-31T23:59:59-00:01",
                               "0000-01-01T00:00:00Z"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        int64_t at_ms = -7;
        print_message("\"%s\" is no stamp\n", bad[i]);
        assert_false(time_read_stamp(bad[i], &at_ms));
        assert_int_equal(at_ms, -7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read__means_the_latest_past__when_only_a_clock_is_given),
        cmocka_unit_test(read__means_the_next_future__when_ahead),
        cmocka_unit_test(read__follows_the_clock_change__in_both_directions),
        cmocka_unit_test(read__takes_days_and_stamps__with_their_time),
        cmocka_unit_test(read__takes_a_day__behind_its_clock_time),
        cmocka_unit_test(read__is_none__for_what_is_no_time),
        cmocka_unit_test(read__takes_a_clock__as_people_write_it),
        cmocka_unit_test(read__counts_back_from_now__for_what_is_so_long_ago),
        cmocka_unit_test(read__is_none__outside_of_its_years),
        cmocka_unit_test(when__counts_from_now__for_spans),
        cmocka_unit_test(when__reads_spans_as_people_write_them__when_units_are_words),
        cmocka_unit_test(when__ends_the_day_at_five__when_only_a_day_is_named),
        cmocka_unit_test(when__takes_the_time__behind_a_day),
        cmocka_unit_test(span__is_the_whole_string__in_falling_units),
        cmocka_unit_test(stamp__is_the_whole_string__with_its_zone),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
