/* The connection: replaced in time, patient where Slack closes the door, and never
 * alone without knowing it. */
#include "tests/wire/slack_state.h"

static bool is_answered(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e1") > 0;
}

static bool is_answered_again(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0;
}

/* A socket is live where it hears. */
static struct slack_peer *start(void **state)
{
    struct slack_peer *peer = *state;

    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e1", "t1", "list");
    slack_peer_await(peer, is_answered);
    return peer;
}

/* Acked by the new one, with the old one still there. */
static void assert_replaced(struct slack_peer *peer)
{
    slack_peer_await(peer, slack_has_two_sockets);
    assert_false(peer->is_gone[0]);
    slack_peer_slash(peer, "e2", "t2", "list");
    slack_peer_await(peer, is_answered_again);
    slack_peer_await(peer, slack_has_left_first);
}

static void socket__is_replaced__when_refresh_is_requested(void **state)
{
    struct slack_peer *peer = start(state);

    slack_peer_send(peer, "{\"type\":\"disconnect\",\"reason\":\"refresh_requested\"}");
    assert_replaced(peer);
    assert_int_equal(peer->socket_count, 2);
}

static bool is_third_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0;
}

/* Its last word and its goodbye come together: what is sent there now is lost. */
static void ack__goes_by_the_new_socket__when_the_old_one_says_goodbye(void **state)
{
    struct slack_peer *peer = start(state);
    struct server_peer *old = slack_peer_socket(peer);
    const char *said = "{\"envelope_id\":\"e3\",\"type\":\"events_api\",\"payload\":{"
                       "\"event_id\":\"E3\",\"type\":\"event_callback\",\"event\":{"
                       "\"type\":\"message\",\"channel\":\"C0OPS\",\"user\":\"U1\","
                       "\"text\":\"hello\",\"ts\":\"1795351233.1\"}}}";

    slack_peer_send(peer, "{\"type\":\"disconnect\",\"reason\":\"warning\"}");
    slack_peer_await(peer, slack_has_two_sockets);
    slack_peer_slash(peer, "e2", "t2", "list");
    slack_peer_await(peer, is_answered_again);
    server_send(old, said, strlen(said));
    server_close(old, 1000);
    slack_peer_await(peer, is_third_acked);
    assert_int_equal(peer->ack_sockets[peer->ack_count - 1], 1);
}

/* At 90 % of what the first hello said; the second says nothing. */
static void socket__is_replaced__when_its_life_ends(void **state)
{
    struct slack_peer *peer = *state;

    peer->life_s = 2;
    peer->config->slack.life_least_s = 2;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    peer->life_s = 0;
    assert_replaced(peer);
    assert_int_equal(peer->socket_count, 2);
}

/* Or a server that says nonsense would be asked for a URL every two seconds. */
static void socket__is_left_to_slack__when_its_life_is_said_to_be_short(void **state)
{
    struct slack_peer *peer = *state;

    peer->life_s = 2;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    wire_run_ms(&peer->wire, 2500);
    assert_int_equal(peer->socket_count, 1);
}

/* Sent away before it was greeted: no hello is waited for. */
static void socket__is_replaced__when_its_first_frame_sends_it_away(void **state)
{
    struct slack_peer *peer = *state;

    peer->is_mute = true;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    peer->is_mute = false;
    slack_peer_send(peer, "{\"type\":\"disconnect\",\"reason\":\"refresh_requested\"}");
    slack_peer_await(peer, slack_has_two_sockets);
    slack_peer_slash(peer, "e1", "t1", "list");
    slack_peer_await(peer, is_answered);
    assert_int_equal(peer->socket_count, 2);
}

static void socket__stays_away__when_links_are_disabled(void **state)
{
    struct slack_peer *peer = start(state);

    slack_peer_send(peer, "{\"type\":\"disconnect\",\"reason\":\"link_disabled\"}");
    slack_peer_await(peer, slack_has_left_first);
    wire_run_ms(&peer->wire, 2500);
    assert_int_equal(peer->socket_count, 1);
    assert_int_equal(ears_exit_status(peer->ears), 0);
}

/* Were the back-off over with the upgrade, there were ten of them by then. */
static void socket__backs_off__when_no_hello_comes(void **state)
{
    struct slack_peer *peer = *state;

    peer->is_rude = true;
    slack_peer_start(peer);
    wire_run_ms(&peer->wire, 5000);
    assert_in_range(peer->socket_count, 2, 5);
}

static size_t warnings_about(struct slack_peer *peer, void (*act)(struct slack_peer *))
{
    return slack_lines_with(peer, "not ours", act);
}

static void begin(struct slack_peer *peer)
{
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e1", "t1", "list");
    slack_peer_await(peer, is_answered);
}

static void refresh(struct slack_peer *peer)
{
    slack_peer_send(peer, "{\"type\":\"disconnect\",\"reason\":\"warning\"}");
    assert_replaced(peer);
}

static void other_bot__is_told_of__when_slack_counts_it(void **state)
{
    struct slack_peer *peer = *state;

    peer->others = 1;
    assert_int_equal(warnings_about(peer, begin), 1);
    assert_int_equal(warnings_about(peer, refresh), 0); /* said before */
}

/* Two sockets of ours at once are no other bot. */
static void other_bot__is_not_seen__when_both_sockets_are_ours(void **state)
{
    struct slack_peer *peer = *state;

    assert_int_equal(warnings_about(peer, begin), 0);
    assert_int_equal(warnings_about(peer, refresh), 0);
}

static bool is_refused(struct slack_peer *peer)
{
    return peer->fault_times == 0;
}

/* What it says is tried again in some minutes. */
static void declare_without_token(struct slack_peer *peer)
{
    slack_says(peer, "chat.postMessage", "token_revoked", 1);
    slack_peer_slash(peer, "e1", "t2", "declare sev2 db is down");
    slack_peer_await(peer, is_refused);
}

static void token__is_told_of__when_it_is_taken_back(void **state)
{
    struct slack_peer *peer = *state;

    begin(peer);
    assert_int_equal(slack_lines_with(peer, "make a new one on the app's page",
                                      declare_without_token),
                     1);
}

/* Two pins are refused, and both incidents go on. */
static void declare_two(struct slack_peer *peer)
{
    slack_says(peer, "pins.add", "missing_scope", 2);
    slack_peer_slash(peer, "e2", "t2", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_second_done);
    slack_peer_slash(peer, "e3", "t3", "declare sev2 mail is down");
    slack_peer_await(peer, slack_is_third_done);
    assert_int_equal(peer->fault_times, 0);
}

static void lack__is_noted_once__when_slack_refuses_again(void **state)
{
    struct slack_peer *peer = *state;

    begin(peer);
    assert_int_equal(
        slack_lines_with(peer, "worked around\" method=pins.add", declare_two), 1);
    assert_int_equal(slack_buried_rows(peer), 0);
}

static bool are_repeated(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "r1") > 0 && slack_peer_acks(peer, "r2") > 0;
}

static void repeat(struct slack_peer *peer)
{
    for (int i = 1; i <= 2; i++) {
        slack_peer_send(peer, arena_printf(peer->config->arena,
                                           "{\"envelope_id\":\"r%d\",\"type\":"
                                           "\"events_api\",\"retry_attempt\":1,"
                                           "\"retry_reason\":\"timeout\",\"payload\":"
                                           "{\"event_id\":\"Ev%d\",\"event\":{"
                                           "\"type\":\"user_change\"}}}",
                                           i, i));
    }
    slack_peer_await(peer, are_repeated);
}

/* Many of them tell whoever reads the log that acks come late. */
static void repetition__is_counted__when_slack_sends_again(void **state)
{
    struct slack_peer *peer = *state;

    begin(peer);
    assert_int_equal(
        slack_lines_with(peer, "slack sends again\" envelope=r2 count=2", repeat), 1);
}

#define SOCKET_TEST(name)                                                              \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SOCKET_TEST(socket__is_replaced__when_refresh_is_requested),
        SOCKET_TEST(ack__goes_by_the_new_socket__when_the_old_one_says_goodbye),
        SOCKET_TEST(socket__is_replaced__when_its_life_ends),
        SOCKET_TEST(socket__is_left_to_slack__when_its_life_is_said_to_be_short),
        SOCKET_TEST(socket__is_replaced__when_its_first_frame_sends_it_away),
        SOCKET_TEST(socket__stays_away__when_links_are_disabled),
        SOCKET_TEST(socket__backs_off__when_no_hello_comes),
        SOCKET_TEST(other_bot__is_told_of__when_slack_counts_it),
        SOCKET_TEST(other_bot__is_not_seen__when_both_sockets_are_ours),
        SOCKET_TEST(token__is_told_of__when_it_is_taken_back),
        SOCKET_TEST(repetition__is_counted__when_slack_sends_again),
        SOCKET_TEST(lack__is_noted_once__when_slack_refuses_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
