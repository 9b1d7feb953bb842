/*
 * WebSockets as a client, on the one loop (libwebsockets). It reassembles messages,
 * pings, drops a silent peer and tries one address after the other; it knows no
 * platform, opens nothing again by itself and never repeats a URL: its path may be a
 * secret.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/net.h"
#include "bot/base/err.h"

struct loop;
struct websockets; /* the library on the loop: one for the whole program */
struct websocket;  /* one connection */

/* The longest text a send takes: Slack ends a connection over 20,480 bytes in one
 * frame, of which 8 are its head. */
#define WEBSOCKET_SEND_BYTES ((size_t)20480 - 8)

/* Zero means the value in the comment. */
struct websocket_limits {
    int64_t open_ms;      /* 10,000: look-up, connect, TLS and upgrade together */
    int64_t close_ms;     /* 1,000: from our close frame to the hard end */
    uint16_t ping_s;      /* 10: without word from there, a ping goes out */
    uint16_t hangup_s;    /* 30: without word from there, the connection is dead */
    size_t message_bytes; /* 4 MiB: a longer message ends the connection with 1009 */
};

struct websocket_end {
    bool had_opened;
    bool was_clean;  /* both sides said goodbye */
    int code;        /* of the peer's close frame; 0: it sent none */
    const char *why; /* for the log, without secrets */
};

/* Each pointer may be NULL. All may send, close and drop, also the connection itself.
 */
struct websocket_events {
    void (*opened)(void *arg);
    /* A whole message. Not NUL-terminated; valid until the return. */
    void (*message)(void *arg, const char *bytes, size_t length_bytes);
    void (*heard)(void *arg); /* any part of a message, or a pong */
    /* The last call, exactly once, however it ended; never from inside a call of ours.
     */
    void (*closed)(void *arg, const struct websocket_end *end);
};

/* Fails plainly where libwebsockets lacks its libuv plugin. Strings are not copied. */
MUST_CHECK bool websockets_create(struct websockets **sockets, struct loop *loop,
                                  const struct net_settings *settings,
                                  const struct websocket_limits *limits,
                                  struct err *err);
/* Drops all connections without a call; the close frame of one that is being closed
 * still goes out. Not from inside a callback. Accepts NULL. */
void websockets_destroy(struct websockets *sockets);

/* wss, or ws to this machine. `events` must outlive the connection; `url` is copied. */
struct websocket *websocket_open(struct websockets *sockets, const char *url,
                                 const struct websocket_events *events, void *arg);
/* Queues one text frame; all of a turn leave in one write. False: not open, or the peer
 * has said goodbye; over WEBSOCKET_SEND_BYTES; or the peer has not read for long. */
MUST_CHECK bool websocket_send(struct websocket *socket, const char *text,
                               size_t length_bytes);
/* Sends what is queued, then close 1000; the hard end after close_ms. No message comes
 * any more, `closed` does. */
void websocket_close(struct websocket *socket);
/* Cuts it: no call any more, `socket` is gone. */
void websocket_drop(struct websocket *socket);
