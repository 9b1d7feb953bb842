#include "tests/wire/socket_fixture.h"

static void open_tls(struct socket_fixture *fixture, const char *certificate,
                     const char *host)
{
    socket_serve(fixture, certificate, false);
    socket_open(fixture, wire_url(&fixture->wire, "wss", host, fixture->server,
                                  "/link/?ticket=secret"));
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_int_equal(fixture->opened, 0);
    assert_false(fixture->end.had_opened);
    assert_null(strstr(fixture->why, "secret"));
}

static void websocket__refuses_a_certificate_of_another_name(void **state)
{
    struct socket_fixture *fixture = *state;
    open_tls(fixture, "good.test", "evil.test");
    assert_non_null(strstr(fixture->why, "ostname mismatch"));
}

static void websocket__refuses_an_unknown_authority(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->settings.ca_file = NULL;
    open_tls(fixture, "good.test", "good.test");
    assert_non_null(strstr(fixture->why, "issuer certificate"));
}

static void websocket__tells_a_missing_authority_file_at_once(void **state)
{
    struct socket_fixture *fixture = *state;
    struct net_settings settings = {.ca_file = "/nowhere/authority.pem"};
    struct err err;
    assert_false(websockets_create(&fixture->sockets, fixture->wire.loop, &settings,
                                   NULL, &err));
    assert_int_equal(err.kind, ERR_GONE);
}

static void websocket__sends_plain_text_to_no_other_machine(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_open(fixture, "ws://good.test/link/?ticket=secret");
    assert_int_equal(fixture->closed, 0); /* never from inside the call */
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_non_null(strstr(fixture->why, "good.test is another machine"));
    assert_null(strstr(fixture->why, "secret"));
}

static void websocket__takes_no_proxy_it_cannot_speak_to(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->settings.proxy = "socks5://127.0.0.1:1";
    socket_open(fixture, "wss://good.test/");
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_string_equal(fixture->why,
                        "a WebSocket takes only an http:// proxy, not yet another");
}

static void websocket__tells_that_nobody_listens(void **state)
{
    struct socket_fixture *fixture = *state;
    char url[64];
    snprintf(url, sizeof(url), "ws://127.0.0.1:%u/", wire_dead_port());
    socket_open(fixture, url);
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_false(fixture->end.had_opened);
    assert_non_null(strstr(fixture->why, "could not connect"));
}

static void websocket__tells_that_no_name_is_found(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_open(fixture, "wss://none.test/");
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_string_equal(fixture->why, "the name was not found: none.test");
}

/* Opened from the loop, where the library's own timers would stand still. */
static void websocket__gives_up_on_a_black_hole(void **state)
{
    struct socket_fixture *fixture = *state;
    char url[64];
    int fds[3];
    fixture->limits.open_ms = 300;
    snprintf(url, sizeof(url), "ws://127.0.0.1:%u/",
             wire_full_port("127.0.0.1", 0, fds));
    socket_open(fixture, url);
    socket_run(fixture, SOCKET_CLOSED, 1);
    wire_close_full(fds);
    assert_string_equal(fixture->why, "no answer in time");
}

static void websocket__gives_up_on_a_look_up(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->limits.open_ms = 200;
    socket_open(fixture, "wss://slow.test/");
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_string_equal(fixture->why, "the name was not found in time: slow.test");
    names_release();
}

static void open_plain(struct socket_fixture *fixture)
{
    socket_serve(fixture, NULL, false);
    socket_open(fixture, wire_url(&fixture->wire, "ws", "127.0.0.1", fixture->server,
                                  "/link/?ticket=secret"));
}

static void websocket__gives_up_on_an_upgrade_that_does_not_come(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->limits.open_ms = 300;
    fixture->never_upgrades = true;
    open_plain(fixture);
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_string_equal(fixture->why, "no answer in time");
}

static void websocket__tells_that_the_upgrade_is_refused(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->refuses = 409;
    open_plain(fixture);
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_false(fixture->end.had_opened);
    assert_non_null(strstr(fixture->why, "could not connect: "));
}

static void websocket__drops_a_silent_peer(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->limits.ping_s = 1;
    fixture->limits.hangup_s = 2;
    socket_up(fixture);
    server_silence(fixture->peer);
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_true(fixture->end.had_opened);
    assert_false(fixture->end.was_clean);
    assert_string_equal(fixture->why, "nothing was heard for long");
}

static void stay_for_long(void *arg)
{
    wire_done(arg);
}

static void websocket__keeps_a_peer_that_answers_pings(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->limits.ping_s = 1;
    fixture->limits.hangup_s = 2;
    socket_up(fixture);
    struct loop_timer *timer =
        loop_timer_create(fixture->wire.loop, stay_for_long, &fixture->wire);
    loop_timer_set(timer, 3500);
    wire_run(&fixture->wire);
    loop_timer_destroy(timer);
    assert_int_equal(fixture->closed, 0);
    assert_true(server_pings(fixture->peer) >= 2);
    assert_true(fixture->heard >= 2);
}

static void websocket__tells_of_a_cut(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_up(fixture);
    server_cut(fixture->peer);
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_false(fixture->end.was_clean);
    assert_int_equal(fixture->end.code, 0);
    assert_string_equal(fixture->why, "the connection was cut");
}

static void websocket__does_not_wait_for_a_goodbye(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->replies_to_close = false;
    fixture->limits.close_ms = 200;
    socket_up(fixture);
    websocket_close(fixture->socket);
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_int_equal(fixture->server_code, 1000);
    assert_false(fixture->end.was_clean);
}

static void drop_it(struct socket_fixture *fixture)
{
    websocket_drop(fixture->socket);
    fixture->socket = NULL;
}

static void websocket__may_be_dropped_from_inside_a_call(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->on_said = drop_it;
    socket_up(fixture);
    server_send(fixture->peer, "x", 1);
    server_send_split(fixture->peer, "yyyy", 4, 2, 1);
    socket_run(fixture, SOCKET_SAID, 1);
    struct server_peer *first = fixture->peer;
    fixture->on_said = NULL;
    socket_open(fixture, fixture->wire.url);
    socket_run(fixture, SOCKET_OPENED, 2);
    assert_ptr_not_equal(fixture->peer, first);
    fixture->on_said = drop_it;
    server_send_split(fixture->peer, "yyyy", 4, 2, 1);
    socket_run(fixture, SOCKET_SAID, 2);
    assert_int_equal(fixture->closed, 0);
}

/* From outside the library's calls its timers stand still, and with them the end. */
static void drop_later(void *arg)
{
    drop_it(arg);
}

static void websocket__leaves_nothing_open_when_dropped(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_up(fixture);
    struct loop_timer *timer =
        loop_timer_create(fixture->wire.loop, drop_later, fixture);
    loop_timer_set(timer, 100);
    socket_run(fixture, SOCKET_SERVER_GONE, 1);
    loop_timer_destroy(timer);
    assert_int_equal(fixture->closed, 0);
}

static void close_it(struct socket_fixture *fixture)
{
    websocket_close(fixture->socket);
}

static void websocket__may_be_closed_as_soon_as_it_is_open(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->on_opened = close_it;
    open_plain(fixture);
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_true(fixture->end.was_clean);
}

static void websocket__may_be_given_up_before_it_is_open(void **state)
{
    struct socket_fixture *fixture = *state;
    open_plain(fixture);
    websocket_close(fixture->socket);
    websocket_close(fixture->socket);
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_string_equal(fixture->why, "given up from here");
    assert_int_equal(fixture->opened, 0);
}

/* The teardown ends in uv_loop_close == 0, or aborts; the leak checker sees the rest.
 */
static void websocket__ends_in_every_state(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_up(fixture);
    socket_say(fixture, "on its way");
    server_send_split(fixture->peer, "half a message", 14, 4, 1);
    fixture->never_upgrades = true;
    socket_open(fixture, fixture->wire.url);
    struct loop_timer *timer =
        loop_timer_create(fixture->wire.loop, stay_for_long, &fixture->wire);
    loop_timer_set(timer, 50);
    wire_run(&fixture->wire); /* one is dialing now */
    loop_timer_destroy(timer);
    socket_open(fixture, "wss://two.test:1/");
    socket_open(fixture, "ws://refused.test/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SOCKET_TEST(websocket__refuses_a_certificate_of_another_name),
        SOCKET_TEST(websocket__refuses_an_unknown_authority),
        SOCKET_TEST(websocket__tells_a_missing_authority_file_at_once),
        SOCKET_TEST(websocket__sends_plain_text_to_no_other_machine),
        SOCKET_TEST(websocket__takes_no_proxy_it_cannot_speak_to),
        SOCKET_TEST(websocket__tells_that_nobody_listens),
        SOCKET_TEST(websocket__tells_that_no_name_is_found),
        SOCKET_TEST(websocket__gives_up_on_a_black_hole),
        SOCKET_TEST(websocket__gives_up_on_a_look_up),
        SOCKET_TEST(websocket__gives_up_on_an_upgrade_that_does_not_come),
        SOCKET_TEST(websocket__tells_that_the_upgrade_is_refused),
        SOCKET_TEST(websocket__drops_a_silent_peer),
        SOCKET_TEST(websocket__keeps_a_peer_that_answers_pings),
        SOCKET_TEST(websocket__tells_of_a_cut),
        SOCKET_TEST(websocket__does_not_wait_for_a_goodbye),
        SOCKET_TEST(websocket__may_be_dropped_from_inside_a_call),
        SOCKET_TEST(websocket__leaves_nothing_open_when_dropped),
        SOCKET_TEST(websocket__may_be_closed_as_soon_as_it_is_open),
        SOCKET_TEST(websocket__may_be_given_up_before_it_is_open),
        SOCKET_TEST(websocket__ends_in_every_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
