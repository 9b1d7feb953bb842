/* A clean stop: the peer hears a close frame, so that Slack forgets the connection at
 * once and sends nothing there any more. */
#include <signal.h>

#include "tests/wire/slack_gap.h"

static void leave(void *arg)
{
    struct slack_peer *peer = arg;

    ears_leave(peer->ears);
}

static bool are_both_gone(struct slack_peer *peer)
{
    return peer->is_gone[0] && peer->is_gone[1];
}

static void be_told_to_go(struct slack_peer *peer)
{
    loop_on_signal(peer->wire.loop, leave, peer);
    assert_int_equal(raise(SIGTERM), 0);
    wire_run(&peer->wire);
}

/* As the program does it: the loop ends, the bot is taken down, the loop runs out. */
static void terminate(struct slack_peer *peer)
{
    be_told_to_go(peer);
    slack_peer_end(peer);
}

static void socket__is_closed_in_good_order__when_the_bot_is_stopped(void **state)
{
    struct slack_peer *peer = declare(state);

    terminate(peer);
    slack_peer_await(peer, slack_has_left_first);
    assert_int_equal(peer->close_codes[0], 1000);
}

/* The old one as well, in the middle of a replacement. */
static void sockets__are_closed_in_good_order__when_two_are_there(void **state)
{
    struct slack_peer *peer = declare(state);

    slack_peer_send(peer, "{\"type\":\"disconnect\",\"reason\":\"warning\"}");
    slack_peer_await(peer, slack_has_two_sockets);
    slack_peer_say(peer, "e3", "C0INC1", "1795351233.1", "w1");
    slack_peer_await(peer, slack_is_third_done);
    terminate(peer);
    slack_peer_await(peer, are_both_gone);
    assert_int_equal(peer->close_codes[0], 1000);
    assert_int_equal(peer->close_codes[1], 1000);
}

static bool is_e9_acked(struct slack_peer *peer)
{
    return peer->is_gone[0] || slack_peer_acks(peer, "e9") > 0;
}

/* Read in the turn in which the signal came: it is kept, so Slack must not send it
 * again. */
static void envelope__is_acked__when_it_was_read_last(void **state)
{
    struct slack_peer *peer = declare(state);
    struct arena *arena = arena_create();

    slack_peer_say(peer, "e9", "C0INC1", "1795351233.9", "the last word");
    terminate(peer);
    slack_peer_await(peer, is_e9_acked);
    assert_int_equal(slack_peer_acks(peer, "e9"), 1);
    peer->store.arena = arena;
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE "
                                             "text = 'the last word'"),
                     1);
    arena_destroy(arena);
}

#define STOPS 10
#define BURST 20

static size_t wanted_looks, sockets_before;
static int letter;

static bool has_looked(struct slack_peer *peer)
{
    return peer->looks >= wanted_looks;
}

static bool has_another(struct slack_peer *peer)
{
    return peer->socket_count > sockets_before;
}

static const char *envelope_of(struct slack_peer *peer, int number, const char *life)
{
    return arena_printf(peer->config->arena, "m%d%s", number, life);
}

static void say_letter(struct slack_peer *peer, int number, const char *life)
{
    struct arena *arena = peer->config->arena;

    slack_peer_send(
        peer, arena_printf(arena,
                           "{\"envelope_id\":\"%s\",\"type\":\"events_api\","
                           "\"payload\":{\"event_id\":\"Ev%d\",\"type\":"
                           "\"event_callback\",\"event\":{\"type\":\"message\","
                           "\"channel\":\"C0INC1\",\"user\":\"U1\",\"text\":\"w%d\","
                           "\"ts\":\"%ld.%06d\"}}}",
                           envelope_of(peer, number, life), number, number,
                           peer->clock_s + 1, number + 1));
}

static bool is_letter_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, envelope_of(peer, letter, "b")) > 0;
}

/* What was not acked comes again, to the next life. */
static void go_on(struct slack_peer *peer, int first)
{
    sockets_before = peer->socket_count;
    slack_peer_restart(peer);
    slack_peer_await(peer, has_another);
    for (letter = first; letter < first + BURST; letter++) {
        if (slack_peer_acks(peer, envelope_of(peer, letter, "a")) == 0) {
            say_letter(peer, letter, "b");
            slack_peer_await(peer, is_letter_acked);
        }
    }
}

/* At another moment each time, in the middle of talk and of what it is told. */
static void nothing__is_lost_or_doubled__when_stopped_under_load(void **state)
{
    struct slack_peer *peer = declare(state);

    for (int stop = 0; stop < STOPS; stop++) {
        int first = stop * BURST;

        for (int i = 0; i < BURST; i++) {
            say_letter(peer, first + i, "a");
        }
        slack_peer_slash(peer, envelope_of(peer, stop, "c"),
                         envelope_of(peer, stop, "t"),
                         stop % 2 == 0 ? "severity inc-1 sev1" : "severity inc-1 sev3");
        wanted_looks = peer->looks + (size_t)stop / 2;
        slack_peer_await(peer, has_looked);
        be_told_to_go(peer);
        go_on(peer, first);
    }
    slack_peer_await(peer, slack_is_idle);
    assert_int_equal(said(peer), STOPS * BURST);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(DISTINCT text) FROM "
                                             "timeline WHERE text LIKE 'w%'"),
                     STOPS * BURST);
    assert_int_equal(slack_doubles(peer), 0);
}

static int setup_secure(void **state)
{
    *state = slack_peer_create("good.test", "good.test");
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(socket__is_closed_in_good_order__when_the_bot_is_stopped),
        GAP_TEST(sockets__are_closed_in_good_order__when_two_are_there),
        GAP_TEST(envelope__is_acked__when_it_was_read_last),
        GAP_TEST(nothing__is_lost_or_doubled__when_stopped_under_load),
        cmocka_unit_test_setup_teardown(
            socket__is_closed_in_good_order__when_the_bot_is_stopped, setup_secure,
            slack_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
