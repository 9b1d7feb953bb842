/* Between the three files of the scripted server; nobody else includes this. */
#pragma once

#include <uv.h>

#include "bot/base/err.h"
#include "bot/loop.h"
#include "tests/wire/server.h"

struct server_slice {
    struct server_slice *next;
    size_t length;
    char bytes[];
};

struct server_peer {
    struct server *server;
    struct server_peer *next;
    uv_tcp_t tcp;
    SSL *ssl; /* NULL: plain */
    BIO *from_wire, *to_wire;
    char *in; /* what came, decrypted, not yet used */
    size_t in_bytes, in_capacity;
    bool is_gone, is_silent, is_websocket, is_closed, is_orphan;
    struct server_slice *slices; /* to be written one a turn */
    unsigned pings, pongs, frames;
    const char *offence;
};

struct server {
    struct loop *loop;
    uv_tcp_t listener;
    SSL_CTX *tls;
    bool is_proxy;
    struct server_script script;
    void *arg;
    unsigned port, accepted;
    char connect_line[300];
    struct server_peer *peers;
};

/* Takes what it can from peer->in: whole requests, whole frames. */
void server_take_requests(struct server_peer *peer);
void server_take_frames(struct server_peer *peer);
void server_used(struct server_peer *peer, size_t length); /* the front of peer->in */
void server_start_tls(struct server_peer *peer);
void server_write_slices(struct server_peer *peer, const char *bytes, size_t length,
                         size_t slice_bytes);
