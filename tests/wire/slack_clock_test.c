/* The machine's clock is set, an hour ahead or back, or stands beyond 2038: what Slack
 * told us to wait is waited by no clock that can be set, and nothing is lost. */
#include "bot/base/time.h"
#include "tests/wire/slack_gap.h"

#define IN_2040 2208988800L

static size_t severities(struct slack_peer *peer)
{
    return slack_peer_posts(peer, "Severity: sev1");
}

static bool is_refused(struct slack_peer *peer)
{
    return peer->storms[0].refused > 0;
}

static bool is_out(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e4") > 0 && severities(peer) > 0 &&
           slack_is_idle(peer);
}

/* Told to wait for two seconds, and the clock is set meanwhile. */
static void wait_out(struct slack_peer *peer, int64_t set_ms)
{
    peer->storms[0] =
        (struct slack_storm){.method = "chat.postMessage", .times = 1, .wait_s = 2};
    slack_peer_slash(peer, "e3", "t3", "severity inc-1 sev1");
    slack_peer_await(peer, is_refused);
    peer->clock.set_ms = set_ms;
    slack_peer_slash(peer, "e4", "t4", "lead inc-1"); /* wakes whoever looks at it */
    slack_peer_await(peer, is_out);
    assert_int_equal(severities(peer), 1);
    assert_int_equal(peer->storms[0].early, 0);
    assert_int_equal(slack_buried_rows(peer), 0);
}

static void post__waits_no_less__when_the_clock_is_set_forward(void **state)
{
    wait_out(declare(state), TIME_HOUR_MS);
}

static void post__waits_no_longer__when_the_clock_is_set_back(void **state)
{
    wait_out(declare(state), -TIME_HOUR_MS);
}

static bool is_last_said(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e6") > 0;
}

/* By the moment Slack names, whatever our clock says of it. */
static void messages__are_in_order__when_the_clock_is_set_between(void **state)
{
    static const int64_t set_ms[] = {TIME_HOUR_MS, -TIME_HOUR_MS, 0};
    struct slack_peer *peer = declare(state);
    char envelope[16], text[16], ts[40];

    for (int i = 0; i < 3; i++) {
        peer->clock.set_ms = set_ms[i];
        snprintf(envelope, sizeof(envelope), "e%d", i + 4);
        snprintf(text, sizeof(text), "w%d", i);
        snprintf(ts, sizeof(ts), "%ld.000001", peer->clock_s + i + 1);
        slack_peer_say(peer, envelope, "C0INC1", ts, text);
    }
    slack_peer_await(peer, is_last_said);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(
            slack_count(peer, arena_printf(peer->config->arena,
                                           "timeline WHERE text = 'w%d' AND at_ms = "
                                           "%ld000",
                                           i, peer->clock_s + i + 1)),
            1);
    }
}

static bool is_found(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0 && peer->fault_times == 0 &&
           slack_is_idle(peer);
}

static void lose_answer(struct slack_peer *peer)
{
    fault(peer, FAULT_DROP_AFTER, 1);
    peer->fault_method = "chat.postMessage";
    peer->fault_channel = "C0INC1";
    slack_peer_slash(peer, "e3", "t3", "severity inc-1 sev1");
    slack_peer_await(peer, is_found);
    assert_int_equal(severities(peer), 1);
}

/* Slack's moment of it lies before the one we made it at. */
static void post__is_known_again__when_our_clock_is_ahead(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->clock_s -= 30 * TIME_MINUTE_MS / TIME_SECOND_MS;
    lose_answer(peer);
    assert_int_equal(slack_buried_rows(peer), 0);
}

/* An incident, a message, a lost answer and a gap. */
static void incident__goes_on__beyond_2038(void **state)
{
    struct slack_peer *peer = *state;

    peer->clock.set_ms = (IN_2040 - peer->clock_s) * TIME_SECOND_MS;
    peer->clock_s = IN_2040;
    declare(state);
    assert_int_equal(slack_count(peer, "timeline WHERE text = 'heard' AND at_ms = "
                                       "2208988800000"),
                     1);
    lose_answer(peer);
    peer->fault_channel = NULL;
    add_said(peer, "", 1, "w1");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_w1_said);
    assert_int_equal(slack_buried_rows(peer), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(post__waits_no_less__when_the_clock_is_set_forward),
        GAP_TEST(post__waits_no_longer__when_the_clock_is_set_back),
        GAP_TEST(messages__are_in_order__when_the_clock_is_set_between),
        GAP_TEST(post__is_known_again__when_our_clock_is_ahead),
        GAP_TEST(incident__goes_on__beyond_2038),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
