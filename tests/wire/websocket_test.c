#include "tests/wire/socket_fixture.h"

static void websocket__talks_both_ways(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_up(fixture);
    socket_say(fixture, "{\"envelope_id\":\"1\"}");
    socket_run(fixture, SOCKET_SERVER_SAID, 1);
    assert_string_equal(fixture->server_last, "{\"envelope_id\":\"1\"}");
    server_send(fixture->peer, "not json \xff", 10);
    socket_run(fixture, SOCKET_SAID, 1);
    assert_string_equal(fixture->last, "not json \xff");
    assert_int_equal(fixture->last_bytes, 10);
    assert_string_equal(server_offence(fixture->peer), "");
}

static void open_tls(struct socket_fixture *fixture, const char *certificate,
                     const char *host, enum socket_event until)
{
    socket_serve(fixture, certificate, false);
    socket_open(fixture, wire_url(&fixture->wire, "wss", host, fixture->server,
                                  "/link/?ticket=secret"));
    socket_run(fixture, until, 1);
}

static void websocket__talks_over_tls(void **state)
{
    struct socket_fixture *fixture = *state;
    open_tls(fixture, "good.test", "good.test", SOCKET_OPENED);
    socket_say(fixture, "hello");
    socket_run(fixture, SOCKET_SERVER_SAID, 1);
    assert_string_equal(fixture->server_last, "hello");
    server_send_split(fixture->peer, "and back again", 14, 5, 1);
    socket_run(fixture, SOCKET_SAID, 1);
    assert_string_equal(fixture->last, "and back again");
}

static void websocket__takes_the_second_address_when_the_first_refuses(void **state)
{
    struct socket_fixture *fixture = *state;
    open_tls(fixture, "two.test", "two.test", SOCKET_OPENED);
    assert_int_equal(server_accepted(fixture->server), 1);
}

static void websocket__takes_the_second_address_when_the_first_is_silent(void **state)
{
    struct socket_fixture *fixture = *state;
    int fds[3];
    fixture->limits.open_ms = 2000;
    socket_serve(fixture, "two.test", false);
    wire_full_port("127.0.0.3", server_port(fixture->server), fds);
    socket_open(fixture,
                wire_url(&fixture->wire, "wss", "two.test", fixture->server, "/"));
    socket_run(fixture, SOCKET_OPENED, 1);
    wire_close_full(fds);
    assert_int_equal(fixture->closed, 0);
}

/* The order is kept, and the peer counts each frame as a whole one. */
static void websocket__sends_all_of_a_turn_in_order(void **state)
{
    struct socket_fixture *fixture = *state;
    char text[400];
    socket_up(fixture);
    for (int i = 0; i < 1000; i++) {
        /* All three forms of a length: short, and long by two bytes. */
        snprintf(text, sizeof(text), "%0*d", i % 2 == 0 ? 20 : 300, i);
        socket_say(fixture, text);
    }
    socket_run(fixture, SOCKET_SERVER_SAID, 1000);
    assert_int_equal(strtol(fixture->server_last, NULL, 10), 0);
    assert_int_equal(fixture->server_last_bytes, 300);
    assert_string_equal(server_offence(fixture->peer), "");
}

#define ROUNDS 20

static void answer_and_be_asked_again(struct socket_fixture *fixture)
{
    socket_say(fixture, "ack");
    if (fixture->said < ROUNDS) {
        server_ping(fixture->peer, "still there?");
        server_send(fixture->peer, "one more", 8);
    }
}

/* As behind a disk that takes seconds for a commit: each time the library looks, there
 * is a ping to answer, too. */
static void websocket__does_not_let_pongs_hold_up_what_is_said(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->on_said = answer_and_be_asked_again;
    socket_up(fixture);
    server_ping(fixture->peer, "there?");
    server_send(fixture->peer, "one", 3);
    socket_run(fixture, SOCKET_SAID, ROUNDS);
    assert_in_range(fixture->server_said, ROUNDS / 2, ROUNDS);
    assert_string_equal(server_offence(fixture->peer), "");
}

static void websocket__sends_nothing_slack_would_end_the_connection_for(void **state)
{
    struct socket_fixture *fixture = *state;
    char *text = malloc(WEBSOCKET_SEND_BYTES + 1);
    memset(text, 'x', WEBSOCKET_SEND_BYTES + 1);
    socket_up(fixture);
    assert_false(websocket_send(fixture->socket, text, WEBSOCKET_SEND_BYTES + 1));
    assert_true(websocket_send(fixture->socket, text, WEBSOCKET_SEND_BYTES));
    free(text);
    socket_run(fixture, SOCKET_SERVER_SAID, 1);
    assert_int_equal(fixture->server_last_bytes, WEBSOCKET_SEND_BYTES);
    assert_string_equal(server_offence(fixture->peer), "");
}

static void websocket__says_no_to_a_peer_that_does_not_read(void **state)
{
    struct socket_fixture *fixture = *state;
    static char text[20000];
    size_t sent = 0;
    socket_up(fixture);
    while (websocket_send(fixture->socket, text, sizeof(text))) {
        sent += sizeof(text);
        assert_true(sent < (size_t)8 << 20);
    }
    assert_true(sent > (size_t)2 << 20);
}

/* More than the kernel takes at once: what is said meanwhile waits behind it. */
static void websocket__keeps_the_order_when_the_peer_reads_slowly(void **state)
{
    struct socket_fixture *fixture = *state;
    static char text[20000];
    char number[32];
    socket_up(fixture);
    for (int i = 0; i < 190; i++) {
        assert_true(websocket_send(fixture->socket, text, sizeof(text)));
    }
    for (int i = 1; i <= 20; i++) {
        socket_run(fixture, SOCKET_SERVER_SAID, fixture->server_said + 1);
        assert_int_equal(fixture->server_last_bytes, sizeof(text));
        snprintf(number, sizeof(number), "number %d", i);
        socket_say(fixture, number);
    }
    socket_run(fixture, SOCKET_SERVER_SAID, 210);
    assert_string_equal(fixture->server_last, "number 20");
    assert_string_equal(server_offence(fixture->peer), "");
}

static void websocket__joins_what_comes_in_pieces(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_up(fixture);
    server_send_split(fixture->peer, "first message", 13, 4, 1);
    server_send_split(fixture->peer, "second", 6, 6, 2);
    socket_run(fixture, SOCKET_SAID, 2);
    assert_string_equal(fixture->last, "second");
    assert_int_equal(fixture->said, 2);
    assert_true(fixture->heard > 2);
}

static void websocket__takes_a_message_up_to_the_limit(void **state)
{
    struct socket_fixture *fixture = *state;
    size_t limit = (size_t)1 << 20;
    char *text = malloc(limit);
    memset(text, 'm', limit);
    fixture->limits.message_bytes = limit;
    socket_up(fixture);
    server_send(fixture->peer, text, limit);
    socket_run(fixture, SOCKET_SAID, 1);
    assert_int_equal(fixture->last_bytes, limit);
    server_send_split(fixture->peer, text, limit, 100000, 100000);
    socket_run(fixture, SOCKET_SAID, 2);
    assert_int_equal(fixture->last_bytes, limit);
    free(text);
}

static void websocket__ends_on_a_message_over_the_limit(void **state)
{
    struct socket_fixture *fixture = *state;
    fixture->limits.message_bytes = 20;
    socket_up(fixture);
    server_send_split(fixture->peer, "a message of 27 bytes, long", 27, 10, 100);
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_int_equal(fixture->said, 0);
    assert_string_equal(fixture->why, "a message was too long");
    assert_int_equal(fixture->server_code, 1009);
}

static void websocket__answers_pings(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_up(fixture);
    server_ping(fixture->peer, "Ping from applink-2");
    server_send(fixture->peer, "x", 1);
    socket_run(fixture, SOCKET_SAID, 1);
    socket_say(fixture, "y"); /* may overtake the pong */
    socket_run(fixture, SOCKET_SERVER_SAID, 1);
    socket_say(fixture, "z");
    socket_run(fixture, SOCKET_SERVER_SAID, 2);
    assert_int_equal(server_pongs(fixture->peer), 1);
}

static void websocket__closes_in_good_order(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_up(fixture);
    socket_say(fixture, "last words");
    websocket_close(fixture->socket);
    assert_false(websocket_send(fixture->socket, "late", 4));
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_string_equal(fixture->server_last, "last words");
    assert_int_equal(fixture->server_code, 1000);
    assert_true(fixture->end.was_clean);
    assert_true(fixture->end.had_opened);
    assert_string_equal(fixture->why, "closed from here");
}

static void websocket__tells_the_code_of_a_peer_that_closes(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_up(fixture);
    server_close(fixture->peer, 1001);
    socket_run(fixture, SOCKET_CLOSED, 1);
    assert_int_equal(fixture->end.code, 1001);
    assert_true(fixture->end.was_clean);
    assert_string_equal(fixture->why, "closed from there");
}

static void websocket__reaches_wss_by_the_proxy(void **state)
{
    struct socket_fixture *fixture = *state;
    socket_serve(fixture, "good.test", true);
    snprintf(fixture->proxy, sizeof(fixture->proxy), "http://me:p%%40ss@127.0.0.1:%u",
             server_port(fixture->server));
    fixture->settings.proxy = fixture->proxy;
    socket_open(fixture, "wss://good.test:444/link/?ticket=secret");
    socket_run(fixture, SOCKET_OPENED, 1);
    assert_string_equal(server_connect_line(fixture->server),
                        "good.test:444 basic bWU6cEBzcw=="); /* me:p@ss */
    socket_say(fixture, "through");
    socket_run(fixture, SOCKET_SERVER_SAID, 1);
    assert_string_equal(fixture->server_last, "through");
}

static void websocket__passes_the_proxy_by_where_no_proxy_says_so(void **state)
{
    struct socket_fixture *fixture = *state;
    setenv("https_proxy", "http://127.0.0.1:1", 1);
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("no_proxy", "elsewhere.example, .test", 1);
    fixture->settings.proxy = fixture->settings.no_proxy = NULL;
    open_tls(fixture, "good.test", "good.test", SOCKET_OPENED);
    unsetenv("https_proxy");
    unsetenv("http_proxy");
    unsetenv("no_proxy");
    assert_int_equal(fixture->opened, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SOCKET_TEST(websocket__talks_both_ways),
        SOCKET_TEST(websocket__talks_over_tls),
        SOCKET_TEST(websocket__takes_the_second_address_when_the_first_refuses),
        SOCKET_TEST(websocket__takes_the_second_address_when_the_first_is_silent),
        SOCKET_TEST(websocket__sends_all_of_a_turn_in_order),
        SOCKET_TEST(websocket__does_not_let_pongs_hold_up_what_is_said),
        SOCKET_TEST(websocket__sends_nothing_slack_would_end_the_connection_for),
        SOCKET_TEST(websocket__says_no_to_a_peer_that_does_not_read),
        SOCKET_TEST(websocket__keeps_the_order_when_the_peer_reads_slowly),
        SOCKET_TEST(websocket__joins_what_comes_in_pieces),
        SOCKET_TEST(websocket__takes_a_message_up_to_the_limit),
        SOCKET_TEST(websocket__ends_on_a_message_over_the_limit),
        SOCKET_TEST(websocket__answers_pings),
        SOCKET_TEST(websocket__closes_in_good_order),
        SOCKET_TEST(websocket__tells_the_code_of_a_peer_that_closes),
        SOCKET_TEST(websocket__reaches_wss_by_the_proxy),
        SOCKET_TEST(websocket__passes_the_proxy_by_where_no_proxy_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
