#include "tests/unit/adapters/slack_frames.h"

static void slash__is_command__when_typed(void **state)
{
    (void)state;
    struct slack_frame frame;
    const char *json =
        "{\"envelope_id\":\"e2\",\"type\":\"slash_commands\",\"payload\":{\"command\":"
        "\"/incident\",\"text\":\"page <@U2|bob> &amp; <#C2|ops> <http://a.b|a.b>\","
        "\"user_id\":\"U1\",\"user_name\":\"alice\",\"channel_id\":\"C1\","
        "\"channel_name\":\"ops\",\"trigger_id\":\"1.2.ab\",\"response_url\":"
        "\"https://hooks.test/1\"}}";

    expect_frame(json, "e2",
                 "command 1.2.ab at 1795317030000 by U1(alice) in C1#ops: page <@U2> & "
                 "#ops a.b\n");
    slack_read(arena, &self, NOW_MS, json, strlen(json), &frame);
    assert_true(frame.is_slash);
    assert_string_equal(frame.response_url, "https://hooks.test/1");
    expect_frame("{\"envelope_id\":\"e2\",\"type\":\"slash_commands\",\"payload\":{"
                 "\"text\":\"\",\"user_id\":\"U1\",\"channel_id\":\"D1\","
                 "\"channel_name\":\"directmessage\",\"trigger_id\":\"t\"}}",
                 "e2", "command t at 1795317030000 by U1 in D1 direct: \n");
}

static void button__is_choice__when_pressed(void **state)
{
    (void)state;
    expect_frame(
        "{\"envelope_id\":\"e3\",\"type\":\"interactive\",\"payload\":{\"type\":"
        "\"block_actions\",\"user\":{\"id\":\"U1\",\"username\":\"alice\"},"
        "\"container\":{\"type\":\"message\",\"message_ts\":\"17.1\",\"channel_id\":"
        "\"C1\"},\"channel\":{\"id\":\"C1\",\"name\":\"ops\"},\"actions\":[{"
        "\"action_id\":\"choice_0\",\"block_id\":\"b\",\"type\":\"button\",\"value\":"
        "\"ack inc-7 2\",\"action_ts\":\"18.1\"}]}}",
        "e3",
        "chose U1:17.1:choice_0:18.1 at 18100 by U1(alice) in C1#ops message 17.1 "
        "choice ack inc-7 2\n");
    expect_frame(
        "{\"envelope_id\":\"e5\",\"type\":\"interactive\",\"payload\":{"
        "\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"container\":{"
        "\"message_ts\":\"17.1\",\"channel_id\":\"D1\"},\"actions\":[{"
        "\"action_id\":\"choice_0\",\"value\":\"ack\",\"action_ts\":\"18.1\"}]}}",
        "e5",
        "chose U1:17.1:choice_0:18.1 at 18100 by U1 in D1 direct message 17.1 "
        "choice ack\n");
    expect_frame("{\"envelope_id\":\"e4\",\"type\":\"interactive\",\"payload\":{"
                 "\"type\":\"view_submission\",\"view\":{\"id\":\"V1\"}}}",
                 "e4", "");
}

static void expect_press(const char *thread, const char *place)
{
    char frame[400], said[200];

    (void)snprintf(frame, sizeof(frame),
                   "{\"envelope_id\":\"e5\",\"type\":\"interactive\",\"payload\":{"
                   "\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},"
                   "\"container\":{\"message_ts\":\"17.1\",\"channel_id\":\"C1\","
                   "\"thread_ts\":\"%s\"},\"actions\":[{\"action_id\":\"x\","
                   "\"value\":\"ack\",\"action_ts\":\"18.1\"}]}}",
                   thread);
    (void)snprintf(said, sizeof(said),
                   "chose U1:17.1:x:18.1 at 18100 by U1 in C1%s message 17.1 "
                   "choice ack\n",
                   place);
    expect_frame(frame, "e5", said);
}

/* That others hang under a message puts it into no thread. */
static void button__is_beside_the_thread__when_on_its_first_message(void **state)
{
    (void)state;
    expect_press("16.1", " under 16.1");
    expect_press("17.1", "");
}

/* What can be pressed and is none of ours has no command line. */
static void nothing__is_chosen__when_a_press_has_no_value(void **state)
{
    static const char *const values[] = {"null", "7", "{}"};

    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        char frame[400];

        (void)snprintf(frame, sizeof(frame),
                       "{\"envelope_id\":\"e5\",\"type\":\"interactive\",\"payload\":{"
                       "\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},"
                       "\"container\":{\"message_ts\":\"17.1\",\"channel_id\":\"C1\"},"
                       "\"actions\":[{\"action_id\":\"x\",\"value\":%s}]}}",
                       values[i]);
        expect_frame(frame, "e5", "");
    }
}

static void frame__has_envelope__when_nothing_else_makes_sense(void **state)
{
    (void)state;
    expect_frame("{\"envelope_id\":\"e5\",\"type\":\"novelty\",\"payload\":7}", "e5",
                 "");
    expect_frame(
        "{\"envelope_id\":\"e6\",\"type\":\"events_api\",\"payload\":{\"type\":"
        "\"app_rate_limited\"}}",
        "e6", "");
    expect_frame("{\"envelope_id\":\"e7\",\"type\":\"events_api\",\"payload\":{\"ev",
                 "e7", "");
    expect_frame("{\"envelope_id\":\"e\\\"8\",\"type\":\"events_api\"}", NULL, "");
    expect_frame("UNAUTHENTICATED: cache_error", NULL, "");
    expect_frame("", NULL, "");
    expect_frame("[]", NULL, "");
}

static void frame__tells_hello__when_connected(void **state)
{
    (void)state;
    struct slack_frame frame;
    const char *hello = "{\"type\":\"hello\",\"num_connections\":2,\"debug_info\":{"
                        "\"host\":\"h\",\"approximate_connection_time\":18060}}";
    const char *absurd =
        "{\"type\":\"hello\",\"num_connections\":-9223372036854775808}";
    const char *bare = "{\"type\":\"hello\"}";
    const char *bye = "{\"type\":\"disconnect\",\"reason\":\"warning\"}";

    slack_read(arena, &self, NOW_MS, hello, strlen(hello), &frame);
    assert_int_equal(frame.kind, SLACK_FRAME_HELLO);
    assert_int_equal(frame.life_s, 18060);
    assert_int_equal(frame.connections, 2);
    slack_read(arena, &self, NOW_MS, absurd, strlen(absurd), &frame);
    assert_int_equal(frame.connections, 0);
    slack_read(arena, &self, NOW_MS, bare, strlen(bare), &frame);
    assert_int_equal(frame.kind, SLACK_FRAME_HELLO);
    assert_int_equal(frame.life_s, 0);
    slack_read(arena, &self, NOW_MS, bye, strlen(bye), &frame);
    assert_int_equal(frame.kind, SLACK_FRAME_DISCONNECT);
    assert_string_equal(frame.reason, "warning");
}

static void text__keeps_what_was_said__when_bytes_are_bad(void **state)
{
    (void)state;
    struct slack_frame frame;
    const char *json =
        EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\",\"text\":"
              "\"a\xff\\u0000b\xe2\x80\xaeqq\",\"ts\":\"17.1\"}");

    read_bytes(json, strlen(json), &frame);
    assert_int_equal(frame.count, 1);
    assert_string_equal(frame.events[0].text, "a\xef\xbf\xbd\xef\xbf\xbd"
                                              "b\xe2\x80\xaeqq");
}

static void text__is_cut__when_too_long(void **state)
{
    (void)state;
    struct slack_frame frame;
    struct text json;
    size_t length = SLACK_TEXT_BYTES + 1000;

    text_init(&json, arena);
    text_add(&json, "{\"envelope_id\":\"e\",\"type\":\"events_api\",\"payload\":{"
                    "\"event\":{\"type\":\"message\",\"channel\":\"C1\",\"user\":"
                    "\"U1\",\"ts\":\"17.1\",\"text\":\"");
    for (size_t i = 0; i < length / 2; i++) {
        text_add(&json, "\xc3\xa9");
    }
    text_add(&json, "\"}}}");
    read_bytes(json.data, json.length_bytes, &frame);
    assert_int_equal(frame.count, 1);
    assert_int_equal(frame.events[0].full_bytes, length);
    assert_int_equal(strlen(frame.events[0].text), SLACK_TEXT_BYTES);
}

static void plain__is_what_was_typed__when_wrapped(void **state)
{
    (void)state;
    static const struct {
        const char *wrapped, *plain;
    } cases[] = {
        {"<https://x.y/a?b&amp;c>", "https://x.y/a?b&c"},
        {"<https://x.y|x.y>", "x.y"},
        {"<https://x.y/1|the graph>", "the graph (https://x.y/1)"},
        {"<mailto:a@b.c|a@b.c>", "a@b.c"},
        {"<!here> <!subteam^S1|@shop> <!channel|channel>", "@here @shop channel"},
        {"<!date^1795351233^{time}|02:44 CET>", "02:44 CET"},
        {"<#C1> <#C1|ops> <#C1|>", "#C1 #ops #C1"},
        {"<@U1|alice> <@U2>", "<@U1> <@U2>"},
        {"a < b and c > d", "a < b and c > d"},
        {"<<<<", "<<<<"},
        {"<>", "<>"},
        {"&amp &lt;&gt &quot;", "&amp <&gt &quot;"},
        {"", ""},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_string_equal(slack_text_plain(arena, cases[i].wrapped), cases[i].plain);
    }
}

static void moment__is_read__when_ts(void **state)
{
    (void)state;
    assert_int_equal(slack_ts_ms("1795351233.000100"), 1795351233000);
    assert_int_equal(slack_ts_ms("1795351233.999900"), 1795351233999);
    assert_int_equal(slack_ts_ms("17"), 17000);
    assert_int_equal(slack_ts_ms("x"), 0);
    assert_int_equal(slack_ts_ms(""), 0);
    assert_int_equal(slack_ts_ms(NULL), 0);
    assert_int_equal(slack_ts_ms("99999999999999999999"), 999999999999000);
}

static void past__has_the_same_id__when_read_later(void **state)
{
    (void)state;
    struct slack_frame frame;
    const char *json =
        "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"x\",\"ts\":\"17.1\"}";
    struct json_slice message = {json, strlen(json)};
    struct text out;

    slack_read_past(arena, &self, NOW_MS, "C1", message, &frame);
    text_init(&out, arena);
    assert_int_equal(frame.count, 1);
    describe(&out, &frame.events[0]);
    assert_string_equal(out.data,
                        "said C1:17.1 at 17100 by U1 in C1 message 17.1: x\n");
}

/* The history says what was deleted, and when it was said; not when it was deleted. */
static void past__dates_a_deletion__when_it_left_a_tombstone(void **state)
{
    (void)state;
    struct slack_frame frame;
    const char *json = "{\"type\":\"message\",\"subtype\":\"tombstone\",\"user\":"
                       "\"USLACKBOT\",\"text\":\"This message was deleted.\",\"ts\":"
                       "\"17.1\",\"thread_ts\":\"17.1\",\"reply_count\":1}";
    struct json_slice message = {json, strlen(json)};

    slack_read_past(arena, &self, NOW_MS, "C1", message, &frame);
    assert_int_equal(frame.count, 1);
    assert_int_equal(frame.events[0].kind, CHAT_DELETED);
    assert_int_equal(frame.events[0].at_ms, NOW_MS);
    assert_int_equal(frame.events[0].said_ms, 17100);
}

/* Heard of or not: only an entry that is there is deleted, whatever else was told of
 * the same gesture. */
static void past__deletes_a_file__when_it_alone_is_gone(void **state)
{
    (void)state;
    struct slack_frame frame;
    const char *json = "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"see\",\"ts\":"
                       "\"17.1\",\"client_msg_id\":\"c1\",\"files\":[{\"id\":\"F1\","
                       "\"mode\":\"tombstone\"}]}";
    struct json_slice message = {json, strlen(json)};

    slack_read_past(arena, &self, NOW_MS, "C1", message, &frame);
    assert_int_equal(frame.count, 2);
    assert_int_equal(frame.events[1].kind, CHAT_DELETED);
    assert_string_equal(frame.events[1].message, "17.1:F1");
    assert_true(frame.events[1].is_guess);
    assert_null(frame.events[1].gesture);
}

static int64_t held_until(const char *minute)
{
    char json[300];
    struct slack_frame frame;

    snprintf(json, sizeof(json),
             "{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{\"type\":"
             "\"app_rate_limited\"%s}}",
             minute);
    read_bytes(json, strlen(json), &frame);
    assert_int_equal(frame.count, 0);
    assert_false(frame.is_odd);
    assert_string_equal(frame.envelope, "e1");
    return frame.held_until_ms;
}

/* The minute it names, else one from now on; never what a strange clock says. */
static void events__are_held__when_too_many(void **state)
{
    (void)state;
    const long long now_s = NOW_MS / 1000;
    char minute[80];

    assert_int_equal(held_until(""), NOW_MS + 60000);
    assert_int_equal(held_until(",\"minute_rate_limited\":-1"), NOW_MS + 60000);
    snprintf(minute, sizeof(minute), ",\"minute_rate_limited\":%lld", now_s - 20);
    assert_int_equal(held_until(minute), NOW_MS + 40000);
    snprintf(minute, sizeof(minute), ",\"minute_rate_limited\":%lld", now_s + 9000);
    assert_int_equal(held_until(minute), NOW_MS + 60000);
}

/* Else this test does not end. */
static void text__is_read_once__when_full_of_brackets(void **state)
{
    (void)state;
    const size_t length = (size_t)4 << 20;
    char *text = malloc(length + 2);

    assert_non_null(text);
    memset(text, '<', length);
    memcpy(text + length, ">", 2);
    assert_string_equal(slack_text_plain(arena, text), text);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slash__is_command__when_typed),
        cmocka_unit_test(button__is_choice__when_pressed),
        cmocka_unit_test(button__is_beside_the_thread__when_on_its_first_message),
        cmocka_unit_test(nothing__is_chosen__when_a_press_has_no_value),
        cmocka_unit_test(frame__has_envelope__when_nothing_else_makes_sense),
        cmocka_unit_test(frame__tells_hello__when_connected),
        cmocka_unit_test(text__keeps_what_was_said__when_bytes_are_bad),
        cmocka_unit_test(text__is_cut__when_too_long),
        cmocka_unit_test(plain__is_what_was_typed__when_wrapped),
        cmocka_unit_test(moment__is_read__when_ts),
        cmocka_unit_test(past__has_the_same_id__when_read_later),
        cmocka_unit_test(past__deletes_a_file__when_it_alone_is_gone),
        cmocka_unit_test(events__are_held__when_too_many),
        cmocka_unit_test(past__dates_a_deletion__when_it_left_a_tombstone),
        cmocka_unit_test(text__is_read_once__when_full_of_brackets),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
