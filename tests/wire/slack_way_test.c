/* The ways to one person alone: by the response_url they opened, as a message only they
 * see, as a direct message at last; and into a channel the bot is not in. */
#include "tests/wire/slack_state.h"

static int lines;

/* `way` NULL: Slack gives none with it. */
static void type(struct slack_peer *peer, const char *user, const char *way)
{
    const char *end = strstr(peer->wire.url, "/api/");
    const char *url = arena_printf(
        peer->config->arena, ",\"response_url\":\"%.*s/answer/%s\"",
        (int)(end - peer->wire.url), peer->wire.url, way == NULL ? "" : way);

    peer->ack_count = 0;
    slack_peer_send(
        peer, arena_printf(peer->config->arena,
                           "{\"envelope_id\":\"e2\",\"type\":\"slash_commands\","
                           "\"payload\":{\"command\":\"/incident\",\"text\":\"list\","
                           "\"user_id\":\"%s\",\"channel_id\":\"C0OPS\","
                           "\"trigger_id\":\"w%d\"%s}}",
                           user, ++lines, way == NULL ? "" : url));
    slack_peer_await(peer, slack_is_second_done);
}

static void answer__comes_as_a_message__when_its_way_is_used_up(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    for (int i = 0; i < 6; i++) {
        type(peer, "U1", i == 0 ? "1" : NULL);
    }
    assert_int_equal(peer->answer_count, 5); /* Slack takes no more */
    assert_int_equal(slack_peer_calls(peer, "chat.postEphemeral"), 1);
}

static void answer__comes_as_a_message__when_its_way_is_refused(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    type(peer, "U1", "used");
    assert_int_equal(peer->answer_count, 1);
    assert_int_equal(slack_peer_calls(peer, "chat.postEphemeral"), 1);
    assert_int_equal(slack_buried_rows(peer), 0);
}

static void answer__goes_by_no_way__when_somebody_else_opened_it(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    type(peer, "U1", "1");
    type(peer, "U2", NULL);
    assert_int_equal(peer->answer_count, 1);
    assert_int_equal(slack_peer_calls(peer, "chat.postEphemeral"), 1);
}

static void answer__is_a_direct_message__when_none_can_be_shown_there(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    slack_says(peer, "chat.postEphemeral", "user_not_in_channel", 1);
    type(peer, "U1", NULL);
    assert_string_equal(peer->posts[peer->post_count - 1].channel, "DU1");
    assert_int_equal(slack_buried_rows(peer), 0);
}

static bool is_answered(struct slack_peer *peer)
{
    return peer->answer_count > 0;
}

/* Slack does not repeat what people press. */
static void button__says_not_recorded__when_store_fails(void **state)
{
    struct slack_peer *peer = slack_declare(state);
    const char *end = strstr(peer->wire.url, "/api/");

    db_fail_after(peer->store.db, 1);
    slack_peer_send(
        peer,
        arena_printf(peer->config->arena,
                     "{\"envelope_id\":\"e2\",\"type\":\"interactive\","
                     "\"payload\":{\"type\":\"block_actions\",\"user\":{\"id\":"
                     "\"U1\"},\"container\":{\"message_ts\":\"1.1\",\"thread_ts\":"
                     "\"1.0\"},\"channel\":"
                     "{\"id\":\"C0INC1\"},\"response_url\":\"%.*s/answer/1\","
                     "\"actions\":[{\"action_id\":\"choice_3\",\"value\":\"lead\","
                     "\"action_ts\":\"1.2\"}]}}",
                     (int)(end - peer->wire.url), peer->wire.url));
    slack_peer_await(peer, is_answered);
    assert_non_null(strstr(peer->answers[0], "Not recorded, please say it again"));
    assert_non_null(strstr(peer->answers[0], "\"thread_ts\":\"1.0\""));
    assert_int_equal(slack_peer_acks(peer, "e2"), 0);
}

static void announcement__gets_out__when_the_bot_must_join_first(void **state)
{
    struct slack_peer *peer = *state;
    size_t count = 0;

    peer->fault_channel = SLACK_PEER_NEWS;
    slack_says(peer, "chat.postMessage", "not_in_channel", 1);
    slack_declare(state);
    for (size_t i = 0; i < peer->post_count; i++) {
        count += strcmp(peer->posts[i].channel, SLACK_PEER_NEWS) == 0 ? 1 : 0;
    }
    assert_int_equal(count, 1);
    assert_int_equal(slack_peer_calls(peer, "conversations.join"), 1);
    assert_int_equal(slack_buried_rows(peer), 0);
}

#define WAY_TEST(name)                                                                 \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WAY_TEST(answer__comes_as_a_message__when_its_way_is_used_up),
        WAY_TEST(answer__comes_as_a_message__when_its_way_is_refused),
        WAY_TEST(answer__goes_by_no_way__when_somebody_else_opened_it),
        WAY_TEST(answer__is_a_direct_message__when_none_can_be_shown_there),
        WAY_TEST(button__says_not_recorded__when_store_fails),
        WAY_TEST(announcement__gets_out__when_the_bot_must_join_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
