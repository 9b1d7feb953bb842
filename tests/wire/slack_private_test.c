/* What people from outside the workspace must not see, and must not do. */
#include "adapters/slack_inner.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "tests/wire/slack_state.h"

/* Posts that all in a channel see. */
static size_t open_posts(struct slack_peer *peer, const char *channel)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        count +=
            strcmp(peer->posts[i].channel, channel) == 0 && !peer->posts[i].is_private
                ? 1
                : 0;
    }
    return count;
}

static void answer__is_for_all__when_channel_is_our_own(void **state)
{
    struct slack_peer *peer = slack_declare(state);
    size_t before = open_posts(peer, "C0OPS");

    slack_peer_slash(peer, "e2", "t2", "status inc-1");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(open_posts(peer, "C0OPS"), before + 1);
}

static void answer__is_whispered__when_channel_is_shared(void **state)
{
    struct slack_peer *peer = *state;
    size_t before;

    strcpy(peer->shared, "C0OPS");
    slack_declare(state);
    before = peer->post_count;
    slack_peer_slash(peer, "e2", "t2", "status inc-1");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(open_posts(peer, "C0OPS"), 0);
    assert_int_equal(peer->post_count, before + 1);
    assert_true(peer->posts[before].is_private);
    assert_string_equal(peer->posts[before].channel, "C0OPS");
}

/* A message told us that the channel is shared now. */
static void channel__is_not_written_to__when_outsiders_came_in(void **state)
{
    struct slack_peer *peer = slack_declare(state);
    size_t before = open_posts(peer, "C0INC1");
    size_t updates = slack_peer_calls(peer, "chat.update");
    size_t topics = slack_peer_calls(peer, "conversations.setTopic");

    slack_peer_send(peer,
                    "{\"envelope_id\":\"e2\",\"type\":\"events_api\",\"payload\":{"
                    "\"event_id\":\"Ev2\",\"is_ext_shared_channel\":true,\"event\":{"
                    "\"type\":\"message\",\"channel\":\"C0INC1\",\"user\":\"U1\","
                    "\"text\":\"hello\",\"ts\":\"1795351233.000100\"}}}");
    slack_peer_await(peer, slack_is_second_done);
    slack_peer_slash(peer, "e3", "t3", "title inc-1 the db of acme");
    slack_peer_await(peer, slack_is_third_done);
    assert_int_equal(open_posts(peer, "C0INC1"), before);
    assert_int_equal(slack_peer_calls(peer, "chat.update"), updates);
    assert_int_equal(slack_peer_calls(peer, "conversations.setTopic"), topics);
    assert_true(slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE buried_why "
                                        "LIKE 'people from outside%'") > 0);
}

static void update__gets_out__when_meant_for_outside(void **state)
{
    struct slack_peer *peer = *state;

    peer->config->announce_outside = "#partners";
    strcpy(peer->rooms[0].id, "C0EXT");
    strcpy(peer->rooms[0].name, "partners");
    peer->room_count = 1;
    strcpy(peer->shared, "C0EXT");
    slack_declare(state);
    slack_peer_slash(peer, "e2", "t2", "update inc-1 out we look into it");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(open_posts(peer, "C0EXT"), 1);
}

/* What is known of a channel is kept by its hash: another one comes in its place. */
static void make_forget(struct slack_peer *peer, const char *channel)
{
    char other[24], frame[400];
    int number = 0;

    do {
        snprintf(other, sizeof(other), "C0X%d", number++);
    } while (text_hash(other) % SLACK_SHARES != text_hash(channel) % SLACK_SHARES);
    snprintf(frame, sizeof(frame),
             "{\"envelope_id\":\"e2\",\"type\":\"events_api\",\"payload\":{"
             "\"event_id\":\"Ev-%s\",\"is_ext_shared_channel\":true,\"event\":{"
             "\"type\":\"message\",\"channel\":\"%s\",\"user\":\"U1\","
             "\"text\":\"hello\",\"ts\":\"1795351233.000100\"}}}",
             other, other);
    slack_peer_send(peer, frame);
    slack_peer_await(peer, slack_is_second_done);
    peer->ack_count = 0;
}

/* Nothing is known of any channel, as after a start, and none may be asked about. */
static void answer__is_whispered__when_it_can_not_be_seen_who_reads(void **state)
{
    struct slack_peer *peer = slack_declare(state);
    size_t in_ops = open_posts(peer, "C0OPS"), in_own = open_posts(peer, "C0INC1");

    make_forget(peer, "C0INC1");
    make_forget(peer, SLACK_PEER_NEWS);
    make_forget(peer, "C0OPS");
    peer->fault_method = "conversations.info";
    peer->fault = FAULT_ERROR;
    peer->fault_error = "missing_scope";
    peer->fault_times = 1000;
    slack_peer_slash(peer, "e2", "t2", "status inc-1");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(open_posts(peer, "C0OPS"), in_ops);
    assert_true(peer->posts[peer->post_count - 1].is_private);
    /* The incident's own channel is ours. */
    slack_peer_slash(peer, "e3", "t3", "update inc-1 in we look at it");
    slack_peer_await(peer, slack_is_third_done);
    assert_true(open_posts(peer, "C0INC1") > in_own);
    /* Nobody asked for an announcement. */
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE "
                                             "buried_why LIKE 'the app lacks a scope "
                                             "to see%' AND place = '#incidents'"),
                     1);
}

static void press(struct slack_peer *peer, const char *envelope, const char *team)
{
    char frame[600];

    snprintf(frame, sizeof(frame),
             "{\"envelope_id\":\"%s\",\"type\":\"interactive\",\"payload\":{\"type\":"
             "\"block_actions\",\"user\":{\"id\":\"U2\",\"username\":\"bob\","
             "\"team_id\":\"%s\"},\"container\":{\"message_ts\":\"1.1\","
             "\"channel_id\":\"C0INC1\"},\"channel\":{\"id\":\"C0INC1\"},\"actions\":["
             "{\"action_id\":\"choice_3\",\"value\":\"lead\",\"action_ts\":\"%lld.1\"}]"
             "}}",
             envelope, team, (long long)(time_now_ms() / TIME_SECOND_MS));
    slack_peer_send(peer, frame);
}

static void button__does_nothing__when_an_outsider_presses(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    press(peer, "e2", "T9");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM holds"), 0);
    press(peer, "e3", "T1");
    slack_peer_await(peer, slack_is_third_done);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM holds"), 1);
}

/* A task for bob, whose card is there to be said yes to. */
static const char *give_task(struct slack_peer *peer)
{
    const char *command =
        "{\"envelope_id\":\"e2\",\"type\":\"slash_commands\",\"payload\":{"
        "\"command\":\"/incident\",\"text\":\"task inc-1 <@U2|bob> look at it\","
        "\"user_id\":\"U1\",\"channel_id\":\"C0INC1\",\"trigger_id\":\"t2\"}}";

    slack_peer_send(peer, command);
    slack_peer_await(peer, slack_is_second_done);
    for (size_t i = 0; i < peer->post_count; i++) {
        if (strstr(peer->posts[i].text, "look at it") != NULL &&
            strcmp(peer->posts[i].channel, "C0INC1") == 0) {
            return peer->posts[i].ts;
        }
    }
    fail_msg("no card");
    return NULL;
}

static int reactions;

static void react(struct slack_peer *peer, const char *ts, const char *outer,
                  const char *inner)
{
    char frame[600];

    snprintf(frame, sizeof(frame),
             "{\"envelope_id\":\"e3\",\"type\":\"events_api\",\"payload\":{%s"
             "\"event_id\":\"Ev%d\",\"event\":{\"type\":\"reaction_added\",%s"
             "\"user\":\"U2\",\"reaction\":\"white_check_mark\",\"item\":{"
             "\"type\":\"message\",\"channel\":\"C0INC1\",\"ts\":\"%s\"}}}}",
             outer, ++reactions, inner, ts);
    slack_peer_send(peer, frame);
    slack_peer_await(peer, slack_is_third_done);
    peer->ack_count = 0;
}

static int64_t acked_tasks(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM tasks WHERE state = 'acked'");
}

static void check_mark__says_yes__when_channel_is_our_own(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    react(peer, give_task(peer), "", "\"user_team\":\"T1\",");
    assert_int_equal(acked_tasks(peer), 1);
}

static void check_mark__says_nothing__when_an_outsider_sets_it(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    react(peer, give_task(peer), "", "\"user_team\":\"T9\",");
    assert_int_equal(acked_tasks(peer), 0);
}

/* Slack does not say whose it is. */
static void check_mark__says_nothing__when_outsiders_are_there(void **state)
{
    struct slack_peer *peer = slack_declare(state);
    const char *ts = give_task(peer);

    react(peer, ts, "\"is_ext_shared_channel\":true,", "");
    assert_int_equal(acked_tasks(peer), 0);
    react(peer, ts, "", "\"user_team\":\"T1\",");
    assert_int_equal(acked_tasks(peer), 0);
}

#define PRIVATE_TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PRIVATE_TEST(answer__is_whispered__when_channel_is_shared),
        PRIVATE_TEST(answer__is_for_all__when_channel_is_our_own),
        PRIVATE_TEST(channel__is_not_written_to__when_outsiders_came_in),
        PRIVATE_TEST(update__gets_out__when_meant_for_outside),
        PRIVATE_TEST(answer__is_whispered__when_it_can_not_be_seen_who_reads),
        PRIVATE_TEST(check_mark__says_yes__when_channel_is_our_own),
        PRIVATE_TEST(check_mark__says_nothing__when_an_outsider_sets_it),
        PRIVATE_TEST(check_mark__says_nothing__when_outsiders_are_there),
        PRIVATE_TEST(button__does_nothing__when_an_outsider_presses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
