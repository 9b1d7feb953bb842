/* Days as people write them, before and behind a clock time. */
#include <stdint.h>

#include "tests/unit/base/stamp.h"
#include "tests/unit/one_arena.h"

#define SUNDAY "2026-11-22T10:11:00Z"

struct words {
    const char *words, *read; /* "STAMP|REST"; "none" */
};

static const char *read_one(void **state, const char *words, bool ahead)
{
    const char *cursor = words;
    int64_t at_ms = 0;
    bool is_day = false;
    bool is_read = ahead ? time_read_when(&cursor, "UTC", at(SUNDAY), &at_ms, &is_day)
                         : time_read(&cursor, "UTC", at(SUNDAY), false, &at_ms);
    if (!is_read) {
        assert_ptr_equal(cursor, words);
        return "none";
    }
    return arena_printf(*state, "%s%s|%s", is_day ? "day " : "",
                        time_rfc3339(*state, at_ms), cursor);
}

static void must_read(void **state, const struct words *all, size_t count, bool ahead)
{
    for (size_t i = 0; i < count; i++) {
        const char *read = read_one(state, all[i].words, ahead);
        if (strcmp(read, all[i].read) != 0) {
            fail_msg("\"%s\": %s, not %s", all[i].words, read, all[i].read);
        }
    }
}

#define MUST_READ(state, all, ahead)                                                   \
    must_read(state, all, sizeof(all) / sizeof((all)[0]), ahead)

static void day__is_the_last_one__of_what_happened(void **state)
{
    static const struct words all[] = {
        {"friday 10:05", "2026-11-20T10:05:00Z|"},
        {"on Friday at 10:05, why", "none"}, /* the mark is the caller's to take off */
        {"last fri 10:05 a deploy", "2026-11-20T10:05:00Z|a deploy"},
        {"at 10:05 on friday a deploy", "2026-11-20T10:05:00Z|a deploy"},
        {"10:05 friday", "2026-11-20T10:05:00Z|"},
        {"10:05 friday a deploy", "2026-11-22T10:05:00Z|friday a deploy"},
        {"thurs. 10:05", "2026-11-19T10:05:00Z|"},
        {"sunday 10:05", "2026-11-22T10:05:00Z|"},
        {"sunday 10:30", "2026-11-15T10:30:00Z|"},
        {"10:30 on sunday", "2026-11-15T10:30:00Z|"},
        {"last sunday 10:05", "2026-11-15T10:05:00Z|"},
        {"fridays 10:05", "none"},
        {"monitor 10:05", "none"},
        {"fr 10:05", "none"},
        {"friday", "none"},
    };
    MUST_READ(state, all, false);
}

static void day__ends_with_a_comma__or_none(void **state)
{
    static const struct words all[] = {
        {"yesterday, 10:05 a deploy", "2026-11-21T10:05:00Z|a deploy"},
        {"today, at 10:05", "2026-11-22T10:05:00Z|"},
        {"2026-11-20, 10:05", "2026-11-20T10:05:00Z|"},
        {"2026-11-20,10:05", "none"},
        {"yesterday,10:05", "none"},
    };
    MUST_READ(state, all, false);
}

static void day__may_be_a_part_of_one__of_what_happened(void **state)
{
    static const struct words all[] = {
        {"this morning 8:05", "2026-11-22T08:05:00Z|"},
        {"8:05 this morning a deploy", "2026-11-22T08:05:00Z|a deploy"},
        {"this morning at 1pm", "none"},
        {"this evening 21:00", "2026-11-22T21:00:00Z|"}, /* to come, and said so */
        {"last night 23:10", "2026-11-21T23:10:00Z|"},
        {"last night, at 11pm a deploy", "2026-11-21T23:00:00Z|a deploy"},
        {"11pm last night", "2026-11-21T23:00:00Z|"},
        {"last night 1:30", "2026-11-22T01:30:00Z|"},
        {"tonight 2:15", "2026-11-22T02:15:00Z|"},
        {"last night 11:10", "none"}, /* 23:10? */
        {"last nights 23:10", "none"},
        {"last night", "none"},
        {"yesterday evening at 21:00", "2026-11-21T21:00:00Z|"},
        {"yesterday evening 9:00", "none"},
        {"21:00 yesterday evening", "2026-11-21T21:00:00Z|"},
        {"yesterday afternoon, 14:05", "2026-11-21T14:05:00Z|"},
    };
    static const struct words ahead[] = {
        {"tomorrow morning", "day 2026-11-23T17:00:00Z|morning"},
        {"tonight 22:00", "none"},
    };
    MUST_READ(state, all, false);
    MUST_READ(state, ahead, true);
}

static void date__may_be_of_digits__with_dots(void **state)
{
    static const struct words past[] = {
        {"20.11. 10:05", "2026-11-20T10:05:00Z|"},
        {"20.11 10:05 a deploy", "2026-11-20T10:05:00Z|a deploy"},
        {"20.11., 10:05", "2026-11-20T10:05:00Z|"},
        {"20.11.2025 10:05", "2025-11-20T10:05:00Z|"},
        {"20.11.2025, at 10.05", "2025-11-20T10:05:00Z|"},
        {"Fri 20.11. 10:05", "2026-11-20T10:05:00Z|"},
        {"10:05 20.11. a deploy", "2026-11-20T10:05:00Z|a deploy"},
        {"10.05 on 20.11.2025", "2025-11-20T10:05:00Z|"},
        {"10.05 a deploy", "2026-11-22T10:05:00Z|a deploy"},
        {"20.11.25 10:05", "none"},
        {"20.13. 10:05", "none"},
        {"32.11. 10:05", "none"},
        {"20.11.", "none"},
    };
    static const struct words ahead[] = {
        {"4.12. and more", "day 2026-12-04T17:00:00Z|and more"},
        {"4.12.2027", "day 2027-12-04T17:00:00Z|"},
        {"4.12 10:05", "2026-12-04T10:05:00Z|"},
        {"4.12", "none"},
        {"5.2.10", "none"},
        {"5.2.3000", "none"},
    };
    MUST_READ(state, past, false);
    MUST_READ(state, ahead, true);
}

static void date__is_none__where_words_go_on(void **state)
{
    static const struct words all[] = {
        {"10:05 1 may help", "2026-11-22T10:05:00Z|1 may help"},
        {"10:05 1 May a deploy", "2026-05-01T10:05:00Z|a deploy"},
        {"10:05 1 may 2025", "2025-05-01T10:05:00Z|"},
        {"10:05 1 may", "2026-05-01T10:05:00Z|"},
        {"10:05 1 mar a deploy", "2026-03-01T10:05:00Z|a deploy"},
    };
    MUST_READ(state, all, false);
}

static void clock__is_read__as_other_languages_write_it(void **state)
{
    static const struct words past[] = {
        {"8:05 h a deploy", "2026-11-22T08:05:00Z|a deploy"},
        {"08:05h", "2026-11-22T08:05:00Z|"},
        {"8.05 Uhr", "2026-11-22T08:05:00Z|"},
        {"08h05 a deploy", "2026-11-22T08:05:00Z|a deploy"},
        {"yesterday 14h05", "2026-11-21T14:05:00Z|"},
        {"8 a.m. a deploy", "2026-11-22T08:00:00Z|a deploy"},
        {"8:05 P.M. yesterday", "2026-11-21T20:05:00Z|"},
        {"ca. 8:05", "2026-11-22T08:05:00Z|"},
        {"just now", "2026-11-22T10:11:00Z|"},
        {"8h05", "none"}, /* so long ago? */
        {"24h00", "none"},
        {"08h60", "none"},
        {"08h05m", "2026-11-22T02:06:00Z|"},
        {"8:05 hosts", "2026-11-22T08:05:00Z|hosts"},
        {"just nothing", "none"},
    };
    static const struct words ahead[] = {
        {"14h30", "2026-11-22T14:30:00Z|"},
        {"14:30 h", "2026-11-22T14:30:00Z|"},
        {"2 p.m.", "2026-11-22T14:00:00Z|"},
    };
    MUST_READ(state, past, false);
    MUST_READ(state, ahead, true);
}

static void span__may_be_written_in_words(void **state)
{
    static const struct words past[] = {
        {"two days ago", "2026-11-20T10:11:00Z|"},
        {"about one hour ago it hung", "2026-11-22T09:11:00Z|it hung"},
        {"twenty minutes ago", "2026-11-22T09:51:00Z|"},
        {"two minutes after it", "none"},
        {"two m ago", "none"},
        {"1.5h ago", "2026-11-22T08:41:00Z|"},
        {"half two hours ago", "none"},
        {"two pods ago", "none"},
    };
    static const struct words ahead[] = {
        {"ten minutes", "2026-11-22T10:21:00Z|"},
        {"two weeks", "2026-12-06T10:11:00Z|"},
        {"1.5h", "2026-11-22T11:41:00Z|"},
        {"1,25 hours", "2026-11-22T11:26:00Z|"},
        {"1. h", "none"},
        {"1.2.3 h", "none"},
        {"two regions", "none"},
    };
    MUST_READ(state, past, false);
    MUST_READ(state, ahead, true);
}

static void night__is_the_one_that_is_over__when_it_is_the_last(void **state)
{
    const char *cursor = "last night 21:10";
    int64_t at_ms = 0;
    assert_true(time_read(&cursor, "UTC", at("2026-11-22T23:30:00Z"), false, &at_ms));
    assert_string_equal(time_rfc3339(*state, at_ms), "2026-11-21T21:10:00Z");
    cursor = "tonight 21:10";
    assert_true(time_read(&cursor, "UTC", at("2026-11-22T23:30:00Z"), false, &at_ms));
    assert_string_equal(time_rfc3339(*state, at_ms), "2026-11-22T21:10:00Z");
}

static void date__lies_on_the_right_side_of_now__without_a_year(void **state)
{
    static const struct words past[] = {
        {"20 November 10:05", "2026-11-20T10:05:00Z|"},
        {"20. Nov at 10:05 a deploy", "2026-11-20T10:05:00Z|a deploy"},
        {"Nov 20th, 10:05", "2026-11-20T10:05:00Z|"},
        {"the 20th of November 10:05", "none"},
        {"20th of november 10:05", "2026-11-20T10:05:00Z|"},
        {"Fri 20 November, 10:05 UTC", "2026-11-20T10:05:00Z|UTC"},
        {"10:05 2026-11-20 a deploy", "2026-11-20T10:05:00Z|a deploy"},
        {"10:05 on 2026-11-20", "2026-11-20T10:05:00Z|"},
        {"10:05 2026-11-20T10", "2026-11-22T10:05:00Z|2026-11-20T10"},
        {"10:05 20 nov 2025", "2025-11-20T10:05:00Z|"},
        {"10:05 on november 20, 2025", "2025-11-20T10:05:00Z|"},
        {"10:05 20 nov 5000 nodes", "2026-11-20T10:05:00Z|5000 nodes"},
        {"22 November 10:05", "2026-11-22T10:05:00Z|"},
        {"22 November 10:30", "2026-11-22T10:30:00Z|"},
        {"23 November 10:05", "2026-11-23T10:05:00Z|"}, /* not a year ago */
        {"4 January 10:05", "2026-01-04T10:05:00Z|"},
        {"4 March 10:05", "2026-03-04T10:05:00Z|"},
        {"24 December 10:05", "2026-12-24T10:05:00Z|"},
        {"29 february 10:05", "2024-02-29T10:05:00Z|"},
        {"29 february 2025 10:05", "none"},
        {"31 november 10:05", "none"},
        {"0 november 10:05", "none"},
        {"3 marketing 10:05", "none"},
        {"20 november", "none"},
    };
    static const struct words ahead[] = {
        {"4 December", "day 2026-12-04T17:00:00Z|"},
        {"Dec 4th and more", "day 2026-12-04T17:00:00Z|and more"},
        {"Fri 4 December, 10:05", "2026-12-04T10:05:00Z|"},
        {"10:05 2026-12-04", "2026-12-04T10:05:00Z|"},
        {"10:05 on fri", "2026-11-27T10:05:00Z|"},
        {"sun", "day 2026-11-29T17:00:00Z|"},
        {"22 nov", "day 2026-11-22T17:00:00Z|"},
        {"21 nov", "day 2026-11-21T17:00:00Z|"}, /* nor in a year */
        {"21 sep", "day 2027-09-21T17:00:00Z|"},
        {"21 oct", "day 2026-10-21T17:00:00Z|"},
        {"29 february", "day 2028-02-29T17:00:00Z|"},
        {"on friday", "none"},
        {"last friday", "none"},
    };
    MUST_READ(state, past, false);
    MUST_READ(state, ahead, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day__is_the_last_one__of_what_happened),
        cmocka_unit_test(day__ends_with_a_comma__or_none),
        cmocka_unit_test(day__may_be_a_part_of_one__of_what_happened),
        cmocka_unit_test(date__may_be_of_digits__with_dots),
        cmocka_unit_test(date__is_none__where_words_go_on),
        cmocka_unit_test(clock__is_read__as_other_languages_write_it),
        cmocka_unit_test(span__may_be_written_in_words),
        cmocka_unit_test(night__is_the_one_that_is_over__when_it_is_the_last),
        cmocka_unit_test(date__lies_on_the_right_side_of_now__without_a_year),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
