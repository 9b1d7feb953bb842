/* Who we are with the homeserver, whatever it does to our tokens. */
#include "bot/base/time.h"
#include "tests/wire/matrix_peer.h"

static bool is_polling(struct matrix_peer *peer)
{
    return peer->poll != NULL;
}

static bool is_refused(struct matrix_peer *peer)
{
    return ears_exit_status(peer->ears) == 78;
}

static struct matrix_peer *start(void **state)
{
    struct matrix_peer *peer = *state;

    matrix_peer_start(peer);
    matrix_peer_await(peer, is_polling);
    return peer;
}

static void login__is_by_password_once__when_nothing_is_kept(void **state)
{
    struct matrix_peer *peer = start(state);

    assert_int_equal(peer->logins, 1);
    assert_int_equal(matrix_peer_calls(peer, "whoami"), 1);
    assert_string_equal(matrix_peer_last_token(peer), "a1");
    assert_non_null(strstr(matrix_peer_kept(peer), "\"access_token\":\"a1\""));
    assert_non_null(strstr(matrix_peer_kept(peer), "\"refresh_token\":\"r1\""));
}

static bool is_polling_again(struct matrix_peer *peer)
{
    return peer->poll != NULL && matrix_peer_calls(peer, "whoami") == 2;
}

/* A second start logs in no more, and asks only for what is new. */
static void session__is_used_again__after_a_restart(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_restart(peer);
    matrix_peer_await(peer, is_polling_again);
    assert_int_equal(peer->logins, 1);
    assert_int_equal(peer->filters, 1);
    assert_string_equal(matrix_peer_last_token(peer), "a1");
}

static void session__is_not_used__when_the_user_is_another(void **state)
{
    struct matrix_peer *peer = start(state);

    peer->config->matrix.user = "@other:x";
    matrix_peer_restart(peer);
    matrix_peer_await(peer, is_refused);
    assert_int_equal(peer->logins, 2);
}

/* What was sent is known to the device alone. */
static void session__is_not_used__when_the_device_is_another(void **state)
{
    struct matrix_peer *peer = start(state);

    peer->config->matrix.device = "OTHER";
    matrix_peer_restart(peer);
    matrix_peer_await(peer, is_polling_again);
    assert_int_equal(peer->logins, 2);
}

/* A token is for the homeserver that gave it, and shown to no other. */
static void session__is_not_used__when_the_homeserver_is_another(void **state)
{
    struct matrix_peer *peer = start(state);

    peer->config->matrix.homeserver_url =
        arena_copy(peer->config->arena,
                   wire_url(&peer->wire, "http", "localhost", peer->server, "/"));
    peer->call_count = 0;
    matrix_peer_restart(peer);
    matrix_peer_await(peer, is_polling);
    assert_int_equal(peer->logins, 2);
    for (size_t i = 0; i < peer->call_count; i++) {
        assert_string_not_equal(peer->tokens_seen[i], "a1");
    }
}

static bool has_refreshed(struct matrix_peer *peer)
{
    return peer->tokens == 2 && peer->poll != NULL &&
           matrix_peer_last_token(peer)[1] == '2';
}

/* Before its end, so that nobody ever hears a 401. */
static void token__is_renewed__before_it_ends(void **state)
{
    struct matrix_peer *peer = *state;

    peer->life_ms = 400;
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_polling);
    peer->life_ms = 0;
    wire_run_ms(&peer->wire, 500);
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, has_refreshed);
    assert_int_equal(peer->logins, 1);
    assert_int_equal(peer->refreshes, 1);
    assert_non_null(strstr(matrix_peer_kept(peer), "\"refresh_token\":\"r2\""));
}

/* The poll spans the end; the next request hears of it. */
static void token__is_renewed__when_it_ended_in_a_poll(void **state)
{
    struct matrix_peer *peer = start(state);

    snprintf(peer->access, sizeof(peer->access), "ended");
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, has_refreshed);
    assert_int_equal(peer->logins, 1);
    assert_int_equal(peer->refreshes, 1);
}

/* The answer was lost with both tokens in it: the old refresh token still is good. */
static void token__is_renewed__when_the_answer_is_lost(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_fault(peer, "/refresh", PEER_DROP_AFTER, 1);
    snprintf(peer->access, sizeof(peer->access), "ended");
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, is_polling_again);
    assert_int_equal(peer->logins, 1);
    assert_int_equal(peer->refreshes, 2);
    assert_string_equal(matrix_peer_last_token(peer), "a3");
}

static bool has_logged_in_twice(struct matrix_peer *peer)
{
    return peer->logins == 2 && peer->poll != NULL &&
           matrix_peer_last_token(peer)[1] == '2';
}

/* As the same device: the api insists on it. */
static void login__is_done_again__when_refresh_token_is_spent(void **state)
{
    struct matrix_peer *peer = start(state);

    snprintf(peer->refresh, sizeof(peer->refresh), "other");
    snprintf(peer->access, sizeof(peer->access), "ended");
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, has_logged_in_twice);
    assert_int_equal(peer->refreshes, 1);
}

static void login__is_done_again__when_logged_out(void **state)
{
    struct matrix_peer *peer = *state;

    peer->has_no_refresh = true;
    peer->is_soft = false;
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_polling);
    snprintf(peer->access, sizeof(peer->access), "ended");
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, has_logged_in_twice);
    assert_int_equal(peer->refreshes, 0);
}

static void bare_token__is_used__before_the_password(void **state)
{
    struct matrix_peer *peer = *state;

    setenv("MATRIX_ACCESS_TOKEN", "bare", 1);
    snprintf(peer->access, sizeof(peer->access), "bare");
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_polling);
    assert_int_equal(peer->logins, 0);
    assert_string_equal(matrix_peer_kept(peer), "");
}

static void bare_token__ends_it__when_it_is_not_taken_any_more(void **state)
{
    struct matrix_peer *peer = *state;

    setenv("MATRIX_ACCESS_TOKEN", "bare", 1);
    unsetenv("MATRIX_PASSWORD");
    snprintf(peer->access, sizeof(peer->access), "bare");
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_polling);
    snprintf(peer->access, sizeof(peer->access), "ended");
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, is_refused);
}

static void session__is_refused__when_token_has_no_device(void **state)
{
    struct matrix_peer *peer = *state;

    peer->has_no_device = true;
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_refused);
    assert_int_equal(matrix_peer_calls(peer, "/sync"), 0);
}

/* Whose it is, the homeserver says. */
static void session__is_refused__when_token_is_of_another_user(void **state)
{
    struct matrix_peer *peer = *state;

    setenv("MATRIX_ACCESS_TOKEN", "bare", 1);
    snprintf(peer->access, sizeof(peer->access), "bare");
    peer->config->matrix.user = "@must:x";
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_refused);
    assert_int_equal(matrix_peer_calls(peer, "/sync"), 0);
}

static void session__is_refused__when_it_is_a_guest(void **state)
{
    struct matrix_peer *peer = *state;

    peer->is_guest = true;
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_refused);
    assert_int_equal(matrix_peer_calls(peer, "/sync"), 0);
}

static void login__is_refused__when_homeserver_knows_only_oauth(void **state)
{
    struct matrix_peer *peer = *state;

    peer->is_oauth = true;
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_refused);
    assert_int_equal(peer->logins, 0);
}

static void login__is_refused__when_the_account_is_no_more(void **state)
{
    struct matrix_peer *peer = *state;

    matrix_peer_refuse(peer, "POST /_matrix/client/v3/login", 403,
                       "{\"errcode\":\"M_USER_DEACTIVATED\"}", 1);
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_refused);
    assert_int_equal(matrix_peer_calls(peer, "POST /_matrix/client/v3/login"), 1);
}

static void login__is_refused__when_password_is_wrong(void **state)
{
    struct matrix_peer *peer = *state;

    setenv("MATRIX_PASSWORD", "wrong", 1);
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_refused);
    assert_int_equal(peer->logins, 1);
}

static void login__waits__when_told_to(void **state)
{
    struct matrix_peer *peer = *state;
    int64_t began_ms = time_steady_ms();

    matrix_peer_refuse(peer, "POST /_matrix/client/v3/login", 429,
                       "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":1}", 1);
    peer->fault_headers = "Retry-After: 2\r\n";
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_polling);
    assert_int_equal(matrix_peer_calls(peer, "POST /_matrix/client/v3/login"), 2);
    assert_true(time_steady_ms() - began_ms >= 2000);
}

static bool has_asked_locked(struct matrix_peer *peer)
{
    return peer->is_locked && peer->poll == NULL;
}

/* No login helps then, and each one counts. */
static void login__is_not_tried__when_locked(void **state)
{
    struct matrix_peer *peer = start(state);

    peer->is_locked = true;
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, has_asked_locked);
    wire_run_ms(&peer->wire, 200);
    assert_int_equal(peer->logins, 1);
    assert_int_equal(peer->refreshes, 0);
    assert_int_equal(ears_exit_status(peer->ears), 0);
}

static bool has_asked_whose(struct matrix_peer *peer)
{
    return matrix_peer_calls(peer, "/whoami") > 1;
}

static void login__is_not_tried__when_locked_at_the_start(void **state)
{
    struct matrix_peer *peer = start(state);

    peer->is_locked = true;
    matrix_peer_restart(peer);
    matrix_peer_await(peer, has_asked_whose);
    wire_run_ms(&peer->wire, 200);
    assert_int_equal(peer->logins, 1);
    assert_int_equal(peer->refreshes, 0);
}

static void session__comes__when_a_gateway_answers_first(void **state)
{
    struct matrix_peer *peer = *state;

    matrix_peer_refuse(peer, "/_matrix", 502, "<html>Bad Gateway</html>", 2);
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_polling);
    assert_int_equal(peer->logins, 1);
}

/* Sound, and with a status that says all is well. */
static void expect_another_try(void **state, const char *path, const char *page)
{
    struct matrix_peer *peer = *state;

    matrix_peer_refuse(peer, path, 200, page, 1);
    matrix_peer_start(peer);
    matrix_peer_await(peer, is_polling);
    assert_int_equal(peer->logins, 1);
}

static void session__comes__when_a_page_says_not_whose_it_is(void **state)
{
    expect_another_try(state, "/whoami", "{\"status\":\"maintenance\"}");
}

static void session__comes__when_a_page_names_no_logins(void **state)
{
    expect_another_try(state, "GET /_matrix/client/v3/login", "{}");
}

/* It would be more than one line of a request's head. */
static void session__comes__when_a_token_is_none(void **state)
{
    expect_another_try(state, "POST /_matrix/client/v3/login",
                       "{\"user_id\":\"" PEER_ME "\",\"device_id\":\"D\","
                       "\"access_token\":\"a\\r\\nX: y\"}");
}

static void token__is_renewed__when_the_answer_holds_none(void **state)
{
    struct matrix_peer *peer = start(state);

    matrix_peer_refuse(peer, "/refresh", 200,
                       "{\"access_token\":\"a\\nb\",\"refresh_token\":\"r\"}", 1);
    snprintf(peer->access, sizeof(peer->access), "ended");
    matrix_peer_sync(peer, "{}");
    matrix_peer_await(peer, has_refreshed);
    assert_int_equal(peer->logins, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PEER_TEST(login__is_by_password_once__when_nothing_is_kept),
        PEER_TEST(session__is_used_again__after_a_restart),
        PEER_TEST(session__is_not_used__when_the_user_is_another),
        PEER_TEST(session__is_not_used__when_the_device_is_another),
        PEER_TEST(session__is_not_used__when_the_homeserver_is_another),
        PEER_TEST(token__is_renewed__before_it_ends),
        PEER_TEST(token__is_renewed__when_it_ended_in_a_poll),
        PEER_TEST(token__is_renewed__when_the_answer_is_lost),
        PEER_TEST(login__is_done_again__when_refresh_token_is_spent),
        PEER_TEST(login__is_done_again__when_logged_out),
        PEER_TEST(bare_token__is_used__before_the_password),
        PEER_TEST(bare_token__ends_it__when_it_is_not_taken_any_more),
        PEER_TEST(session__is_refused__when_token_has_no_device),
        PEER_TEST(session__is_refused__when_token_is_of_another_user),
        PEER_TEST(session__is_refused__when_it_is_a_guest),
        PEER_TEST(login__is_refused__when_homeserver_knows_only_oauth),
        PEER_TEST(login__is_refused__when_the_account_is_no_more),
        PEER_TEST(login__is_refused__when_password_is_wrong),
        PEER_TEST(login__waits__when_told_to),
        PEER_TEST(login__is_not_tried__when_locked),
        PEER_TEST(login__is_not_tried__when_locked_at_the_start),
        PEER_TEST(session__comes__when_a_gateway_answers_first),
        PEER_TEST(session__comes__when_a_page_says_not_whose_it_is),
        PEER_TEST(session__comes__when_a_page_names_no_logins),
        PEER_TEST(session__comes__when_a_token_is_none),
        PEER_TEST(token__is_renewed__when_the_answer_holds_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
