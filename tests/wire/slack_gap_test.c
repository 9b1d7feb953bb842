/*
 * Reading up where Slack does not play along: pages it can't give, refusals in the
 * middle, gaps nobody noticed on the socket.
 */
#include "tests/wire/slack_gap.h"

static bool has_many(struct slack_peer *peer)
{
    return said(peer) == MANY && marks(peer) == 0;
}

static void page__is_asked_for_with_less__when_it_is_too_big(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, MANY);
    peer->page = 200;
    peer->fit = 20;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, has_many);
    /* 200, 100, 50, 25 were too many; 12, 12 and the rest. */
    assert_int_equal(slack_peer_calls(peer, "conversations.history"), 7);
}

static bool is_refused(struct slack_peer *peer)
{
    return slack_peer_posts(peer, "I was away.") > 0;
}

/* Nothing is smaller than one message. */
static void channel__is_given_up__when_a_message_is_too_big(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, 1);
    peer->fit = -1;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_refused);
    assert_int_equal(marks(peer), 1);
}

static struct slack_peer *declare_two(void **state)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    slack_peer_slash(peer, "e3", "t3", "declare sev2 cart is down");
    slack_peer_await(peer, slack_is_third_done);
    snprintf(ts, sizeof(ts), "%ld.000001", peer->clock_s);
    slack_peer_say(peer, "e4", "C0INC2", ts, "heard");
    peer->post_count = 0;
    return peer;
}

static int64_t all_marks(struct slack_peer *peer)
{
    return slack_count(peer, "memory WHERE name LIKE 'unread%' AND value <> ''");
}

static bool is_one_read(struct slack_peer *peer)
{
    return said(peer) == 1 && all_marks(peer) == 1 &&
           slack_peer_calls(peer, "conversations.history") > 1;
}

static bool are_both_read(struct slack_peer *peer)
{
    return said(peer) == 2 && all_marks(peer) == 0;
}

static void others_are_read(void **state, const char *failing)
{
    struct slack_peer *peer = declare_two(state);

    add_said(peer, "\"channel\":\"C0INC1\",", 1, "w1");
    add_said(peer, "\"channel\":\"C0INC2\",", 2, "w2");
    fault(peer, FAULT_ERROR, 1000);
    peer->fault_error = "internal_error";
    peer->fault_channel = failing;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_one_read);
    peer->fault_times = 0;
    slack_peer_await(peer, are_both_read);
    assert_int_equal(slack_peer_posts(peer, "I was away."), 0);
}

/* Whichever comes first. */
static void other_channel__is_read__when_the_first_fails(void **state)
{
    others_are_read(state, "C0INC2");
}

static void other_channel__is_read__when_the_second_fails(void **state)
{
    others_are_read(state, "C0INC1");
}

static bool is_over(struct slack_peer *peer)
{
    return has_many(peer) &&
           slack_count(peer, "memory WHERE name LIKE 'behind%' AND value = ''") == 1;
}

/* What Slack refuses is not claimed to be read; it is read after the next gap. */
static void mark__is_kept__when_refused_in_the_middle(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, MANY);
    fault(peer, FAULT_ERROR, 1000);
    peer->fault_error = "access_denied";
    peer->fault_spares = 1;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_refused);
    assert_int_equal(said(peer), 20);
    assert_int_equal(marks(peer), 1);
    assert_int_equal(slack_count(peer, "outbox WHERE body LIKE '%is read up%'"), 0);
    assert_int_equal(slack_count(peer, "outbox WHERE body LIKE '%says access_denied%'"),
                     1);
    peer->fault_times = 0;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_over);
}

static void channel__is_read_from_the_top__when_slack_forgot_where_we_were(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, MANY);
    fault(peer, FAULT_ERROR, 1);
    peer->fault_error = "invalid_cursor";
    peer->fault_spares = 1;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, has_many);
}

static bool has_failed(struct slack_peer *peer)
{
    return !db_is_to_fail(peer->store.db);
}

/* The socket stays; Slack does not send it again here. */
static void message__is_read_up__when_it_could_not_be_committed(void **state)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    add_said(peer, "", 1, "w1");
    snprintf(ts, sizeof(ts), "%ld.000002", peer->clock_s + 1);
    db_fail_after(peer->store.db, 1);
    slack_peer_say(peer, "e5", "C0INC1", ts, "w1");
    slack_peer_await(peer, has_failed);
    slack_peer_await(peer, is_w1_said);
    assert_int_equal(slack_peer_acks(peer, "e5"), 0);
    assert_int_equal(peer->socket_count, 1);
}

static int failures;

/* The store fails whenever it is asked; twice that was noticed. */
static bool has_failed_twice(struct slack_peer *peer)
{
    if (has_failed(peer)) {
        failures += 1;
        db_fail_after(peer->store.db, 1);
    }
    return failures >= 2;
}

/* A page that can't be kept would only be asked for again. */
static void nothing__is_asked_for__while_the_store_cant_write(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer, "", 1, "w1");
    failures = 0;
    db_fail_after(peer->store.db, 1);
    slack_peer_say(peer, "e5", "C0INC1", "1795351233.1", "lost");
    slack_peer_await(peer, has_failed_twice);
    assert_int_equal(slack_peer_calls(peer, "conversations.history"), 0);
    db_fail_after(peer->store.db, 0);
    slack_peer_await(peer, is_w1_said);
    assert_int_equal(slack_peer_calls(peer, "conversations.history"), 1);
}

static bool is_held_back(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e5") > 0;
}

static void minute__is_read_up__when_slack_kept_it_back(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer, "", 1, "w1");
    slack_peer_send(peer, arena_printf(peer->config->arena,
                                       "{\"envelope_id\":\"e5\",\"type\":"
                                       "\"events_api\",\"payload\":{\"type\":"
                                       "\"app_rate_limited\",\"minute_rate_limited\":"
                                       "%ld}}",
                                       peer->clock_s - 70));
    slack_peer_await(peer, is_w1_said);
    assert_int_equal(slack_peer_acks(peer, "e5"), 1);
    assert_int_equal(slack_count(peer, "memory WHERE name = 'held' AND value = '1'"),
                     1);
}

/* The socket is cut meanwhile: what was said since is read up when the minute is over,
 * not before, or what was said in its rest would be missed. */
static void minute__is_read_up__when_the_socket_is_cut_in_it(void **state)
{
    struct slack_peer *peer = declare(state);

    slack_peer_send(peer, arena_printf(peer->config->arena,
                                       "{\"envelope_id\":\"e5\",\"type\":"
                                       "\"events_api\",\"payload\":{\"type\":"
                                       "\"app_rate_limited\",\"minute_rate_limited\":"
                                       "%ld}}",
                                       (long)(time_now_ms() / TIME_SECOND_MS) - 54));
    slack_peer_await(peer, is_held_back);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, slack_has_two_sockets);
    slack_peer_say(peer, "e3", "C0OPS", "1795351233.1", "elsewhere");
    slack_peer_await(peer, slack_is_third_done);
    add_said(peer, "", 1, "w1");
    slack_peer_await(peer, is_w1_said);
}

static void deletion__is_of_now__when_history_has_a_tombstone(void **state)
{
    struct slack_peer *peer = declare(state);
    const char *more = "\"subtype\":\"tombstone\",";

    add_said(peer, "", 1, "w1");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_w1_said);
    peer->said[0] = '\0';
    add_said(peer, more, 1, "This message was deleted.");
    add_said(peer, more, 2, "This message was deleted.");
    add_said(peer, "", 3, "w2");
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_w2_said);
    assert_int_equal(
        slack_count(peer,
                    arena_printf(peer->config->arena,
                                 "timeline WHERE deleted_ms >= %ld000 AND at_ms > "
                                 "%ld000 AND at_ms < %ld000",
                                 peer->clock_s - 1, peer->clock_s, peer->clock_s + 3)),
        2);
}

static bool are_both_heard(struct slack_peer *peer)
{
    return said(peer) == 2 &&
           slack_peer_posts(peer, "I was away. What was said in threads since") == 2;
}

/* Each channel has a thread, and no thread is given for long: whichever comes first,
 * what was said in the other channel itself does not wait for it. */
static void other_channel__is_read__when_threads_must_wait(void **state)
{
    struct slack_peer *peer = declare_two(state);

    for (int i = 1; i <= 2; i++) {
        add_said(peer,
                 arena_printf(peer->config->arena,
                              "\"channel\":\"C0INC%d\",\"thread_ts\":\"%ld.000002\","
                              "\"reply_count\":1,\"latest_reply\":\"%ld.000009\",",
                              i, peer->clock_s + i, peer->clock_s + 9),
                 i, arena_printf(peer->config->arena, "w%d", i));
    }
    fault(peer, FAULT_429, 1000);
    peer->fault_method = "conversations.replies";
    peer->wait_s = 31;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, are_both_heard);
    assert_int_equal(all_marks(peer), 2);
}

static bool is_given_up(struct slack_peer *peer)
{
    return slack_peer_posts(peer, "I was away.") == 1 && slack_is_idle(peer);
}

/* As far as it is known; then the channel is told. */
static void history__is_given_up__when_it_has_no_end(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, 3);
    peer->page = 2;
    peer->is_round = true;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_given_up);
    assert_int_equal(said(peer), 3);
    assert_true(slack_peer_calls(peer, "conversations.history") < 20);
}

static bool is_held(struct slack_peer *peer)
{
    return peer->held != NULL;
}

static bool is_read_to_its_end(struct slack_peer *peer)
{
    return said(peer) == 11 && marks(peer) == 0;
}

/* Nine pages lead no further, one of them twice: the store could not keep it. Not Slack
 * goes round in circles there. */
static void history__is_read_on__when_a_page_is_heard_again(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer, "", 50, "w11");
    for (int i = 9; i > 0; i--) {
        add_said(peer, "", 100 + i, "w idle");
    }
    add_said(peer, "", 100, "w1");
    peer->page = 1;
    fault(peer, FAULT_HELD, 1);
    peer->fault_spares = 5;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_held);
    db_fail_after(peer->store.db, 1);
    server_answer(peer->held, 200, "",
                  arena_printf(peer->config->arena,
                               "{\"ok\":true,\"messages\":[{\"ts\":\"%ld.000002\"}],"
                               "\"response_metadata\":{\"next_cursor\":\"6\"}}",
                               peer->clock_s + 105));
    slack_peer_await(peer, has_failed);
    slack_peer_await(peer, is_read_to_its_end);
    assert_int_equal(slack_peer_calls(peer, "conversations.history"), 12);
    assert_int_equal(slack_peer_posts(peer, "I was away."), 0);
}

static bool is_thread_left(struct slack_peer *peer)
{
    return said(peer) == 3 && marks(peer) == 0 && slack_is_idle(peer);
}

static void thread__is_left__when_it_has_no_end(void **state)
{
    struct slack_peer *peer = declare(state);
    long at_s = peer->clock_s + 1;

    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"w1\",\"ts\":\"%ld."
             "000001\",\"thread_ts\":\"%ld.000001\",\"latest_reply\":\"%ld.000003\"},"
             "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"old\",\"ts\":\"17.1\"}",
             at_s, at_s, at_s);
    snprintf(peer->replies, sizeof(peer->replies),
             "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"w2\",\"ts\":\"%ld."
             "000002\",\"thread_ts\":\"%ld.000001\"},"
             "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"w3\",\"ts\":\"%ld."
             "000003\",\"thread_ts\":\"%ld.000001\"}",
             at_s, at_s, at_s, at_s);
    peer->page = 1;
    peer->is_round = true;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_thread_left);
    assert_true(slack_peer_calls(peer, "conversations.replies") < 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(page__is_asked_for_with_less__when_it_is_too_big),
        GAP_TEST(channel__is_given_up__when_a_message_is_too_big),
        GAP_TEST(other_channel__is_read__when_the_first_fails),
        GAP_TEST(other_channel__is_read__when_the_second_fails),
        GAP_TEST(other_channel__is_read__when_threads_must_wait),
        GAP_TEST(mark__is_kept__when_refused_in_the_middle),
        GAP_TEST(channel__is_read_from_the_top__when_slack_forgot_where_we_were),
        GAP_TEST(message__is_read_up__when_it_could_not_be_committed),
        GAP_TEST(nothing__is_asked_for__while_the_store_cant_write),
        GAP_TEST(minute__is_read_up__when_slack_kept_it_back),
        GAP_TEST(minute__is_read_up__when_the_socket_is_cut_in_it),
        GAP_TEST(deletion__is_of_now__when_history_has_a_tombstone),
        GAP_TEST(history__is_given_up__when_it_has_no_end),
        GAP_TEST(history__is_read_on__when_a_page_is_heard_again),
        GAP_TEST(thread__is_left__when_it_has_no_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
