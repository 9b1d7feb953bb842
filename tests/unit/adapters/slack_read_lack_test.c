/* Envelopes that lack a part, or hold more of one than is looked at: each is acked, and
 * what can't be told from it is not made up. */
#include "tests/unit/adapters/slack_frames.h"

#define INTERACTIVE(user, payload)                                                     \
    "{\"envelope_id\":\"e1\",\"type\":\"interactive\",\"payload\":{\"user\":{" user    \
    "},\"trigger_id\":\"t1\"," payload "}}"
#define ANA "\"id\":\"U1\",\"team_id\":\"T1\""
#define SUBMITTED(user, about, values)                                                 \
    INTERACTIVE(user, "\"type\":\"view_submission\",\"view\":{\"id\":\"V1\",\"hash\":" \
                      "\"h\",\"callback_id\":\"form\",\"private_metadata\":\"{" about  \
                      "}\",\"state\":{\"values\":{" values "}}}")
#define VERB "\\\"verb\\\":\\\"declare\\\""
#define WORD "\"1\":{\"answer\":{\"value\":\"x\"}}"

static void submission__is_nothing__when_nobody_or_no_verb_is_named(void **state)
{
    (void)state;
    expect_frame(SUBMITTED(ANA, "\\\"place\\\":\\\"C1\\\"", WORD), "e1", "");
    expect_frame(SUBMITTED("", VERB, WORD), "e1", "");
    expect_frame(INTERACTIVE("", "\"type\":\"shortcut\",\"callback_id\":\"declare\""),
                 "e1", "");
}

static void submission__lacks_an_answer__when_its_block_is_empty(void **state)
{
    (void)state;
    expect_event(SUBMITTED(ANA, VERB, "\"0\":{}," WORD),
                 "command V1:h at 1795317030000 by U1 in U1 direct: declare words x\n");
}

static void submission__is_direct__when_opened_in_a_direct_conversation(void **state)
{
    (void)state;
    expect_event(SUBMITTED(ANA, VERB ",\\\"place\\\":\\\"D1\\\"", WORD),
                 "command V1:h at 1795317030000 by U1 in D1 direct: declare words x\n");
}

#define CHANGED(now, before)                                                           \
    EVENT("{\"type\":\"message\",\"subtype\":\"message_changed\",\"channel\":\"C1\","  \
          "\"message\":{" now "},\"previous_message\":{" before "},\"ts\":\"19.1\"}")
#define WAS "\"ts\":\"17.1\",\"user\":\"U1\",\"text\":\"a\""

static void change__is_nothing__when_it_does_not_say_of_what(void **state)
{
    (void)state;
    expect_frame(CHANGED("\"user\":\"U1\",\"text\":\"b\"", WAS), "e1", "");
    expect_frame(CHANGED("\"ts\":\"17.1\",\"user\":\"U0BOT\",\"text\":\"b\"", WAS),
                 "e1", "");
    expect_frame(CHANGED("\"ts\":\"17.1\",\"user\":\"U1\"", WAS), "e1", "");
    expect_frame(CHANGED("\"subtype\":\"tombstone\"", WAS), "e1", "");
    expect_frame(CHANGED("\"ts\":\"17.1\",\"subtype\":\"tombstone\"",
                         "\"ts\":\"17.1\",\"user\":\"U0BOT\",\"text\":\"a\""),
                 "e1", "");
}

/* Whose it was Slack does not always say. */
static void deletion__is_heard__when_nobody_is_named(void **state)
{
    (void)state;
    expect_event(
        CHANGED("\"ts\":\"17.1\",\"subtype\":\"tombstone\"", "\"ts\":\"17.1\""),
        "deleted C1:17.1:gone at 1795351233000 by USLACKBOT in C1 message "
        "17.1\n");
}

static void message__is_nothing__when_it_has_no_moment(void **state)
{
    (void)state;
    expect_frame(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"a\"}"),
                 "e1", "");
    expect_frame(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
                       "\"text\":\"a\",\"ts\":17.1}"),
                 "e1", "");
}

static void happening__is_nothing__when_its_place_is_missing(void **state)
{
    (void)state;
    expect_frame(EVENT("{\"type\":\"pin_added\",\"user\":\"U1\",\"item\":{\"message\":"
                       "{\"ts\":\"17.1\"}}}"),
                 "e1", "");
    expect_frame(EVENT("{\"type\":\"channel_left\",\"actor_id\":\"U1\"}"), "e1", "");
    expect_frame(EVENT("{\"type\":\"app_home_opened\",\"tab\":\"home\"}"), "e1", "");
    expect_frame(EVENT("{\"type\":\"reaction_added\",\"reaction\":\"eyes\",\"user\":"
                       "\"U1\",\"item\":{\"type\":\"file\",\"channel\":\"C1\"}}"),
                 "e1", "");
    expect_frame(INTERACTIVE(ANA, "\"type\":\"block_actions\",\"actions\":[{\"value\":"
                                  "\"ack\"}]"),
                 "e1", "");
}

/* An id beyond what any platform gives would end up in every row about it. */
static void id__is_none__when_it_is_very_long(void **state)
{
    struct text json;

    (void)state;
    text_init(&json, arena);
    text_add(&json, "{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{"
                    "\"event_id\":\"Ev1\",\"event\":{\"type\":\"message\",\"channel\":"
                    "\"C1\",\"user\":\"U1\",\"text\":\"a\",\"ts\":\"");
    for (size_t i = 0; i <= SLACK_ID_BYTES; i++) {
        text_add(&json, "1");
    }
    text_add(&json, "\"}}}");
    expect_frame(json.data, "e1", "");
}

static void frame__is_not_acked__when_its_envelope_has_an_empty_name(void **state)
{
    (void)state;
    expect_frame("{\"envelope_id\":\"\",\"type\":\"events_api\",\"payload\":{}}", NULL,
                 "");
}

static size_t past_count(const char *json)
{
    struct slack_frame frame;
    struct json_slice message = {json, strlen(json)};

    slack_read_past(arena, &self, NOW_MS, "C1", message, &frame);
    return frame.count;
}

static void past__tells_of_comings__of_others_and_with_a_moment(void **state)
{
    (void)state;
    assert_int_equal(past_count("{\"subtype\":\"group_join\",\"user\":\"U1\","
                                "\"ts\":\"17.1\"}"),
                     1);
    assert_int_equal(past_count("{\"subtype\":\"group_leave\",\"user\":\"U1\","
                                "\"ts\":\"17.1\"}"),
                     1);
    assert_int_equal(past_count("{\"subtype\":\"channel_join\",\"user\":\"U1\"}"), 0);
    assert_int_equal(past_count("{\"subtype\":\"channel_join\",\"user\":\"U0BOT\","
                                "\"ts\":\"17.1\"}"),
                     0);
}

/* The first few of them say it as well. */
static void past__marks_a_few_times__when_many_did(void **state)
{
    struct text json;

    (void)state;
    text_init(&json, arena);
    text_add(&json, "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"x\",\"ts\":"
                    "\"17.1\",\"reactions\":[{\"name\":7,\"users\":[\"U2\"]},"
                    "{\"name\":\"pushpin\",\"users\":[\"U2\"");
    for (int i = 0; i < 30; i++) {
        text_addf(&json, ",\"U3%d\"", i);
    }
    text_add(&json, "]}]}");
    assert_int_equal(past_count(json.data), 1 + 8);
}

static const char many_parts[] =
    "{\"fallback\":\"p\"},{\"fallback\":\"p\"},{\"fallback\":\"p\"},"
    "{\"fallback\":\"p\"},{\"fallback\":\"p\"},{\"fallback\":\"p\"},"
    "{\"fallback\":\"p\"},{\"fallback\":\"p\"},{\"fallback\":\"p\"},"
    "{\"fallback\":\"p\"},{\"fallback\":\"p\"},{\"fallback\":\"p\"}";

/* Whoever attaches a thousand things is not read to the end. */
static void attachments__end__when_there_are_many(void **state)
{
    struct slack_frame frame;
    struct text json;
    size_t parts = 0;

    (void)state;
    text_init(&json, arena);
    text_add(&json, "{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{"
                    "\"event_id\":\"Ev1\",\"event\":{\"type\":\"message\",\"channel\":"
                    "\"C1\",\"subtype\":\"bot_message\",\"bot_id\":\"B7\",\"text\":"
                    "\"\",\"ts\":\"17.1\",\"attachments\":[");
    for (int i = 0; i < 20; i++) {
        text_addf(&json, "%s%s", i == 0 ? "" : ",", many_parts);
    }
    text_add(&json, "]}}}");
    read_bytes(json.data, json.length_bytes, &frame);
    assert_int_equal(frame.count, 1);
    for (const char *at = frame.events[0].text; *at != '\0'; at++) {
        parts += *at == 'p' ? 1 : 0;
    }
    assert_in_range(parts, 10, 100);
}

static void reaction__is_nothing__when_it_is_our_own(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"reaction_added\",\"user\":\"U0BOT\",\"reaction\":"
                       "\"pushpin\",\"item\":{\"type\":\"message\",\"channel\":"
                       "\"C1\",\"ts\":\"17.1\"}}"),
                 "");
}

static void file__is_nothing__when_it_has_no_id(void **state)
{
    (void)state;
    expect_event(CHANGED("\"ts\":\"17.1\",\"user\":\"U1\",\"text\":\"a\"",
                         WAS ",\"files\":[{\"name\":\"x\"}]"),
                 "");
    expect_event(CHANGED("\"ts\":\"17.1\",\"subtype\":\"tombstone\"",
                         WAS ",\"files\":[{\"name\":\"x\"}]"),
                 "deleted C1:17.1:gone at 1795351233000 by U1 in C1 message 17.1\n");
}

/* Of an alert, that stands in it twice. */
static void words__are_said_once__when_an_attachment_repeats_them(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"bot_id\":\"B7\","
                       "\"text\":\"disk full\",\"ts\":\"17.1\",\"attachments\":["
                       "{\"fallback\":\"disk full\"}]}"),
                 "said C1:17.1 at 17100 by B7 in C1 message 17.1: disk full\n");
}

/* Lines of a text, one for each block that was looked at. */
static void blocks__end__when_there_are_many(void **state)
{
    struct slack_frame frame;
    struct text json;
    size_t lines = 0;

    (void)state;
    text_init(&json, arena);
    text_add(&json, "{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{"
                    "\"event_id\":\"Ev1\",\"event\":{\"type\":\"message\",\"channel\":"
                    "\"C1\",\"bot_id\":\"B7\",\"ts\":\"17.1\",\"blocks\":[");
    for (int i = 0; i < 60; i++) {
        text_addf(&json, "%s{\"text\":{\"text\":\"%d;\"}}", i == 0 ? "" : ",", i);
    }
    text_add(&json, "]}}}");
    read_bytes(json.data, json.length_bytes, &frame);
    assert_int_equal(frame.count, 1);
    for (const char *at = frame.events[0].text; *at != '\0'; at++) {
        lines += *at == ';' ? 1 : 0;
    }
    assert_int_equal(lines, 50);
}

/* Slack takes ten files a message. More are looked at as far as there is room; the
 * message is always among what is heard. */
#define FILES 30

static const char *message_with_files(const char *begin, const char *mode,
                                      const char *end)
{
    struct text json;

    text_init(&json, arena);
    text_add(&json, begin);
    for (int i = 0; i < FILES; i++) {
        text_addf(&json, "%s{\"id\":\"F%d\"%s}", i == 0 ? "" : ",", i, mode);
    }
    text_add(&json, end);
    return json.data;
}

static void files__end__when_there_are_many(void **state)
{
    static const char past[] =
        "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"x\",\"ts\":\"17.1\","
        "\"client_msg_id\":\"c1\",\"edited\":{\"ts\":\"18.1\"},\"pinned_info\":{"
        "\"pinned_by\":\"U2\"},\"files\":[";
    static const char changed[] =
        "{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{\"event_id\":"
        "\"Ev1\",\"event\":{\"type\":\"message\",\"subtype\":\"message_changed\","
        "\"channel\":\"C1\",\"ts\":\"19.1\",\"message\":{\"ts\":\"17.1\",\"user\":"
        "\"U1\",\"text\":\"b\"},\"previous_message\":{" WAS ",\"files\":[";
    const char *json = message_with_files(past, "", "]}");
    struct slack_frame frame;

    (void)state;
    slack_read_past(arena, &self, NOW_MS, "C1", (struct json_slice){json, strlen(json)},
                    &frame);
    assert_int_equal(frame.count, SLACK_EVENTS);
    assert_int_equal(frame.events[0].kind, CHAT_SAID);
    assert_non_null(frame.events[0].gesture);
    json = message_with_files(past, ",\"mode\":\"tombstone\"", "]}");
    slack_read_past(arena, &self, NOW_MS, "C1", (struct json_slice){json, strlen(json)},
                    &frame);
    assert_int_equal(frame.count, SLACK_EVENTS);
    assert_int_equal(frame.events[1].kind, CHAT_DELETED);
    assert_null(frame.events[1].gesture);
    json = message_with_files(changed, "", "]}}}}");
    read_bytes(json, strlen(json), &frame);
    assert_int_equal(frame.count, SLACK_EVENTS);
    assert_int_equal(frame.events[0].kind, CHAT_EDITED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(submission__is_nothing__when_nobody_or_no_verb_is_named),
        cmocka_unit_test(submission__lacks_an_answer__when_its_block_is_empty),
        cmocka_unit_test(submission__is_direct__when_opened_in_a_direct_conversation),
        cmocka_unit_test(change__is_nothing__when_it_does_not_say_of_what),
        cmocka_unit_test(deletion__is_heard__when_nobody_is_named),
        cmocka_unit_test(message__is_nothing__when_it_has_no_moment),
        cmocka_unit_test(happening__is_nothing__when_its_place_is_missing),
        cmocka_unit_test(id__is_none__when_it_is_very_long),
        cmocka_unit_test(frame__is_not_acked__when_its_envelope_has_an_empty_name),
        cmocka_unit_test(past__tells_of_comings__of_others_and_with_a_moment),
        cmocka_unit_test(past__marks_a_few_times__when_many_did),
        cmocka_unit_test(attachments__end__when_there_are_many),
        cmocka_unit_test(reaction__is_nothing__when_it_is_our_own),
        cmocka_unit_test(file__is_nothing__when_it_has_no_id),
        cmocka_unit_test(words__are_said_once__when_an_attachment_repeats_them),
        cmocka_unit_test(blocks__end__when_there_are_many),
        cmocka_unit_test(files__end__when_there_are_many),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
