/* Slack makes us wait before it says what a channel is, or which there are: that is
 * waited out once, and nothing is lost or said twice. */
#include "bot/base/time.h"
#include "tests/wire/slack_state.h"

static struct slack_peer *declare_told_to_wait(void **state, const char *method)
{
    struct slack_peer *peer = *state;

    peer->storms[0] = (struct slack_storm){.method = method, .times = 1, .wait_s = 2};
    slack_start(state);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    assert_int_equal(peer->storms[0].refused, 1);
    assert_int_equal(peer->storms[0].early, 0);
    assert_true(time_steady_ms() >= peer->storms[0].until_ms);
    return peer;
}

/* Each of the bot's posts has a row of its own. */
static void assert_all_once(struct slack_peer *peer)
{
    size_t in_news = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        in_news += strcmp(peer->posts[i].channel, SLACK_PEER_NEWS) == 0 ? 1 : 0;
        for (size_t j = 0; j < i; j++) {
            assert_true(peer->posts[i].row[0] == '\0' ||
                        strcmp(peer->posts[i].row, peer->posts[j].row) != 0);
        }
    }
    assert_int_equal(in_news, 1);
    assert_int_equal(slack_buried_rows(peer), 0);
    assert_int_equal(peer->room_count, 1);
}

/* Who reads the channel of the announcements. */
static void announcement__is_made_once__when_it_must_wait_to_see_who_reads(void **state)
{
    struct slack_peer *peer = declare_told_to_wait(state, "conversations.info");

    assert_all_once(peer);
}

static void announcement__is_made_once__when_the_list_must_wait(void **state)
{
    struct slack_peer *peer = declare_told_to_wait(state, "conversations.list");

    assert_all_once(peer);
    assert_int_equal(slack_peer_calls(peer, "conversations.list"), 2);
}

/* On the third page of a long list, which is gone on with from there. */
static struct slack_peer *declare_in_many(void **state)
{
    struct slack_peer *peer = *state;

    for (int i = 0; i < 5; i++) {
        snprintf(peer->rooms[i].name, sizeof(peer->rooms[i].name), "%s",
                 i < 4 ? "other" : "incidents");
        snprintf(peer->rooms[i].id, sizeof(peer->rooms[i].id), "C0ROOM%d", i);
    }
    peer->room_count = 5;
    peer->has_no_news = true;
    return slack_declare(state);
}

static size_t posts_in_fifth(struct slack_peer *peer)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        count += strcmp(peer->posts[i].channel, "C0ROOM4") == 0 ? 1 : 0;
    }
    return count;
}

static void list__is_gone_on_with__when_it_must_wait_in_the_middle(void **state)
{
    struct slack_peer *peer = *state;

    peer->fault_method = "conversations.list";
    peer->fault = FAULT_429;
    peer->fault_times = 1;
    peer->fault_spares = 1;
    peer = declare_in_many(state);
    assert_int_equal(posts_in_fifth(peer), 1);
    assert_int_equal(slack_peer_calls(peer, "conversations.list"), 4);
}

static void list__begins_anew__when_slack_forgot_where_we_were(void **state)
{
    struct slack_peer *peer = *state;

    peer->fault_spares = 1;
    slack_says(peer, "conversations.list", "invalid_cursor", 1);
    peer = declare_in_many(state);
    assert_int_equal(posts_in_fifth(peer), 1);
    assert_int_equal(slack_peer_calls(peer, "conversations.list"), 5);
}

/* Made, and its answer lost: our own channels are looked through. */
static void channel__is_known_again__when_the_list_of_ours_must_wait(void **state)
{
    struct slack_peer *peer = *state;

    peer->fault_method = "conversations.create";
    peer->fault = FAULT_DROP_AFTER;
    peer->fault_times = 1;
    peer = declare_told_to_wait(state, "users.conversations");
    assert_all_once(peer);
    assert_int_equal(slack_peer_calls(peer, "users.conversations"), 2);
    assert_int_equal(slack_count(peer, "incidents WHERE channel = 'C0INC1'"), 1);
}

#define LOOKUP_TEST(name)                                                              \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOOKUP_TEST(announcement__is_made_once__when_it_must_wait_to_see_who_reads),
        LOOKUP_TEST(announcement__is_made_once__when_the_list_must_wait),
        LOOKUP_TEST(list__is_gone_on_with__when_it_must_wait_in_the_middle),
        LOOKUP_TEST(list__begins_anew__when_slack_forgot_where_we_were),
        LOOKUP_TEST(channel__is_known_again__when_the_list_of_ours_must_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
