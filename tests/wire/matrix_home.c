#include "tests/wire/matrix_home.h"

#include "adapters/http.h"
#include "adapters/matrix_write.h"
#include "bot/base/time.h"
#include "bot/ears_inner.h"
#include "store/outbox.h"

static struct matrix_home
    *present; /* one at a time: create takes no argument of ours */

/* ---- the adapter's deeds with a session that is there */

static bool rig_create(struct adapter **adapter, const struct config *config,
                       struct ears *ears, struct loop *loop, struct err *err);

static void rig_start(struct adapter *adapter)
{
    (void)adapter;
}

static void rig_settle(struct adapter *adapter, struct ticket ticket, bool committed)
{
    (void)adapter;
    (void)ticket;
    (void)committed;
}

static void rig_perform(struct adapter *adapter, const struct action *action)
{
    matrix_deed_start((struct matrix *)adapter, action);
}

static void rig_stop(struct adapter *adapter)
{
    struct matrix *matrix = (struct matrix *)adapter;

    matrix_deed_stop(matrix);
    matrix_call_stop(matrix);
}

static void rig_destroy(struct adapter *adapter)
{
    struct matrix *matrix = (struct matrix *)adapter;

    if (matrix != NULL) {
        http_destroy(matrix->http);
        matrix_rooms_destroy(matrix->rooms);
        arena_destroy(matrix->arena);
    }
}

static const struct adapter_kind rig = {
    .name = "matrix",
    .traits = ADAPTER_NO_BUTTONS | ADAPTER_TAKES_FILES | ADAPTER_REDACTS,
    .max_note_bytes = MATRIX_NOTE_BYTES,
    .max_running = MATRIX_RUNNING,
    .kept_free = MATRIX_KEPT_FREE,
    .create = rig_create,
    .start = rig_start,
    .settle = rig_settle,
    .perform = rig_perform,
    .stop = rig_stop,
    .destroy = rig_destroy,
};

static bool rig_create(struct adapter **adapter, const struct config *config,
                       struct ears *ears, struct loop *loop, struct err *err)
{
    struct arena *arena = arena_create();
    struct matrix *matrix = ARENA_NEW(arena, struct matrix);
    struct net_settings settings = {.proxy = ""};

    *matrix = (struct matrix){
        .adapter = {.kind = &rig},
        .ears = ears,
        .loop = loop,
        .arena = arena,
        .config = config,
        .base_url = config->matrix.homeserver_url,
        .authorization = "Bearer token-1",
        .self = {.user = HOME_ME, .device = "MUSTER", .name = "muster"},
        .server = "x",
        .rooms = matrix_rooms_create(),
    };
    present->matrix = matrix;
    *adapter = &matrix->adapter;
    return http_create(&matrix->http, loop, &settings, err);
}

/* ---- serving */

static bool takes_fault(struct matrix_home *home, const char *call)
{
    if (home->fault == HOME_FINE || home->fault_times == 0 ||
        strstr(call, home->fault_path) == NULL || home->fault_after-- > 0) {
        return false;
    }
    home->fault_times--;
    return true;
}

/* One that forgets is a new one each time: nothing is sent again on the same
 * connection.
 */
static void answer_json(struct matrix_home *home, struct server_peer *peer, int status,
                        json_t *answer)
{
    char *text = json_dumps(answer, JSON_COMPACT);

    assert_non_null(text);
    server_answer(peer, status, home->is_forgetful ? "Connection: close\r\n" : "",
                  text);
    free(text);
}

static void answer_refusal(struct matrix_home *home, struct server_peer *peer)
{
    int status;
    json_t *answer = matrix_home_refuse(&status, home->status, home->errcode);

    answer_json(home, peer, status, answer);
    json_decref(answer);
}

static void answer_fault(struct matrix_home *home, struct server_peer *peer)
{
    switch (home->fault) {
    case HOME_FINE: return;
    case HOME_DROP_AFTER:
    case HOME_DROP_BEFORE: server_cut(peer); return;
    case HOME_429:
        server_answer(peer, 429, "",
                      "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":5}");
        return;
    case HOME_500: server_answer(peer, 500, "", "<html>oops</html>"); return;
    case HOME_502_AFTER: server_answer(peer, 502, "", "<html>gateway</html>"); return;
    case HOME_REFUSED: answer_refusal(home, peer); return;
    }
}

/* What a limiter of messages counts, and has no more of now. */
static bool takes_token(struct matrix_home *home, const struct server_request *request)
{
    int64_t now_ms = time_steady_ms();

    if (home->limit_ms == 0 || strcmp(request->method, "GET") == 0) {
        return true;
    }
    if (now_ms < home->free_ms) {
        return false;
    }
    home->free_ms = now_ms + home->limit_ms;
    return true;
}

static void answer_limit(struct matrix_home *home, struct server_peer *peer)
{
    char body[100];

    snprintf(body, sizeof(body),
             "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":%lld}",
             (long long)(home->free_ms - time_steady_ms() + 1));
    server_answer(peer, 429, "", body);
}

static void on_request(void *arg, struct server_peer *peer,
                       const struct server_request *request)
{
    struct matrix_home *home = arg;
    char *call = home->calls[home->call_count];
    json_t *body = json_loadb(request->body, request->body_bytes, 0, NULL);
    bool happens = true, has_fault;
    int status = 200;
    json_t *answer;

    INSIST(home->call_count < HOME_CALLS - 1);
    snprintf(call, sizeof(home->calls[0]), "%s %s", request->method, request->path);
    home->call_count++;
    if (!takes_token(home, request)) {
        answer_limit(home, peer);
        json_decref(body);
        return;
    }
    if (strstr(request->path, "/upload") != NULL) {
        body = json_string(request->body);
    }
    has_fault = takes_fault(home, call);
    if (has_fault) {
        happens = home->fault == HOME_DROP_AFTER || home->fault == HOME_502_AFTER;
    }
    answer =
        happens ? matrix_home_serve(home, request->method, request->path, body, &status)
                : NULL;
    if (has_fault) {
        answer_fault(home, peer);
    } else {
        answer_json(home, peer, status, answer);
    }
    json_decref(answer);
    json_decref(body);
}

static const struct server_script script = {.request = on_request};

/* ---- life */

static bool is_idle(struct matrix_home *home)
{
    struct db_rows rows;
    struct err err;

    if (!store_run(&home->store, &rows, &err,
                   "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL", DB_NO_ARGS)) {
        fail_msg("%s", err.text);
    }
    return db_int(&rows, 0, 0) == 0 && !courier_is_busy(home->ears->courier);
}

/* A second on, or to the moment the next row waits for. */
static int64_t next_ms(struct matrix_home *home)
{
    int64_t due_ms = TIME_NONE, second_ms = home->clock.now_ms + TIME_SECOND_MS;
    struct err err;

    if (!outbox_earliest(&home->store, "matrix", false, &due_ms, &err)) {
        fail_msg("%s", err.text);
    }
    return due_ms > second_ms ? due_ms : second_ms;
}

static void on_watch(void *arg)
{
    struct matrix_home *home = arg;

    if (is_idle(home)) {
        wire_done(&home->wire);
        return;
    }
    if (!courier_is_busy(home->ears->courier)) {
        clock_advance(&home->clock, next_ms(home));
        courier_wake(home->ears->courier);
    }
    loop_timer_set(home->watch, 2);
}

struct matrix_home *matrix_home_create(void)
{
    struct matrix_home *home = calloc(1, sizeof(*home));
    struct server_settings settings = {.name = NULL};
    struct err err;
    const char *url;

    assert_non_null(home);
    present = home;
    wire_init(&home->wire);
    home->rooms = json_object();
    home->aliases = json_object();
    home->direct = json_object();
    home->done = json_object();
    home->files = json_array();
    home->upload_bytes = 1000;
    home->versions = "{\"default\":\"12\",\"available\":{\"10\":\"stable\",\"11\":"
                     "\"stable\",\"12\":\"stable\"}}";
    home->server = server_create(home->wire.loop, &settings, &script, home);
    home->watch = loop_timer_create(home->wire.loop, on_watch, home);
    home->clock = (struct clock){.is_virtual = true, .now_ms = time_now_ms()};
    home->config = config_create();
    url = wire_url(&home->wire, "http", "127.0.0.1", home->server, "");
    home->config->matrix.homeserver_url = arena_copy(home->config->arena, url);
    assert_int_equal(store_open(&home->store, NULL, &err), STORE_OK);
    home->ears = ears_create(home->wire.loop, &home->store, &home->clock, home->config);
    if (!ears_add(home->ears, &rig, &err) || !ears_start(home->ears, &err)) {
        fail_msg("%s", err.text);
    }
    return home;
}

void matrix_home_destroy(struct matrix_home *home)
{
    ears_stop(home->ears);
    ears_destroy(home->ears);
    loop_timer_destroy(home->watch);
    server_destroy(home->server);
    wire_finish(&home->wire);
    store_close(&home->store);
    config_destroy(home->config);
    json_decref(home->rooms);
    json_decref(home->aliases);
    json_decref(home->direct);
    json_decref(home->done);
    json_decref(home->files);
    free(home);
}

int matrix_home_setup(void **state)
{
    *state = matrix_home_create();
    return 0;
}

int matrix_home_teardown(void **state)
{
    matrix_home_destroy(*state);
    return 0;
}

void matrix_home_fault(struct matrix_home *home, const char *path,
                       enum home_fault fault)
{
    home->fault_path = path;
    home->fault = fault;
    home->fault_times = 1;
    home->fault_after = 0;
}

void matrix_home_run(struct matrix_home *home)
{
    loop_timer_set(home->watch, 0);
    wire_run(&home->wire);
}
