/*
 * A scripted peer on 127.0.0.1 or ::1: HTTP/1.1 and WebSocket on one port, in the
 * test's own loop. It speaks through hand-made bytes, so that it can do what a decent
 * server never does: cut in the middle, stay silent, send a frame byte by byte. It
 * knows no platform.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/wire/authority.h"

struct loop;
struct server;
struct server_peer; /* one connection; lives as long as the server, even when cut */

struct server_request {
    const char *method, *path; /* the path with its query */
    const char *head;          /* all header lines */
    const char *body;          /* NUL behind it */
    size_t body_bytes;
};

/* Each pointer may be NULL. */
struct server_script {
    void (*accepted)(void *arg, struct server_peer *peer); /* before any byte is read */
    void (*request)(void *arg, struct server_peer *peer,
                    const struct server_request *request);
    /* NULL: every WebSocket is welcome. Else: server_welcome, an answer, or nothing. */
    void (*upgrade)(void *arg, struct server_peer *peer,
                    const struct server_request *request);
    void (*opened)(void *arg, struct server_peer *peer); /* the WebSocket is up */
    void (*message)(void *arg, struct server_peer *peer, const char *bytes,
                    size_t length);
    void (*closed)(void *arg, struct server_peer *peer,
                   int code);                          /* a close frame came */
    void (*gone)(void *arg, struct server_peer *peer); /* TCP ended from there */
};

struct server_settings {
    struct authority *authority; /* NULL: plain */
    const char *name;            /* what the certificate names */
    bool is_v6;                  /* on ::1 */
    bool is_proxy; /* waits for CONNECT, then is itself the server that was asked for */
};

/* NULL where the machine has no such address (is_v6). */
struct server *server_create(struct loop *loop, const struct server_settings *settings,
                             const struct server_script *script, void *arg);
/* The loop runs the rest out. Accepts NULL. */
void server_destroy(struct server *server);
unsigned server_port(const struct server *server);
unsigned server_accepted(const struct server *server); /* connections so far */
size_t server_kept_bytes(const struct server *server); /* for those, gone or not */
const char *
server_connect_line(const struct server *server); /* of the last CONNECT; "" */

/* The header of a request, copied into `value`; false where it is absent. */
bool server_header(const struct server_request *request, const char *name, char *value,
                   size_t room);
/* `headers` are whole lines with \r\n, or "". Keeps the connection. */
void server_answer(struct server_peer *peer, int status, const char *headers,
                   const char *body);
void server_write(struct server_peer *peer, const char *bytes, size_t length); /* raw */
/* An answer that ends in the middle of its body: half of what its head says. */
void server_answer_torn(struct server_peer *peer, int status, const char *body);
void server_cut(struct server_peer *peer);     /* now, by a reset */
void server_end(struct server_peer *peer);     /* behind what was written, by a FIN */
void server_silence(struct server_peer *peer); /* reads and answers nothing any more */

void server_welcome(struct server_peer *peer, const struct server_request *request);
void server_send(struct server_peer *peer, const char *text, size_t length);
/* As a first frame and continuations of `frame_bytes`, written `slice_bytes` at a time,
 * each in a turn of its own. */
void server_send_split(struct server_peer *peer, const char *text, size_t length,
                       size_t frame_bytes, size_t slice_bytes);
void server_ping(struct server_peer *peer, const char *payload);
void server_close(struct server_peer *peer, int code);
unsigned server_pings(const struct server_peer *peer);  /* that came */
unsigned server_pongs(const struct server_peer *peer);  /* that came */
unsigned server_frames(const struct server_peer *peer); /* texts that came */
/* What a strict server would not take: unmasked, fragmented, over 20,480 bytes. "" is
 * fine. */
const char *server_offence(const struct server_peer *peer);
