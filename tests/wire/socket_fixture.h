/*
 * One test of adapters/websocket.h: a server, a client, and what both heard. Members
 * set before socket_open change what happens; `ends_at` says which event ends the run.
 */
#pragma once

#include "adapters/websocket.h"
#include "tests/wire/wire.h"

enum socket_event {
    SOCKET_OPENED,
    SOCKET_SAID,
    SOCKET_SERVER_SAID,
    SOCKET_CLOSED,
    SOCKET_SERVER_GONE,
};

struct socket_fixture {
    struct wire wire;
    struct server *server;
    struct websockets *sockets;
    struct websocket *socket; /* NULL once closed */
    struct server_peer *peer; /* the last whose WebSocket went up */
    enum socket_event ends_at;
    int awaited; /* how many of them */
    void (*on_opened)(struct socket_fixture *fixture);
    void (*on_said)(struct socket_fixture *fixture);
    int said, server_said, opened, closed, heard, server_gone;
    char last[256], server_last[256]; /* the beginning of the last message */
    size_t last_bytes, server_last_bytes;
    struct websocket_end end;
    char why[256];
    int server_code;       /* of the client's close frame */
    bool replies_to_close; /* the server does */
    int refuses;           /* the upgrade, with this status */
    bool never_upgrades;
    char proxy[96];
    struct websocket_limits limits;
    struct net_settings settings;
};

int socket_setup(void **state);
int socket_teardown(void **state);
/* Serves; `name` NULL is plain. The client knows the authority unless settings say
 * else. */
void socket_serve(struct socket_fixture *fixture, const char *name, bool is_proxy);
void socket_create(struct socket_fixture *fixture);
void socket_open(struct socket_fixture *fixture, const char *url);
/* Plain, to 127.0.0.1, and runs until it is open. */
void socket_up(struct socket_fixture *fixture);
void socket_run(struct socket_fixture *fixture, enum socket_event until, int count);
void socket_say(struct socket_fixture *fixture, const char *text);

#define SOCKET_TEST(name)                                                              \
    cmocka_unit_test_setup_teardown(name, socket_setup, socket_teardown)
