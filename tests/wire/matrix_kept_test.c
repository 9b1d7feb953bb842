/* Tokens are kept before they are used, and what is kept is not given up lightly. */
#include "bot/ears_inner.h"
#include "tests/wire/matrix_syncs.h"

/* A file of sessions that makes no sense is not written over: no token is kept. */
static void spoil_sessions(struct matrix_peer *peer, const char *with)
{
    free(peer->store.sessions);
    peer->store.sessions = with == NULL ? NULL : strdup(with);
}

static bool has_tried_to_log_in(struct matrix_peer *peer)
{
    return matrix_peer_calls(peer, "POST /_matrix/client/v3/login") > 0;
}

static bool has_logged_in(struct matrix_peer *peer)
{
    return peer->logins > 0;
}

static size_t seen(struct matrix_peer *peer, const char *token)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->call_count; i++) {
        count += strcmp(peer->tokens_seen[i], token) == 0 ? 1 : 0;
    }
    return count;
}

static void token__is_not_used__before_it_is_kept(void **state)
{
    struct matrix_peer *peer = *state;

    matrix_peer_fault(peer, "POST /_matrix/client/v3/login", PEER_DROP_BEFORE, 1);
    matrix_peer_start(peer);
    matrix_peer_await(peer, has_tried_to_log_in);
    spoil_sessions(peer, "no session");
    matrix_peer_await(peer, has_logged_in);
    wire_run_ms(&peer->wire, 200);
    assert_int_equal(seen(peer, "a1"), 0);
    spoil_sessions(peer, NULL);
    matrix_peer_await(peer, is_idle);
    assert_non_null(strstr(matrix_peer_kept(peer), "\"refresh_token\":\"r1\""));
    assert_int_equal(peer->logins, 1);
}

static bool is_down(struct matrix_peer *peer)
{
    return peer->ears->states[0] == ADAPTER_DOWN;
}

static void login__is_not_done__when_the_kept_session_cant_be_read(void **state)
{
    struct matrix_peer *peer = start(state);
    const char *session = arena_copy(peer->config->arena, peer->store.sessions);

    spoil_sessions(peer, "no session");
    matrix_peer_restart(peer);
    matrix_peer_await(peer, is_down);
    spoil_sessions(peer, session);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(peer->logins, 1);
    assert_string_equal(matrix_peer_last_token(peer), "a1");
}

static bool has_refreshed(struct matrix_peer *peer)
{
    return peer->tokens == 2 && peer->poll != NULL &&
           strcmp(matrix_peer_last_token(peer), "a2") == 0;
}

static bool has_asked_to_refresh(struct matrix_peer *peer)
{
    return peer->refreshes > 0;
}

static void token__is_not_used__before_the_renewed_one_is_kept(void **state)
{
    struct matrix_peer *peer = start(state);

    spoil_sessions(peer, "no session");
    snprintf(peer->access, sizeof(peer->access), "ended");
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, has_asked_to_refresh);
    wire_run_ms(&peer->wire, 200);
    assert_int_equal(seen(peer, "a2"), 0);
    spoil_sessions(peer, NULL);
    matrix_peer_await(peer, has_refreshed);
    assert_non_null(strstr(matrix_peer_kept(peer), "\"refresh_token\":\"r2\""));
    assert_int_equal(peer->refreshes, 1);
    assert_int_equal(peer->logins, 1);
}

/* While the poll waits its token ends: the first to hear of it is what is to be said.
 */
static void message__is_sent_once__when_the_token_ends_before_it(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_incident(peer, "!inc:x");
    snprintf(peer->access, sizeof(peer->access), "ended");
    matrix_peer_room(peer, "!inc:x", NULL, NULL, message("$1", "!inc timeline"));
    matrix_peer_await(peer, is_idle);
    assert_int_equal(peer->refreshes, 1);
    assert_int_equal(peer->logins, 1);
    assert_int_equal(matrix_peer_number(peer, "SELECT COUNT(*) FROM outbox"), 1);
    assert_int_equal(matrix_peer_number(
                         peer, "SELECT COUNT(*) FROM outbox WHERE buried_why IS NULL"),
                     1);
}

/* The homeserver has made new tokens, and nobody heard of them. */
static void session__is_used_again__when_stopped_in_its_renewal(void **state)
{
    struct matrix_peer *peer = start(state);

    snprintf(peer->access, sizeof(peer->access), "ended");
    matrix_peer_fault(peer, "/refresh", PEER_DROP_AFTER, 1);
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, has_asked_to_refresh);
    matrix_peer_restart(peer);
    matrix_peer_await(peer, is_idle);
    assert_int_equal(peer->refreshes, 2);
    assert_int_equal(peer->logins, 1);
    assert_non_null(strstr(matrix_peer_kept(peer), "\"refresh_token\":\"r3\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(token__is_not_used__before_it_is_kept),
        PEER_TEST(login__is_not_done__when_the_kept_session_cant_be_read),
        PEER_TEST(token__is_not_used__before_the_renewed_one_is_kept),
        PEER_TEST(session__is_used_again__when_stopped_in_its_renewal),
        PEER_TEST(message__is_sent_once__when_the_token_ends_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
