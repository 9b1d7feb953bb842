#include "tests/wire/slack_peer.h"

#include <jansson.h>

#include "adapters/slack.h"
#include "bot/base/time.h"
#include "tests/wire/slack_api.h"

#define TURNS 4 /* of the loop */

static void on_accepted(void *arg, struct server_peer *connection)
{
    struct slack_peer *peer = arg;

    assert_true(peer->accepted_count < SLACK_PEER_ITEMS);
    peer->accepted[peer->accepted_count++] = connection;
    if (peer->is_away) {
        server_cut(connection);
    }
}

void slack_peer_leave(struct slack_peer *peer)
{
    peer->is_away = true;
    for (size_t i = 0; i < peer->accepted_count; i++) {
        server_cut(peer->accepted[i]);
    }
}

static void on_upgrade(void *arg, struct server_peer *socket,
                       const struct server_request *request)
{
    struct slack_peer *peer = arg;

    assert_true(peer->socket_count < SLACK_PEER_ITEMS);
    server_header(request, "Host", peer->host, sizeof(peer->host));
    peer->sockets[peer->socket_count++] = socket;
    server_welcome(socket, request);
}

static void on_opened(void *arg, struct server_peer *socket)
{
    struct slack_peer *peer = arg;
    char hello[200];

    snprintf(hello, sizeof(hello),
             "{\"type\":\"hello\",\"num_connections\":%zu,\"debug_info\":{\"host\":"
             "\"h\",\"approximate_connection_time\":%d}}",
             peer->socket_count - peer->gone_count + (size_t)peer->others,
             peer->life_s);
    if (peer->is_rude) {
        server_close(socket, 1000);
    } else if (!peer->is_mute) {
        server_send(socket, hello, strlen(hello));
    }
}

static size_t socket_index(struct slack_peer *peer, struct server_peer *socket)
{
    for (size_t i = peer->socket_count; i > 0; i--) {
        if (peer->sockets[i - 1] == socket) {
            return i - 1;
        }
    }
    return SLACK_PEER_ITEMS;
}

static void on_message(void *arg, struct server_peer *socket, const char *bytes,
                       size_t length)
{
    struct slack_peer *peer = arg;

    assert_true(peer->ack_count < SLACK_PEER_ITEMS);
    peer->ack_sockets[peer->ack_count] = socket_index(peer, socket);
    snprintf(peer->acks[peer->ack_count++], sizeof(peer->acks[0]), "%.*s", (int)length,
             bytes);
}

static void on_gone(void *arg, struct server_peer *socket)
{
    struct slack_peer *peer = arg;
    size_t index = socket_index(peer, socket);

    if (index < SLACK_PEER_ITEMS && !peer->is_gone[index]) {
        peer->is_gone[index] = true;
        peer->gone_count++;
    }
}

static void on_closed(void *arg, struct server_peer *socket, int code)
{
    struct slack_peer *peer = arg;
    size_t index = socket_index(peer, socket);

    if (index < SLACK_PEER_ITEMS) {
        peer->close_codes[index] = code;
    }
    on_gone(arg, socket);
}

static const struct server_script script = {.accepted = on_accepted,
                                            .request = slack_api_answer,
                                            .upgrade = on_upgrade,
                                            .opened = on_opened,
                                            .message = on_message,
                                            .closed = on_closed,
                                            .gone = on_gone};

static void make_ears(struct slack_peer *peer)
{
    struct err err;

    peer->ears = ears_create(peer->wire.loop, &peer->store, &peer->clock, peer->config);
    if (!ears_add(peer->ears, &slack_adapter, &err)) {
        fail_msg("%s", err.text);
    }
}

static void make_bot(struct slack_peer *peer, const char *proxy, const char *base,
                     const char *ca_file, const char *store)
{
    struct err err;

    setenv("SLACK_APP_TOKEN", "xapp-1", 1);
    setenv("SLACK_BOT_TOKEN", "xoxb-1", 1);
    peer->config = config_create();
    peer->config->slack.api_url = arena_copy(peer->config->arena, base);
    peer->config->ca_file = ca_file;
    peer->config->proxy = arena_copy(peer->config->arena, proxy);
    assert_int_equal(store_open(&peer->store, store, &err), STORE_OK);
    make_ears(peer);
}

static struct slack_peer *create(const char *name, const char *host, bool is_proxy,
                                 bool by_environment, const char *store)
{
    struct slack_peer *peer = calloc(1, sizeof(*peer));
    struct server_settings settings = {.name = name,
                                       .is_v6 = host[0] == '[' ||
                                                strcmp(host, "six.test") == 0,
                                       .is_proxy = is_proxy};
    char proxy[64] = "";

    assert_non_null(peer);
    wire_init(&peer->wire);
    peer->clock_s = (long)(time_now_ms() / TIME_SECOND_MS);
    peer->oops = "<html>oops</html>";
    settings.authority = name == NULL ? NULL : peer->wire.authority;
    peer->server = server_create(peer->wire.loop, &settings, &script, peer);
    if (peer->server == NULL) {
        wire_finish(&peer->wire);
        free(peer);
        return NULL;
    }
    if (is_proxy) {
        snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%u",
                 server_port(peer->server));
    }
    if (by_environment) {
        setenv("https_proxy", proxy, 1);
    }
    make_bot(peer, by_environment ? NULL : proxy,
             wire_url(&peer->wire, name == NULL ? "http" : "https", host, peer->server,
                      "/api/"),
             name == NULL ? NULL : authority_file(peer->wire.authority), store);
    return peer;
}

struct slack_peer *slack_peer_create(const char *name, const char *host)
{
    return create(name, host, false, false, NULL);
}

struct slack_peer *slack_peer_create_kept(const char *store)
{
    return create(NULL, "127.0.0.1", false, false, store);
}

struct slack_peer *slack_peer_create_proxied(const char *name, bool by_environment)
{
    unsetenv("no_proxy");
    unsetenv("NO_PROXY");
    return create(name, name, true, by_environment, NULL);
}

void slack_peer_start(struct slack_peer *peer)
{
    struct err err;

    if (!ears_start(peer->ears, &err)) {
        fail_msg("%s", err.text);
    }
}

void slack_peer_end(struct slack_peer *peer)
{
    if (peer->ears != NULL) {
        ears_stop(peer->ears);
        ears_destroy(peer->ears);
        peer->ears = NULL;
    }
}

void slack_peer_destroy(struct slack_peer *peer)
{
    slack_peer_end(peer);
    for (size_t i = 0; i < peer->former_count; i++) {
        ears_destroy(peer->former[i]);
    }
    server_destroy(peer->server);
    wire_finish(&peer->wire);
    store_close(&peer->store);
    config_destroy(peer->config);
    free(peer);
}

static bool is_done(void *arg)
{
    struct slack_peer *peer = arg;

    peer->looks++;
    return peer->is_done(peer);
}

void slack_peer_await(struct slack_peer *peer, bool (*is)(struct slack_peer *peer))
{
    peer->is_done = is;
    wire_await(&peer->wire, is_done, peer);
}

static size_t turned_looks;

static bool has_turned(struct slack_peer *peer)
{
    return peer->looks >= turned_looks;
}

/* What the former one was about to write is written before the next one begins. */
void slack_peer_restart(struct slack_peer *peer)
{
    assert_true(peer->former_count < SLACK_PEER_LIVES);
    ears_stop(peer->ears);
    turned_looks = peer->looks + TURNS;
    slack_peer_await(peer, has_turned);
    peer->former[peer->former_count++] = peer->ears;
    make_ears(peer);
    slack_peer_start(peer);
}

struct server_peer *slack_peer_socket(struct slack_peer *peer)
{
    assert_true(peer->socket_count > 0);
    return peer->sockets[peer->socket_count - 1];
}

void slack_peer_send(struct slack_peer *peer, const char *json)
{
    server_send(slack_peer_socket(peer), json, strlen(json));
}

static void send_json(struct slack_peer *peer, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);

    assert_non_null(text);
    slack_peer_send(peer, text);
    free(text);
    json_decref(json);
}

void slack_peer_slash(struct slack_peer *peer, const char *envelope,
                      const char *trigger, const char *line)
{
    send_json(peer, json_pack("{s:s, s:s, s:b, s:{s:s, s:s, s:s, s:s, s:s, s:s, s:s}}",
                              "envelope_id", envelope, "type", "slash_commands",
                              "accepts_response_payload", 1, "payload", "command",
                              "/incident", "text", line, "user_id", "U1", "user_name",
                              "alice", "channel_id", "C0OPS", "channel_name", "ops",
                              "trigger_id", trigger));
}

void slack_peer_say(struct slack_peer *peer, const char *envelope, const char *channel,
                    const char *ts, const char *text)
{
    send_json(peer, json_pack("{s:s, s:s, s:{s:s, s:s, s:{s:s, s:s, s:s, s:s, s:s}}}",
                              "envelope_id", envelope, "type", "events_api", "payload",
                              "event_id", envelope, "type", "event_callback", "event",
                              "type", "message", "channel", channel, "user", "U1",
                              "text", text, "ts", ts));
}

size_t slack_peer_acks(struct slack_peer *peer, const char *envelope)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->ack_count; i++) {
        json_t *ack = json_loads(peer->acks[i], 0, NULL);
        const char *id = json_string_value(json_object_get(ack, "envelope_id"));

        count += id != NULL && strcmp(id, envelope) == 0 ? 1 : 0;
        json_decref(ack);
    }
    return count;
}

size_t slack_peer_calls(struct slack_peer *peer, const char *method)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->call_count; i++) {
        count += strcmp(peer->calls[i], method) == 0 ? 1 : 0;
    }
    return count;
}

size_t slack_peer_posts(struct slack_peer *peer, const char *text)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        count += strncmp(peer->posts[i].text, text, strlen(text)) == 0 ? 1 : 0;
    }
    return count;
}

int64_t slack_peer_number(struct slack_peer *peer, const char *sql)
{
    return wire_number(&peer->store, sql);
}
