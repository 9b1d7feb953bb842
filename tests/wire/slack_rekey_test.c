/*
 * Slack gives a channel another id, as when it is shared with another company: the
 * incident goes on there, whatever was recorded, posted or is to be read up by the old
 * one.
 */
#include "tests/wire/slack_gap.h"

#define NEW "C0NEW"

static bool is_rekeyed(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "k1") > 0;
}

static void rekey(struct slack_peer *peer, const char *envelope, const char *formerly,
                  const char *channel, bool is_shared)
{
    slack_peer_send(peer,
                    arena_printf(peer->config->arena,
                                 "{\"envelope_id\":\"%s\",\"type\":\"events_api\","
                                 "\"payload\":{\"event_id\":\"K%s\","
                                 "\"is_ext_shared_channel\":%s,\"event\":{\"type\":"
                                 "\"channel_id_changed\",\"old_channel_id\":\"%s\","
                                 "\"new_channel_id\":\"%s\"}}}",
                                 envelope, envelope, is_shared ? "true" : "false",
                                 formerly, channel));
}

static void change_id(struct slack_peer *peer, bool is_shared)
{
    rekey(peer, "k1", "C0INC1", NEW, is_shared);
}

/* Slack knows the old id no more. */
static void forget_id(struct slack_peer *peer, const char *method)
{
    peer->fault_method = method;
    peer->fault = FAULT_ERROR;
    peer->fault_error = "channel_not_found";
    peer->fault_channel = "C0INC1";
    peer->fault_times = 1000;
}

static size_t posts_in(struct slack_peer *peer, const char *channel)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        count += strcmp(peer->posts[i].channel, channel) == 0 ? 1 : 0;
    }
    return count;
}

static bool is_done(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e3") > 0 && slack_is_idle(peer);
}

static bool is_read_up(struct slack_peer *peer)
{
    return is_rekeyed(peer) && slack_peer_calls(peer, "conversations.history") > 0 &&
           slack_count(peer, "memory WHERE name LIKE 'unread%' AND value <> ''") == 0 &&
           slack_is_idle(peer);
}

static void edit_heard(struct slack_peer *peer, const char *text)
{
    slack_peer_send(
        peer,
        arena_printf(peer->config->arena,
                     "{\"envelope_id\":\"e3\",\"type\":\"events_api\",\"payload\":"
                     "{\"event_id\":\"E3\",\"event\":{\"type\":\"message\",\"subtype\":"
                     "\"message_changed\",\"channel\":\"" NEW
                     "\",\"message\":{\"user\":\"U1\",\"text\":\"%s\",\"ts\":\"%ld."
                     "000001\",\"edited\":{\"ts\":\"%ld.000009\"}},"
                     "\"previous_message\":{\"user\":\"U1\",\"text\":\"heard\","
                     "\"ts\":\"%ld.000001\"}}}}",
                     text, peer->clock_s, peer->clock_s + 3, peer->clock_s));
}

/* What was heard by the old id is edited, and read again, by the new one. */
static void message__is_one_entry__when_its_channel_has_another_id(void **state)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"heard\",\"ts\":"
             "\"%ld.000001\"}",
             peer->clock_s);
    add_said(peer, "\"channel\":\"" NEW "\",", 1, "w1"); /* before the event came */
    change_id(peer, false);
    slack_peer_await(peer, is_read_up);
    snprintf(ts, sizeof(ts), "%ld.000002", peer->clock_s + 2);
    slack_peer_say(peer, "e4", NEW, ts, "w2");
    edit_heard(peer, "heard better");
    slack_peer_await(peer, is_done);
    assert_int_equal(said(peer), 2);
    assert_int_equal(slack_count(peer, "timeline WHERE text LIKE 'heard%'"), 1);
    assert_int_equal(slack_count(peer, "timeline WHERE text = 'heard better' AND "
                                       "channel = 'C0INC1'"),
                     1);
    assert_int_equal(slack_count(peer, "timeline WHERE text LIKE 'w_' AND "
                                       "channel = '" NEW "'"),
                     2);
    assert_int_equal(slack_count(peer, "timeline WHERE kind = 'channel' AND text LIKE "
                                       "'%its id is " NEW " now%'"),
                     1);
}

/* The headline stands where it stood: it is changed by the new id, and so goes all that
 * is said. */
static void headline__is_kept_up__when_its_channel_has_another_id(void **state)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    snprintf(ts, sizeof(ts), "%ld.000002", peer->clock_s + 1);
    forget_id(peer, "chat.update");
    change_id(peer, false);
    slack_peer_await(peer, is_read_up);
    peer->call_count = 0;
    slack_peer_say(peer, "e3", NEW, ts, "<@U0BOT> severity sev1");
    slack_peer_await(peer, is_done);
    assert_true(slack_peer_calls(peer, "chat.update") > 0);
    assert_int_equal(slack_buried_rows(peer), 0);
    assert_true(posts_in(peer, NEW) > 0);
    assert_int_equal(posts_in(peer, "C0INC1"), 0);
}

/* It ran, and was taken back since. */
static void command__runs_once__when_read_again_by_another_id(void **state)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    snprintf(ts, sizeof(ts), "%ld.000002", peer->clock_s + 1);
    slack_peer_say(peer, "e3", "C0INC1", ts, "<@U0BOT> severity sev1");
    slack_peer_await(peer, is_done);
    slack_peer_slash(peer, "e4", "t4", "severity inc-1 sev3");
    add_said(peer, "", 1, "<@U0BOT> severity sev1");
    change_id(peer, false);
    slack_peer_await(peer, is_read_up);
    assert_int_equal(slack_count(peer, "incidents WHERE severity = 'sev3'"), 1);
    assert_int_equal(slack_count(peer, "late_commands"), 0);
    assert_int_equal(slack_count(peer, "timeline WHERE kind = 'command' AND text = "
                                       "'severity sev1'"),
                     1);
}

static bool is_asked(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "conversations.history") > 0;
}

/* The gap that waits goes over to the new id. */
static void gap__is_read_up__when_its_channel_gets_another_id(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer, "\"channel\":\"" NEW "\",", 1, "w1");
    fault(peer, FAULT_429, 1);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_asked);
    forget_id(peer, "conversations.history");
    change_id(peer, false);
    slack_peer_await(peer, is_read_up);
    assert_int_equal(said(peer), 1);
    assert_int_equal(slack_peer_posts(peer, "I was away."), 0);
}

static bool is_held(struct slack_peer *peer)
{
    return peer->held != NULL && slack_has_two_sockets(peer);
}

/* The page was asked for by the old id, and refused: nobody took the bot out. */
static void page__is_asked_for_again__when_refused_by_an_id_of_before(void **state)
{
    struct slack_peer *peer = declare(state);

    add_said(peer, "", 1, "w1");
    fault(peer, FAULT_HELD, 1);
    server_cut(slack_peer_socket(peer));
    slack_peer_await(peer, is_held);
    change_id(peer, false);
    slack_peer_await(peer, is_rekeyed);
    server_answer(peer->held, 200, "",
                  "{\"ok\":false,\"error\":\"channel_not_found\"}");
    slack_peer_await(peer, is_read_up);
    assert_int_equal(said(peer), 1);
    assert_int_equal(slack_count(peer, "timeline WHERE text LIKE '%taken out%'"), 0);
}

static bool is_post_held(struct slack_peer *peer)
{
    return peer->held != NULL;
}

static bool is_posted(struct slack_peer *peer)
{
    return is_rekeyed(peer) && slack_is_idle(peer);
}

/* A post that was on its way goes there, once. */
static void post__is_said_there__when_refused_by_an_id_of_before(void **state)
{
    struct slack_peer *peer = declare(state);

    peer->fault_method = "chat.postMessage";
    peer->fault_channel = "C0INC1";
    peer->fault = FAULT_HELD;
    peer->fault_times = 1;
    slack_peer_slash(peer, "e3", "t3", "severity inc-1 sev1");
    slack_peer_await(peer, is_post_held);
    change_id(peer, false);
    slack_peer_await(peer, is_rekeyed);
    server_answer(peer->held, 200, "",
                  "{\"ok\":false,\"error\":\"channel_not_found\"}");
    slack_peer_await(peer, is_posted);
    assert_int_equal(slack_buried_rows(peer), 0);
    assert_int_equal(posts_in(peer, NEW), 1);
    assert_int_equal(posts_in(peer, "C0INC1"), 0);
}

static bool is_post_refused(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "chat.postMessage") > 0;
}

/* Slack refuses the old id before it tells of the new one. */
static void post__is_said_there__when_refused_before_the_id_is_told(void **state)
{
    struct slack_peer *peer = declare(state);

    forget_id(peer, "chat.postMessage");
    slack_peer_slash(peer, "e3", "t3", "severity inc-1 sev1");
    slack_peer_await(peer, is_post_refused);
    change_id(peer, false);
    slack_peer_await(peer, is_posted);
    assert_int_equal(slack_buried_rows(peer), 0);
    assert_int_equal(posts_in(peer, NEW), 1);
}

/* Shared with another company: what people outside read gets nothing internal. */
static void nothing__is_said__when_the_channel_is_shared_now(void **state)
{
    struct slack_peer *peer = declare(state);

    snprintf(peer->shared, sizeof(peer->shared), NEW);
    change_id(peer, false); /* the event need not say so */
    slack_peer_await(peer, is_read_up);
    peer->post_count = 0;
    peer->call_count = 0;
    slack_peer_slash(peer, "e3", "t3", "severity inc-1 sev1");
    slack_peer_await(peer, is_done);
    assert_int_equal(posts_in(peer, NEW) + posts_in(peer, "C0INC1"), 0);
    assert_int_equal(slack_peer_calls(peer, "chat.update"), 0);
    assert_int_equal(slack_peer_calls(peer, "conversations.setTopic"), 0);
}

/* Slack repeats it, and what was on its way bears the old id still. */
static void event__counts_once__when_it_comes_late(void **state)
{
    struct slack_peer *peer = declare(state);
    char ts[40];

    change_id(peer, false);
    slack_peer_await(peer, is_read_up);
    change_id(peer, false);
    snprintf(ts, sizeof(ts), "%ld.000002", peer->clock_s + 1);
    slack_peer_say(peer, "e3", "C0INC1", ts, "w1");
    slack_peer_await(peer, is_done);
    assert_int_equal(said(peer), 1);
    assert_int_equal(slack_count(peer, "timeline WHERE kind = 'channel'"), 1);
    assert_int_equal(slack_count(peer, "incidents WHERE channel = '" NEW "'"), 1);
}

/* The settings name both channels by the ids they had. */
static void update__gets_out__when_the_settings_name_an_id_of_before(void **state)
{
    struct slack_peer *peer = *state;

    peer->config->announce = "C0IN";
    peer->config->announce_outside = "C0OUT";
    snprintf(peer->shared, sizeof(peer->shared), "C0OUTNEW");
    slack_declare(state);
    rekey(peer, "k0", "C0IN", "C0INNEW", false);
    rekey(peer, "k1", "C0OUT", "C0OUTNEW", true);
    slack_peer_await(peer, is_rekeyed);
    peer->post_count = 0;
    slack_peer_slash(peer, "e2", "t2", "update inc-1 in it is the disk");
    slack_peer_await(peer, slack_is_second_done);
    slack_peer_slash(peer, "e3", "t3", "update inc-1 out we look into it");
    slack_peer_await(peer, is_done);
    assert_int_equal(posts_in(peer, "C0INNEW"), 1);
    assert_int_equal(posts_in(peer, "C0OUTNEW"), 1);
    assert_int_equal(posts_in(peer, "C0IN") + posts_in(peer, "C0OUT"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(message__is_one_entry__when_its_channel_has_another_id),
        GAP_TEST(headline__is_kept_up__when_its_channel_has_another_id),
        GAP_TEST(command__runs_once__when_read_again_by_another_id),
        GAP_TEST(gap__is_read_up__when_its_channel_gets_another_id),
        GAP_TEST(page__is_asked_for_again__when_refused_by_an_id_of_before),
        GAP_TEST(post__is_said_there__when_refused_by_an_id_of_before),
        GAP_TEST(post__is_said_there__when_refused_before_the_id_is_told),
        GAP_TEST(nothing__is_said__when_the_channel_is_shared_now),
        GAP_TEST(event__counts_once__when_it_comes_late),
        GAP_TEST(update__gets_out__when_the_settings_name_an_id_of_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
