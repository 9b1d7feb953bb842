/* Whatever stands between us and the homeserver, and whatever that one does. */
#include "adapters/matrix_inner.h"
#include "bot/base/time.h"
#include "bot/ears_inner.h"
#include "tests/wire/matrix_syncs.h"

#define INC "!inc:x"

static struct matrix *matrix_of(struct matrix_peer *peer)
{
    return (struct matrix *)peer->ears->adapters[0];
}

static void say(struct matrix_peer *peer, const char *id, const char *text)
{
    matrix_peer_room(peer, INC, NULL, NULL, matrix_peer_message(id, "@a:x", text));
}

static bool is_up(struct matrix_peer *peer)
{
    return peer->ears->states[0] == ADAPTER_UP && is_idle(peer);
}

static bool is_down(struct matrix_peer *peer)
{
    return peer->ears->states[0] == ADAPTER_DOWN;
}

/* A gateway's page is no word of the homeserver: the same is asked again. */
static void sync__goes_on__when_a_gateway_answers(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_refuse(peer, "/sync", 502, "<html>Bad Gateway</html>", 2);
    say(peer, "$1", "one");
    say(peer, "$2", "two");
    matrix_peer_await(peer, is_down);
    matrix_peer_await(peer, is_up);
    assert_int_equal(matrix_peer_said(peer, "one"), 1);
    assert_int_equal(matrix_peer_said(peer, "two"), 1);
    assert_int_equal(peer->logins, 1);
    assert_int_equal(matrix_peer_calls(peer, "/sync?timeout=0"), 1 + 2);
}

static void sync__goes_on__when_a_page_says_it_is_fine(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_refuse(peer, "since=s1", 200, "<html>Please log in</html>", 1);
    say(peer, "$1", "one");
    say(peer, "$2", "two");
    matrix_peer_await(peer, is_up);
    assert_int_equal(matrix_peer_said(peer, "two"), 1);
    assert_int_equal(peer->asked[1], 1);
}

static bool has_answered(struct matrix_peer *peer)
{
    return matrix_peer_calls(peer, "/send/m.room.message") > 0;
}

/* Two syncs, of which the second is spoilt once: all is said once in the end. */
static void say_spoilt(struct matrix_peer *peer, enum peer_fault fault)
{
    matrix_peer_incident(peer, INC);
    say(peer, "$1", "one");
    matrix_peer_await(peer, is_up);
    matrix_peer_fault(peer, "since=s2", fault, 1);
    say(peer, "$2", "two");
    say(peer, "$3", "three");
    matrix_peer_await(peer, is_up);
    assert_int_equal(peer->asked[2], 2);
    assert_int_equal(matrix_peer_said(peer, "two"), 1);
    assert_int_equal(matrix_peer_said(peer, "three"), 1);
}

static void sync__goes_on__when_an_answer_is_lost(void **state)
{
    say_spoilt(start(state), PEER_DROP_AFTER);
}

/* The connection ends in the middle of a body, before all that its head says. */
static void sync__goes_on__when_a_body_is_torn(void **state)
{
    say_spoilt(start(state), PEER_TEAR);
}

/* A body over the maximum, `times` times; a line waits behind it. */
static struct matrix_peer *start_too_big(void **state, int times)
{
    static char huge[20002];
    struct matrix_peer *peer = *state;

    memset(huge, ' ', sizeof(huge) - 1);
    matrix_of(peer)->sync_bytes = sizeof(huge) - 2;
    start(state);
    matrix_peer_incident(peer, INC);
    for (int i = 0; i < 2; i++) {
        char id[20], text[20];

        snprintf(id, sizeof(id), "$%d", i);
        snprintf(text, sizeof(text), "line %d", i);
        matrix_peer_history(peer, matrix_peer_message(id, "@a:x", text));
        say(peer, id, text);
    }
    matrix_peer_refuse(peer, "since=s1", 200, huge, times);
    return peer;
}

static bool has_said_both(struct matrix_peer *peer)
{
    return is_up(peer) && matrix_peer_said(peer, "line 1") == 1;
}

/* Both the first sync's filter and the one for less stand in the address. */
static void sync__is_asked_for_less__when_it_is_too_big(void **state)
{
    struct matrix_peer *peer = start_too_big(state, 1);

    matrix_peer_await(peer, has_said_both);
    matrix_peer_assert_said(peer, 0, 2);
    assert_int_equal(matrix_peer_calls(peer, "filter=%7B"), 2);
    assert_int_equal(matrix_peer_calls(peer, "/messages"), 0);
}

/* It would stand in the way for ever: what open incidents missed is read up instead. */
static void place__is_given_up__when_even_less_is_too_big(void **state)
{
    struct matrix_peer *peer = start_too_big(state, 1000);

    matrix_peer_await(peer, has_said_both);
    matrix_peer_assert_said(peer, 0, 2);
    say(peer, "$2", "line 2");
    matrix_peer_await(peer, is_up);
    matrix_peer_assert_said(peer, 0, 3);
    assert_in_range(matrix_peer_calls(peer, "/sync"), 5, 12);
}

static bool is_refused(struct matrix_peer *peer)
{
    return ears_exit_status(peer->ears) == 78;
}

static int64_t buried(struct matrix_peer *peer)
{
    return matrix_peer_number(
        peer, "SELECT COUNT(*) FROM outbox WHERE buried_why IS NOT NULL");
}

/* Hears all and may say nothing, for a while. */
static void wait_for(void **state, const char *refusal)
{
    struct matrix_peer *peer = *state;

    matrix_of(peer)->trouble_ms = 50;
    start(state);
    matrix_peer_refuse(peer, "/send/", 403, refusal, 1);
    say(peer, "$1", "!incident help");
    matrix_peer_await(peer, has_answered);
    matrix_peer_await(peer, is_up);
    assert_int_equal(matrix_peer_calls(peer, "/send/"), 2);
    assert_int_equal(buried(peer), 0);
    assert_int_equal(peer->logins, 1);
}

static void message__waits__when_we_are_suspended(void **state)
{
    wait_for(state, "{\"errcode\":\"M_USER_SUSPENDED\"}");
}

/* No word of the homeserver: somebody in between did not like its looks. */
static void message__waits__when_a_gateway_refuses_it(void **state)
{
    wait_for(state, "<html>Forbidden</html>");
}

/* Its operator wants the bot's consent to new terms first. */
static void message__waits__when_the_homeserver_has_new_terms(void **state)
{
    wait_for(state, "{\"errcode\":\"M_CONSENT_NOT_GIVEN\",\"consent_uri\":\"x\"}");
}

/* Closed by its operator, or full. */
static void message__waits__when_the_homeserver_is_closed(void **state)
{
    wait_for(state, "{\"errcode\":\"M_RESOURCE_LIMIT_EXCEEDED\"}");
}

/* What was to be said waits for a start with another account. */
static void platform__is_over__when_we_are_deactivated(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_refuse(peer, "/send/", 403, "{\"errcode\":\"M_USER_DEACTIVATED\"}", 1);
    say(peer, "$1", "!incident help");
    matrix_peer_await(peer, is_refused);
    assert_int_equal(buried(peer), 0);
}

static void platform__is_over__when_a_sync_says_we_are_deactivated(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_refuse(peer, "since=s1", 403, "{\"errcode\":\"M_USER_DEACTIVATED\"}",
                       1);
    say(peer, "$1", "one");
    matrix_peer_await(peer, is_refused);
}

/* A poll that is not answered in its time is given up and asked again, at once. */
static void sync__goes_on__when_it_hangs(void **state)
{
    struct matrix_peer *peer = *state;

    matrix_of(peer)->poll_ms = 50;
    matrix_of(peer)->grace_ms = 50;
    start(state);
    matrix_peer_incident(peer, INC);
    matrix_peer_fault(peer, "since=s1", PEER_HANG, 1);
    say(peer, "$1", "one");
    matrix_peer_await(peer, hangs);
    say(peer, "$2", "two");
    matrix_peer_await(peer, is_up);
    assert_int_equal(matrix_peer_said(peer, "two"), 1);
}

/* One that answers at once without news gets no storm of questions. */
static void sync__is_not_stormed__when_it_stands_still(void **state)
{
    struct matrix_peer *peer = start(state);
    size_t before;

    peer->stands_still = true;
    matrix_peer_sync(peer, "{}");
    wire_run_ms(&peer->wire, 100);
    before = matrix_peer_calls(peer, "/sync");
    wire_run_ms(&peer->wire, 1000);
    assert_true(matrix_peer_calls(peer, "/sync") - before <= 12);
}

/* Taken with thanks, and never seen by anybody. */
static void silence__is_told__when_our_words_do_not_come_back(void **state)
{
    struct matrix_peer *peer = *state;

    matrix_of(peer)->echo_ms = 50;
    start(state);
    say(peer, "$1", "!incident help");
    matrix_peer_await(peer, has_answered);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(peer->ears->states[0], ADAPTER_UP);
    wire_run_ms(&peer->wire, 100);
    say(peer, "$2", "well?");
    matrix_peer_await(peer, is_idle);
    say(peer, "$3", "well?");
    matrix_peer_await(peer, is_down);
    matrix_peer_room(
        peer, INC, NULL, NULL,
        "{\"type\":\"m.room.message\",\"event_id\":\"$e\",\"sender\":\"" PEER_ME
        "\",\"origin_server_ts\":1795351233000,\"unsigned\":"
        "{\"transaction_id\":\"m1\"},\"content\":{\"msgtype\":\"m.notice\","
        "\"body\":\"x\"}}");
    matrix_peer_await(peer, is_up);
}

/* Rate limits on the way: what has to wait waits, the long poll does not. */
static void limiter__holds_up_its_own_kind_alone(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_refuse(peer, "/send/", 429,
                       "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":1500}", 1);
    say(peer, "$1", "!incident help");
    say(peer, "$2", "two");
    matrix_peer_await(peer, has_answered);
    assert_int_equal(matrix_of(peer)->gates_ms[MATRIX_CREATIONS], 0);
    matrix_peer_await(peer, is_up);
    assert_int_equal(matrix_peer_said(peer, "two"), 1);
    assert_true(matrix_of(peer)->gates_ms[MATRIX_MESSAGES] > 0);
    assert_int_equal(matrix_peer_calls(peer, "/send/"), 2);
}

static bool has_said_all(struct matrix_peer *peer)
{
    return matrix_peer_number(peer,
                              "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL") == 0;
}

/* The answer is lost for good, the message was taken: that it came back says so. */
static void message__is_done__when_its_echo_comes_before_its_answer(void **state)
{
    struct matrix_peer *peer = start(state);
    char echo[400];

    matrix_peer_incident(peer, INC);
    matrix_peer_fault(peer, "/send/", PEER_HANG, 1);
    say(peer, "$1", "!inc timeline");
    matrix_peer_await(peer, hangs);
    snprintf(echo, sizeof(echo),
             "{\"type\":\"m.room.message\",\"event_id\":\"$e\",\"sender\":\"" PEER_ME
             "\",\"origin_server_ts\":1795351233000,\"unsigned\":{\"transaction_id\":"
             "\"%s\"},\"content\":{\"msgtype\":\"m.notice\",\"body\":\"x\"}}",
             strrchr(peer->hung_path, '/') + 1);
    matrix_peer_room(peer, INC, NULL, NULL, echo);
    matrix_peer_await(peer, has_said_all);
    assert_int_equal(matrix_peer_calls(peer, "/send/"), 1);
}

/* Two creations wanted one alias at the same moment. */
static void creation__is_tried_again__when_another_was_at_it(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_refuse(peer, "createRoom", 409, "{\"errcode\":\"M_UNKNOWN\"}", 1);
    say(peer, "$1", "!incident help");
    matrix_peer_await(peer, has_answered);
    assert_int_equal(matrix_peer_calls(peer, "createRoom"), 2);
}

/* A row's claim lasts two minutes, a slow homeserver longer. */
static void message__is_sent_once__when_it_takes_longer_than_its_claim(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_fault(peer, "/send/", PEER_HANG, 1);
    say(peer, "$1", "!incident help");
    matrix_peer_await(peer, hangs);
    peer->clock.set_ms += 3 * TIME_MINUTE_MS;
    courier_wake(peer->ears->courier);
    wire_run_ms(&peer->wire, 200);
    assert_int_equal(matrix_peer_calls(peer, "/send/"), 1);
    matrix_peer_release(peer);
    matrix_peer_await(peer, is_up);
    assert_int_equal(matrix_peer_calls(peer, "/send/"), 1);
}

/* Everything at once: cut, refused, hung, garbled, and each line once. */
static void sync__loses_nothing__in_a_storm(void **state)
{
    struct matrix_peer *peer = start(state);
    static const enum peer_fault faults[] = {PEER_DROP_BEFORE, PEER_DROP_AFTER,
                                             PEER_DROP_AFTER};

    matrix_peer_incident(peer, INC);
    for (int i = 0; i < 6; i++) {
        char id[20], text[20];

        matrix_peer_fault(peer, "/sync", faults[i % 3], 1);
        snprintf(id, sizeof(id), "$%d", i);
        snprintf(text, sizeof(text), "line %d", i);
        say(peer, id, text);
        matrix_peer_await(peer, is_up);
    }
    for (int i = 0; i < 6; i++) {
        char text[20];

        snprintf(text, sizeof(text), "line %d", i);
        assert_int_equal(matrix_peer_said(peer, text), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(sync__goes_on__when_a_gateway_answers),
        PEER_TEST(sync__goes_on__when_a_page_says_it_is_fine),
        PEER_TEST(sync__goes_on__when_an_answer_is_lost),
        PEER_TEST(sync__goes_on__when_a_body_is_torn),
        PEER_TEST(sync__is_asked_for_less__when_it_is_too_big),
        PEER_TEST(place__is_given_up__when_even_less_is_too_big),
        PEER_TEST(message__waits__when_we_are_suspended),
        PEER_TEST(message__waits__when_a_gateway_refuses_it),
        PEER_TEST(message__waits__when_the_homeserver_has_new_terms),
        PEER_TEST(message__waits__when_the_homeserver_is_closed),
        PEER_TEST(platform__is_over__when_we_are_deactivated),
        PEER_TEST(platform__is_over__when_a_sync_says_we_are_deactivated),
        PEER_TEST(sync__goes_on__when_it_hangs),
        PEER_TEST(sync__is_not_stormed__when_it_stands_still),
        PEER_TEST(silence__is_told__when_our_words_do_not_come_back),
        PEER_TEST(limiter__holds_up_its_own_kind_alone),
        PEER_TEST(message__is_done__when_its_echo_comes_before_its_answer),
        PEER_TEST(creation__is_tried_again__when_another_was_at_it),
        PEER_TEST(message__is_sent_once__when_it_takes_longer_than_its_claim),
        PEER_TEST(sync__loses_nothing__in_a_storm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
