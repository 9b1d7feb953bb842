/*
 * What is read up comes late: replies under what was said long ago, commands that
 * others have overtaken, the time the bot was not in the channel.
 */
#include "tests/wire/slack_gap.h"

static bool is_reply_heard(struct slack_peer *peer)
{
    return slack_count(peer, "timeline WHERE text = 'reply' AND thread IS NOT NULL") ==
               1 &&
           marks(peer) == 0;
}

/* More than a day old, and nobody had replied to it: only its latest reply tells. */
static void reply__is_read_up__when_the_first_under_an_old_message(void **state)
{
    struct slack_peer *peer = declare(state);
    long old_s = peer->clock_s - 200000, reply_s = peer->clock_s + 1;

    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"old\",\"ts\":\"%ld."
             "000001\",\"thread_ts\":\"%ld.000001\",\"reply_count\":1,"
             "\"latest_reply\":\"%ld.000001\"}",
             old_s, old_s, reply_s);
    snprintf(peer->replies, sizeof(peer->replies),
             "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"reply\",\"ts\":"
             "\"%ld.000001\",\"thread_ts\":\"%ld.000001\"}",
             reply_s, old_s);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_reply_heard);
}

static bool is_page_held(struct slack_peer *peer)
{
    return peer->held != NULL;
}

static bool has_third_socket(struct slack_peer *peer)
{
    return peer->socket_count > 2;
}

static bool is_fourth_done(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e4") > 0;
}

/* In the thread of a message of that second. */
static void hear_reply(struct slack_peer *peer, long root_s)
{
    slack_peer_send(peer,
                    arena_printf(peer->config->arena,
                                 "{\"envelope_id\":\"e3\",\"type\":\"events_api\","
                                 "\"payload\":{\"event_id\":\"E3\",\"event\":{\"type\":"
                                 "\"message\",\"channel\":\"C0INC1\",\"user\":\"U1\","
                                 "\"text\":\"known\",\"ts\":\"%ld.000003\","
                                 "\"thread_ts\":\"%ld.000001\"}}}",
                                 peer->clock_s, root_s));
    slack_peer_await(peer, slack_is_third_done);
}

/* The first reading saw that nothing had been said in the thread; the second, of a gap
 * that came meanwhile, goes less far back. */
static void reply__is_read_up__when_said_while_the_gap_before_was_read(void **state)
{
    struct slack_peer *peer = declare(state);
    struct arena *arena = peer->config->arena;
    long root_s = peer->clock_s - 7200;

    hear_reply(peer, root_s);
    fault(peer, FAULT_HELD, 1);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_page_held);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, has_third_socket);
    slack_peer_say(peer, "e4", "C0OPS", "1795351233.1", "elsewhere");
    slack_peer_await(peer, is_fourth_done);
    snprintf(peer->replies, sizeof(peer->replies),
             "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"reply\",\"ts\":"
             "\"%ld.000001\",\"thread_ts\":\"%ld.000001\"}",
             peer->clock_s + 2, root_s);
    server_answer(
        peer->held, 200, "",
        arena_printf(arena,
                     "{\"ok\":true,\"messages\":[{\"type\":\"message\","
                     "\"user\":\"U1\",\"text\":\"root\",\"ts\":\"%ld.000001\","
                     "\"thread_ts\":\"%ld.000001\",\"latest_reply\":"
                     "\"%ld.000003\"}]}",
                     root_s, root_s, peer->clock_s));
    slack_peer_await(peer, is_reply_heard);
}

static bool has_asked_and_read(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "conversations.history") > 0 && marks(peer) == 0;
}

/* Its latest reply was heard before the gap: nothing is asked. */
static void thread__is_not_asked_for__when_nothing_was_said_in_it(void **state)
{
    struct slack_peer *peer = declare(state);
    long root_s = peer->clock_s - 100;

    hear_reply(peer, root_s);
    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"root\",\"ts\":\"%ld."
             "000001\",\"thread_ts\":\"%ld.000001\",\"reply_count\":1,"
             "\"latest_reply\":\"%ld.000003\"}",
             root_s, root_s, peer->clock_s);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, has_asked_and_read);
    assert_int_equal(slack_peer_calls(peer, "conversations.replies"), 0);
}

/* It was there to be heard, and nobody looks for edits of an hour after a moment. */
static void past__is_not_gone_through_again__when_the_gap_was_short(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer, "", -7200, "w1");
    add_said(peer, "", 2, "w2");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, has_asked_and_read);
    assert_int_equal(said(peer), 1);
    assert_true(is_w2_said(peer));
}

static int64_t severity(struct slack_peer *peer, const char *name)
{
    return slack_count(peer, arena_printf(peer->config->arena,
                                          "incidents WHERE id = 1 AND severity = '%s'",
                                          name));
}

static bool is_read_and_said(struct slack_peer *peer)
{
    return has_asked_and_read(peer) && slack_is_idle(peer);
}

static void commands__run_in_their_order__when_on_one_page(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer, "", 1, "<@U0BOT> severity sev3");
    add_said(peer, "", 2, "<@U0BOT> severity sev1");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_read_and_said);
    assert_int_equal(severity(peer, "sev1"), 1);
}

/* The newest page comes first: what would run last is not run, and that is said. */
static void commands__are_told_as_late__when_on_several_pages(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer, "", 0, "<@U0BOT> severity sev3");
    fill(peer, MANY);
    add_said(peer, "", MANY + 1, "<@U0BOT> severity sev1");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_read_and_said);
    assert_int_equal(said(peer), MANY);
    assert_int_equal(severity(peer, "sev2"), 1);
    assert_int_equal(slack_count(peer, "timeline WHERE kind = 'command' AND text LIKE "
                                       "'severity sev_'"),
                     2);
    assert_int_equal(slack_count(peer, "late_commands WHERE line LIKE 'severity sev_'"),
                     2);
}

static bool is_waiting(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "conversations.history") > 0;
}

/* Said before what was heard meanwhile, and read after it. */
static void be_overtaken(void **state, const char *by)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    add_said(peer, "", 1, "<@U0BOT> severity sev3");
    fault(peer, FAULT_429, 1);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_waiting);
    snprintf(ts, sizeof(ts), "%ld.000002", peer->clock_s + 2);
    slack_peer_say(peer, "e3", "C0INC1", ts, by);
    slack_peer_await(peer, slack_is_third_done);
    slack_peer_await(peer, is_read_and_said);
    assert_int_equal(severity(peer, "sev1"), 1);
}

static void command__is_told_as_late__when_overtaken(void **state)
{
    be_overtaken(state, "<@U0BOT> severity sev1");
}

static void command__is_told_as_late__when_overtaken_by_a_prefix(void **state)
{
    be_overtaken(state, "!inc severity sev1");
}

/* And by whoever was killed before it was read. */
static void command__is_told_as_late__when_overtaken_in_a_former_life(void **state)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    add_said(peer, "", 1, "<@U0BOT> severity sev3");
    fault(peer, FAULT_429, 1);
    peer->wait_s = 31;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_waiting);
    snprintf(ts, sizeof(ts), "%ld.000002", peer->clock_s + 2);
    slack_peer_say(peer, "e3", "C0INC1", ts, "<@U0BOT> severity sev1");
    slack_peer_await(peer, slack_is_third_done);
    slack_peer_restart(peer);
    slack_peer_await(peer, is_read_and_said);
    assert_int_equal(severity(peer, "sev1"), 1);
    assert_int_equal(slack_count(peer, "late_commands WHERE line = 'severity sev3'"),
                     1);
    assert_int_equal(slack_count(peer, "memory WHERE name LIKE 'overtaken %' AND "
                                       "value <> ''"),
                     0);
}

/* Talk changes nothing: what was asked for in the gap is still to be done. */
static void command__runs__when_only_talk_was_heard_before_it(void **state)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    add_said(peer, "", 1, "<@U0BOT> severity sev3");
    fault(peer, FAULT_429, 1);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_waiting);
    snprintf(ts, sizeof(ts), "%ld.000002", peer->clock_s + 2);
    slack_peer_say(peer, "e3", "C0INC1", ts, "just talk");
    slack_peer_await(peer, slack_is_third_done);
    slack_peer_await(peer, is_read_and_said);
    assert_int_equal(severity(peer, "sev3"), 1);
}

static void member(struct slack_peer *peer, const char *envelope, const char *type)
{
    slack_peer_send(peer,
                    arena_printf(peer->config->arena,
                                 "{\"envelope_id\":\"%s\",\"type\":\"events_api\","
                                 "\"payload\":{\"event_id\":\"%s\",\"event\":{\"type\":"
                                 "\"%s\",\"user\":\"U0BOT\",\"channel\":\"C0INC1\"}}}",
                                 envelope, envelope, type));
}

static int64_t removals(struct slack_peer *peer)
{
    return slack_count(peer, "timeline WHERE text LIKE 'the bot was taken out%'");
}

static bool is_removed(struct slack_peer *peer)
{
    return removals(peer) == 1;
}

static bool is_removed_again(struct slack_peer *peer)
{
    return removals(peer) == 2;
}

static bool is_back(struct slack_peer *peer)
{
    return slack_count(peer,
                       "timeline WHERE text = 'the bot is back in the channel'") == 1 &&
           said(peer) == 1;
}

/* Once told, once found out: each is on record, and what was missed is read up. */
static void removals__are_each_on_record__when_the_bot_comes_back(void **state)
{
    struct slack_peer *peer = declare(state);

    fault(peer, FAULT_NOT_IN_CHANNEL, 1);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_removed);
    assert_int_equal(marks(peer), 1);
    add_said(peer, "", 1, "w1");
    member(peer, "e5", "member_joined_channel");
    slack_peer_await(peer, is_back);
    member(peer, "e6", "member_left_channel");
    slack_peer_await(peer, is_removed_again);
    peer->said[0] = '\0';
    add_said(peer, "", 2, "w2");
    member(peer, "e7", "member_joined_channel");
    slack_peer_await(peer, is_w2_said);
}

static void removal__is_on_record_again__when_found_out_twice(void **state)
{
    struct slack_peer *peer = declare(state);

    member(peer, "e5", "member_joined_channel"); /* it never was out of it */
    fault(peer, FAULT_NOT_IN_CHANNEL, 1);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_removed);
    assert_int_equal(slack_count(peer, "timeline WHERE text LIKE 'the bot is back%'"),
                     0);
    member(peer, "e3", "member_joined_channel");
    slack_peer_await(peer, slack_is_third_done);
    assert_int_equal(slack_count(peer, "timeline WHERE text LIKE 'the bot is back%'"),
                     1);
    fault(peer, FAULT_NOT_IN_CHANNEL, 1);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_removed_again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(reply__is_read_up__when_the_first_under_an_old_message),
        GAP_TEST(reply__is_read_up__when_said_while_the_gap_before_was_read),
        GAP_TEST(thread__is_not_asked_for__when_nothing_was_said_in_it),
        GAP_TEST(past__is_not_gone_through_again__when_the_gap_was_short),
        GAP_TEST(commands__run_in_their_order__when_on_one_page),
        GAP_TEST(commands__are_told_as_late__when_on_several_pages),
        GAP_TEST(command__is_told_as_late__when_overtaken),
        GAP_TEST(command__is_told_as_late__when_overtaken_by_a_prefix),
        GAP_TEST(command__is_told_as_late__when_overtaken_in_a_former_life),
        GAP_TEST(command__runs__when_only_talk_was_heard_before_it),
        GAP_TEST(removals__are_each_on_record__when_the_bot_comes_back),
        GAP_TEST(removal__is_on_record_again__when_found_out_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
