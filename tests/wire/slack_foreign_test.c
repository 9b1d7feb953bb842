/*
 * Somebody of another company in an incident's channel, by chance with the id of one of
 * ours: they are never taken for that person, and nothing of an incident goes to them.
 */
#include "tests/wire/slack_gap.h"

static void foreign_says(struct slack_peer *peer, const char *type,
                         const char *envelope, const char *text)
{
    slack_peer_send(
        peer,
        arena_printf(peer->config->arena,
                     "{\"envelope_id\":\"%s\",\"type\":\"events_api\","
                     "\"payload\":{\"event_id\":\"%s\",\"event\":{\"type\":"
                     "\"%s\",\"channel\":\"C0INC1\",\"user\":\"U1\","
                     "\"user_team\":\"T9\",\"text\":\"%s\",\"ts\":\"%ld.%s\"}}}",
                     envelope, envelope, type, text, peer->clock_s + 1, envelope + 1));
}

static bool is_said_and_named(struct slack_peer *peer)
{
    return slack_is_third_done(peer) &&
           slack_count(peer, "identities WHERE zone <> '' AND external = 'T9/U1'") == 1;
}

static int64_t entries_of(struct slack_peer *peer, const char *account)
{
    return slack_count(
        peer, arena_printf(peer->config->arena,
                           "timeline t JOIN identities i ON i.person_id = t.person_id "
                           "WHERE t.text LIKE '%%%s%%' AND i.external = '%s'",
                           "from outside", account));
}

static void message__is_of_somebody_else__when_the_team_is_another(void **state)
{
    struct slack_peer *peer = declare(state);

    foreign_says(peer, "message", "e3", "from outside");
    slack_peer_await(peer, is_said_and_named);
    assert_int_equal(entries_of(peer, "T9/U1"), 1);
    assert_int_equal(entries_of(peer, "U1"), 0);
    /* Both are called alice; each has a handle of their own. */
    assert_int_equal(slack_count(peer, "people WHERE handle LIKE 'alice%'"), 2);
}

/* Neither a mention of the bot nor what they mark or press is a command. */
static void mention__runs_nothing__when_the_team_is_another(void **state)
{
    struct slack_peer *peer = declare(state);

    foreign_says(peer, "app_mention", "e3", "<@U0BOT> severity sev1 from outside");
    slack_peer_await(peer, is_said_and_named);
    assert_int_equal(slack_count(peer, "incidents WHERE severity = 'sev2'"), 1);
    assert_int_equal(entries_of(peer, "U1"), 0);
}

static void press(struct slack_peer *peer, const char *envelope, const char *team)
{
    slack_peer_send(
        peer, arena_printf(peer->config->arena,
                           "{\"envelope_id\":\"%s\",\"type\":\"interactive\","
                           "\"payload\":{\"type\":\"block_actions\",\"user\":{\"id\":"
                           "\"U1\",\"team_id\":\"%s\"},\"container\":{\"message_ts\":"
                           "\"1.1\",\"channel_id\":\"C0INC1\"},\"channel\":{\"id\":"
                           "\"C0INC1\"},\"actions\":[{\"action_id\":\"choice_3\","
                           "\"value\":\"lead\",\"action_ts\":\"%ld.1\"}]}}",
                           envelope, team, peer->clock_s));
}

static bool is_fourth_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e4") > 0 && slack_is_idle(peer);
}

static void button__is_of_nobody__when_the_team_is_another(void **state)
{
    struct slack_peer *peer = declare(state);

    press(peer, "e3", "T9");
    slack_peer_await(peer, slack_is_third_done);
    assert_int_equal(slack_count(peer, "holds"), 0);
    press(peer, "e4", "T1");
    slack_peer_await(peer, is_fourth_acked);
    assert_int_equal(slack_count(peer, "holds"), 1);
}

/* Paged by their handle: the page says why not. */
static void stranger__is_told_nothing__when_paged(void **state)
{
    struct slack_peer *peer = declare(state);

    foreign_says(peer, "message", "e3", "from outside");
    slack_peer_await(peer, is_said_and_named);
    slack_peer_slash(peer, "e4", "t4", "page inc-1 @alice2 look at the queue");
    slack_peer_await(peer, is_fourth_acked);
    for (size_t i = 0; i < peer->post_count; i++) {
        assert_null(strchr(peer->posts[i].channel, '/'));
    }
    assert_true(slack_count(peer, "outbox WHERE buried_why = "
                                  "'they are of another workspace'") > 0);
}

static bool is_gone_known(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0 && slack_is_idle(peer) &&
           slack_count(peer, "identities WHERE external = '" SLACK_PEER_GONE "'") > 0;
}

/* Slack takes what is said to them, and nobody reads it. */
static void page__does_not_wait__when_the_account_is_switched_off(void **state)
{
    struct slack_peer *peer = declare(state);

    slack_peer_say(peer, "e3", "C0INC1", "1795351299.000100",
                   "ask <@" SLACK_PEER_GONE "> about it");
    slack_peer_await(peer, is_gone_known);
    slack_peer_slash(peer, "e4", "t4", "page inc-1 <@" SLACK_PEER_GONE "> the queue");
    slack_peer_await(peer, is_fourth_acked);
    assert_int_equal(slack_peer_posts(peer, "Page 1 from"), 0);
    assert_int_equal(slack_count(peer, "outbox WHERE buried_why = 'their account in "
                                       "Slack is switched off'"),
                     1);
    assert_int_equal(slack_peer_posts(peer, "Page 1: no answer by"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(message__is_of_somebody_else__when_the_team_is_another),
        GAP_TEST(mention__runs_nothing__when_the_team_is_another),
        GAP_TEST(button__is_of_nobody__when_the_team_is_another),
        GAP_TEST(stranger__is_told_nothing__when_paged),
        GAP_TEST(page__does_not_wait__when_the_account_is_switched_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
