/* Channels of the settings, which are named and not known: found first, or nothing is
 * said there. Slack would take the name, in whoever's channel it ended up. */
#include "tests/wire/slack_state.h"

/* Posts that went to a channel by its mere name. */
static size_t unresolved(struct slack_peer *peer)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        count += peer->posts[i].channel[0] == '#' ? 1 : 0;
    }
    return count;
}

static size_t posts_in(struct slack_peer *peer, const char *channel)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        count += strcmp(peer->posts[i].channel, channel) == 0 ? 1 : 0;
    }
    return count;
}

static void list_fails(void **state, enum slack_fault fault)
{
    struct slack_peer *peer = *state;

    peer->fault_method = "conversations.list";
    peer->fault = fault;
    peer->fault_times = 1;
    slack_declare(state);
    assert_int_equal(unresolved(peer), 0);
    assert_int_equal(posts_in(peer, SLACK_PEER_NEWS), 1);
    assert_int_equal(slack_buried_rows(peer), 0);
    assert_int_equal(slack_peer_calls(peer, "conversations.list"), 2);
}

static void announcement__waits__when_the_list_is_to_be_asked_later(void **state)
{
    list_fails(state, FAULT_429);
}

static void announcement__waits__when_the_list_fails(void **state)
{
    list_fails(state, FAULT_500);
}

/* Outsiders read it, and Slack's list was not to be had at first. */
static void announcement__is_not_leaked__when_the_list_fails(void **state)
{
    struct slack_peer *peer = *state;

    strcpy(peer->shared, SLACK_PEER_NEWS);
    peer->fault_method = "conversations.list";
    peer->fault = FAULT_500;
    peer->fault_times = 1;
    slack_declare(state);
    assert_int_equal(unresolved(peer), 0);
    assert_int_equal(posts_in(peer, SLACK_PEER_NEWS), 0);
    assert_int_equal(
        slack_count(peer, "outbox WHERE buried_why LIKE 'people from outside%'"), 1);
}

static void channel__is_found__when_only_public_ones_are_listed(void **state)
{
    struct slack_peer *peer = *state;

    peer->lists_public_only = true;
    slack_declare(state);
    assert_int_equal(posts_in(peer, SLACK_PEER_NEWS), 1);
    assert_int_equal(slack_buried_rows(peer), 0);
}

static void announcement__is_buried__when_no_list_is_allowed(void **state)
{
    struct slack_peer *peer = *state;

    slack_says(peer, "conversations.list", "missing_scope", 2);
    slack_declare(state);
    assert_int_equal(unresolved(peer), 0);
    assert_int_equal(slack_count(peer, "outbox WHERE buried_why LIKE '%scope%'"), 1);
}

static void announcement__is_buried__when_there_is_no_such_channel(void **state)
{
    struct slack_peer *peer = *state;

    peer->has_no_news = true;
    slack_declare(state);
    assert_int_equal(unresolved(peer), 0);
    assert_int_equal(slack_count(peer, "outbox WHERE buried_why = 'Slack shows the bot "
                                       "no channel #incidents'"),
                     1);
    assert_int_equal(slack_count(peer, "timeline WHERE text = 'a message of the bot "
                                       "did not get out: Slack shows the bot no "
                                       "channel #incidents'"),
                     1);
}

/* The settings say that people from outside may read it. */
static void update__goes_by_name__when_meant_for_outside(void **state)
{
    struct slack_peer *peer = *state;

    peer->config->announce_outside = "#partners";
    slack_declare(state);
    slack_peer_slash(peer, "e2", "t2", "update inc-1 out we look into it");
    slack_peer_await(peer, slack_is_second_done);
    assert_int_equal(posts_in(peer, "#partners"), 1);
    assert_int_equal(unresolved(peer), 1);
}

#define NAMED_TEST(name)                                                               \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        NAMED_TEST(announcement__waits__when_the_list_is_to_be_asked_later),
        NAMED_TEST(announcement__waits__when_the_list_fails),
        NAMED_TEST(announcement__is_not_leaked__when_the_list_fails),
        NAMED_TEST(channel__is_found__when_only_public_ones_are_listed),
        NAMED_TEST(announcement__is_buried__when_no_list_is_allowed),
        NAMED_TEST(announcement__is_buried__when_there_is_no_such_channel),
        NAMED_TEST(update__goes_by_name__when_meant_for_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
