#include "tests/wire/socket_fixture.h"

static void socket_count(struct socket_fixture *fixture, enum socket_event event,
                         int count)
{
    if (fixture->ends_at == event && fixture->awaited == count) {
        wire_done(&fixture->wire);
    }
}

static void socket_keep(const char *bytes, size_t length, char kept[256])
{
    size_t size = length < 255 ? length : 255;
    memcpy(kept, bytes, size);
    kept[size] = '\0';
}

static void on_server_opened(void *arg, struct server_peer *peer)
{
    struct socket_fixture *fixture = arg;
    fixture->peer = peer;
}

static void on_upgrade(void *arg, struct server_peer *peer,
                       const struct server_request *request)
{
    struct socket_fixture *fixture = arg;
    if (fixture->refuses != 0) {
        server_answer(peer, fixture->refuses, "", "no");
    } else if (!fixture->never_upgrades) {
        server_welcome(peer, request);
    }
}

static void on_server_message(void *arg, struct server_peer *peer, const char *bytes,
                              size_t length)
{
    struct socket_fixture *fixture = arg;
    (void)peer;
    socket_keep(bytes, length, fixture->server_last);
    fixture->server_last_bytes = length;
    socket_count(fixture, SOCKET_SERVER_SAID, ++fixture->server_said);
}

static void on_server_closed(void *arg, struct server_peer *peer, int code)
{
    struct socket_fixture *fixture = arg;
    fixture->server_code = code;
    if (fixture->replies_to_close) {
        server_close(peer, code);
    }
}

static void on_server_gone(void *arg, struct server_peer *peer)
{
    struct socket_fixture *fixture = arg;
    (void)peer;
    socket_count(fixture, SOCKET_SERVER_GONE, ++fixture->server_gone);
}

static const struct server_script script = {
    .upgrade = on_upgrade,
    .opened = on_server_opened,
    .message = on_server_message,
    .closed = on_server_closed,
    .gone = on_server_gone,
};

static void on_opened(void *arg)
{
    struct socket_fixture *fixture = arg;
    fixture->opened++;
    if (fixture->on_opened != NULL) {
        fixture->on_opened(fixture);
    }
    socket_count(fixture, SOCKET_OPENED, fixture->opened);
}

static void on_message(void *arg, const char *bytes, size_t length)
{
    struct socket_fixture *fixture = arg;
    socket_keep(bytes, length, fixture->last);
    fixture->last_bytes = length;
    fixture->said++;
    if (fixture->on_said != NULL) {
        fixture->on_said(fixture);
    }
    socket_count(fixture, SOCKET_SAID, fixture->said);
}

static void on_heard(void *arg)
{
    struct socket_fixture *fixture = arg;
    fixture->heard++;
}

static void on_closed(void *arg, const struct websocket_end *end)
{
    struct socket_fixture *fixture = arg;
    fixture->socket = NULL;
    fixture->end = *end;
    socket_keep(end->why, strlen(end->why), fixture->why);
    socket_count(fixture, SOCKET_CLOSED, ++fixture->closed);
}

static const struct websocket_events events = {
    .opened = on_opened,
    .message = on_message,
    .heard = on_heard,
    .closed = on_closed,
};

int socket_setup(void **state)
{
    struct socket_fixture *fixture = calloc(1, sizeof(*fixture));
    wire_init(&fixture->wire);
    fixture->replies_to_close = true;
    fixture->settings =
        (struct net_settings){.ca_file = authority_file(fixture->wire.authority),
                              .proxy = "",
                              .no_proxy = ""};
    *state = fixture;
    return 0;
}

int socket_teardown(void **state)
{
    struct socket_fixture *fixture = *state;
    websockets_destroy(fixture->sockets);
    server_destroy(fixture->server);
    wire_finish(&fixture->wire);
    free(fixture);
    return 0;
}

void socket_serve(struct socket_fixture *fixture, const char *name, bool is_proxy)
{
    struct server_settings settings = {
        .authority = name == NULL ? NULL : fixture->wire.authority,
        .name = name,
        .is_proxy = is_proxy,
    };
    fixture->server = server_create(fixture->wire.loop, &settings, &script, fixture);
}

void socket_create(struct socket_fixture *fixture)
{
    struct err err;
    assert_true(websockets_create(&fixture->sockets, fixture->wire.loop,
                                  &fixture->settings, &fixture->limits, &err));
}

void socket_open(struct socket_fixture *fixture, const char *url)
{
    if (fixture->sockets == NULL) {
        socket_create(fixture);
    }
    fixture->socket = websocket_open(fixture->sockets, url, &events, fixture);
}

void socket_run(struct socket_fixture *fixture, enum socket_event until, int count)
{
    fixture->ends_at = until;
    fixture->awaited = count;
    wire_run(&fixture->wire);
}

void socket_up(struct socket_fixture *fixture)
{
    socket_serve(fixture, NULL, false);
    socket_open(fixture, wire_url(&fixture->wire, "ws", "127.0.0.1", fixture->server,
                                  "/link/?ticket=secret"));
    socket_run(fixture, SOCKET_OPENED, 1);
}

void socket_say(struct socket_fixture *fixture, const char *text)
{
    assert_true(websocket_send(fixture->socket, text, strlen(text)));
}
