#include "tests/wire/matrix_peer.h"

#include "adapters/matrix.h"
#include "bot/base/time.h"
#include "store/incidents.h"
#include "store/people.h"

static const struct server_script script = {.request = matrix_api_request};

static void make_bot(struct matrix_peer *peer)
{
    struct err err;

    peer->ears = ears_create(peer->wire.loop, &peer->store, &peer->clock, peer->config);
    if (!ears_add(peer->ears, &matrix_adapter, &err)) {
        fail_msg("%s", err.text);
    }
}

static struct matrix_peer *make_home(struct matrix_peer *peer, struct loop *loop)
{
    const struct server_settings settings = {0};

    peer->is_soft = true;
    peer->first = "{}";
    peer->server = server_create(loop, &settings, &script, peer);
    setenv("MATRIX_PASSWORD", "pw", 1);
    unsetenv("MATRIX_ACCESS_TOKEN");
    return peer;
}

static struct matrix_peer *new_peer(void)
{
    struct matrix_peer *peer = calloc(1, sizeof(*peer));

    assert_non_null(peer);
    peer->made = json_object();
    peer->states = json_object();
    return peer;
}

struct matrix_peer *matrix_peer_beside(struct loop *loop)
{
    return make_home(new_peer(), loop);
}

struct matrix_peer *matrix_peer_create(void)
{
    struct matrix_peer *peer = new_peer();
    struct err err;

    wire_init(&peer->wire);
    (void)make_home(peer, peer->wire.loop);
    peer->config = config_create();
    peer->config->matrix.homeserver_url =
        arena_copy(peer->config->arena,
                   wire_url(&peer->wire, "http", "127.0.0.1", peer->server, "/"));
    peer->config->matrix.user = "muster";
    peer->config->proxy = "";
    assert_int_equal(store_open(&peer->store, NULL, &err), STORE_OK);
    make_bot(peer);
    return peer;
}

void matrix_peer_start(struct matrix_peer *peer)
{
    struct err err;

    if (!ears_start(peer->ears, &err)) {
        fail_msg("%s", err.text);
    }
}

void matrix_peer_restart(struct matrix_peer *peer)
{
    ears_stop(peer->ears);
    ears_destroy(peer->ears);
    peer->poll = NULL;
    peer->hung = NULL;
    make_bot(peer);
    matrix_peer_start(peer);
}

void matrix_peer_forget(struct matrix_peer *peer)
{
    for (size_t i = 0; i < peer->sync_count; i++) {
        free(peer->syncs[i]);
    }
    for (size_t i = 0; i < peer->event_count; i++) {
        free(peer->events[i]);
    }
    json_decref(peer->made);
    json_decref(peer->states);
    free(peer);
}

void matrix_peer_destroy(struct matrix_peer *peer)
{
    ears_stop(peer->ears);
    ears_destroy(peer->ears);
    server_destroy(peer->server);
    wire_finish(&peer->wire);
    store_close(&peer->store);
    config_destroy(peer->config);
    matrix_peer_forget(peer);
}

int matrix_peer_setup(void **state)
{
    *state = matrix_peer_create();
    return 0;
}

int matrix_peer_teardown(void **state)
{
    matrix_peer_destroy(*state);
    return 0;
}

static bool is_done(void *arg)
{
    struct matrix_peer *peer = arg;

    return peer->is_done(peer);
}

void matrix_peer_await(struct matrix_peer *peer, bool (*is)(struct matrix_peer *peer))
{
    peer->is_done = is;
    wire_await(&peer->wire, is_done, peer);
}

void matrix_peer_fault(struct matrix_peer *peer, const char *path,
                       enum peer_fault fault, int times)
{
    peer->fault_path = path;
    peer->fault = fault;
    peer->fault_times = times;
    peer->fault_after = 0;
    peer->fault_headers = "";
}

void matrix_peer_refuse(struct matrix_peer *peer, const char *path, int status,
                        const char *body, int times)
{
    matrix_peer_fault(peer, path, PEER_ANSWER, times);
    peer->fault_status = status;
    peer->fault_body = body;
}

void matrix_peer_release(struct matrix_peer *peer)
{
    struct server_peer *hung = peer->hung;

    assert_non_null(hung);
    peer->hung = NULL;
    matrix_api_serve(peer, hung, peer->hung_path, "");
}

void matrix_peer_sync(struct matrix_peer *peer, const char *rooms)
{
    assert_true(peer->sync_count < PEER_SYNCS);
    peer->syncs[peer->sync_count++] = strdup(rooms);
    peer->place_of[peer->sync_count] = peer->event_count;
    matrix_api_wake(peer);
}

void matrix_peer_room(struct matrix_peer *peer, const char *room, const char *state,
                      const char *prev_batch, const char *events)
{
    size_t room_bytes = strlen(events) + 4000;
    char *rooms = malloc(room_bytes);

    assert_non_null(rooms);
    snprintf(
        rooms, room_bytes,
        "{\"join\":{\"%s\":{\"state\":{\"events\":[%s]},\"timeline\":{\"events\":[%s],"
        "\"limited\":%s,\"prev_batch\":\"%s\"}}}}",
        room, state == NULL ? "" : state, events, prev_batch == NULL ? "false" : "true",
        prev_batch == NULL ? "" : prev_batch);
    matrix_peer_sync(peer, rooms);
    free(rooms);
}

const char *matrix_peer_message(const char *id, const char *sender, const char *text)
{
    static char buffers[8][600];
    static size_t next;
    char *buffer = buffers[next++ % 8];

    snprintf(buffer, sizeof(buffers[0]),
             "{\"type\":\"m.room.message\",\"event_id\":\"%s\",\"sender\":\"%s\","
             "\"origin_server_ts\":%lld,\"content\":{\"msgtype\":\"m.text\",\"body\":"
             "\"%s\"}}",
             id, sender, (long long)time_now_ms(), text);
    return buffer;
}

void matrix_peer_history(struct matrix_peer *peer, const char *event)
{
    assert_true(peer->event_count < PEER_EVENTS);
    peer->events[peer->event_count++] = strdup(event);
}

int64_t matrix_peer_incident(struct matrix_peer *peer, const char *room)
{
    struct arena *arena = arena_create();
    struct incident incident = {.title = "db is down",
                                .state = INCIDENT_ACTIVE,
                                .severity = "sev2",
                                .declared_ms = time_now_ms(),
                                .started_ms = time_now_ms(),
                                .detected_ms = time_now_ms(),
                                .mitigated_ms = TIME_NONE,
                                .normal_ms = TIME_NONE,
                                .resolved_ms = TIME_NONE,
                                .adapter = "matrix",
                                .channel_name = "inc-{id}-db"};
    struct err err;

    peer->store.arena = arena;
    assert_true(db_begin(peer->store.db, &err));
    if (!person_insert(&peer->store, "by", &incident.declared_by, &err)) {
        fail_msg("%s", err.text);
    }
    incident.severity_person_id = incident.declared_by;
    if (!incident_insert(&peer->store, &incident, &err) ||
        !incident_set_channel(&peer->store, incident.id, room, "inc-1-db", &err) ||
        !db_commit(peer->store.db, &err)) {
        fail_msg("%s", err.text);
    }
    peer->store.arena = turn_arena(ears_turns(peer->ears));
    arena_destroy(arena);
    return incident.id;
}

const char *matrix_peer_last_token(struct matrix_peer *peer)
{
    return peer->tokens_seen[peer->call_count - 1];
}

const char *matrix_peer_kept(struct matrix_peer *peer)
{
    static char copy[600];
    struct adapter adapter = {.kind = adapter_kind_find("matrix")};
    const char *secret;
    struct err err;
    bool is_kept = ear_secret(peer->ears, &adapter, &secret, &err) && secret != NULL;

    snprintf(copy, sizeof(copy), "%s", is_kept ? secret : "");
    return copy;
}

size_t matrix_peer_calls(struct matrix_peer *peer, const char *call)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->call_count; i++) {
        count += strstr(peer->calls[i], call) != NULL ? 1 : 0;
    }
    return count;
}

size_t matrix_peer_sent(struct matrix_peer *peer, const char *text)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->call_count; i++) {
        count += strstr(peer->calls[i], "/send/m.room.message/") != NULL &&
                         strstr(peer->bodies[i], text) != NULL
                     ? 1
                     : 0;
    }
    return count;
}

int64_t matrix_peer_number(struct matrix_peer *peer, const char *sql)
{
    return wire_number(&peer->store, sql);
}

int64_t matrix_peer_said(struct matrix_peer *peer, const char *text)
{
    struct db_rows rows;
    struct err err;

    if (!store_run(&peer->store, &rows, &err,
                   "SELECT COUNT(*) FROM timeline WHERE text = $1",
                   DB_ARGS(DB_TEXT(text)))) {
        fail_msg("%s", err.text);
    }
    return db_int(&rows, 0, 0);
}

void matrix_peer_assert_said(struct matrix_peer *peer, int from, int to)
{
    for (int i = from; i < to; i++) {
        char text[20];

        snprintf(text, sizeof(text), "line %d", i);
        if (matrix_peer_said(peer, text) != 1) {
            fail_msg("%s: %d times", text, (int)matrix_peer_said(peer, text));
        }
    }
}
