/* Envelopes that come twice, late, or without sense. */
#include "bot/base/time.h"
#include "tests/wire/slack_state.h"

static bool are_odd_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "o1") > 0 && slack_peer_acks(peer, "o2") > 0;
}

/* Acked, or Slack would send them for ever; counted; kept without their secrets. */
static void envelope__is_kept__when_it_makes_no_sense(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    slack_peer_send(peer, "{\"envelope_id\":\"o1\",\"type\":\"novelty\",\"x\":1}");
    slack_peer_send(peer, "{\"envelope_id\":\"o2\",\"payload\":{\"token\":\"Verify\","
                          "\"more\":{\"token\" : \"Verify\"},"
                          "\"response_url\":\"https:\\/\\/hooks.slack.com\\/Secret\","
                          "\"url\":\"https://x/Secret\",\"te");
    slack_peer_await(peer, are_odd_acked);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE name = "
                                             "'odd' AND value = '2'"),
                     1);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE name = "
                                             "'odd 1' AND value LIKE '%novelty%'"),
                     1);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE name = "
                                             "'odd 2' AND value LIKE '%response_url%' "
                                             "AND value LIKE '%\"te'"),
                     1);
    assert_int_equal(slack_peer_number(peer,
                                       "SELECT COUNT(*) FROM memory WHERE value LIKE "
                                       "'%Secret%' OR value LIKE '%Verify%'"),
                     0);
}

/* As events, which are nothing to the bot, are not. */
static void envelope__is_not_kept__when_it_is_nothing_to_us(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    slack_peer_send(peer, "{\"envelope_id\":\"o1\",\"type\":\"events_api\",\"payload\":"
                          "{\"event_id\":\"E\",\"event\":{\"type\":\"user_change\"}}}");
    slack_peer_send(peer, "{\"envelope_id\":\"o2\",\"type\":\"events_api\",\"payload\":"
                          "{\"type\":\"app_rate_limited\"}}");
    slack_peer_await(peer, are_odd_acked);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE name "
                                             "LIKE 'odd%'"),
                     0);
}

static void press(struct slack_peer *peer, const char *envelope, long at_s)
{
    slack_peer_send(
        peer, arena_printf(peer->config->arena,
                           "{\"envelope_id\":\"%s\",\"type\":\"interactive\","
                           "\"payload\":{\"type\":\"block_actions\",\"user\":{\"id\":"
                           "\"U2\",\"username\":\"bob\"},\"container\":{\"message_ts\":"
                           "\"1.1\",\"channel_id\":\"C0INC1\"},\"channel\":{\"id\":"
                           "\"C0INC1\"},\"actions\":[{\"action_id\":\"choice_3\","
                           "\"value\":\"note pressed\",\"action_ts\":\"%ld.1\"}]}}",
                           envelope, at_s));
}

static bool are_presses_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "b1") > 1 && slack_peer_acks(peer, "b2") > 0 &&
           slack_is_idle(peer);
}

/* The same envelope again, and the same press in another one. */
static void press__counts_once__when_it_comes_again(void **state)
{
    struct slack_peer *peer = slack_declare(state);
    long now_s = (long)(time_now_ms() / TIME_SECOND_MS);

    press(peer, "b1", now_s);
    press(peer, "b1", now_s);
    press(peer, "b2", now_s);
    slack_peer_await(peer, are_presses_acked);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text "
                                             "= 'note pressed'"),
                     1);
}

static void slash_with_way(struct slack_peer *peer, const char *envelope,
                           const char *trigger)
{
    const char *end = strstr(peer->wire.url, "/api/");

    slack_peer_send(
        peer,
        arena_printf(peer->config->arena,
                     "{\"envelope_id\":\"%s\",\"type\":\"slash_commands\","
                     "\"payload\":{\"command\":\"/incident\",\"text\":\"list\","
                     "\"user_id\":\"U1\",\"channel_id\":\"C0OPS\",\"trigger_id\":"
                     "\"%s\",\"response_url\":\"%.*s/answer/1\"}}",
                     envelope, trigger, (int)(end - peer->wire.url), peer->wire.url));
}

static bool is_answered(struct slack_peer *peer)
{
    return peer->answer_count > 0 || slack_peer_posts(peer, "inc-1") > 1;
}

/* Its ack never gets there: Slack shows an error after 3 s, the answer comes. */
static void command__is_answered_once__when_its_ack_is_lost(void **state)
{
    struct slack_peer *peer = slack_declare(state);
    size_t answers;

    peer->post_count = 0;
    server_silence(slack_peer_socket(peer));
    slash_with_way(peer, "e2", "t2");
    slack_peer_await(peer, is_answered);
    assert_int_equal(slack_peer_acks(peer, "e2"), 0);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, slack_has_two_sockets);
    answers = peer->answer_count + peer->post_count;
    slash_with_way(peer, "e3", "t2");
    slack_peer_await(peer, slack_is_third_done);
    assert_int_equal(peer->answer_count + peer->post_count, answers);
}

static void say_as(struct slack_peer *peer, const char *envelope, const char *ts,
                   const char *client)
{
    slack_peer_send(
        peer,
        arena_printf(peer->config->arena,
                     "{\"envelope_id\":\"%s\",\"type\":\"events_api\",\"payload\":"
                     "{\"event_id\":\"%s\",\"event\":{\"type\":\"message\","
                     "\"channel\":\"C0INC1\",\"user\":\"U1\",\"text\":\"words\","
                     "\"client_msg_id\":\"%s\",\"ts\":\"%s\"}}}",
                     envelope, envelope, client, ts));
}

static bool are_all_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e4") > 0 && slack_peer_acks(peer, "e5") > 0 &&
           slack_peer_acks(peer, "e6") > 0;
}

static void gesture__is_one_message__when_slack_tells_two(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    say_as(peer, "e4", "1795351233.1", "c1");
    say_as(peer, "e5", "1795351233.2", "c1");
    say_as(peer, "e6", "1795351233.3", "c2");
    slack_peer_await(peer, are_all_acked);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE kind "
                                             "= 'said' AND text = 'words'"),
                     2);
}

static bool is_first_heard(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e4") > 0;
}

static bool is_asked_again(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "users.info") == 2;
}

static bool is_heard_later(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e5") > 0;
}

/* People move, and their zone with them. */
static void person__is_asked_about_again__when_a_day_has_gone(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    say_as(peer, "e4", "1795351233.1", "c1");
    slack_peer_await(peer, is_first_heard);
    assert_int_equal(slack_peer_calls(peer, "users.info"), 1);
    peer->clock.set_ms = 23 * TIME_HOUR_MS;
    say_as(peer, "e5", "1795351233.2", "c2");
    slack_peer_await(peer, is_heard_later);
    assert_int_equal(slack_peer_calls(peer, "users.info"), 1);
    peer->clock.set_ms = TIME_DAY_MS;
    say_as(peer, "e6", "1795351233.3", "c3");
    slack_peer_await(peer, is_asked_again);
}

static bool has_asked(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "users.info") == 1 && peer->fault_times == 0;
}

static bool is_second_heard(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e5") > 0 && slack_is_idle(peer);
}

/* The first question about them, by what they type, comes to nothing. */
static struct slack_peer *ask_in_vain(void **state, const char *error)
{
    struct slack_peer *peer = slack_start(state);

    slack_says(peer, "users.info", error, 1);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, has_asked);
    slack_peer_await(peer, slack_is_first_done);
    say_as(peer, "e5", "1795351233.1", "c1");
    slack_peer_await(peer, is_second_heard);
    return peer;
}

/* A guest of another company, whom Slack does not show. */
static void
person__is_not_asked_about_again__when_slack_shows_them_to_nobody(void **state)
{
    struct slack_peer *peer = ask_in_vain(state, "user_not_visible");

    assert_int_equal(slack_peer_calls(peer, "users.info"), 1);
}

static void person__is_asked_about_again__when_slack_could_not_tell(void **state)
{
    slack_peer_await(ask_in_vain(state, "internal_error"), is_asked_again);
}

static bool is_retry_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "r1") > 0 && slack_peer_acks(peer, "r2") > 0;
}

static void say_again(struct slack_peer *peer, const char *envelope, int attempt)
{
    char json[400];

    snprintf(json, sizeof(json),
             "{\"envelope_id\":\"%s\",\"type\":\"events_api\",\"retry_attempt\":%d,"
             "\"retry_reason\":\"timeout\",\"payload\":{\"event_id\":\"EvR\","
             "\"event\":{\"type\":\"message\",\"channel\":\"C0INC1\",\"user\":\"U1\","
             "\"text\":\"only as a retry\",\"ts\":\"1795351233.7\"}}}",
             envelope, attempt);
    slack_peer_send(peer, json);
}

/* What was said while no socket was there comes as a retry alone; the next retry of it
 * is a new envelope with the same event. */
static void retry__is_heard_once__when_nothing_came_before_it(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    say_again(peer, "r1", 2);
    say_again(peer, "r2", 3);
    slack_peer_await(peer, is_retry_acked);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text "
                                             "= 'only as a retry'"),
                     1);
}

static bool is_o1_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "o1") > 0;
}

/* Every frame is legal at any time, also before the hello. */
static void envelope__is_acked__when_it_comes_before_the_hello(void **state)
{
    struct slack_peer *peer = *state;

    peer->is_mute = true;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_send(peer, "{\"envelope_id\":\"o1\",\"type\":\"novelty\"}");
    slack_peer_await(peer, is_o1_acked);
    assert_int_equal(peer->socket_count, 1);
}

static bool is_b1_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "b1") > 0 && slack_is_idle(peer);
}

#define STORE_PAUSE_MS                                                                 \
    1100 /* after its first failure it is asked for nothing for so long */

static bool has_store_failed(struct slack_peer *peer)
{
    return !db_is_to_fail(peer->store.db);
}

/* The n-th call fails: nothing is acked, and nobody can be told, for there is no way.
 * Slack sends it again. */
static void press_in_vain(struct slack_peer *peer, int64_t n)
{
    size_t answers = peer->answer_count + peer->post_count;
    long now_s = (long)(time_now_ms() / TIME_SECOND_MS);

    db_fail_after(peer->store.db, n);
    press(peer, "b1", now_s);
    slack_peer_await(peer, has_store_failed);
    wire_run_ms(&peer->wire, STORE_PAUSE_MS);
    assert_int_equal(slack_peer_acks(peer, "b1"), 0);
    assert_int_equal(peer->answer_count + peer->post_count, answers);
    press(peer, "b1", now_s);
    slack_peer_await(peer, is_b1_acked);
}

static void press__counts_once__when_it_was_not_recorded_at_first(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    press_in_vain(peer, 3);
    assert_int_equal(slack_count(peer, "timeline WHERE text = 'note pressed'"), 1);
}

/* How many there were can't be read: it is not acked, and counted when it comes again.
 */
static void envelope__comes_again__when_it_could_not_be_counted(void **state)
{
    static const char odd[] = "{\"envelope_id\":\"o1\",\"type\":\"novelty\",\"x\":1}";
    struct slack_peer *peer = slack_declare(state);

    db_fail_after(peer->store.db, 1); /* it reads before it begins a turn */
    slack_peer_send(peer, odd);
    slack_peer_await(peer, has_store_failed);
    wire_run_ms(&peer->wire, STORE_PAUSE_MS);
    assert_int_equal(slack_peer_acks(peer, "o1"), 0);
    slack_peer_send(peer, odd);
    slack_peer_await(peer, is_o1_acked);
    assert_int_equal(slack_count(peer, "memory WHERE name = 'odd' AND value = '1'"), 1);
}

/* Words and two files are three things heard, and one ack. */
static void message__is_acked_once__with_all_its_files(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    slack_peer_send(peer,
                    "{\"envelope_id\":\"o1\",\"type\":\"events_api\",\"payload\":{"
                    "\"event_id\":\"E7\",\"event\":{\"type\":\"message\","
                    "\"subtype\":\"file_share\",\"channel\":\"C0INC1\",\"user\":"
                    "\"U1\",\"text\":\"see\",\"ts\":\"1795351233.9\",\"files\":["
                    "{\"id\":\"F1\",\"name\":\"a.png\"},{\"id\":\"F2\",\"name\":"
                    "\"b.png\"}]}}}");
    slack_peer_await(peer, is_o1_acked);
    wire_run_ms(&peer->wire, 100);
    assert_int_equal(slack_peer_acks(peer, "o1"), 1);
    assert_int_equal(slack_count(peer, "timeline WHERE message LIKE '1795351233.9%'"),
                     3);
}

#define ENVELOPE_TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ENVELOPE_TEST(envelope__is_kept__when_it_makes_no_sense),
        ENVELOPE_TEST(envelope__is_not_kept__when_it_is_nothing_to_us),
        ENVELOPE_TEST(press__counts_once__when_it_comes_again),
        ENVELOPE_TEST(command__is_answered_once__when_its_ack_is_lost),
        ENVELOPE_TEST(gesture__is_one_message__when_slack_tells_two),
        ENVELOPE_TEST(
            person__is_not_asked_about_again__when_slack_shows_them_to_nobody),
        ENVELOPE_TEST(person__is_asked_about_again__when_slack_could_not_tell),
        ENVELOPE_TEST(person__is_asked_about_again__when_a_day_has_gone),
        ENVELOPE_TEST(press__counts_once__when_it_was_not_recorded_at_first),
        ENVELOPE_TEST(envelope__comes_again__when_it_could_not_be_counted),
        ENVELOPE_TEST(message__is_acked_once__with_all_its_files),
        ENVELOPE_TEST(retry__is_heard_once__when_nothing_came_before_it),
        ENVELOPE_TEST(envelope__is_acked__when_it_comes_before_the_hello),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
