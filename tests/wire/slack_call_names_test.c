/* Whose name is written down is asked first: an id of Slack tells nobody anything. */
#include "tests/wire/slack_gap.h"

static void tove_joins(struct slack_peer *peer)
{
    slack_peer_send(peer, "{\"envelope_id\":\"e3\",\"type\":\"events_api\",\"payload\":"
                          "{\"event_id\":\"E3\",\"event\":{\"type\":"
                          "\"member_joined_channel\",\"user\":\"U7\",\"channel\":"
                          "\"C0INC1\"}}}");
    slack_peer_await(peer, slack_is_third_done);
}

static void say(struct slack_peer *peer, const char *text)
{
    char ts[40];

    snprintf(ts, sizeof(ts), "%ld.000002", peer->clock_s + 1);
    slack_peer_say(peer, "e3", "C0INC1", ts, text);
    slack_peer_await(peer, slack_is_third_done);
}

static int64_t written(struct slack_peer *peer, const char *text)
{
    return slack_count(
        peer, arena_printf(peer->config->arena, "timeline WHERE text = '%s'", text));
}

static void joining__is_by_name__when_nobody_has_met_them(void **state)
{
    struct slack_peer *peer = declare(state);

    tove_joins(peer);
    assert_int_equal(written(peer, "tove joined"), 1);
}

static void mention__is_by_name__when_nobody_has_met_them(void **state)
{
    struct slack_peer *peer = declare(state);

    say(peer, "<@U7> and <@U9>, please look");
    assert_int_equal(written(peer, "@tove and @alice2, please look"), 1);
    assert_int_equal(slack_peer_calls(peer, "users.info"), 2);
}

static void mention__waits_for_nobody__when_they_are_known(void **state)
{
    struct slack_peer *peer = declare(state);

    tove_joins(peer);
    peer->ack_count = peer->call_count = 0;
    say(peer, "<@U7>, please look");
    assert_int_equal(written(peer, "@tove, please look"), 1);
    assert_int_equal(slack_peer_calls(peer, "users.info"), 0);
}

/* Slack does not wait for ever either. */
static void mention__is_recorded__when_slack_does_not_say_who_it_is(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->fault_method = "users.info";
    peer->fault = FAULT_SILENT;
    peer->fault_times = 1;
    say(peer, "<@U7>, please look");
    assert_int_equal(written(peer, "@U7, please look"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(joining__is_by_name__when_nobody_has_met_them),
        GAP_TEST(mention__is_by_name__when_nobody_has_met_them),
        GAP_TEST(mention__waits_for_nobody__when_they_are_known),
        GAP_TEST(mention__is_recorded__when_slack_does_not_say_who_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
