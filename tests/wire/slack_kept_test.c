/* How long the bot remembers: what it heard, so that nothing runs twice, and what it
 * said. */
#include "bot/base/time.h"
#include "tests/wire/slack_state.h"

static int64_t known(struct slack_peer *peer, const char *trigger)
{
    return slack_peer_number(
        peer, arena_printf(peer->config->arena,
                           "SELECT COUNT(*) FROM inbox WHERE event = '%s'", trigger));
}

static bool is_forgotten(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e4") > 0 && known(peer, "t1") == 0;
}

/* Slack repeats for a day at most. What was heard is known for a month, however often
 * the bot tidies up. */
static void command__runs_once__when_it_comes_again_days_later(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    peer->clock.set_ms = 2 * TIME_DAY_MS;
    slack_peer_slash(peer, "e2", "t2", "declare sev2 mail is down");
    slack_peer_await(peer, slack_is_second_done);
    slack_peer_slash(peer, "e3", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_third_done);
    assert_int_equal(known(peer, "t1"), 1);
    assert_int_equal(peer->room_count, 2);
    peer->clock.set_ms = 31 * TIME_DAY_MS;
    slack_peer_slash(peer, "e4", "t4", "declare sev2 shop is down");
    slack_peer_await(peer, is_forgotten);
    assert_int_equal(known(peer, "t2"), 1);
}

static bool are_words_gone(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0 &&
           slack_count(peer, "outbox WHERE body = ''") > 0;
}

static void words__are_kept_for_three_months__when_carried(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    peer->clock.set_ms = 80 * TIME_DAY_MS;
    slack_peer_slash(peer, "e2", "t2", "declare sev2 mail is down");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(slack_count(peer, "outbox WHERE body = ''"), 0);
    peer->clock.set_ms = 100 * TIME_DAY_MS;
    slack_peer_slash(peer, "e3", "t3", "declare sev2 shop is down");
    slack_peer_await(peer, are_words_gone);
    assert_true(slack_count(peer, "outbox WHERE body LIKE '%mail is down%'") > 0);
    assert_int_equal(slack_count(peer, "outbox WHERE body LIKE '%db is down%'"), 0);
}

#define KEPT_TEST(name)                                                                \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        KEPT_TEST(command__runs_once__when_it_comes_again_days_later),
        KEPT_TEST(words__are_kept_for_three_months__when_carried),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
