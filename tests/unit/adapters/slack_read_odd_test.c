/* What Slack seldom sends, or leaves out. */
#include "tests/unit/adapters/slack_frames.h"

#define TYPED_IN_COMPANY                                                               \
    "{\"envelope_id\":\"e1\",\"type\":\"slash_commands\",\"payload\":{\"team_id\":"    \
    "\"T9\",\"is_enterprise_install\":\"true\",\"channel_id\":\"C1\","                 \
    "\"trigger_id\":\"t\",\"user_id\":\"U1\",\"text\":\"list\"}}"

/* Slack writes it as a text there, and as a flag in events. */
static void slash__is_heard__when_whole_company_has_the_app(void **state)
{
    (void)state;
    expect_frame(TYPED_IN_COMPANY, "e1",
                 "command t at 1795317030000 by U1 in C1: list\n");
}

#define SAID(text)                                                                     \
    EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"" text  \
          "\",\"ts\":\"17.1\"}")

static void mention__is_no_command__when_of_somebody_else(void **state)
{
    (void)state;
    expect_event(SAID("<@U0BOX> lead"),
                 "said C1:17.1 at 17100 by U1 in C1 message 17.1: <@U0BOX> lead\n");
    expect_event(SAID("<@U0BOTS> lead"),
                 "said C1:17.1 at 17100 by U1 in C1 message 17.1: <@U0BOTS> lead\n");
}

/* The connection may bring something before we know who we are. */
static void words__are_said__when_we_do_not_know_ourselves(void **state)
{
    (void)state;
    const struct slack_self nobody = {.user = NULL};
    const char *json = EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":"
                             "\"U1\",\"user_team\":\"T9\",\"text\":\"<@U0BOT> lead\","
                             "\"ts\":\"17.1\"}");
    struct slack_frame frame;

    slack_read(arena, &nobody, NOW_MS, json, strlen(json), &frame);
    assert_int_equal(frame.count, 1);
    assert_int_equal(frame.events[0].kind, CHAT_SAID);
    assert_string_equal(frame.events[0].who.id, "U1");
}

static void event__is_nothing__when_it_lacks_its_place_or_person(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"message\",\"user\":\"U1\",\"text\":\"a\",\"ts\":"
                       "\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"text\":\"a\","
                       "\"ts\":\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"message\",\"channel\":\"C1\",\"user\":7,"
                       "\"text\":\"a\",\"ts\":\"17.1\"}"),
                 "");
    expect_event(EVENT("{\"type\":\"reaction_added\",\"user\":\"U1\",\"item\":{"
                       "\"type\":\"message\",\"channel\":\"C1\",\"ts\":\"17.1\"}}"),
                 "");
    expect_event(EVENT("{\"type\":\"reaction_added\",\"user\":\"U1\",\"reaction\":"
                       "\"eyes\",\"item\":{\"type\":\"message\",\"ts\":\"17.1\"}}"),
                 "");
    expect_event(EVENT("{\"type\":\"member_joined_channel\",\"user\":\"U1\"}"), "");
    expect_event(EVENT("{\"type\":\"channel_rename\",\"channel\":{\"id\":\"C1\"}}"),
                 "");
    expect_event("{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{"
                 "\"event\":{\"type\":\"member_joined_channel\",\"user\":\"U1\","
                 "\"channel\":\"C1\"}}}",
                 ""); /* no id: it could not be told from its repetition */
}

/* A year that a clock of milliseconds can't hold is none. */
static void moment__is_now__when_slack_says_a_strange_one(void **state)
{
    (void)state;
    expect_event("{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{"
                 "\"event_id\":\"Ev1\",\"event_time\":1099511627776,\"event\":{"
                 "\"type\":\"member_joined_channel\",\"user\":\"U1\",\"channel\":"
                 "\"C1\"}}}",
                 "joined Ev1 at 1795317030000 by U1 in C1\n");
    expect_event("{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{"
                 "\"event_id\":\"Ev1\",\"event_time\":-5,\"event\":{"
                 "\"type\":\"member_joined_channel\",\"user\":\"U1\",\"channel\":"
                 "\"C1\"}}}",
                 "joined Ev1 at 1795317030000 by U1 in C1\n");
}

#define OURS(type)                                                                     \
    EVENT("{\"type\":\"" type "\",\"channel\":\"C1\",\"user\":\"U0BOT\","              \
          "\"actor_id\":\"U1\",\"event_ts\":\"18.1\"}")

static void we_are_removed__when_slack_says_so_in_any_way(void **state)
{
    static const char line[] = "removed Ev1 at 18100 by U1 in C1\n";

    (void)state;
    expect_event(OURS("channel_left"), line);
    expect_event(OURS("group_left"), line);
    expect_event(OURS("member_left_channel"), line);
    expect_event(EVENT("{\"type\":\"group_rename\",\"channel\":{\"id\":\"C1\","
                       "\"name\":\"inc-7-db\"},\"event_ts\":\"18.1\"}"),
                 "renamed Ev1 at 18100 by USLACKBOT in C1: inc-7-db\n");
}

/* Then the delivery must do: Slack repeats neither. */
static void command__is_known_by_its_envelope__when_it_has_no_id(void **state)
{
    (void)state;
    expect_frame("{\"envelope_id\":\"e1\",\"type\":\"slash_commands\",\"payload\":{"
                 "\"channel_id\":\"C1\",\"user_id\":\"U1\",\"text\":\"list\"}}",
                 "e1", "command e1 at 1795317030000 by U1 in C1: list\n");
    expect_frame("{\"envelope_id\":\"e1\",\"type\":\"interactive\",\"payload\":{"
                 "\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"channel\":{"
                 "\"id\":\"C1\"},\"message\":{\"ts\":\"17.1\"},\"actions\":[{"
                 "\"value\":\"ack\"}]}}",
                 "e1",
                 "chose U1:17.1::e1 at 1795317030000 by U1 in C1 message 17.1 choice "
                 "ack\n");
}

static void frame__is_not_acked__when_its_envelope_could_break_the_ack(void **state)
{
    (void)state;
    expect_frame("{\"envelope_id\":\"e\\\"1\",\"type\":\"events_api\",\"payload\":{\"e",
                 NULL, "");
    expect_frame("{\"envelope_id\":\"e1\",\"type\":\"slash_commands\"}", "e1", "");
}

/* As many as a message of Slack's can have, and marks of some; not one more. */
static void files__end__when_there_are_too_many(void **state)
{
    (void)state;
    struct slack_frame frame;
    struct text json;

    text_init(&json, arena);
    text_add(&json, "{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{"
                    "\"event\":{\"type\":\"message\",\"channel\":\"C1\",\"user\":"
                    "\"U1\",\"ts\":\"17.1\",\"text\":\"see\",\"files\":[{}");
    for (int i = 0; i < SLACK_EVENTS; i++) {
        text_addf(&json, ",{\"id\":\"F%d\"}", i);
    }
    text_add(&json, "]}}}");
    read_bytes(json.data, json.length_bytes, &frame);
    assert_int_equal(frame.count, SLACK_EVENTS);
    assert_int_equal(frame.events[0].kind, CHAT_SAID);
    assert_string_equal(frame.events[SLACK_EVENTS - 1].message, "17.1:F18");
}

#define KEPT(callback, place)                                                          \
    "{\"envelope_id\":\"e1\",\"type\":\"interactive\",\"payload\":{\"type\":"          \
    "\"message_action\",\"callback_id\":\"" callback "\",\"user\":{" place "},"        \
    "\"trigger_id\":\"t\",\"message\":{\"ts\":\"17.1\",\"user\":\"U7\",\"text\":"      \
    "\"a\"}}}"

static void message__is_not_kept__when_shortcut_is_not_ours(void **state)
{
    (void)state;
    expect_event(KEPT("other", "\"id\":\"U1\""), "");
    expect_event(KEPT("keep", ""), "");
}

static void past__marks_with_a_pin__when_others_than_we_set_it(void **state)
{
    (void)state;
    struct slack_frame frame;
    const char *json =
        "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"x\",\"ts\":\"17.1\","
        "\"reactions\":[{\"name\":\"pushpins\",\"users\":[\"U2\"]},"
        "{\"name\":\"pushpin::skin-tone-2\",\"users\":[\"U3\",\"U0BOT\",7]}]}";
    struct json_slice message = {json, strlen(json)};

    slack_read_past(arena, &self, NOW_MS, "C1", message, &frame);
    assert_int_equal(frame.count, 2);
    assert_int_equal(frame.events[1].kind, CHAT_REACTED);
    assert_string_equal(frame.events[1].who.id, "U3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slash__is_heard__when_whole_company_has_the_app),
        cmocka_unit_test(mention__is_no_command__when_of_somebody_else),
        cmocka_unit_test(words__are_said__when_we_do_not_know_ourselves),
        cmocka_unit_test(event__is_nothing__when_it_lacks_its_place_or_person),
        cmocka_unit_test(moment__is_now__when_slack_says_a_strange_one),
        cmocka_unit_test(we_are_removed__when_slack_says_so_in_any_way),
        cmocka_unit_test(command__is_known_by_its_envelope__when_it_has_no_id),
        cmocka_unit_test(frame__is_not_acked__when_its_envelope_could_break_the_ack),
        cmocka_unit_test(files__end__when_there_are_too_many),
        cmocka_unit_test(message__is_not_kept__when_shortcut_is_not_ours),
        cmocka_unit_test(past__marks_with_a_pin__when_others_than_we_set_it),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
