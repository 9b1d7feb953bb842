#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/slack_read.h"
#include "bot/base/text.h"

/* 2026-11-22T03:10:30Z; Slack's own times below are 1795351233, nine hours later. */
#define NOW_MS ((int64_t)1795317030000)

static struct arena *arena;
static const struct slack_self self = {.user = "U0BOT", .bot = "B0BOT", .app = "A1"};

static int arena_setup(void **state)
{
    (void)state;
    arena = arena_create();
    return 0;
}

static int arena_teardown(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static void describe(struct text *out, const struct chat_event *event)
{
    static const char *const kinds[] = {"said",      "edited",  "deleted", "reacted",
                                        "unreacted", "command", "chose",   "joined",
                                        "left",      "file",    "renamed"};

    text_addf(out, "%s %s at %lld by %s", kinds[event->kind], event->id,
              (long long)event->at_ms, event->who.id);
    text_addf(out, "%s%s%s", event->who.name == NULL ? "" : "(",
              text_or(event->who.name, ""), event->who.name == NULL ? "" : ")");
    text_addf(out, " in %s%s%s%s", event->place.channel, text_or(event->place.name, ""),
              event->place.is_direct ? " direct" : "",
              event->place.is_shared ? " shared" : "");
    text_addf(out, "%s%s", event->place.thread == NULL ? "" : " under ",
              text_or(event->place.thread, ""));
    text_addf(out, "%s%s", event->message == NULL ? "" : " message ",
              text_or(event->message, ""));
    text_addf(out, "%s%s", event->text == NULL ? "" : ": ", text_or(event->text, ""));
    text_addf(out, "%s%s", event->choice == NULL ? "" : " choice ",
              text_or(event->choice, ""));
    text_addf(out, "%s%s", event->file_name == NULL ? "" : " file ",
              text_or(event->file_name, ""));
    text_addf(out, "%s%s\n", event->file_link == NULL ? "" : " at ",
              text_or(event->file_link, ""));
}

static void read_bytes(const char *bytes, size_t length, struct slack_frame *frame)
{
    /* An own copy, exactly as long: ASan sees a read beyond. */
    char *copy = malloc(length);

    assert_non_null(copy);
    memcpy(copy, bytes, length);
    slack_read(arena, &self, NOW_MS, copy, length, frame);
    free(copy);
}

static void expect_frame(const char *json, const char *envelope, const char *events)
{
    struct slack_frame frame;
    struct text out;

    read_bytes(json, strlen(json), &frame);
    text_init(&out, arena);
    for (size_t i = 0; i < frame.count; i++) {
        describe(&out, &frame.events[i]);
    }
    assert_string_equal(out.data, events);
    if (envelope == NULL) {
        assert_null(frame.envelope);
    } else {
        assert_string_equal(frame.envelope, envelope);
    }
}

#define EVENT(inner)                                                                   \
    "{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"accepts_response_payload\":"    \
    "false,\"retry_attempt\":0,\"payload\":{\"type\":\"event_callback\","              \
    "\"event_id\":\"Ev1\",\"event_time\":1795351233,\"is_ext_shared_channel\":false,"  \
    "\"event\":" inner "}}"

static void expect_event(const char *json, const char *events)
{
    expect_frame(json, "e1", events);
}

static void message__is_said__when_plain(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"channel_type\":"
                       "\"channel\",\"user\":\"U1\",\"text\":\"db is &lt;down&gt; "
                       "&amp;amp; \\u00e9\",\"ts\":\"1795351233.000100\",\"event_ts\":"
                       "\"1795351233.000100\"}"),
                 "said C1:1795351233.000100 at 1795351233000 by U1 in C1 message "
                 "1795351233.000100: db is <down> &amp; \xc3\xa9\n");
}

static void message__keeps_thread__when_reply(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"subtype\":\"thread_broadcast\","
                       "\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"x\",\"ts\":"
                       "\"17.25\",\"thread_ts\":\"16.1\"}"),
                 "said C1:17.25 at 17250 by U1 in C1 under 16.1 message 17.25: x\n");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"x\",\"ts\":\"16.1\",\"thread_ts\":\"16.1\"}"),
                 "said C1:16.1 at 16100 by U1 in C1 message 16.1: x\n");
}

static void message__is_direct__when_im(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"D1\",\"channel_type\":"
                       "\"im\",\"user\":\"U1\",\"text\":\"list\",\"ts\":\"17.1\"}"),
                 "said D1:17.1 at 17100 by U1 in D1 direct message 17.1: list\n");
}

static void mention__is_command__when_first(void **state)
{
    (void)state;
    const char *line = "command C1:17.1 at 17100 by U1 in C1 message 17.1: lead\n";

    expect_event(EVENT("{\"type\":\"app_mention\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"<@U0BOT> lead\",\"ts\":\"17.1\"}"),
                 line);
    /* The message event of the same post has the same id, so it is heard once. */
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\" <@U0BOT|muster>: lead\",\"ts\":\"17.1\"}"),
                 line);
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"thanks <@U0BOT>\",\"ts\":\"17.1\"}"),
                 "said C1:17.1 at 17100 by U1 in C1 message 17.1: thanks <@U0BOT>\n");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"<@U0BOT>\",\"ts\":\"17.1\"}"),
                 "command C1:17.1 at 17100 by U1 in C1 message 17.1: \n");
}

static void message__is_dropped__when_our_own(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U0BOT\","
                       "\"text\":\"x\",\"ts\":\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"message\",\"subtype\":\"bot_message\",\"channel\":"
                       "\"C1\",\"bot_id\":\"B0BOT\",\"text\":\"x\",\"ts\":\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U9\","
                       "\"app_id\":\"A1\",\"text\":\"x\",\"ts\":\"17.1\"}"),
                 "");
}

static void message__is_said__when_from_another_bot(void **state)
{
    (void)state;
    expect_event(
        EVENT(
            "{\"type\":\"message\",\"subtype\":\"bot_message\",\"channel\":\"C1\","
            "\"bot_id\":\"B7\",\"username\":\"grafana\",\"text\":\"\",\"attachments\":"
            "[{\"fallback\":\"CPU &gt; 90\"},{\"text\":\"on db1\"}],\"ts\":\"17.1\"}"),
        "said C1:17.1 at 17100 by B7(grafana) in C1 message 17.1: CPU > 90\non db1\n");
}

static void message__is_ignored__when_housekeeping(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"subtype\":\"channel_topic\","
                       "\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"x\",\"ts\":"
                       "\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"message\":{\"user\":"
                       "\"U1\",\"text\":\"x\"},\"ts\":\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"x\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"team_join\",\"user\":{\"id\":\"U1\"}}"), "");
    expect_event(EVENT("[1,2]"), "");
}

static void edit__is_heard__when_text_changed(void **state)
{
    (void)state;
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"hidden\":true,"
              "\"channel\":\"C1\",\"ts\":\"18.1\",\"event_ts\":\"18.1\",\"message\":{"
              "\"user\":\"U1\",\"text\":\"new\",\"ts\":\"17.1\",\"edited\":{\"user\":"
              "\"U1\",\"ts\":\"18.5\"}},\"previous_message\":{\"user\":\"U1\",\"text\":"
              "\"old\",\"ts\":\"17.1\"}}"),
        "edited C1:17.1:18.5 at 18500 by U1 in C1 message 17.1: new\n");
    /* A link unfolded: the text is what it was. */
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":"
              "\"C1\",\"ts\":\"18.1\",\"message\":{\"user\":\"U1\",\"text\":\"old\","
              "\"ts\":\"17.1\"},\"previous_message\":{\"user\":\"U1\",\"text\":\"old\","
              "\"ts\":\"17.1\"}}"),
        "");
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":"
              "\"C1\",\"ts\":\"18.1\",\"message\":{\"user\":\"U0BOT\",\"text\":\"new\","
              "\"ts\":\"17.1\"},\"previous_message\":{\"text\":\"old\"}}"),
        "");
}

static void deletion__is_heard__when_message_deleted(void **state)
{
    (void)state;
    const char *gone = "deleted C1:17.1:gone at 18100 by U1 in C1 message 17.1\n"
                       "deleted C1:17.1:F1:gone at 18100 by U1 in C1 message 17.1:F1\n";

    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_deleted\",\"channel\":"
              "\"C1\",\"ts\":\"18.1\",\"event_ts\":\"18.1\",\"deleted_ts\":\"17.1\","
              "\"previous_message\":{\"user\":\"U1\",\"text\":\"old\",\"ts\":\"17.1\","
              "\"files\":[{\"id\":\"F1\"}]}}"),
        gone);
    /* A thread's first message leaves a tombstone. */
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":"
              "\"C1\",\"ts\":\"18.1\",\"event_ts\":\"18.1\",\"message\":{\"subtype\":"
              "\"tombstone\",\"user\":\"USLACKBOT\",\"text\":\"This message was "
              "deleted.\",\"ts\":\"17.1\"},\"previous_message\":{\"user\":\"U1\","
              "\"text\":\"old\",\"ts\":\"17.1\",\"files\":[{\"id\":\"F1\"}]}}"),
        gone);
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"message_deleted\",\"channel\":"
              "\"C1\",\"event_ts\":\"18.1\",\"deleted_ts\":\"17.1\"}"),
        "deleted C1:17.1:gone at 18100 by USLACKBOT in C1 message 17.1\n");
}

static void file__is_heard__when_shared(void **state)
{
    (void)state;
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"file_share\",\"channel\":\"C1\","
              "\"user\":\"U1\",\"text\":\"see\",\"ts\":\"17.1\",\"files\":[{\"id\":"
              "\"F1\",\"name\":\"g.png\",\"permalink\":\"https://x/F1\"},{\"id\":"
              "\"F2\"}]}"),
        "said C1:17.1 at 17100 by U1 in C1 message 17.1: see\n"
        "file C1:17.1:F1 at 17100 by U1 in C1 message 17.1:F1 file g.png at "
        "https://x/F1\n"
        "file C1:17.1:F2 at 17100 by U1 in C1 message 17.1:F2\n");
    expect_event(
        EVENT("{\"type\":\"message\",\"subtype\":\"file_share\",\"channel\":\"C1\","
              "\"user\":\"U1\",\"text\":\"\",\"ts\":\"17.1\",\"files\":[{\"id\":"
              "\"F1\",\"name\":\"g.png\"}]}"),
        "file C1:17.1:F1 at 17100 by U1 in C1 message 17.1:F1 file g.png\n");
}

static void reaction__loses_skin_tone__when_added(void **state)
{
    (void)state;
    expect_event(
        EVENT("{\"type\":\"reaction_added\",\"user\":\"U1\",\"reaction\":"
              "\"pushpin::skin-tone-2\",\"item\":{\"type\":\"message\",\"channel\":"
              "\"C1\",\"ts\":\"17.1\"},\"event_ts\":\"18.1\"}"),
        "reacted Ev1 at 18100 by U1 in C1 message 17.1: pushpin\n");
    expect_event(
        EVENT("{\"type\":\"reaction_removed\",\"user\":\"U1\",\"reaction\":\"eyes\","
              "\"item\":{\"type\":\"message\",\"channel\":\"C1\",\"ts\":\"17.1\"}}"),
        "unreacted Ev1 at 1795351233000 by U1 in C1 message 17.1: eyes\n");
    expect_event(EVENT("{\"type\":\"reaction_added\",\"user\":\"U1\",\"reaction\":"
                       "\"eyes\",\"item\":{\"type\":\"file\",\"file\":\"F1\"}}"),
                 "");
}

static void people__come_and_go__when_members_change(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"member_joined_channel\",\"user\":\"U1\","
                       "\"channel\":\"C1\",\"event_ts\":\"18.1\"}"),
                 "joined Ev1 at 18100 by U1 in C1\n");
    expect_event(EVENT("{\"type\":\"member_left_channel\",\"user\":\"U1\","
                       "\"channel\":\"C1\",\"event_ts\":\"18.1\"}"),
                 "left Ev1 at 18100 by U1 in C1\n");
    expect_event(EVENT("{\"type\":\"member_joined_channel\",\"user\":\"U0BOT\","
                       "\"channel\":\"C1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"channel_rename\",\"channel\":{\"id\":\"C1\","
                       "\"name\":\"inc-7-db\"},\"event_ts\":\"18.1\"}"),
                 "renamed Ev1 at 18100 by USLACKBOT in C1: inc-7-db\n");
}

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
    expect_frame("{\"envelope_id\":\"e4\",\"type\":\"interactive\",\"payload\":{"
                 "\"type\":\"view_submission\",\"view\":{\"id\":\"V1\"}}}",
                 "e4", "");
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
    const char *bare = "{\"type\":\"hello\"}";
    const char *bye = "{\"type\":\"disconnect\",\"reason\":\"warning\"}";

    slack_read(arena, &self, NOW_MS, hello, strlen(hello), &frame);
    assert_int_equal(frame.kind, SLACK_FRAME_HELLO);
    assert_int_equal(frame.life_s, 18060);
    assert_int_equal(frame.connections, 2);
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

    slack_read_past(arena, &self, "C1", message, &frame);
    text_init(&out, arena);
    assert_int_equal(frame.count, 1);
    describe(&out, &frame.events[0]);
    assert_string_equal(out.data,
                        "said C1:17.1 at 17100 by U1 in C1 message 17.1: x\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(message__is_said__when_plain),
        cmocka_unit_test(message__keeps_thread__when_reply),
        cmocka_unit_test(message__is_direct__when_im),
        cmocka_unit_test(mention__is_command__when_first),
        cmocka_unit_test(message__is_dropped__when_our_own),
        cmocka_unit_test(message__is_said__when_from_another_bot),
        cmocka_unit_test(message__is_ignored__when_housekeeping),
        cmocka_unit_test(edit__is_heard__when_text_changed),
        cmocka_unit_test(deletion__is_heard__when_message_deleted),
        cmocka_unit_test(file__is_heard__when_shared),
        cmocka_unit_test(reaction__loses_skin_tone__when_added),
        cmocka_unit_test(people__come_and_go__when_members_change),
        cmocka_unit_test(slash__is_command__when_typed),
        cmocka_unit_test(button__is_choice__when_pressed),
        cmocka_unit_test(frame__has_envelope__when_nothing_else_makes_sense),
        cmocka_unit_test(frame__tells_hello__when_connected),
        cmocka_unit_test(text__keeps_what_was_said__when_bytes_are_bad),
        cmocka_unit_test(text__is_cut__when_too_long),
        cmocka_unit_test(plain__is_what_was_typed__when_wrapped),
        cmocka_unit_test(moment__is_read__when_ts),
        cmocka_unit_test(past__has_the_same_id__when_read_later),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
