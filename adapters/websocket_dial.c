/* The part of adapters/websocket.h above the library: the way to a host, limits of
 * time, the life of a connection. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/websocket_inner.h"
#include "bot/base/text.h"

#define WEBSOCKET_CLOSE_NORMAL 1000 /* RFC 6455, 7.4.1 */
/* The library writes a line of 2048 bytes at most, cuts the rest off without a word,
 * and from twice that on leaks. */
#define WEBSOCKET_PATH_BYTES 2000

/* Lets go of all that could still call back. */
static void websocket_let_go(struct websocket *socket)
{
    websocket_wire_cut(socket);
    if (socket->lookup != NULL) {
        loop_lookup_cancel(socket->lookup);
        socket->lookup = NULL;
    }
}

static void websocket_free(struct websocket *socket)
{
    struct websocket **link = &socket->owner->first;
    while (*link != socket) {
        link = &(*link)->next;
    }
    *link = socket->next;
    loop_forget(socket->owner->loop, socket);
    loop_timer_destroy(socket->timer);
    websocket_out_finish(&socket->out);
    free(socket->in);
    free(socket->text);
    free(socket);
}

static void websocket_on_ended(void *arg)
{
    struct websocket *socket = arg;
    const struct websocket_events *events = socket->events;
    void *user = socket->arg;
    struct websocket_end end = socket->end;
    char why[sizeof(socket->why)];
    memcpy(why, socket->why, sizeof(why));
    end.why = why;
    websocket_free(socket);
    if (events->closed != NULL) {
        events->closed(user, &end);
    }
}

void websocket_say(struct websocket *socket, const char *why, const char *detail)
{
    (void)snprintf(socket->why, sizeof(socket->why), "%.90s%s%.100s", why,
                   *detail == '\0' ? "" : ": ", detail);
}

void websocket_finish(struct websocket *socket)
{
    if (socket->state != WEBSOCKET_ENDED) {
        socket->state = WEBSOCKET_ENDED;
        websocket_let_go(socket);
        loop_timer_stop(socket->timer);
        loop_forget(socket->owner->loop, socket);
        loop_soon(socket->owner->loop, websocket_on_ended, socket);
    }
}

/* A connection without an answer must leave time for the address behind it. */
static void websocket_set_timer(struct websocket *socket)
{
    int64_t left_ms = socket->open_until_ms - websocket_wire_now_ms(socket->owner);
    if (socket->at + 1 < socket->count) {
        left_ms = left_ms * 2 / 5;
    }
    loop_timer_set(socket->timer, left_ms);
}

static void websocket_dial(void *arg);

/* An attempt failed: the next address, or the end. */
static void websocket_dial_next(void *arg)
{
    struct websocket *socket = arg;
    websocket_let_go(socket);
    socket->at++;
    int64_t now_ms = websocket_wire_now_ms(socket->owner);
    if (socket->at < socket->count && now_ms < socket->open_until_ms) {
        loop_soon(socket->owner->loop, websocket_dial, socket);
    } else {
        websocket_finish(socket);
    }
}

void websocket_dial_failed(struct websocket *socket)
{
    loop_soon(socket->owner->loop, websocket_dial_next, socket);
}

static void websocket_dial(void *arg)
{
    struct websocket *socket = arg;
    socket->state = WEBSOCKET_DIALING;
    websocket_say(socket, "could not connect", "");
    websocket_set_timer(socket);
    if (!websocket_wire_connect(socket)) {
        websocket_dial_next(socket);
    }
}

static void websocket_on_lookup(void *arg, const char *const *addresses, size_t count)
{
    struct websocket *socket = arg;
    socket->lookup = NULL;
    socket->count = count;
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(socket->addresses[i], sizeof(socket->addresses[i]), "%s",
                       addresses[i]);
    }
    if (count == 0) {
        websocket_say(socket, "the name was not found", socket->url.host);
        websocket_finish(socket);
        return;
    }
    websocket_dial(socket);
}

static void websocket_on_timer(void *arg)
{
    struct websocket *socket = arg;
    if (socket->state == WEBSOCKET_DIALING) {
        websocket_say(socket, "no answer in time", "");
        loop_forget(socket->owner->loop, socket);
        websocket_dial_next(socket);
        return;
    }
    if (socket->state == WEBSOCKET_LOOKING) {
        websocket_say(socket, "the name was not found in time", socket->url.host);
    }
    websocket_finish(socket); /* LEAVING: no goodbye came, so it is cut */
}

void websocket_opened(struct websocket *socket)
{
    loop_timer_stop(socket->timer);
    socket->state = WEBSOCKET_OPEN;
    socket->end.had_opened = true;
    websocket_say(socket, "the connection was cut", "");
    if (socket->events->opened != NULL) {
        socket->events->opened(socket->arg);
    }
}

/* Which way the URL goes, or why it goes nowhere. */
static bool websocket_find_way(struct websocket *socket, struct err *err)
{
    if (!net_url_parse(socket->text, &socket->url, err)) {
        return false;
    }
    if (strlen(socket->url.path) > WEBSOCKET_PATH_BYTES) {
        return err_set(err, ERR_BROKEN, "the web address is too long");
    }
    socket->way =
        net_way_find(&socket->owner->settings, &socket->url, &socket->proxy, err);
    if (socket->way == NET_BY_PROXY && !socket->proxy.is_plain) {
        return err_set(err, ERR_DENIED,
                       "a WebSocket takes only an http:// proxy, not yet another");
    }
    return socket->way != NET_NOWHERE;
}

struct websocket *websocket_open(struct websockets *sockets, const char *url,
                                 const struct websocket_events *events, void *arg)
{
    struct websocket *socket = calloc(1, sizeof(*socket));
    struct err err = {0};
    INSIST(socket != NULL);
    socket->owner = sockets;
    socket->next = sockets->first;
    sockets->first = socket;
    socket->events = events;
    socket->arg = arg;
    socket->text = text_keep(url);
    socket->timer = loop_timer_create(sockets->loop, websocket_on_timer, socket);
    socket->open_until_ms = websocket_wire_now_ms(sockets) + sockets->limits.open_ms;
    if (!websocket_find_way(socket, &err)) {
        websocket_say(socket, err.text, "");
        websocket_finish(socket);
        return socket;
    }
    loop_timer_set(socket->timer, sockets->limits.open_ms);
    const char *host =
        socket->way == NET_BY_PROXY ? socket->proxy.host : socket->url.host;
    socket->lookup =
        loop_lookup_start(sockets->loop, host, websocket_on_lookup, socket);
    return socket;
}

/* Not asked for by the library first: that serves one pong in a turn and then nobody
 * else, so behind commits of seconds acks would wait until the peer's pings stop. */
static void websocket_on_last(void *arg)
{
    struct websocket *socket = arg;
    if (!websocket_wire_flush(socket)) {
        websocket_wire_ask(socket);
    }
}

bool websocket_send(struct websocket *socket, const char *text, size_t length_bytes)
{
    bool is_open = socket->state == WEBSOCKET_OPEN && !socket->end.was_clean;
    if (!is_open || length_bytes > WEBSOCKET_SEND_BYTES) {
        return false;
    }
    bool is_first = socket->out.bytes == 0;
    if (!websocket_out_add(&socket->out, text, length_bytes)) {
        return false;
    }
    if (is_first) {
        loop_last(socket->owner->loop, websocket_on_last, socket);
    }
    return true;
}

void websocket_leave(struct websocket *socket, int code, const char *why)
{
    bool is_queued = websocket_out_close(&socket->out, code);
    socket->state = WEBSOCKET_LEAVING;
    websocket_say(socket, why, "");
    websocket_wire_ask(socket);
    /* A peer that reads nothing will not read the close frame either. */
    loop_timer_set(socket->timer, is_queued ? socket->owner->limits.close_ms : 0);
}

void websocket_close(struct websocket *socket)
{
    if (socket->state == WEBSOCKET_OPEN) {
        websocket_leave(socket, WEBSOCKET_CLOSE_NORMAL, "closed from here");
    } else if (socket->state != WEBSOCKET_LEAVING) {
        websocket_say(socket, "given up from here", "");
        websocket_finish(socket);
    }
}

void websocket_drop(struct websocket *socket)
{
    websocket_let_go(socket);
    websocket_free(socket);
}

static int64_t websocket_or(int64_t value, int64_t otherwise)
{
    return value > 0 ? value : otherwise;
}

bool websockets_create(struct websockets **created, struct loop *loop,
                       const struct net_settings *settings,
                       const struct websocket_limits *limits, struct err *err)
{
    struct websocket_limits given =
        limits == NULL ? (struct websocket_limits){0} : *limits;
    if (!net_settings_check(settings, err)) {
        return false;
    }
    struct websockets *sockets = calloc(1, sizeof(*sockets));
    INSIST(sockets != NULL);
    sockets->loop = loop;
    sockets->settings = *settings;
    sockets->limits = (struct websocket_limits){
        .open_ms = websocket_or(given.open_ms, 10000),
        .close_ms = websocket_or(given.close_ms, 1000),
        .ping_s = (uint16_t)websocket_or(given.ping_s, 10),
        .hangup_s = (uint16_t)websocket_or(given.hangup_s, 30),
        .message_bytes =
            given.message_bytes > 0 ? given.message_bytes : (size_t)4 << 20,
    };
    if (!websocket_wire_start(sockets, err)) {
        free(sockets);
        return false;
    }
    *created = sockets;
    return true;
}

void websockets_destroy(struct websockets *sockets)
{
    if (sockets == NULL) {
        return;
    }
    struct websocket *socket = sockets->first;
    while (socket != NULL) {
        struct websocket *next = socket->next;
        if (socket->state == WEBSOCKET_LEAVING) {
            (void)websocket_wire_flush(socket); /* or it is lost */
        }
        websocket_drop(socket);
        socket = next;
    }
    websocket_wire_stop(sockets);
    free(sockets);
}
