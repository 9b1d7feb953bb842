/*
 * Between the two halves of a WebSocket: websocket_dial.c holds its life (look-up, one
 * address after the other, time limits, the end), websocket.c the library. Nobody else
 * includes this.
 */
#pragma once

#include "adapters/websocket.h"
#include "adapters/websocket_out.h"
#include "bot/loop.h"

struct lws;
struct lws_context;
struct lws_retry_bo;
struct lws_vhost;

enum websocket_state {
    WEBSOCKET_LOOKING, /* for addresses */
    WEBSOCKET_DIALING, /* addresses[at] */
    WEBSOCKET_OPEN,
    WEBSOCKET_LEAVING, /* our close frame is to go, or has gone */
    WEBSOCKET_ENDED,   /* `closed` is to be called */
};

struct websockets {
    struct loop *loop;
    struct net_settings settings;
    struct websocket_limits limits;
    struct lws_retry_bo *policy;
    struct lws_context *context;
    struct lws_vhost
        *vhosts[2][2]; /* made when first needed: through a proxy, with TLS */
    struct websocket *first;
};

struct websocket {
    struct websockets *owner;
    struct websocket *next;
    const struct websocket_events *events;
    void *arg;
    enum websocket_state state;
    char *text; /* the URL, a secret */
    struct net_url url;
    enum net_way way;
    struct net_proxy proxy;
    struct loop_lookup *lookup;
    char addresses[LOOP_ADDRESSES][48];
    size_t count, at;
    struct loop_timer *timer;
    int64_t open_until_ms, heard_ms; /* by the loop's clock */
    struct lws *wsi;                 /* NULL: none, or let go of */
    bool has_failed;                 /* the attempt under way */
    const char *distrust; /* why its certificate is refused; NULL: it is not */
    struct websocket_out out;
    char *in; /* a message that has come in part */
    size_t in_bytes, in_capacity_bytes;
    struct websocket_end end;
    char why[200];
};

/* The library's half. */
MUST_CHECK bool websocket_wire_start(struct websockets *sockets, struct err *err);
void websocket_wire_stop(struct websockets *sockets);
int64_t websocket_wire_now_ms(const struct websockets *sockets); /* the loop's clock */
/* False: the attempt has failed already. Later failures call websocket_dial_failed. */
bool websocket_wire_connect(struct websocket *socket);
void websocket_wire_ask(struct websocket *socket); /* to be called when it may write */
/* Writes what waits, from outside the library's callbacks. False: the wire takes
 * nothing now; what waits still does. */
bool websocket_wire_flush(struct websocket *socket);
/* Cuts the connection, if there is one; nothing is heard of it any more. */
void websocket_wire_cut(struct websocket *socket);

/* The half without the library. */
void websocket_say(struct websocket *socket, const char *why, const char *detail);
/* The one way to the end: `closed` follows with what websocket_say has said last. */
void websocket_finish(struct websocket *socket);
/* Sends what waits, then a close frame, and gives the peer close_ms to answer. The
 * library is no help: built as Debian does (_DEBUG), it closes twice, so no close frame
 * goes out. */
void websocket_leave(struct websocket *socket, int code, const char *why);
void websocket_opened(struct websocket *socket);
void websocket_dial_failed(struct websocket *socket); /* never inside a connect */
