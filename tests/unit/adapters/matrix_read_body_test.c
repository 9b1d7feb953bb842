#include "tests/unit/adapters/matrix_news.h"

/* What is read of a whole body: its token, its rooms, what becomes of each event. */
static char *read_all(const char *json)
{
    struct json_slice slice = slice_of(json), cursor = {0};
    struct matrix_body body;
    struct matrix_room_news room;
    struct text out;

    text_init(&out, arena);
    if (!matrix_read_body(arena, slice.data, slice.length_bytes, &body)) {
        free((void *)slice.data);
        return "no sync\n";
    }
    text_addf(&out, "%s\n", body.next_batch);
    while (matrix_read_room(arena, body.joined, &cursor, &room)) {
        struct json_slice event = {0};

        text_addf(&out, "%s%s %s\n", room.room, room.is_limited ? " limited" : "",
                  text_or(room.prev_batch, "-"));
        while (json_scan_next(room.timeline, &event)) {
            struct matrix_news news;

            matrix_read_event(arena, &self, ROOM, false, event, &news);
            describe(&out, &news);
        }
    }
    free((void *)slice.data);
    return out.data;
}

#define JOINED(rooms)    "{\"next_batch\":\"s2\",\"rooms\":{\"join\":{" rooms "}}}"
#define TIMELINE(events) "{\"timeline\":{\"events\":[" events "]}}"

static void body__is_read__room_by_room(void **state)
{
    (void)state;
    assert_string_equal(
        read_all(JOINED("\"!a\":{\"timeline\":{\"events\":[" TEXT("1") "," TEXT(
            "2") "],\"limited\":true,\"prev_batch\":\"p\"}},\"!b:x\":{},\"!"
                 "c\":" TIMELINE(TEXT("3")))),
        "s2\n!a limited p\nsaid " HEAD " message $e: 1\nsaid " HEAD " message $e: "
        "2\n!b:x -\n!c -\nsaid " HEAD " message $e: 3\n");
    assert_string_equal(read_all("{\"device_one_time_keys_count\":{},\"next_batch\":"
                                 "\"s3\"}"),
                        "s3\n");
}

static void body__is_none__without_token_or_grammar(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "{}",
                                      "[]",
                                      "null",
                                      "<html>",
                                      "{\"next_batch\":17}",
                                      "{\"next_batch\":\"\"}",
                                      "{\"next_batch\":\"s1\"",
                                      "{\"next_batch\":\"s1\"}}",
                                      "{\"rooms\":{\"next_batch\":\"s1\"}}"};

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_string_equal(read_all(bad[i]), "no sync\n");
    }
}

/* Bytes that are no UTF-8 spoil their character alone. */
static void body__is_read__with_a_bad_byte(void **state)
{
    (void)state;
    assert_string_equal(read_all(JOINED("\"!a\":" TIMELINE(TEXT("\xff")))),
                        "s2\n!a -\nsaid " HEAD " message $e: \xef\xbf\xbd\n");
}

/* Each row of what was tried against homeservers, in an event and in to_device. */
static void hostile_event__spoils_itself_alone__whatever_it_is(void **state)
{
    (void)state;
    static const struct {
        const char *members;
        bool is_spoilt;
    } rows[] = {
        {"\"x\":\"\\u0000\"", true},
        {"\"x\\u0000\":1", true},
        {"\"\\u0000\":{\"\\u0000\":[]}", true},
        {"\"x\":0.5", false},
        {"\"x\":9007199254740993", false},
        {"\"x\":123456789012345678901234567890", true},
        {"\"x\":1e999", true},
        {"\"x\":\"\\ud800\"", true},
        {"\"x\":\"\\udc00\\ud800\"", true},
        {"\"type\":\"m.x\",\"type\":\"m.room.message\"", false},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *members = rows[i].members;
        char *event = arena_printf(
            arena,
            "{%s,\"type\":\"m.room.message\",\"sender\":\"@ana:x.org\",\"event_id\":"
            "\"$e\",\"content\":{%s,\"msgtype\":\"m.text\",\"body\":\"hi\"}}",
            members, members);
        char *body = arena_printf(
            arena,
            "{\"to_device\":{\"events\":[{\"content\":{%s}}]},\"rooms\":{\"join\":{"
            "\"!a\":" TIMELINE("%s," TEXT("next")) "}},\"next_batch\":\"s2\"}",
            members, event);
        char *expected = arena_printf(
            arena,
            "s2\n!a -\n%ssaid $e at 0 by @ana:x.org message $e: hi\nsaid " HEAD
            " message $e: next\n",
            rows[i].is_spoilt ? "spoilt " : "");

        assert_string_equal(read_all(body), expected);
    }
}

static void hostile_body__is_read__when_nested_deeply(void **state)
{
    (void)state;
    size_t depth = 100000;
    char *nest = arena_alloc(arena, 2 * depth + 1);
    char *body;

    memset(nest, '[', depth);
    memset(nest + depth, ']', depth);
    body = arena_printf(arena,
                        "{\"to_device\":{\"events\":[{\"content\":{\"x\":%s}}]},"
                        "\"rooms\":{\"join\":{\"!a\":" TIMELINE(
                            "{\"x\":%.60000s%.60000s}," TEXT("next")) "}},\"next_"
                                                                      "batch\":\"s2\"}",
                        nest, nest, nest + 2 * depth - 60000);
    assert_string_equal(read_all(body),
                        "s2\n!a -\nspoilt odd\nsaid " HEAD " message $e: next\n");
}

/* What can't be an event of a room is set aside. */
static void slice__is_spoilt__when_no_event(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "null",
        "17",
        "\"x\"",
        "[]",
        "{}",
        "{\"type\":\"m.room.message\",\"sender\":\"@a:x\"}",
        "{\"type\":\"m.room.message\",\"event_id\":\"$e\"}",
        "{\"sender\":\"@a:x\",\"event_id\":\"$e\"}",
        "{\"type\":\"m.room.message\",\"sender\":[\"@a:x\"],\"event_id\":\"$e\"}",
    };

    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        expect(odd[i], "spoilt odd\n");
    }
    expect(arena_printf(arena, CONTENT("\"x\":\"%*d\""), (int)MATRIX_EVENT_BYTES, 1),
           "spoilt odd\n");
}

static void doubled_names__mean_the_last__and_rooms_come_twice(void **state)
{
    (void)state;
    assert_string_equal(
        read_all("{\"next_batch\":\"s1\",\"rooms\":{\"join\":{\"!a\":{}}},\"rooms\":{"
                 "\"join\":{\"!b\":{},\"!b\":{}}},\"next_batch\":\"s2\"}"),
        "s2\n!b -\n!b -\n");
}

static void room__is_passed_over__when_its_id_is_none(void **state)
{
    (void)state;
    assert_string_equal(read_all(arena_printf(arena,
                                              JOINED("\"\":{},\"%0300d\":{},\"!a\":17,"
                                                     "\"!b\":{}"),
                                              1)),
                        "s2\n!a -\n!b -\n");
}

static void state__is_the_later__when_told_both_ways(void **state)
{
    (void)state;
    const char *json =
        "{\"next_batch\":\"s\",\"rooms\":{\"join\":{\"!a\":{\"state\":{\"events\":[1]}"
        "},\"!b\":{\"state\":{\"events\":[1]},\"state_after\":{\"events\":[2]}},"
        "\"!c\":{\"org.matrix.msc4222.state_after\":{\"events\":[3]}}},\"invite\":{"
        "\"!d\":{\"invite_state\":{\"events\":[4]}}},\"leave\":{\"!e\":{\"timeline\":{"
        "\"events\":[5]}}}},\"account_data\":{\"events\":[6]}}";
    struct matrix_body body;
    struct matrix_room_news room;
    struct json_slice cursor = {0};

    assert_true(matrix_read_body(arena, json, strlen(json), &body));
    assert_int_equal(body.rooms_over, 0);
    for (int i = 1; i <= 3; i++) {
        assert_true(matrix_read_room(arena, body.joined, &cursor, &room));
        assert_int_equal(room.state.data[1], '0' + i);
        assert_int_equal(room.is_state_after, i > 1);
    }
    assert_false(matrix_read_room(arena, body.joined, &cursor, &room));
    cursor = (struct json_slice){0};
    assert_true(matrix_read_room(arena, body.invited, &cursor, &room));
    assert_int_equal(room.state.data[1], '4');
    cursor = (struct json_slice){0};
    assert_true(matrix_read_room(arena, body.left, &cursor, &room));
    assert_int_equal(room.timeline.data[1], '5');
    assert_int_equal(body.account_data.data[1], '6');
}

static size_t count_rooms(struct json_slice rooms)
{
    struct matrix_room_news room;
    struct json_slice cursor = {0};
    size_t count = 0;

    while (matrix_read_room(arena, rooms, &cursor, &room)) {
        count++;
    }
    return count;
}

static void rooms__end__at_their_limit(void **state)
{
    (void)state;
    struct matrix_body body;
    struct text json;

    text_init(&json, arena);
    text_add(&json,
             "{\"next_batch\":\"s\",\"rooms\":{\"invite\":{\"!i\":{}},\"join\":{");
    for (int i = 0; i < MATRIX_ROOMS + 7; i++) {
        text_addf(&json, "%s\"!%d\":{}", i == 0 ? "" : ",", i);
    }
    text_add(&json, "},\"leave\":{\"!l\":{}}}}");
    assert_true(matrix_read_body(arena, json.data, json.length_bytes, &body));
    assert_int_equal(count_rooms(body.left), 1);
    assert_int_equal(count_rooms(body.joined), MATRIX_ROOMS - 1);
    assert_int_equal(count_rooms(body.invited), 0);
    assert_int_equal(body.rooms_over, 9);
}

static void events__end__at_their_limit(void **state)
{
    (void)state;
    struct matrix_body body;
    struct text json;

    text_init(&json, arena);
    text_add(&json, "{\"next_batch\":\"s\",\"rooms\":{\"join\":{\"!a\":" TIMELINE(
                        "1") ",\"!b\":{\"timeline\":{\"events\":[");
    for (int i = 0; i < MATRIX_EVENTS; i++) {
        text_add(&json, i == 0 ? "1" : ",1");
    }
    text_add(&json, "]}},\"!c\":" TIMELINE("1") "}}}");
    assert_true(matrix_read_body(arena, json.data, json.length_bytes, &body));
    assert_int_equal(count_rooms(body.joined), 1);
    assert_int_equal(body.rooms_over, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(body__is_read__room_by_room),
        cmocka_unit_test(body__is_none__without_token_or_grammar),
        cmocka_unit_test(body__is_read__with_a_bad_byte),
        cmocka_unit_test(hostile_event__spoils_itself_alone__whatever_it_is),
        cmocka_unit_test(hostile_body__is_read__when_nested_deeply),
        cmocka_unit_test(slice__is_spoilt__when_no_event),
        cmocka_unit_test(doubled_names__mean_the_last__and_rooms_come_twice),
        cmocka_unit_test(room__is_passed_over__when_its_id_is_none),
        cmocka_unit_test(state__is_the_later__when_told_both_ways),
        cmocka_unit_test(rooms__end__at_their_limit),
        cmocka_unit_test(events__end__at_their_limit),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
