/* A storm of 429: what Slack does not take now is kept, in order, and goes when its
 * Retry-After is over, not before; other methods go on, and what somebody waits for
 * goes first. */
#include <limits.h>

#include "bot/base/time.h"
#include "tests/wire/slack_state.h"

#define ROOMS   3
#define MANY    12 /* lanes that wait: more than run side by side */
#define IN_ONE  6  /* posts for one channel */
#define CHANGES 3
#define AT_ONCE 4 /* of them, before it is one a second */

static size_t calls_before;
static char envelope[24];
static int slashes;

static int setup(void **state)
{
    *state = slack_peer_create(NULL, "127.0.0.1");
    slashes = 0;
    return 0;
}

static bool is_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, envelope) > 0;
}

static bool is_idle(struct slack_peer *peer)
{
    return is_acked(peer) && slack_open_rows(peer) == 0;
}

/* Bob is somebody whom Slack's mention names. */
static void slash(struct slack_peer *peer, const char *channel, const char *line)
{
    char json[500];

    snprintf(envelope, sizeof(envelope), "x%d", ++slashes);
    snprintf(json, sizeof(json),
             "{\"envelope_id\":\"%s\",\"type\":\"slash_commands\",\"payload\":{"
             "\"command\":\"/incident\",\"text\":\"%s\",\"user_id\":\"U1\","
             "\"user_name\":\"alice\",\"channel_id\":\"%s\",\"trigger_id\":\"t%d\"}}",
             envelope, line, channel, slashes);
    slack_peer_send(peer, json);
}

static const char *room(struct slack_peer *peer, size_t index)
{
    return arena_printf(peer->config->arena, "C0INC%zu", index + 1);
}

static bool is_bob_known(struct slack_peer *peer)
{
    return slack_count(peer, "identities WHERE external = 'U2'") > 0;
}

/* So many incidents, each with its channel, and bob is known, so that no command waits
 * for his name; announced in a place of its own, or the
 * pace of that one channel would be all that is tested. */
static struct slack_peer *declare(void **state, size_t incidents)
{
    struct slack_peer *peer = *state;

    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    for (size_t i = 0; i < incidents; i++) {
        peer->config->announce = arena_printf(peer->config->arena, "C0NEWS%zu", i);
        slash(peer, arena_printf(peer->config->arena, "C0OPS%zu", i),
              arena_printf(peer->config->arena, "declare sev2 db %zu is down", i));
        slack_peer_await(peer, is_idle);
    }
    slack_peer_say(peer, "bob", "C0OPS", "1795351200.000001", "<@U2> may help");
    slack_peer_await(peer, is_bob_known);
    peer->post_count = 0;
    return peer;
}

static void storm(struct slack_peer *peer, const char *method, int times, int wait_s)
{
    struct slack_storm *storm = &peer->storms[peer->storms[0].method == NULL ? 0 : 1];

    *storm = (struct slack_storm){.method = method, .times = times, .wait_s = wait_s};
}

static bool has_refused(struct slack_peer *peer)
{
    return is_acked(peer) && peer->storms[0].refused > 0;
}

static bool is_whispered(struct slack_peer *peer)
{
    return slack_peer_calls(peer, "chat.postEphemeral") > calls_before;
}

/* The posts of a room, in the order in which they came. */
static void assert_order(struct slack_peer *peer, const char *channel)
{
    static const char *const texts[] = {"Severity: sev1", "<@U2>: scribe",
                                        "Severity: sev3"};
    size_t found = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        if (strcmp(peer->posts[i].channel, channel) == 0 &&
            !peer->posts[i].is_private) {
            assert_true(found < 3);
            assert_int_equal(
                strncmp(peer->posts[i].text, texts[found], strlen(texts[found])), 0);
            found++;
        }
    }
    assert_int_equal(found, 3);
}

static void assert_all_out(struct slack_peer *peer)
{
    assert_int_equal(slack_open_rows(peer), 0);
    assert_int_equal(
        slack_peer_number(peer,
                          "SELECT COUNT(*) FROM outbox WHERE buried_why IS NOT NULL"),
        0);
    for (size_t i = 0; i < SLACK_STORMS; i++) {
        assert_int_equal(peer->storms[i].times, 0);
        assert_int_equal(peer->storms[i].early, 0);
    }
}

/* What was on its way when Slack said so has come; what comes now did not listen. */
static bool has_been_told(struct slack_peer *peer)
{
    return peer->looks > peer->storms[0].told_looks + 2 * SLACK_ON_ITS_WAY_LOOKS;
}

/* Each method with its own Retry-After. */
static void storm__is_waited_out__when_every_post_is_refused(void **state)
{
    struct slack_peer *peer = declare(state, ROOMS + 1);

    storm(peer, "chat.postMessage", 6, 2);
    storm(peer, "chat.update", 2, 2);
    for (size_t i = 0; i < ROOMS; i++) {
        slash(peer, room(peer, i), "severity sev1");
        slash(peer, room(peer, i), "role scribe <@U2|bob>");
        slash(peer, room(peer, i), "severity sev3");
    }
    slack_peer_await(peer, has_refused);
    calls_before = slack_peer_calls(peer, "chat.postEphemeral");
    slash(peer, "C0OPS", "list");
    slack_peer_await(peer, is_whispered);
    assert_true(peer->storms[0].times > 0);
    slack_peer_await(peer, has_been_told);
    slash(peer, room(peer, ROOMS), "page <@U2|bob>");
    slack_peer_await(peer, is_idle);
    for (size_t i = 0; i < ROOMS; i++) {
        assert_order(peer, room(peer, i));
    }
    assert_all_out(peer);
}

/* Where a post begins so; post_count where none does. */
static size_t place_of(struct slack_peer *peer, const char *text)
{
    size_t i = 0;

    while (i < peer->post_count &&
           strncmp(peer->posts[i].text, text, strlen(text)) != 0) {
        i++;
    }
    return i;
}

static bool are_all_held(struct slack_peer *peer)
{
    return is_acked(peer) && slack_open_rows(peer) > MANY &&
           slack_peer_number(peer, "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL "
                                   "AND claimed_by IS NOT NULL") == 0;
}

static bool are_held_again(struct slack_peer *peer)
{
    return are_all_held(peer) &&
           slack_peer_number(peer, "SELECT MAX(attempts) FROM outbox") >= 4;
}

/* Somebody's page is the last wish, and the lanes before it are more than may run: it
 * waits for none of them. Nor does anything wait longer for having been refused often.
 */
static void page__goes_first__when_the_storm_is_over(void **state)
{
    struct slack_peer *peer = declare(state, MANY);
    size_t before;

    storm(peer, "chat.postMessage", INT_MAX, 1);
    for (size_t i = 0; i < MANY; i++) {
        slash(peer, room(peer, i), "severity sev1");
    }
    slack_peer_await(peer, has_refused);
    slash(peer, room(peer, 0), "page <@U2|bob>");
    slack_peer_await(peer, are_held_again);
    peer->storms[0].times = 0;
    assert_int_equal(peer->post_count, 0);
    assert_true(slack_peer_number(peer, "SELECT MAX(due_ms) FROM outbox WHERE done_ms "
                                        "IS NULL AND attempts > 0") <=
                time_now_ms() + TIME_SECOND_MS + 250);
    slack_peer_await(peer, is_idle);
    before = place_of(peer, "Page 1 from alice");
    assert_true(before < MANY - 1);
    assert_all_out(peer);
}

static int64_t began_ms;

/* The two rooms' posts, one refused and one that was not even tried. */
static bool are_both_resting(struct slack_peer *peer)
{
    return is_acked(peer) &&
           slack_peer_number(
               peer,
               arena_printf(peer->config->arena,
                            "SELECT COUNT(*) FROM outbox WHERE kind = 'post' AND "
                            "done_ms IS NULL AND claimed_by IS NULL AND due_ms > %lld",
                            (long long)(began_ms + 29 * TIME_SECOND_MS))) == 2;
}

/* Slack's word is missing: half a minute, and nothing of that method meanwhile. Only
 * the long run has the patience to see it go on. */
static void method__rests__when_a_refusal_names_no_time(void **state)
{
    struct slack_peer *peer = declare(state, 2);
    size_t posts = slack_peer_calls(peer, "chat.postMessage");

    began_ms = time_now_ms();
    storm(peer, "chat.postMessage", 1, 0);
    slash(peer, room(peer, 0), "severity sev1");
    slack_peer_await(peer, has_refused);
    slash(peer, room(peer, 1), "severity sev1");
    slack_peer_await(peer, are_both_resting);
    calls_before = slack_peer_calls(peer, "chat.postEphemeral");
    slash(peer, "C0OPS", "list");
    slack_peer_await(peer, is_whispered);
    assert_int_equal(slack_peer_calls(peer, "chat.postMessage"), posts + 1);
    for (int i = 0; i < 60 && getenv("MUSTER_LONG") != NULL && !is_idle(peer); i++) {
        wire_run_ms(&peer->wire, TIME_SECOND_MS);
    }
    if (getenv("MUSTER_LONG") != NULL) {
        assert_all_out(peer);
    }
}

static bool has_said_so(struct slack_peer *peer)
{
    return is_acked(peer) && peer->fault_times == 0;
}

/* The same word in an answer that is none of status 429. */
static void method__rests__when_refused_in_a_200(void **state)
{
    struct slack_peer *peer = declare(state, 2);
    size_t posts = slack_peer_calls(peer, "chat.postMessage");

    began_ms = time_now_ms();
    slack_says(peer, "chat.postMessage", "ratelimited", 1);
    slash(peer, room(peer, 0), "severity sev1");
    slack_peer_await(peer, has_said_so);
    slash(peer, room(peer, 1), "severity sev1");
    slack_peer_await(peer, are_both_resting);
    assert_int_equal(slack_peer_calls(peer, "chat.postMessage"), posts + 1);
}

/* Both were on their way when the first was told three seconds, the second one. */
static void method__rests_the_longest__when_two_are_told_to_wait(void **state)
{
    struct slack_peer *peer = declare(state, 2);

    storm(peer, "chat.postMessage", 1, 3);
    peer->fault_method = "chat.postMessage";
    peer->fault = FAULT_429;
    peer->fault_times = peer->wait_s = 1;
    slash(peer, room(peer, 0), "severity sev1");
    slash(peer, room(peer, 1), "severity sev1");
    slack_peer_await(peer, is_idle);
    assert_int_equal(peer->fault_times, 0);
    assert_all_out(peer);
}

/* Slack takes one post a second and channel, and a few at once now and then. */
static void posts__are_a_second_apart__when_many_are_for_one_channel(void **state)
{
    struct slack_peer *peer = declare(state, 1);

    began_ms = time_steady_ms();
    for (int i = 0; i < IN_ONE; i++) {
        slash(peer, room(peer, 0), i % 2 == 0 ? "severity sev1" : "severity sev3");
        slack_peer_await(peer, is_acked);
    }
    slack_peer_await(peer, is_idle);
    assert_int_equal(peer->post_count, IN_ONE);
    assert_true(time_steady_ms() - began_ms >=
                (IN_ONE - AT_ONCE) * (int64_t)TIME_SECOND_MS);
}

static bool waits_for_card(struct slack_peer *peer)
{
    return is_acked(peer) && slack_peer_posts(peer, "Title: ") == CHANGES;
}

/* The headline is changed in place with each of them: once for all that came while
 * Slack asked to wait. */
static void card__is_changed_once__when_much_changes_meanwhile(void **state)
{
    struct slack_peer *peer = declare(state, 1);

    storm(peer, "chat.update", INT_MAX, 1);
    for (int i = 0; i < CHANGES; i++) {
        slash(peer, room(peer, 0),
              arena_printf(peer->config->arena, "title db %d is down", i));
        slack_peer_await(peer, has_refused);
    }
    slack_peer_await(peer, waits_for_card);
    assert_int_equal(
        slack_count(peer, "outbox WHERE kind = 'amend' AND done_ms IS NULL"),
        2); /* the one that was refused, and what is so by now */
    peer->storms[0].times = 0;
    slack_peer_await(peer, is_idle);
    assert_all_out(peer);
}

static bool is_silent(struct slack_peer *peer)
{
    return is_acked(peer) && peer->fault_times < INT_MAX;
}

/* Slack takes what is said and answers nothing; what people say is taken from it all
 * the while, and kept. */
static void acks__go_on__while_no_answer_comes(void **state)
{
    struct slack_peer *peer = declare(state, 1);

    peer->config->answer_ms = TIME_HOUR_MS;
    peer->fault_method = "chat.postMessage";
    peer->fault = FAULT_SILENT;
    peer->fault_times = INT_MAX;
    slash(peer, room(peer, 0), "severity sev1");
    slack_peer_await(peer, is_silent);
    for (int i = 0; i < MANY; i++) {
        char ts[40];

        snprintf(envelope, sizeof(envelope), "w%d", i);
        snprintf(ts, sizeof(ts), "%ld.%06d", peer->clock_s + 1, i + 1);
        slack_peer_say(peer, envelope, room(peer, 0), ts, envelope);
        slack_peer_await(peer, is_acked);
    }
    assert_int_equal(slack_count(peer, "timeline WHERE text LIKE 'w%'"), MANY);
    assert_true(slack_open_rows(peer) > 0);
}

#define STORM_TEST(name) cmocka_unit_test_setup_teardown(name, setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORM_TEST(storm__is_waited_out__when_every_post_is_refused),
        STORM_TEST(page__goes_first__when_the_storm_is_over),
        STORM_TEST(method__rests__when_a_refusal_names_no_time),
        STORM_TEST(method__rests__when_refused_in_a_200),
        STORM_TEST(posts__are_a_second_apart__when_many_are_for_one_channel),
        STORM_TEST(card__is_changed_once__when_much_changes_meanwhile),
        STORM_TEST(acks__go_on__while_no_answer_comes),
        STORM_TEST(method__rests_the_longest__when_two_are_told_to_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
