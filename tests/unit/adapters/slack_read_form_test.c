#include "tests/unit/adapters/slack_frames.h"

#define INTERACTIVE(payload)                                                           \
    "{\"envelope_id\":\"e1\",\"type\":\"interactive\",\"payload\":{\"user\":{\"id\":"  \
    "\"U1\",\"name\":\"ana\",\"team_id\":\"T1\"},\"trigger_id\":\"17.2.ab\"," payload  \
    "}}"

#define SUBMITTED(place, values)                                                       \
    INTERACTIVE("\"type\":\"view_submission\",\"view\":{\"id\":\"V1\",\"hash\":"       \
                "\"17.ab\",\"callback_id\":\"form\",\"private_metadata\":"             \
                "\"{\\\"verb\\\":\\\"declare\\\",\\\"place\\\":\\\"" place             \
                "\\\"}\",\"state\":{\"values\":{" values "}}}")

static void submission__is_a_line__when_filled_in(void **state)
{
    (void)state;
    /* In the order of the line, whatever Slack's is; what was left open is not there.
     */
    expect_event(
        SUBMITTED(
            "C1",
            "\"4\":{\"--private\":{\"type\":\"checkboxes\",\"selected_options\":[{"
            "\"value\":\"yes\"}]}},\"3\":{\"--suspected\":{\"type\":\"checkboxes\","
            "\"selected_options\":[]}},\"1\":{\"answer\":{\"type\":"
            "\"plain_text_input\",\"value\":\"db is down\"}},\"0\":{\"answer\":{"
            "\"type\":\"static_select\",\"selected_option\":{\"value\":\"sev2\"}}},"
            "\"2\":{\"--service\":{\"type\":\"static_select\",\"selected_option\":null"
            "}}"),
        "command V1:17.ab at 1795317030000 by U1(ana) in C1: declare sev2 --private "
        "words db is down\n");
}

static void submission__is_said_to_the_bot_alone__when_of_no_channel(void **state)
{
    (void)state;
    expect_event(SUBMITTED("", "\"1\":{\"answer\":{\"value\":\"x\"}}"),
                 "command V1:17.ab at 1795317030000 by U1(ana) in U1 direct: declare "
                 "words x\n");
}

static void form__has_a_place_for_words__when_submitted(void **state)
{
    (void)state;
    const char *json = SUBMITTED("C1", "\"1\":{\"answer\":{\"value\":\"x\"}}");
    struct slack_frame frame;

    read_bytes(json, strlen(json), &frame);
    assert_string_equal(frame.form, "1");
    assert_null(frame.events[0].trigger);
}

static void submission__is_nothing__when_odd_or_not_ours(void **state)
{
    (void)state;
    expect_event(INTERACTIVE("\"type\":\"view_submission\",\"view\":{\"id\":\"V1\"}"),
                 "");
    expect_event(INTERACTIVE("\"type\":\"view_submission\",\"view\":{\"id\":\"V1\","
                             "\"private_metadata\":\"no json\"}"),
                 "");
    expect_event(INTERACTIVE("\"type\":\"view_closed\",\"view\":{\"id\":\"V1\"}"), "");
    expect_event(INTERACTIVE("\"type\":\"shortcut\",\"callback_id\":\"other\""), "");
    expect_event("{\"envelope_id\":\"e1\",\"type\":\"interactive\",\"payload\":{"
                 "\"type\":\"shortcut\",\"callback_id\":\"declare\",\"user\":{\"id\":"
                 "\"U2\",\"team_id\":\"T9\"},\"trigger_id\":\"1\"}}",
                 "");
}

static void shortcut__is_a_bare_command__when_chosen(void **state)
{
    (void)state;
    const char *json = INTERACTIVE("\"type\":\"shortcut\",\"callback_id\":\"declare\"");
    struct slack_frame frame;

    expect_event(json, "command 17.2.ab at 1795317030000 by U1(ana) in U1 direct: \n");
    read_bytes(json, strlen(json), &frame);
    assert_string_equal(frame.events[0].trigger, "17.2.ab");
}

static void message__is_kept__when_shortcut_is_on_it(void **state)
{
    (void)state;
    const char *json = INTERACTIVE(
        "\"type\":\"message_action\",\"callback_id\":\"keep\",\"response_url\":\"https"
        "://h\",\"channel\":{\"id\":\"C1\",\"name\":\"ops\"},\"message\":{\"user\":"
        "\"U7\",\"ts\":\"17.1\",\"text\":\"a &lt; b\"}");
    struct slack_frame frame;

    expect_event(json, "kept 17.2.ab at 1795317030000 by U1(ana) in C1#ops message "
                       "17.1: a < b\n");
    read_bytes(json, strlen(json), &frame);
    assert_string_equal(frame.events[0].author.id, "U7");
    assert_int_equal(frame.events[0].said_ms, 17100);
    assert_string_equal(frame.response_url, "https://h");
}

#define KEPT(channel, message)                                                         \
    INTERACTIVE("\"type\":\"message_action\",\"callback_id\":\"keep\",\"channel\":{"   \
                "\"id\":\"C1\",\"name\":\"" channel                                    \
                "\"},\"message\":{\"ts\":\"17.1\"," message "}")

static void alert__is_kept_whole__when_another_bot_said_it(void **state)
{
    (void)state;
    const char *json =
        KEPT("privategroup", "\"bot_id\":\"B7\",\"bot_profile\":{\"name\":\"grafana\"},"
                             "\"text\":\"\",\"attachments\":[{\"fallback\":\"disk &gt; "
                             "90%\"},{\"text\":\"on db1\"}]");
    struct slack_frame frame;

    expect_event(json, "kept 17.2.ab at 1795317030000 by U1(ana) in C1 message 17.1: "
                       "disk > 90%\non db1\n");
    read_bytes(json, strlen(json), &frame);
    assert_string_equal(frame.events[0].author.id, "B7");
    assert_string_equal(frame.events[0].author.name, "grafana");
}

static void file_names__are_kept__when_nothing_was_said(void **state)
{
    (void)state;
    expect_event(KEPT("ops", "\"user\":\"U7\",\"text\":\"\",\"files\":[{\"name\":"
                             "\"graph.png\"},{\"name\":\"log.txt\"}]"),
                 "kept 17.2.ab at 1795317030000 by U1(ana) in C1#ops message 17.1: "
                 "graph.png, log.txt\n");
}

static void author__is_the_bot__when_its_own_message_is_kept(void **state)
{
    (void)state;
    const char *json = KEPT("ops", "\"user\":\"U0BOT\",\"text\":\"x\"");
    struct slack_frame frame;

    read_bytes(json, strlen(json), &frame);
    assert_null(frame.events[0].author.id);
    assert_string_equal(frame.events[0].author.name, "the bot");
}

static void page__is_visited__when_its_tab_is_opened(void **state)
{
    (void)state;
    expect_event(EVENT("{\"type\":\"app_home_opened\",\"user\":\"U1\",\"channel\":"
                       "\"D1\",\"tab\":\"home\",\"event_ts\":\"1795351233.5\"}"),
                 "visited Ev1 at 1795351233500 by U1 in U1 direct\n");
    expect_event(EVENT("{\"type\":\"app_home_opened\",\"user\":\"U1\",\"channel\":"
                       "\"D1\",\"tab\":\"messages\",\"event_ts\":\"1795351233.5\"}"),
                 "");
}

static void page__is_not_for_strangers__when_they_open_it(void **state)
{
    (void)state;
    expect_event(
        "{\"envelope_id\":\"e1\",\"type\":\"events_api\",\"payload\":{\"team_id\":"
        "\"T9\",\"event_id\":\"Ev1\",\"event\":{\"type\":\"app_home_opened\","
        "\"user\":\"U9\",\"channel\":\"D9\",\"tab\":\"home\"}}}",
        "");
}

static void button__is_of_the_bot_alone__when_on_its_page(void **state)
{
    (void)state;
    const char *json = INTERACTIVE(
        "\"type\":\"block_actions\",\"container\":{\"type\":\"view\",\"view_id\":"
        "\"V1\"},\"actions\":[{\"action_id\":\"choice_9\",\"value\":\" \","
        "\"action_ts\":\"17.5\"}]");
    struct slack_frame frame;

    expect_event(json,
                 "chose U1::choice_9:17.5 at 17500 by U1(ana) in U1 direct choice "
                 " \n");
    read_bytes(json, strlen(json), &frame);
    assert_string_equal(frame.events[0].trigger, "17.2.ab");
}

/* Of a message without words, the names of its files: ten, as Slack takes. */
static void message__is_kept_by_ten_names__when_more_files_are_said(void **state)
{
    (void)state;
    expect_event(
        KEPT("ops",
             "\"user\":\"U7\",\"text\":\"\",\"files\":[{},{\"name\":\"b\"},{},{},"
             "{},{},{},{},{},{\"name\":\"j\"},{\"name\":\"k\"}]"),
        "kept 17.2.ab at 1795317030000 by U1(ana) in C1#ops message 17.1: a file, b, a "
        "file, a file, a file, a file, a file, a file, a file, j\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(message__is_kept_by_ten_names__when_more_files_are_said),
        cmocka_unit_test(submission__is_a_line__when_filled_in),
        cmocka_unit_test(submission__is_said_to_the_bot_alone__when_of_no_channel),
        cmocka_unit_test(form__has_a_place_for_words__when_submitted),
        cmocka_unit_test(submission__is_nothing__when_odd_or_not_ours),
        cmocka_unit_test(shortcut__is_a_bare_command__when_chosen),
        cmocka_unit_test(message__is_kept__when_shortcut_is_on_it),
        cmocka_unit_test(alert__is_kept_whole__when_another_bot_said_it),
        cmocka_unit_test(file_names__are_kept__when_nothing_was_said),
        cmocka_unit_test(author__is_the_bot__when_its_own_message_is_kept),
        cmocka_unit_test(page__is_visited__when_its_tab_is_opened),
        cmocka_unit_test(page__is_not_for_strangers__when_they_open_it),
        cmocka_unit_test(button__is_of_the_bot_alone__when_on_its_page),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
