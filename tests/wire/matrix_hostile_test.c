/* What no decent homeserver sends, its own or that of somebody else in the room: times
 * that nobody lived in, tokens that end as they come, waits without sense. */
#include "adapters/matrix_session.h"
#include "bot/base/time.h"
#include "bot/ears_inner.h"
#include "tests/wire/matrix_syncs.h"

#define INC "!inc:x"

static void say_at(struct matrix_peer *peer, const char *id, const char *at)
{
    char event[400];

    snprintf(event, sizeof(event),
             "{\"type\":\"m.room.message\",\"event_id\":\"$%s\",\"sender\":\"@a:x\","
             "\"origin_server_ts\":%s,\"content\":{\"msgtype\":\"m.text\",\"body\":"
             "\"said at %s\"}}",
             id, at, id);
    matrix_peer_room(peer, INC, NULL, NULL, event);
    matrix_peer_await(peer, is_idle);
}

/* Else it would be the last that was said for ever: `timeline last` and `redact` would
 * speak of it, and of nothing that comes. */
static void message__is_said_by_now__when_its_time_is_to_come(void **state)
{
    static const char *const times[] = {
        "253402300799999",
        "4102444800000",
        "9223372036854775807",
        "-1",
        "0",
        "1e300",
        "\"soon\"",
        "{}",
    };
    struct matrix_peer *peer = start(state);
    char id[20], ahead[32];

    matrix_peer_incident(peer, INC);
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        snprintf(id, sizeof(id), "t%zu", i);
        say_at(peer, id, times[i]);
    }
    /* Not for an hour either: no longer does an incident go on. */
    snprintf(ahead, sizeof(ahead), "%lld", (long long)time_now_ms() + TIME_HOUR_MS);
    say_at(peer, "t8", ahead);
    /* What is heard first in a turn was looked at before the turn began. */
    assert_int_equal(matrix_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE "
                                              "text LIKE 'said at t%' AND at_ms "
                                              "BETWEEN recorded_ms - 60000 AND "
                                              "recorded_ms"),
                     9);
    snprintf(ahead, sizeof(ahead), "%lld",
             (long long)time_now_ms() + 2 * TIME_MINUTE_MS);
    say_at(peer, "clock", ahead); /* theirs goes fast, or ours slow */
    assert_int_equal(
        matrix_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text = 'said at "
                                 "clock' AND at_ms > recorded_ms"),
        1);
}

static const char *edit_by(const char *who, const char *id, const char *target,
                           const char *words)
{
    static char buffers[2][500];
    static size_t next;
    char *buffer = buffers[next++ % 2];

    snprintf(
        buffer, sizeof(buffers[0]),
        "{\"type\":\"m.room.message\",\"event_id\":\"%s\",\"sender\":\"%s\","
        "\"origin_server_ts\":%lld,\"content\":{\"msgtype\":\"m.text\",\"body\":\"*\","
        "\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"%s\"},"
        "\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"%s\"}}}",
        id, who, (long long)time_now_ms(), target, words);
    return buffer;
}

/* Of another's message. */
static const char *edit(const char *id, const char *target, const char *words)
{
    return edit_by("@eve:evil", id, target, words);
}

/* Somebody floods the room, so that a sync leaves out what others said, and edits it
 * before it is read up: it would never be on the record, and no command would run. */
static void message__stands__when_edited_by_another_before_it_is_heard(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_history(peer, message("$x1", "!inc severity sev1 all is lost"));
    matrix_peer_history(peer, message("$x2", "the key is under the mat"));
    say_history(peer, 2, 4);
    matrix_peer_room(peer, INC, NULL, "h4",
                     events(edit("$e1", "$x1", "nothing"),
                            edit("$e2", "$x2", "!inc feel nothing"), NULL));
    matrix_peer_await(peer, has_no_gap);
    assert_int_equal(matrix_peer_said(peer, "the key is under the mat"), 1);
    assert_int_equal(
        matrix_peer_number(peer,
                           "SELECT COUNT(*) FROM incidents WHERE severity = 'sev1'"),
        1);
    assert_int_equal(matrix_peer_said(peer, "nothing"), 0);
}

/* Its writer's own is on the record when the message is, and each of them: what is
 * redacted goes from all. */
static void edit__is_on_record__when_it_is_heard_before_its_message(void **state)
{
    struct matrix_peer *peer = start(state);
    const char *first = edit_by("@a:x", "$e1", "$x1", "the key is under the pot");
    char last[500];

    snprintf(last, sizeof(last), "%s", edit_by("@a:x", "$e2", "$x1", "ask the porter"));
    matrix_peer_incident(peer, INC);
    matrix_peer_history(peer, message("$x1", "the key is under the mat"));
    matrix_peer_history(peer, first);
    say_history(peer, 2, 4);
    matrix_peer_history(peer, last);
    matrix_peer_history(peer, message("$now", "now"));
    matrix_peer_room(peer, INC, NULL, "h4", events(last, message("$now", "now"), NULL));
    matrix_peer_await(peer, has_no_gap);
    assert_int_equal(matrix_peer_said(peer, "ask the porter"), 1);
    assert_int_equal(matrix_peer_said(peer, "the key is under the pot"), 0);
    assert_int_equal(matrix_peer_said(peer, "the key is under the mat"), 0);
    assert_int_equal(matrix_peer_said(peer, "now"), 1);
    assert_int_equal(
        matrix_peer_number(peer, "SELECT COUNT(*) FROM timeline_changes WHERE event "
                                 "IN ('$e1', '$e2')"),
        2);
}

static bool has_refreshed_once(struct matrix_peer *peer)
{
    return peer->refreshes > 0 && peer->poll != NULL;
}

/* As where seconds are taken for milliseconds: each token is over when it comes. */
static void token__is_not_asked_for_in_a_storm__when_none_lasts(void **state)
{
    struct matrix_peer *peer = *state;

    peer->life_ms = 1;
    matrix_peer_start(peer);
    matrix_peer_await(peer, has_refreshed_once);
    wire_run_ms(&peer->wire, 1000);
    assert_int_equal(peer->refreshes, 1);
    assert_int_equal(peer->logins, 1);
}

static bool has_asked_for_eve(struct matrix_peer *peer)
{
    return matrix_peer_calls(peer, "/profile/%40eve%3Aevil") > 0 &&
           peer->fault_times == 0 && peer->poll != NULL;
}

static void ask_for_eve(struct matrix_peer *peer, int status, const char *body)
{
    matrix_peer_refuse(peer, "/profile/%40eve%3Aevil", status, body, 1);
    matrix_peer_room(peer, INC, NULL, NULL,
                     matrix_peer_message("$help", "@eve:evil", "!inc help"));
    matrix_peer_await(peer, has_asked_for_eve);
    matrix_peer_room(peer, INC, NULL, NULL, message("$after", "still here"));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(matrix_peer_said(peer, "still here"), 1);
    assert_int_equal(ears_exit_status(peer->ears), 0);
}

/* Who is asked about is of another homeserver, and ours hands on what that one says. It
 * is not our account that is no more. */
static void platform__goes_on__when_another_homeserver_says_it_is_over(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    ask_for_eve(peer, 403, "{\"errcode\":\"M_USER_DEACTIVATED\",\"error\":\"bye\"}");
}

/* Nor our token: a bot that has only that one could never come back. */
static void token__is_kept__when_another_homeserver_knows_it_not(void **state)
{
    struct matrix_peer *peer = *state;

    setenv("MATRIX_ACCESS_TOKEN", "bare", 1);
    unsetenv("MATRIX_PASSWORD");
    snprintf(peer->access, sizeof(peer->access), "bare");
    start(state);
    matrix_peer_incident(peer, INC);
    ask_for_eve(peer, 403, "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"bye\"}");
    assert_int_equal(peer->logins, 0);
    assert_int_equal(matrix_peer_calls(peer, "/createRoom"), 1);
}

static bool is_refused(struct matrix_peer *peer)
{
    return peer->fault_times == 0;
}

static bool has_made_another(struct matrix_peer *peer)
{
    return matrix_peer_calls(peer, "/createRoom") >= 2;
}

/* An invitation inside the creation is what it limits. Incidents are opened meanwhile,
 * or whoever runs that homeserver decides whether any is. */
static void room__is_made__when_another_homeserver_asks_to_wait(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, INC);
    matrix_peer_refuse(peer, "/createRoom", 429,
                       "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":600000}",
                       1);
    matrix_peer_room(peer, INC, NULL, NULL,
                     matrix_peer_message("$help", "@eve:evil", "!inc help"));
    matrix_peer_await(peer, is_refused);
    matrix_peer_room(peer, INC, NULL, NULL, message("$1", "!inc declare db is down"));
    matrix_peer_await(peer, has_made_another);
}

static bool has_asked_three_times(struct matrix_peer *peer)
{
    return matrix_peer_calls(peer, "/whoami") == 3;
}

/* Each renewal brings a token that is not taken. */
static void homeserver__is_not_stormed__when_it_takes_no_token(void **state)
{
    struct matrix_peer *peer = *state;
    int64_t began_ms = time_steady_ms();

    matrix_peer_refuse(peer, "/whoami", 401, "{\"errcode\":\"M_UNKNOWN_TOKEN\"}", 100);
    matrix_peer_start(peer);
    matrix_peer_await(peer, has_asked_three_times);
    assert_true(time_steady_ms() - began_ms >= TIME_SECOND_MS);
}

static bool has_logged_in_twice(struct matrix_peer *peer)
{
    return peer->logins == 2 && peer->poll != NULL;
}

/* Each login costs 333 s of a ration of five: what is left of it is kept by ourselves.
 */
static void login__waits__when_the_ration_is_used_up(void **state)
{
    struct matrix_peer *peer = *state;
    int64_t began_ms = time_steady_ms();
    struct matrix *matrix = (struct matrix *)peer->ears->adapters[0];

    peer->has_no_refresh = true;
    matrix_peer_start(peer);
    matrix->session->logins_ms = began_ms + 999 * TIME_SECOND_MS + 3500;
    matrix_peer_await(peer, is_idle);
    snprintf(peer->access, sizeof(peer->access), "ended");
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, has_logged_in_twice);
    assert_true(time_steady_ms() - began_ms >= 3500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(message__is_said_by_now__when_its_time_is_to_come),
        PEER_TEST(message__stands__when_edited_by_another_before_it_is_heard),
        PEER_TEST(edit__is_on_record__when_it_is_heard_before_its_message),
        PEER_TEST(token__is_not_asked_for_in_a_storm__when_none_lasts),
        PEER_TEST(homeserver__is_not_stormed__when_it_takes_no_token),
        PEER_TEST(login__waits__when_the_ration_is_used_up),
        PEER_TEST(platform__goes_on__when_another_homeserver_says_it_is_over),
        PEER_TEST(token__is_kept__when_another_homeserver_knows_it_not),
        PEER_TEST(room__is_made__when_another_homeserver_asks_to_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
