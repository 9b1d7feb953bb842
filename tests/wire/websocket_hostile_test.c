/* A peer that speaks no decent WebSocket: frames that RFC 6455 forbids, answers to the
 * upgrade that have no end or lead elsewhere. Whatever it does, the connection ends or
 * goes on, in time, and nothing of what was asked with reaches a sentence for people.
 */
#include "tests/wire/socket_fixture.h"

#define SIZED(bytes)                                                                   \
    {                                                                                  \
        bytes, sizeof(bytes) - 1                                                       \
    }

struct bytes {
    const char *data;
    size_t length;
};

static void up_and_write(struct socket_fixture *fixture, const char *bytes,
                         size_t length)
{
    fixture->limits.ping_s = 1;
    fixture->limits.hangup_s = 2;
    fixture->limits.close_ms = 200;
    socket_up(fixture);
    server_write(fixture->peer, bytes, length);
}

/* Each of them ends the connection; the next one is a connection of its own. */
static void websocket__ends__when_a_frame_is_forbidden(void **state)
{
    static const struct bytes frames[] = {
        SIZED("\x83\x01x"),                                 /* a kind nobody knows */
        SIZED("\x8b\x01x"),                                 /* and of control */
        SIZED("\xc1\x01x"),                                 /* compressed, unasked */
        SIZED("\xf1\x01x"),                                 /* all that is reserved */
        SIZED("\x80\x01x"),                                 /* goes on with nothing */
        SIZED("\x09\x01x"),                                 /* a ping in fragments */
        SIZED("\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff"),  /* 2^64 - 1 bytes */
        SIZED("\x81\x7f\x00\x00\x00\x01\x00\x00\x00\x00x"), /* 2^32 bytes */
        SIZED("\x89\x7e\x00\x7exxxxxxxx"),                  /* a ping of 126 */
        SIZED("\x88\x01x"),                                 /* half a code */
        SIZED("\x88\x02\x00\x00"),                          /* and none that there is */
        SIZED("HTTP/1.1 400 Bad Request\r\n\r\n"),
    };
    struct socket_fixture *fixture = *state;
    for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
        if (i == 0) {
            up_and_write(fixture, frames[i].data, frames[i].length);
        } else {
            socket_open(fixture, fixture->wire.url);
            socket_run(fixture, SOCKET_OPENED, (int)i + 1);
            server_write(fixture->peer, frames[i].data, frames[i].length);
        }
        fprintf(stderr, "frame %zu\n", i);
        if (fixture->closed == (int)i) {
            socket_run(fixture, SOCKET_CLOSED, (int)i + 1);
        }
        fprintf(stderr, "   why=%s code=%d clean=%d said=%d\n", fixture->why,
                fixture->end.code, fixture->end.was_clean, fixture->said);
    }
}


static void up(struct socket_fixture *fixture)
{
    fixture->limits.ping_s = 1;
    fixture->limits.hangup_s = 2;
    fixture->limits.close_ms = 200;
    socket_up(fixture);
}

static void websocket__goes_on__when_frames_are_odd_but_allowed(void **state)
{
    struct socket_fixture *fixture = *state;
    up(fixture);
    /* empty, in fragments */
    server_write(fixture->peer, "\x01\x00\x00\x00\x80\x00", 6);
    socket_run(fixture, SOCKET_SAID, 1);
    fprintf(stderr, "empty: %zu\n", fixture->last_bytes);
    server_write(fixture->peer, "\x81\x00", 2);
    socket_run(fixture, SOCKET_SAID, 2);
    /* a ping between fragments */
    server_write(fixture->peer, "\x01\x01""a\x89\x02hi\x00\x01""b\x8a\x03who\x80\x01""c", 18);
    socket_run(fixture, SOCKET_SAID, 3);
    fprintf(stderr, "between: %s %u\n", fixture->last, server_pongs(fixture->peer));
    /* masked from server */
    server_write(fixture->peer, "\x81\x81\x01\x01\x01\x01""a", 7);
    wire_run_ms(&fixture->wire, 300);
    fprintf(stderr, "masked: said %d last %s closed %d\n", fixture->said, fixture->last, fixture->closed);
}

static void websocket__two_texts(void **state)
{
    struct socket_fixture *fixture = *state;
    up(fixture);
    server_write(fixture->peer, "\x01\x01""a\x01\x01""b\x80\x01""c", 9);
    wire_run_ms(&fixture->wire, 300);
    fprintf(stderr, "start twice: said %d last %s closed %d\n", fixture->said, fixture->last, fixture->closed);
    if (!fixture->closed) {
    server_write(fixture->peer, "\x01\x01""a\x81\x01""b\x80\x01""c", 9);
    wire_run_ms(&fixture->wire, 300);
    fprintf(stderr, "whole inside: said %d last %s closed %d\n", fixture->said, fixture->last, fixture->closed);
    }
}

static void websocket__flood(void **state)
{
    struct socket_fixture *fixture = *state;
    up(fixture);
    char *many = malloc(2000000);
    memset(many, 0, 2000000);
    many[0] = 1;
    server_write(fixture->peer, many, 2000000); /* a million empty fragments */
    server_write(fixture->peer, "\x80\x02xy", 4);
    socket_run(fixture, SOCKET_SAID, 1);
    fprintf(stderr, "flood: %zu heard %d\n", fixture->last_bytes, fixture->heard);
    for (size_t i = 0; i < 1000000; i++) { many[2*i] = (char)0x89; many[2*i+1] = 0; }
    server_write(fixture->peer, many, 2000000);
    server_write(fixture->peer, "\x81\x02xy", 4);
    socket_run(fixture, SOCKET_SAID, 2);
    fprintf(stderr, "pings: pongs %u\n", server_pongs(fixture->peer));
    free(many);
}

static const char *upgrade_says; static size_t upgrade_bytes; static int requests;
static void on_upgrade(void *arg, struct server_peer *peer, const struct server_request *request)
{
    (void)arg; requests++;
    (void)request;
    server_write(peer, upgrade_says, upgrade_bytes);
}
static const struct server_script hostile = {.upgrade = on_upgrade, .request = on_upgrade};

static void try_upgrade(struct socket_fixture *fixture, const char *says)
{
    upgrade_says = says; upgrade_bytes = strlen(says);
    int closed = fixture->closed;
    fixture->limits.open_ms = 700;
    socket_open(fixture, wire_url(&fixture->wire, "ws", "127.0.0.1", fixture->server, "/link/?ticket=secret"));
    socket_run(fixture, SOCKET_CLOSED, closed + 1);
    fprintf(stderr, "%.70s: opened %d why %s requests %d\n", says, fixture->opened, fixture->why, requests);
}

static void websocket__upgrade(void **state)
{
    struct socket_fixture *fixture = *state;
    struct server_settings settings = {.authority = NULL};
    char redirect[300];
    fixture->server = server_create(fixture->wire.loop, &settings, &hostile, fixture);
    try_upgrade(fixture, "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    try_upgrade(fixture, "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n");
    try_upgrade(fixture, "HTTP/1.1 101 Yes\r\n\r\n");
    try_upgrade(fixture, "HTTP/1.1 200 Yes\r\nContent-Length: 5\r\n\r\nhello");
    try_upgrade(fixture, "HTTP/1.1 200 Yes\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\nhello");
    try_upgrade(fixture, "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");
    try_upgrade(fixture, "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n");
    try_upgrade(fixture, "nonsense\r\n\r\n");
    try_upgrade(fixture, "\r\n\r\n\r\n\r\n");
    for (int code = 300; code <= 308; code++) {
    snprintf(redirect, sizeof(redirect), "HTTP/1.1 %d Move\r\nLocation: http://127.0.0.1:%u/steal\r\nContent-Length: 0\r\n\r\n", code, server_port(fixture->server));
    try_upgrade(fixture, redirect);
    }
    try_upgrade(fixture, "HTTP/1.1 302 Move\r\nLocation: /steal\r\nContent-Length: 0\r\n\r\n");
    try_upgrade(fixture, "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    char *big = malloc(1000100);
    memcpy(big, "HTTP/1.1 101 Yes\r\nX: ", 21);
    memset(big+21, 'x', 1000000); big[1000021] = 0;
    try_upgrade(fixture, big);
    size_t at = 18;
    while (at < 999000) at += (size_t)sprintf(big + at, "X-Head: yes and so on\r\n");
    try_upgrade(fixture, big);
    at = 18;
    while (at < 999000) at += (size_t)sprintf(big + at, "Upgrade: websocket\r\n");
    try_upgrade(fixture, big);
    memset(big, 'x', 1000000);
    try_upgrade(fixture, big);
    free(big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SOCKET_TEST(websocket__goes_on__when_frames_are_odd_but_allowed),
        SOCKET_TEST(websocket__two_texts),
        SOCKET_TEST(websocket__flood),
        SOCKET_TEST(websocket__upgrade),
    };
    (void)websocket__ends__when_a_frame_is_forbidden;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
