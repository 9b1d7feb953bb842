/* What Slack does not allow: who waits for it hears it all the same, and hears why. */
#include "tests/wire/slack_state.h"

/* Typed in C0OPS, with a way back. */
static void ask_status(struct slack_peer *peer)
{
    char json[500];

    snprintf(json, sizeof(json),
             "{\"envelope_id\":\"e2\",\"type\":\"slash_commands\",\"payload\":{"
             "\"command\":\"/incident\",\"text\":\"status inc-1\",\"user_id\":\"U1\","
             "\"user_name\":\"alice\",\"channel_id\":\"C0OPS\",\"trigger_id\":\"t2\","
             "\"response_url\":\"%.*s/answer/1\"}}",
             (int)(strstr(peer->wire.url, "/api/") - peer->wire.url), peer->wire.url);
    slack_peer_send(peer, json);
    slack_peer_await(peer, slack_is_second_done);
}

static void answer__comes_to_who_asked__when_nothing_can_be_posted(void **state)
{
    static const char *const errors[] = {"channel_not_found", "restricted_action",
                                         "is_archived", "not_in_channel"};
    struct slack_peer *peer = slack_declare(state);

    peer->fault_channel = "C0OPS";
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        size_t before = peer->post_count;

        peer->ack_count = 0;
        slack_says(peer, "chat.postMessage", errors[i], 2);
        slack_peer_slash(peer, "e2", errors[i], "status inc-1");
        slack_peer_await(peer, slack_is_second_done);
        assert_int_equal(peer->post_count, before + 1);
        assert_true(peer->posts[before].is_private);
        assert_string_equal(peer->posts[before].channel, "C0OPS");
        assert_non_null(strstr(peer->posts[before].text, "inc-1"));
    }
    assert_int_equal(slack_buried_rows(peer), 0);
}

static void answer__goes_by_its_way_back__when_nothing_can_be_posted(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    peer->fault_channel = "C0OPS";
    slack_says(peer, "chat.postMessage", "channel_not_found", 1);
    ask_status(peer);
    assert_int_equal(peer->answer_count, 1);
    assert_non_null(strstr(peer->answers[0], "inc-1"));
    assert_int_equal(slack_buried_rows(peer), 0);
}

/* Whoever answers in Slack's place: neither the channel nor the record is filled with
 * what they say. */
static void refusal__is_told_in_a_word__when_its_error_is_none(void **state)
{
    static char error[10000];
    struct slack_peer *peer = slack_declare(state);

    memset(error, 'x', sizeof(error) - 1);
    slack_says(peer, "chat.postMessage", error, 1);
    peer->fault_channel = "C0INC1";
    slack_peer_slash(peer, "e2", "t2", "title inc-1 the disk is full");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(slack_buried_rows(peer), 1);
    assert_int_equal(slack_count(peer, "timeline WHERE text = 'a message of the bot "
                                       "did not get out: Slack says "
                                       "an_unreadable_error'"),
                     1);
}

/* What it says by now would else be taken for what stands there. */
static void card__is_not_taken_as_changed__when_it_may_not_be(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    slack_says(peer, "chat.update", "restricted_action", 1);
    slack_peer_slash(peer, "e2", "t2", "severity inc-1 sev1");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(peer->fault_times, 0);
    assert_int_equal(slack_count(peer, "outbox WHERE kind = 'amend' AND buried_why = "
                                       "'the workspace does not allow it'"),
                     1);
}

static const struct slack_peer_post *find_post(struct slack_peer *peer,
                                               const char *text)
{
    for (size_t i = 0; i < peer->post_count; i++) {
        if (strstr(peer->posts[i].text, text) != NULL) {
            return &peer->posts[i];
        }
    }
    fail_msg("nothing says %s", text);
    return NULL;
}

static void invited__are_told__when_the_bot_may_not_bring_them_in(void **state)
{
    static const char *const errors[] = {"restricted_action", "missing_scope",
                                         "unknown_method"};
    struct slack_peer *peer = slack_start(state);

    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        peer->ack_count = 0;
        peer->post_count = 0;
        slack_says(peer, "conversations.invite", errors[i], 1);
        slack_peer_slash(peer, "e1", errors[i], "declare sev2 db is down");
        slack_peer_await(peer, slack_is_first_done);
        assert_string_equal(find_post(peer, "I could not bring you into")->channel,
                            "DU1");
        find_post(peer, arena_printf(peer->config->arena, "<#C0INC%zu>", i + 1));
        assert_int_equal(slack_count(peer, "timeline WHERE text LIKE 'alice could not "
                                           "be invited: %'"),
                         i + 1);
    }
}

static bool is_told_of_channel(struct slack_peer *peer)
{
    return slack_count(peer, "outbox WHERE kind = 'direct' AND done_ms IS NOT NULL") >
           0;
}

static bool is_worked_on(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0 &&
           slack_count(peer, "timeline WHERE text = 'it is the disk'") == 1;
}

static void declarer__is_told__when_no_channel_can_be_made(void **state)
{
    struct slack_peer *peer = slack_start(state);

    slack_says(peer, "conversations.create", "restricted_action", 1);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, is_told_of_channel);
    assert_string_equal(
        find_post(peer, "inc-1 has no channel: the workspace does not allow it.")
            ->channel,
        "DU1");
    assert_int_equal(slack_count(peer, "outbox WHERE kind = 'direct'"), 1);
    /* The incident can be worked on. */
    slack_peer_slash(peer, "e2", "t2", "note inc-1 it is the disk");
    slack_peer_slash(peer, "e3", "t3", "status inc-1");
    slack_peer_await(peer, is_worked_on);
}

#define REFUSE_TEST(name)                                                              \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        REFUSE_TEST(answer__comes_to_who_asked__when_nothing_can_be_posted),
        REFUSE_TEST(card__is_not_taken_as_changed__when_it_may_not_be),
        REFUSE_TEST(invited__are_told__when_the_bot_may_not_bring_them_in),
        REFUSE_TEST(declarer__is_told__when_no_channel_can_be_made),
        REFUSE_TEST(answer__goes_by_its_way_back__when_nothing_can_be_posted),
        REFUSE_TEST(refusal__is_told_in_a_word__when_its_error_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
