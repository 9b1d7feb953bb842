/* A peer that speaks no decent WebSocket: frames that RFC 6455 forbids, floods, answers
 * to the upgrade that have no end or lead elsewhere. The connection ends or goes on, in
 * time, and nobody else is dialled. */
#include "tests/wire/socket_fixture.h"

#define BYTES(text)                                                                    \
    {                                                                                  \
        text, sizeof(text) - 1                                                         \
    }
#define FLOOD 100000

static const char *says; /* to an upgrade */
static int asked;

static void be_patient(struct socket_fixture *fixture)
{
    fixture->limits = (struct websocket_limits){
        .open_ms = 700, .close_ms = 200, .ping_s = 1, .hangup_s = 2};
}

static void websocket__ends__when_a_frame_is_forbidden(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } frames[] = {
        BYTES("\x83\x01x"),                                 /* a kind nobody knows */
        BYTES("\x8b\x01x"),                                 /* and of control */
        BYTES("\xc1\x01x"),                                 /* packed, unasked */
        BYTES("\xf1\x01x"),                                 /* all that is reserved */
        BYTES("\x80\x01x"),                                 /* goes on with nothing */
        BYTES("\x01\x01x\x81\x01y"),                        /* a text inside a text */
        BYTES("\x09\x01x"),                                 /* a ping in fragments */
        BYTES("\x89\x7e\x00\x7exxxxxxxx"),                  /* a ping of 126 */
        BYTES("\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff"),  /* 2^64 - 1 bytes */
        BYTES("\x81\x7f\x00\x00\x00\x01\x00\x00\x00\x00x"), /* 2^32, and silence */
        BYTES("\x88\x01x"),                                 /* half a code */
        BYTES("\x88\x02\x00\x00"),                          /* and none that there is */
        BYTES("HTTP/1.1 400 Bad Request\r\n\r\n"),
    };
    struct socket_fixture *fixture = *state;
    be_patient(fixture);
    socket_serve(fixture, NULL, false);
    for (int i = 0; i < (int)(sizeof(frames) / sizeof(frames[0])); i++) {
        socket_open(fixture, wire_url(&fixture->wire, "ws", "127.0.0.1",
                                      fixture->server, "/link/?ticket=secret"));
        socket_run(fixture, SOCKET_OPENED, i + 1);
        server_write(fixture->peer, frames[i].bytes, frames[i].length);
        socket_run(fixture, SOCKET_CLOSED, i + 1);
    }
    assert_int_equal(fixture->said, 0);
}

/* Nothing is nothing, in however many pieces; a ping in their midst is none of them. */
static void websocket__hears_what_was_said__when_its_pieces_are_many(void **state)
{
    struct socket_fixture *fixture = *state;
    char *empty = calloc(2, FLOOD);
    assert_non_null(empty);
    socket_up(fixture);
    server_write(fixture->peer, "\x01\x00\x00\x00\x80\x00", 6);
    socket_run(fixture, SOCKET_SAID, 1);
    assert_int_equal(fixture->last_bytes, 0);
    server_write(fixture->peer, "\x01\x01r", 3);
    server_write(fixture->peer, empty, (size_t)2 * FLOOD);
    free(empty);
    server_write(fixture->peer,
                 "\x89\x02hi\x00\x02"
                 "ea\x8a\x00\x80\x01l",
                 13);
    socket_run(fixture, SOCKET_SAID, 2);
    assert_string_equal(fixture->last, "real");
    assert_true(fixture->heard > FLOOD);
}

static void on_asked(void *arg, struct server_peer *peer,
                     const struct server_request *request)
{
    (void)arg, (void)request;
    asked++;
    server_write(peer, says, strlen(says));
}

static void ask(struct socket_fixture *fixture, const char *answer)
{
    int before = asked;
    says = answer;
    socket_open(fixture, wire_url(&fixture->wire, "ws", "127.0.0.1", fixture->server,
                                  "/link/?ticket=secret"));
    socket_run(fixture, SOCKET_CLOSED, fixture->closed + 1);
    assert_int_equal(asked, before + 1);
    assert_false(fixture->end.had_opened);
    assert_null(strstr(fixture->why, "secret"));
}

static void websocket__dials_nobody_else__when_sent_elsewhere(void **state)
{
    static const struct server_script script = {.upgrade = on_asked,
                                                .request = on_asked};
    struct server_settings settings = {.authority = NULL};
    struct socket_fixture *fixture = *state;
    char answer[200];
    be_patient(fixture);
    fixture->server = server_create(fixture->wire.loop, &settings, &script, fixture);
    for (int status = 300; status <= 308; status++) {
        snprintf(answer, sizeof(answer),
                 "HTTP/1.1 %d Gone\r\nLocation: http://127.0.0.1:%u/steal\r\n"
                 "Content-Length: 0\r\n\r\n",
                 status, server_port(fixture->server));
        ask(fixture, answer);
    }
}

#define YES "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"

static void websocket__stays_shut__when_the_upgrade_is_odd(void **state)
{
    static const char *const answers[] = {
        "nonsense\r\n\r\n",
        "\r\n\r\n\r\n",
        "HTTP/1.1 101 Yes\r\n\r\n",
        YES "\r\n",
        YES "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n",
        YES "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
        "HTTP/1.1 200 Yes\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\nx",
        "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\n\r\n",
    };
    static const struct server_script script = {.upgrade = on_asked};
    struct server_settings settings = {.authority = NULL};
    struct socket_fixture *fixture = *state;
    char *head = malloc(FLOOD + 1);
    assert_non_null(head);
    be_patient(fixture);
    fixture->server = server_create(fixture->wire.loop, &settings, &script, fixture);
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        ask(fixture, answers[i]);
    }
    memset(head, 'x', FLOOD);
    head[FLOOD] = '\0';
    memcpy(head, YES "X: ", strlen(YES "X: ")); /* a header of 100 KB, without end */
    ask(fixture, head);
    free(head);
}

/* Cut short, it would ask for something else, in a line without an end. */
static void websocket__is_not_dialled__when_its_address_is_too_long(void **state)
{
    static const size_t lengths[] = {2001, 5000, FLOOD};
    struct socket_fixture *fixture = *state;
    char *url = calloc(1, FLOOD + 100);
    assert_non_null(url);
    socket_serve(fixture, NULL, false);
    for (int i = 0; i < (int)(sizeof(lengths) / sizeof(lengths[0])); i++) {
        int head = sprintf(url, "ws://127.0.0.1:%u", server_port(fixture->server));
        memset(url + head, '/', lengths[i]);
        socket_open(fixture, url);
        socket_run(fixture, SOCKET_CLOSED, i + 1);
        assert_string_equal(fixture->why, "the web address is too long");
    }
    url[sprintf(url, "ws://127.0.0.1:%u", server_port(fixture->server)) + 2000] = '\0';
    url[strlen(url)] = '/';
    socket_open(fixture, url);
    socket_run(fixture, SOCKET_OPENED, 1);
    assert_int_equal(server_accepted(fixture->server), 1);
    free(url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SOCKET_TEST(websocket__ends__when_a_frame_is_forbidden),
        SOCKET_TEST(websocket__hears_what_was_said__when_its_pieces_are_many),
        SOCKET_TEST(websocket__dials_nobody_else__when_sent_elsewhere),
        SOCKET_TEST(websocket__stays_shut__when_the_upgrade_is_odd),
        SOCKET_TEST(websocket__is_not_dialled__when_its_address_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
