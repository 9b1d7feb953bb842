#include <stdint.h>

#include "bot/base/json_scan.h"
#include "tests/unit/one_arena.h"

static struct json_slice slice_of(const char *string)
{
    return (struct json_slice){.data = string, .length_bytes = strlen(string)};
}

static void assert_slice(struct json_slice slice, const char *expected)
{
    assert_non_null(slice.data);
    assert_int_equal(slice.length_bytes, strlen(expected));
    assert_memory_equal(slice.data, expected, slice.length_bytes);
}

static const char envelope[] =
    " { \"type\" : \"events_api\" , "
    "\"payload\":{\"event\":{\"ts\":\"17.5\",\"text\":\"a}\\\"],"
    "{\\\\\"},\"list\":[ 1 , [2,3] ,{\"x\":4}, \"five\" ]},\"retry\":-3,\"ok\":true,"
    "\"\":0,\"n\\u0061me\":null,\"type\":\"last\"} ";

static void member__is_found__whatever_stands_before_it(void **state)
{
    (void)state;
    struct json_slice all = slice_of(envelope);
    assert_slice(json_scan_member(all, "type"), "\"last\"");
    assert_slice(json_scan_member(all, "retry"), "-3");
    assert_slice(json_scan_member(all, "ok"), "true");
    assert_slice(json_scan_member(all, ""), "0");
    assert_slice(json_scan_member(all, "name"), "null");
    assert_null(json_scan_member(all, "typ").data);
    assert_null(json_scan_member(all, "types").data);
    assert_null(json_scan_member(all, "event").data);
    assert_null(json_scan_member(slice_of("[\"type\"]"), "type").data);
    assert_null(json_scan_member(slice_of("{}"), "type").data);
    assert_null(json_scan_member((struct json_slice){0}, "type").data);
}

static void members__come_in_one_pass__absent_ones_null(void **state)
{
    (void)state;
    const char *const names[] = {"retry", "none", "type"};
    struct json_slice found[3];
    json_scan_members(slice_of(envelope), names, 3, found);
    assert_slice(found[0], "-3");
    assert_null(found[1].data);
    assert_slice(found[2], "\"last\"");
    json_scan_members(slice_of("17"), names, 3, found);
    assert_null(found[0].data);
}

static void path__leads_inward__through_objects_only(void **state)
{
    (void)state;
    struct json_slice all = slice_of(envelope);
    assert_slice(json_scan_path(all, "payload.event.ts"), "\"17.5\"");
    assert_slice(json_scan_path(all, "payload.event.text"), "\"a}\\\"],{\\\\\"");
    assert_null(json_scan_path(all, "payload.list.0").data);
    assert_null(json_scan_path(all, "payload.none.ts").data);
    assert_null(json_scan_path(all, "retry.ts").data);
    assert_ptr_equal(json_scan_path(all, "").data, all.data);
    char name[JSON_SCAN_NAME_BYTES + 1];
    memset(name, 'n', sizeof(name));
    name[JSON_SCAN_NAME_BYTES] = '\0';
    assert_null(json_scan_path(all, name).data);
}

static void next__walks_all_values__of_an_array(void **state)
{
    (void)state;
    struct json_slice list = json_scan_path(slice_of(envelope), "payload.list");
    const char *const expected[] = {"1", "[2,3]", "{\"x\":4}", "\"five\""};
    struct json_slice cursor = {0};
    for (size_t i = 0; i < 4; i++) {
        assert_true(json_scan_next(list, &cursor));
        assert_slice(cursor, expected[i]);
    }
    assert_false(json_scan_next(list, &cursor));
    cursor = (struct json_slice){0};
    assert_false(json_scan_next(slice_of("[ ]"), &cursor));
    assert_false(json_scan_next(slice_of("{\"a\":1}"), &cursor));
    assert_false(json_scan_next((struct json_slice){0}, &cursor));
}

static void next_member__walks_all__doubled_names_as_well(void **state)
{
    (void)state;
    struct json_slice all =
        slice_of(" { \"a\" : {\"x\":[1]}, \"a\":\"}\",\"\\u0000\":2}");
    const char *const expected[][2] = {
        {"\"a\"", "{\"x\":[1]}"}, {"\"a\"", "\"}\""}, {"\"\\u0000\"", "2"}};
    struct json_slice name, value = {0};
    for (size_t i = 0; i < 3; i++) {
        assert_true(json_scan_next_member(all, &name, &value));
        assert_slice(name, expected[i][0]);
        assert_slice(value, expected[i][1]);
    }
    assert_false(json_scan_next_member(all, &name, &value));
    value = (struct json_slice){0};
    assert_false(json_scan_next_member(slice_of("{ }"), &name, &value));
    assert_false(json_scan_next_member(slice_of("[1]"), &name, &value));
    assert_false(json_scan_next_member(slice_of("{\"a\":"), &name, &value));
    assert_false(json_scan_next_member(slice_of("{1:2}"), &name, &value));
    assert_false(json_scan_next_member((struct json_slice){0}, &name, &value));
}

static void is__compares_what_is_meant__not_how_it_is_written(void **state)
{
    (void)state;
    assert_true(json_slice_is(slice_of("\"message\""), "message"));
    assert_false(json_slice_is(slice_of("\"message\""), "messag"));
    assert_false(json_slice_is(slice_of("\"message\""), "messages"));
    assert_false(json_slice_is(slice_of("\"message\""), "Message"));
    assert_true(json_slice_is(slice_of("\"\""), ""));
    assert_true(json_slice_is(slice_of("\"\\u006d\\/\\n\\ud83d\\ude00\\u00f8\""),
                              "m/\n\xF0\x9F\x98\x80\xC3\xB8"));
    assert_false(json_slice_is(slice_of("\"\\u006d\""), "n"));
    assert_false(json_slice_is(slice_of("\"a\\u0000b\""), "a"));
    assert_false(json_slice_is(slice_of("17"), "17"));
    assert_false(json_slice_is((struct json_slice){0}, ""));
}

static void text__is_decoded_and_cleaned__when_it_is_a_string(void **state)
{
    assert_string_equal(json_slice_text(*state, slice_of("\"plain h\xC3\xB8r\"")),
                        "plain h\xC3\xB8r");
    assert_string_equal(
        json_slice_text(
            *state, slice_of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u20aC\\uD83D\\uDe00\"")),
        "\"\\/\b\f\n\r\t\xE2\x82\xAC\xF0\x9F\x98\x80");
    assert_string_equal(json_slice_text(*state, slice_of("\"\"")), "");
    assert_string_equal(json_slice_text(*state, slice_of("\"a\\u0000\\ufdd0\xFF\"")),
                        "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_string_equal(
        json_slice_text(*state, slice_of("\"\\ud83dx\\ude00\\ud83d\\n\"")),
        "\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD\n");
    assert_null(json_slice_text(*state, slice_of("null")));
    assert_null(json_slice_text(*state, slice_of("\"")));
    assert_null(json_slice_text(*state, (struct json_slice){0}));
}

static void number__is_whole__and_fits(void **state)
{
    (void)state;
    int64_t number = 7;
    assert_true(json_slice_number(slice_of("-3"), &number));
    assert_int_equal(number, -3);
    assert_true(json_slice_number(slice_of("-0"), &number));
    assert_int_equal(number, 0);
    assert_true(json_slice_number(slice_of("9223372036854775807"), &number));
    assert_int_equal(number, INT64_MAX);
    assert_true(json_slice_number(slice_of("-9223372036854775808"), &number));
    assert_int_equal(number, INT64_MIN);
    number = 7;
    const char *const bad[] = {"9223372036854775808",
                               "-9223372036854775809",
                               "99999999999999999999",
                               "1.0",
                               "1e3",
                               "\"1\"",
                               "-",
                               "null",
                               ""};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(json_slice_number(slice_of(bad[i]), &number));
    }
    assert_false(json_slice_number((struct json_slice){0}, &number));
    assert_int_equal(number, 7);
}

static void flag__is_otherwise__when_it_is_none(void **state)
{
    (void)state;
    assert_true(json_slice_flag(slice_of("true"), false));
    assert_false(json_slice_flag(slice_of("false"), true));
    assert_true(json_slice_flag(slice_of("null"), true));
    assert_false(json_slice_flag(slice_of("\"true\""), false));
    assert_true(json_slice_flag((struct json_slice){0}, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(member__is_found__whatever_stands_before_it),
        cmocka_unit_test(members__come_in_one_pass__absent_ones_null),
        cmocka_unit_test(path__leads_inward__through_objects_only),
        cmocka_unit_test(next__walks_all_values__of_an_array),
        cmocka_unit_test(next_member__walks_all__doubled_names_as_well),
        cmocka_unit_test(is__compares_what_is_meant__not_how_it_is_written),
        cmocka_unit_test(text__is_decoded_and_cleaned__when_it_is_a_string),
        cmocka_unit_test(number__is_whole__and_fits),
        cmocka_unit_test(flag__is_otherwise__when_it_is_none),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
