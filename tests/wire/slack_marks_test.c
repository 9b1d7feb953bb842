/* What the history shows beside words: pushpins, and who came and went. */
#include "tests/wire/slack_gap.h"

static int64_t pins(struct slack_peer *peer)
{
    return slack_count(peer, "timeline_pins");
}

static bool are_both_pinned(struct slack_peer *peer)
{
    return pins(peer) == 3 && slack_is_idle(peer);
}

/* A message that was heard, and one that was not, each marked while nobody listened. */
static void pushpin__marks_a_key_moment__when_put_in_a_gap(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer, "", 1, "w1");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_w1_said);
    peer->said[0] = '\0';
    add_said(peer,
             "\"reactions\":[{\"name\":\"eyes\",\"users\":[\"U1\"],\"count\":1},"
             "{\"name\":\"pushpin::skin-tone-2\",\"users\":[\"U1\",\"U0BOT\"],"
             "\"count\":2}],",
             1, "w1");
    add_said(peer,
             "\"reactions\":[{\"name\":\"pushpin\",\"users\":[\"U1\"],\"count\":1}],"
             "\"pinned_info\":{\"channel\":\"C0INC1\",\"pinned_by\":\"U2\"},",
             2, "w2");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, are_both_pinned);
    assert_int_equal(slack_count(peer, "timeline WHERE pinned = 1"), 2);
    assert_int_equal(slack_peer_posts(peer, "Key moment"), 2);
}

static void react(struct slack_peer *peer, const char *envelope, const char *type,
                  long after_s)
{
    slack_peer_send(peer,
                    arena_printf(peer->config->arena,
                                 "{\"envelope_id\":\"%s\",\"type\":\"events_api\","
                                 "\"payload\":{\"event_id\":\"%s\",\"event\":{\"type\":"
                                 "\"%s\",\"user\":\"U1\",\"reaction\":\"pushpin\","
                                 "\"item\":{\"type\":\"message\",\"channel\":"
                                 "\"C0INC1\",\"ts\":\"%ld.000002\"}}}}",
                                 envelope, envelope, type, peer->clock_s + after_s));
}

static bool is_e4_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e4") > 0;
}

static bool is_one_pinned(struct slack_peer *peer)
{
    return pins(peer) == 1;
}

/* Heard before its message: it is not lost with it. */
static void pushpin__is_found_again__when_it_came_before_its_message(void **state)
{
    struct slack_peer *peer = declare(state);

    react(peer, "e4", "reaction_added", 1);
    slack_peer_await(peer, is_e4_acked);
    assert_int_equal(pins(peer), 0);
    add_said(peer,
             "\"reactions\":[{\"name\":\"pushpin\",\"users\":[\"U1\"],\"count\":1}],",
             1, "w1");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_one_pinned);
}

static bool is_e5_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e5") > 0;
}

/* Taken off by an event, and put again in the next gap. */
static void pushpin__marks_again__when_put_in_two_gaps(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer,
             "\"reactions\":[{\"name\":\"pushpin\",\"users\":[\"U1\"],\"count\":1}],",
             1, "w1");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_one_pinned);
    react(peer, "e5", "reaction_removed", 1);
    slack_peer_await(peer, is_e5_acked);
    assert_int_equal(pins(peer), 0);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_one_pinned);
}

static int64_t told(struct slack_peer *peer, const char *kind)
{
    return slack_count(
        peer, arena_printf(peer->config->arena, "timeline WHERE kind = '%s'", kind));
}

static bool are_told(struct slack_peer *peer)
{
    return told(peer, "joined") == 1 && told(peer, "left") == 1 && said(peer) == 1;
}

static int64_t are_in(struct slack_peer *peer)
{
    return slack_count(peer,
                       "members m JOIN identities i ON i.person_id = m.person_id WHERE "
                       "i.external = 'U2' AND m.left_ms IS NULL");
}

static void member(struct slack_peer *peer, const char *envelope, const char *type,
                   long after_s)
{
    slack_peer_send(peer,
                    arena_printf(peer->config->arena,
                                 "{\"envelope_id\":\"%s\",\"type\":"
                                 "\"events_api\",\"payload\":{\"event_id\":"
                                 "\"%s\",\"event_time\":%ld,\"event\":{\"type\":"
                                 "\"%s\",\"user\":\"U2\",\"channel\":"
                                 "\"C0INC1\"}}}",
                                 envelope, envelope, peer->clock_s + after_s, type));
}

/* Read up, then delivered as well: an event's id says nothing of the message's. */
static void people__come_and_go_once__when_the_history_tells_it_too(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer, "\"subtype\":\"channel_join\",", -200, "<@U2> has joined");
    add_said(peer, "", -190, "w1");
    add_said(peer, "\"subtype\":\"channel_leave\",", -180, "<@U2> has left");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, are_told);
    assert_int_equal(are_in(peer), 0);
    member(peer, "e4", "member_joined_channel", -200);
    member(peer, "e5", "member_left_channel", -180);
    slack_peer_await(peer, is_e4_acked);
    slack_peer_await(peer, is_e5_acked);
    assert_true(are_told(peer));
    assert_int_equal(are_in(peer), 0);
    assert_int_equal(slack_count(peer, "timeline WHERE text LIKE '%has joined%'"), 0);
}

static bool is_leave_told(struct slack_peer *peer)
{
    return told(peer, "joined") == 1 && told(peer, "left") == 1;
}

/* They are back: what the history tells of before does not put them out. */
static void person__stays_in__when_an_old_leave_is_read_up(void **state)
{
    struct slack_peer *peer = declare(state);

    member(peer, "e4", "member_joined_channel", -100);
    slack_peer_await(peer, is_e4_acked);
    add_said(peer, "\"subtype\":\"channel_leave\",", -180, "<@U2> has left");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_leave_told);
    assert_int_equal(are_in(peer), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(pushpin__marks_a_key_moment__when_put_in_a_gap),
        GAP_TEST(pushpin__is_found_again__when_it_came_before_its_message),
        GAP_TEST(pushpin__marks_again__when_put_in_two_gaps),
        GAP_TEST(people__come_and_go_once__when_the_history_tells_it_too),
        GAP_TEST(person__stays_in__when_an_old_leave_is_read_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
