/* What was said while nobody listened: all of it, once, however little Slack gives. */
#include "bot/base/time.h"
#include "tests/wire/slack_state.h"

static struct slack_peer *declare(void **state)
{
    struct slack_peer *peer = *state;

    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    peer->ack_count = 0;
    return peer;
}

static bool is_e2_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0;
}

static int64_t said(struct slack_peer *peer)
{
    return slack_peer_number(
        peer, "SELECT COUNT(*) FROM timeline WHERE kind = 'said' AND text LIKE 'w%'");
}

static int64_t marks(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM memory WHERE name LIKE "
                                   "'unread%' AND value <> ''");
}

/* `count` messages w1, w2 ... a second apart, the newest first. */
static void fill(struct slack_peer *peer, int count)
{
    char *out = peer->said;

    for (int i = count; i > 0; i--) {
        out += sprintf(out,
                       "%s{\"type\":\"message\",\"user\":\"U2\",\"text\":\"w%d\","
                       "\"ts\":\"%ld.000%03d\"}",
                       i == count ? "" : ",", i, peer->clock_s + i, i);
    }
}

#define MANY 31

static bool has_many(struct slack_peer *peer)
{
    return said(peer) == MANY;
}

static void history__is_read_to_its_end__when_long(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, MANY);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, has_many);
}

static bool is_behind(struct slack_peer *peer)
{
    return slack_peer_posts(peer, "I was away.") == 1;
}

/* The newest first; what is missing is said at once. */
static void channel__is_told_what_is_missing__when_slack_makes_us_wait(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, MANY);
    peer->page = 15;
    peer->fault_method = "conversations.history";
    peer->fault = FAULT_429;
    peer->fault_times = peer->fault_spares = 1;
    peer->wait_s = 31;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_behind);
    assert_int_equal(said(peer), 15);
    assert_int_equal(marks(peer), 1);
    assert_int_equal(
        slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text = 'w31'"), 1);
    /* Nothing was known there: it is missing from the beginning, not since 1970. */
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE body "
                                             "LIKE '%away%' AND body LIKE '%1970%'"),
                     0);
}

static bool is_read(struct slack_peer *peer)
{
    return has_many(peer) && marks(peer) == 0;
}

static void send_again(struct slack_peer *peer, int message)
{
    slack_peer_send(
        peer,
        arena_printf(peer->config->arena,
                     "{\"envelope_id\":\"r%d\",\"type\":\"events_api\","
                     "\"retry_attempt\":1,\"retry_reason\":\"timeout\","
                     "\"payload\":{\"event_id\":\"Ev%d\",\"type\":"
                     "\"event_callback\",\"event\":{\"type\":\"message\","
                     "\"channel\":\"C0INC1\",\"user\":\"U2\",\"text\":\"w%d\","
                     "\"ts\":\"%ld.000%03d\"}}}",
                     message, message, message, peer->clock_s + message, message));
}

static bool is_read_and_acked(struct slack_peer *peer)
{
    for (int i = 1; i <= MANY; i += 2) {
        if (slack_peer_acks(peer, arena_printf(peer->config->arena, "r%d", i)) == 0) {
            return false;
        }
    }
    return is_read(peer);
}

/* Slack was away; of what was said then it sends every other message again, in no
 * order, while all of it is read up page by page. */
static void messages__are_there_once__when_sent_again_amid_reading_up(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, MANY);
    peer->page = 5;
    slack_peer_leave(peer);
    peer->is_away = false;
    slack_peer_await(peer, slack_has_two_sockets);
    for (int i = 0; i < MANY; i++) {
        int message = i * 7 % MANY + 1;

        if (message % 2 == 1) {
            send_again(peer, message);
        }
    }
    slack_peer_await(peer, is_read_and_acked);
    assert_int_equal(slack_peer_number(peer, "SELECT COUNT(DISTINCT at_ms || text) "
                                             "FROM timeline WHERE text LIKE 'w%'"),
                     MANY);
    assert_int_equal(slack_peer_calls(peer, "conversations.history"), (MANY + 4) / 5);
}

static void channel__is_not_told__when_slack_makes_us_wait_for_a_moment(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, MANY);
    peer->page = 15;
    peer->is_scarce = true;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_read);
    assert_int_equal(slack_peer_posts(peer, "I was away."), 0);
}

/* The newest was read, then the bot was killed: where the gap begins, only the store
 * can tell. */
static void gap__is_read_up__when_killed_in_the_middle(void **state)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    fill(peer, MANY);
    snprintf(ts, sizeof(ts), "%ld.000%03d", peer->clock_s + MANY, MANY);
    slack_peer_say(peer, "e2", "C0INC1", ts, "w31");
    slack_peer_await(peer, is_e2_acked);
    slack_peer_number(peer, arena_printf(peer->config->arena,
                                         "INSERT INTO memory (adapter, name, value) "
                                         "VALUES ('slack', 'unread C0INC1', "
                                         "'%ld.000000') RETURNING 1",
                                         peer->clock_s));
    peer->page = 15;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, has_many);
}

static bool has_reply(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text = "
                                   "'while away' AND thread IS NOT NULL") == 1;
}

static bool is_said_once(struct slack_peer *peer)
{
    return said(peer) == 1;
}

/* One thread known by a reply heard before, one by the message it hangs under. */
static void threads__are_read_up__when_replied_to_in_a_gap(void **state)
{
    struct slack_peer *peer = declare(state);
    char old[20], ts[40];

    snprintf(old, sizeof(old), "%ld.000001", peer->clock_s - 90000);
    snprintf(ts, sizeof(ts), "%ld.000002", peer->clock_s + 1);
    slack_peer_send(peer,
                    arena_printf(peer->config->arena,
                                 "{\"envelope_id\":\"e2\",\"type\":\"events_api\","
                                 "\"payload\":{\"event_id\":\"E2\",\"event\":{\"type\":"
                                 "\"message\",\"channel\":\"C0INC1\",\"user\":\"U1\","
                                 "\"text\":\"known\",\"ts\":\"%s\",\"thread_ts\":"
                                 "\"%s\"}}}",
                                 ts, old));
    slack_peer_await(peer, is_e2_acked);
    snprintf(peer->replies, sizeof(peer->replies),
             "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"while away\",\"ts\":"
             "\"%ld.000003\",\"thread_ts\":\"%s\"}",
             peer->clock_s + 2, old);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, has_reply);
    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"root\",\"ts\":\"%ld."
             "000004\",\"thread_ts\":\"%ld.000004\",\"reply_count\":1,"
             "\"latest_reply\":\"%ld.000005\"}",
             peer->clock_s + 3, peer->clock_s + 3, peer->clock_s + 4);
    snprintf(peer->replies, sizeof(peer->replies),
             "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"w\",\"ts\":"
             "\"%ld.000005\",\"thread_ts\":\"%ld.000004\"}",
             peer->clock_s + 4, peer->clock_s + 3);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_said_once);
}

static bool is_edited(struct slack_peer *peer)
{
    return slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text = "
                                   "'as it is now' AND edited_ms IS NOT NULL") == 1;
}

static void message__reads_as_it_does_now__when_edited_in_a_gap(void **state)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    snprintf(ts, sizeof(ts), "%ld.000001", peer->clock_s + 1);
    slack_peer_say(peer, "e2", "C0INC1", ts, "as it was");
    slack_peer_await(peer, is_e2_acked);
    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"as it is now\",\"ts\":"
             "\"%s\",\"edited\":{\"user\":\"U1\",\"ts\":\"%ld.000000\"}}",
             ts, peer->clock_s + 5);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_edited);
}

static bool is_out(struct slack_peer *peer)
{
    return slack_peer_number(peer,
                             "SELECT COUNT(*) FROM timeline WHERE kind = "
                             "'channel' AND text LIKE 'the bot was taken out%'") == 1;
}

static void removal__is_on_record__when_told(void **state)
{
    struct slack_peer *peer = declare(state);

    slack_peer_send(peer, "{\"envelope_id\":\"e2\",\"type\":\"events_api\",\"payload\":"
                          "{\"event_id\":\"E2\",\"event\":{\"type\":"
                          "\"member_left_channel\",\"user\":\"U0BOT\",\"channel\":"
                          "\"C0INC1\"}}}");
    slack_peer_await(peer, is_e2_acked);
    slack_peer_await(peer, is_out);
}

static void removal__is_on_record__when_it_was_in_a_gap(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->fault_method = "conversations.history";
    peer->fault = FAULT_NOT_IN_CHANNEL;
    peer->fault_times = 1;
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_out);
}

#define PAST_TEST(name)                                                                \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAST_TEST(history__is_read_to_its_end__when_long),
        PAST_TEST(channel__is_told_what_is_missing__when_slack_makes_us_wait),
        PAST_TEST(messages__are_there_once__when_sent_again_amid_reading_up),
        PAST_TEST(channel__is_not_told__when_slack_makes_us_wait_for_a_moment),
        PAST_TEST(gap__is_read_up__when_killed_in_the_middle),
        PAST_TEST(threads__are_read_up__when_replied_to_in_a_gap),
        PAST_TEST(message__reads_as_it_does_now__when_edited_in_a_gap),
        PAST_TEST(removal__is_on_record__when_told),
        PAST_TEST(removal__is_on_record__when_it_was_in_a_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
