/* A connection that is to be left: its successor is one, whatever is said or fails
 * meanwhile, and what was heard on either is acked by one that takes it, or comes
 * again. */
#include "tests/wire/slack_state.h"

static bool is_answered(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e1") > 0;
}

static bool is_answered_again(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0;
}

static bool is_third_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0;
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

static const char refresh_frame[] =
    "{\"type\":\"disconnect\",\"reason\":\"refresh_requested\"}";

static void say_farewell(struct server_peer *socket)
{
    const char *said = "{\"envelope_id\":\"e3\",\"type\":\"events_api\",\"payload\":{"
                       "\"event_id\":\"E3\",\"type\":\"event_callback\",\"event\":{"
                       "\"type\":\"message\",\"channel\":\"C0OPS\",\"user\":\"U1\","
                       "\"text\":\"hello\",\"ts\":\"1795351233.1\"}}}";

    server_send(socket, said, strlen(said));
}

static bool is_opening_held(struct slack_peer *peer)
{
    return peer->held != NULL;
}

static bool has_given_up(struct slack_peer *peer)
{
    return peer->fault_times == 0 &&
           slack_peer_calls(peer, "apps.connections.open") > 1;
}

static void refresh_in_vain(struct slack_peer *peer)
{
    slack_fault_once(peer, "apps.connections.open", FAULT_500);
    slack_peer_send(peer, refresh_frame);
    slack_peer_await(peer, has_given_up);
    slack_peer_slash(peer, "e2", "t2", "list");
    slack_peer_await(peer, is_answered_again);
}

/* Slack can be reached as long as the one that is to be left is there. */
static void socket__stays__when_its_successor_cannot_be_opened(void **state)
{
    struct slack_peer *peer = start(state);

    assert_int_equal(slack_lines_with(peer, "state=down", refresh_in_vain), 0);
    assert_int_equal(peer->ack_sockets[peer->ack_count - 1], 0);
    slack_peer_await(peer, slack_has_two_sockets);
}

static struct slack_peer *start_and_hold_next(void **state)
{
    struct slack_peer *peer = start(state);

    slack_fault_once(peer, "apps.connections.open", FAULT_HELD);
    slack_peer_send(peer, refresh_frame);
    slack_peer_await(peer, is_opening_held);
    return peer;
}

static void give_url(struct slack_peer *peer)
{
    server_answer(peer->held, 200, "",
                  arena_printf(peer->config->arena,
                               "{\"ok\":true,\"url\":\"ws://127.0.0.1:%u/link\"}",
                               server_port(peer->server)));
}

/* Told twice, and cut while the next is asked for: that one is the next. */
static void socket__has_one_successor__when_sent_away_twice_and_cut(void **state)
{
    struct slack_peer *peer = start_and_hold_next(state);
    struct server_peer *first = slack_peer_socket(peer);

    server_send(first, refresh_frame, strlen(refresh_frame));
    slack_peer_slash(peer, "e2", "t2", "list");
    slack_peer_await(peer, is_answered_again);
    server_cut(first);
    wire_run_ms(&peer->wire, 1500); /* a retry would have come by then */
    assert_int_equal(slack_peer_calls(peer, "apps.connections.open"), 2);
    give_url(peer);
    slack_peer_await(peer, slack_has_two_sockets);
    slack_peer_slash(peer, "e3", "t3", "list");
    slack_peer_await(peer, is_third_acked);
    assert_int_equal(peer->socket_count, 2);
}

/* The door is closed meanwhile. */
static void socket__is_not_opened__when_links_are_disabled_meanwhile(void **state)
{
    struct slack_peer *peer = start_and_hold_next(state);

    slack_peer_send(peer, "{\"type\":\"disconnect\",\"reason\":\"link_disabled\"}");
    slack_peer_await(peer, slack_has_left_first);
    give_url(peer);
    wire_run_ms(&peer->wire, 500);
    assert_int_equal(peer->socket_count, 1);
}

static void socket__is_replaced_once__when_the_old_one_is_told_again(void **state)
{
    struct slack_peer *peer = start(state);
    struct server_peer *first = slack_peer_socket(peer);

    slack_peer_send(peer, refresh_frame);
    slack_peer_await(peer, slack_has_two_sockets);
    slack_peer_slash(peer, "e2", "t2", "list");
    slack_peer_await(peer, is_answered_again);
    server_send(first, refresh_frame, strlen(refresh_frame));
    say_farewell(first);
    slack_peer_await(peer, is_third_acked);
    assert_int_equal(peer->socket_count, 2);
    assert_int_equal(slack_peer_calls(peer, "apps.connections.open"), 2);
}

/* As many seconds as there are none. */
static void socket__is_left_to_slack__when_its_life_is_said_to_be_endless(void **state)
{
    struct slack_peer *peer = *state;

    peer->is_mute = true;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_send(peer, "{\"type\":\"hello\",\"num_connections\":1,\"debug_info\":{"
                          "\"approximate_connection_time\":99999999999999999}}");
    slack_peer_slash(peer, "e1", "t1", "list");
    slack_peer_await(peer, is_answered);
    wire_run_ms(&peer->wire, 500);
    assert_int_equal(peer->socket_count, 1);
}

/* A token without the leave to ask who it is. */
static void socket__is_opened__when_slack_does_not_say_who_we_are(void **state)
{
    struct slack_peer *peer = *state;

    slack_says(peer, "auth.test", "missing_scope", 1);
    (void)start(state);
    assert_int_equal(slack_peer_calls(peer, "auth.test"), 1);
}

static bool has_third_socket(struct slack_peer *peer)
{
    return peer->socket_count > 2;
}

static void say_goodbye_on_both(struct slack_peer *peer)
{
    say_farewell(peer->sockets[0]);
    server_close(peer->sockets[0], 1000);
    server_close(peer->sockets[1], 1000);
    slack_peer_await(peer, has_third_socket);
}

static void close_the_door_behind_it(struct slack_peer *peer)
{
    const char *away = "{\"type\":\"disconnect\",\"reason\":\"link_disabled\"}";

    say_farewell(peer->sockets[0]);
    server_send(peer->sockets[0], away, strlen(away));
    slack_peer_await(peer, slack_has_left_first);
}

/* Said again it is acked, and heard once. */
static void ack__waits_for_the_next_time__when_no_socket_takes_it(void **state)
{
    struct slack_peer *peer = start(state);

    slack_peer_send(peer, refresh_frame);
    slack_peer_await(peer, slack_has_two_sockets);
    slack_peer_slash(peer, "e2", "t2", "list");
    slack_peer_await(peer, is_answered_again);
    assert_int_equal(slack_lines_with(peer, "ack not sent", say_goodbye_on_both), 1);
    assert_int_equal(slack_peer_acks(peer, "e3"), 0);
    say_farewell(slack_peer_socket(peer));
    slack_peer_await(peer, is_third_acked);
    assert_int_equal(slack_count(peer, "inbox WHERE event = 'C0OPS:1795351233.1'"), 1);
}

static void ack__is_not_sent__when_the_door_closes_behind_the_event(void **state)
{
    struct slack_peer *peer = start(state);

    assert_int_equal(slack_lines_with(peer, "ack not sent", close_the_door_behind_it),
                     1);
    assert_int_equal(slack_peer_acks(peer, "e3"), 0);
}

#define SOCKET_TEST(name)                                                              \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SOCKET_TEST(socket__stays__when_its_successor_cannot_be_opened),
        SOCKET_TEST(socket__has_one_successor__when_sent_away_twice_and_cut),
        SOCKET_TEST(socket__is_not_opened__when_links_are_disabled_meanwhile),
        SOCKET_TEST(socket__is_replaced_once__when_the_old_one_is_told_again),
        SOCKET_TEST(socket__is_left_to_slack__when_its_life_is_said_to_be_endless),
        SOCKET_TEST(socket__is_opened__when_slack_does_not_say_who_we_are),
        SOCKET_TEST(ack__waits_for_the_next_time__when_no_socket_takes_it),
        SOCKET_TEST(ack__is_not_sent__when_the_door_closes_behind_the_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
