/* What the scripted homeserver makes of a request. */
#include "tests/wire/matrix_peer.h"

#define PAGE 2

static bool is_lost, is_torn; /* what is answered now gets lost, or half of it */

void matrix_api_answer(struct server_peer *connection, int status, const char *body)
{
    if (is_lost) {
        server_cut(connection);
        return;
    }
    if (is_torn) {
        server_answer_torn(connection, status, body);
        return;
    }
    server_answer(connection, status, "Content-Type: application/json\r\n", body);
}

void matrix_api_answer_json(struct server_peer *connection, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);

    assert_non_null(text);
    matrix_api_answer(connection, 200, text);
    free(text);
    json_decref(json);
}

void matrix_api_refuse(struct server_peer *connection, int status, const char *errcode)
{
    char body[200];

    snprintf(body, sizeof(body), "{\"errcode\":\"%s\",\"error\":\"no\"}", errcode);
    matrix_api_answer(connection, status, body);
}

/* The value of a query's parameter, decoded; false: it is not there. */
static bool query(const char *call, const char *name, char *value, size_t room)
{
    size_t length = strlen(name), used = 0;
    const char *at = strchr(call, '?');

    while (at != NULL &&
           (strncmp(at + 1, name, length) != 0 || at[1 + length] != '=')) {
        at = strchr(at + 1, '&');
    }
    for (at = at == NULL ? NULL : at + length + 2;
         at != NULL && *at != '\0' && *at != '&' && used + 1 < room; at++) {
        char digits[3] = {*at};

        if (*at == '%') {
            memcpy(digits, at + 1, 2);
            *digits = (char)strtoul(digits, NULL, 16);
            at += 2;
        }
        value[used++] = *digits;
    }
    value[used] = '\0';
    return at != NULL;
}

/* ---- syncs */

static void tell(struct server_peer *connection, const char *rooms, size_t next)
{
    size_t room = strlen(rooms) + 100;
    char *body = malloc(room);

    assert_non_null(body);
    snprintf(body, room, "{\"next_batch\":\"s%zu\",\"rooms\":%s}", next, rooms);
    matrix_api_answer(connection, 200, body);
    free(body);
}

void matrix_api_wake(struct matrix_peer *peer)
{
    struct server_peer *poll = peer->poll;

    if (poll != NULL && peer->poll_at < peer->sync_count) {
        peer->poll = NULL;
        tell(poll, peer->syncs[peer->poll_at], peer->poll_at + 1);
    }
}

static bool knows_filter(struct matrix_peer *peer, const char *filter)
{
    char latest[20];

    snprintf(latest, sizeof(latest), "f%d", peer->filters);
    return *filter == '{' || strcmp(filter, latest) == 0;
}

static void serve_sync(struct matrix_peer *peer, struct server_peer *connection,
                       const char *call)
{
    char since[50], filter[3000], timeout[20];
    size_t at = 0;

    assert_true(query(call, "filter", filter, sizeof(filter)));
    assert_true(query(call, "timeout", timeout, sizeof(timeout)));
    assert_non_null(strstr(call, "set_presence=offline"));
    if (!knows_filter(peer, filter)) {
        matrix_api_refuse(connection, 400, "M_INVALID_PARAM");
    } else if (!query(call, "since", since, sizeof(since))) {
        size_t room = strlen(peer->first) + 100;
        char *body = malloc(room);

        assert_non_null(strstr(filter, "\"limit\":1,"));
        snprintf(body, room, "{\"next_batch\":\"s%zu\",\"rooms\":%s}", peer->sync_count,
                 peer->first);
        matrix_api_answer(connection, 200, body);
        free(body);
    } else if (*since != 's' || strtoul(since + 1, NULL, 10) > peer->sync_count) {
        matrix_api_answer(
            connection, 400,
            "{\"errcode\":\"M_UNKNOWN\",\"error\":\"Invalid stream token\"}");
    } else {
        at = strtoul(since + 1, NULL, 10);
        peer->asked[at] += 1;
        if (at < peer->sync_count && !peer->stands_still) {
            tell(connection, peer->syncs[at], at + 1);
        } else if (strcmp(timeout, "0") == 0 || peer->stands_still) {
            tell(connection, "{}", at);
        } else {
            peer->poll = connection;
            peer->poll_at = at;
        }
    }
}

static void serve_filter(struct matrix_peer *peer, struct server_peer *connection,
                         const char *body)
{
    json_t *filter = json_loads(body, 0, NULL);
    char id[60];

    assert_non_null(filter);
    json_decref(filter);
    snprintf(id, sizeof(id), "{\"filter_id\":\"f%d\"}", ++peer->filters);
    matrix_api_answer(connection, 200, id);
}

/* ---- history */

static size_t place(struct matrix_peer *peer, const char *call, const char *name,
                    size_t otherwise)
{
    char token[50];
    size_t at;

    if (!query(call, name, token, sizeof(token))) {
        return otherwise;
    }
    at = strtoul(token + 1, NULL, 10);
    return *token == 's' ? peer->place_of[at] : at;
}

static void serve_messages(struct matrix_peer *peer, struct server_peer *connection,
                           const char *call)
{
    char dir[4];
    json_t *chunk = json_array(), *body;
    bool is_forward = query(call, "dir", dir, sizeof(dir)) && *dir == 'f';
    size_t from = place(peer, call, "from", is_forward ? 0 : peer->event_count);
    size_t to = place(peer, call, "to", is_forward ? peer->event_count : 0);
    size_t at = from;
    char start[30], end[30];

    while (at != to && json_array_size(chunk) < PAGE) {
        at -= is_forward ? 0 : 1;
        json_array_append_new(chunk, json_loads(peer->events[at], 0, NULL));
        at += is_forward ? 1 : 0;
    }
    snprintf(start, sizeof(start), "h%zu", from);
    snprintf(end, sizeof(end), "h%zu", at);
    body = json_pack("{s:o, s:s}", "chunk", chunk, "start", start);
    if (at != from) {
        json_object_set_new(body, "end", json_string(end)); /* on the last one, too */
    }
    matrix_api_answer_json(connection, body);
}

/* ---- the rest */

bool matrix_api_is(const char *call, const char *start)
{
    return strncmp(call, start, strlen(start)) == 0;
}

/* Us and whoever the room was made for; where somebody else made it, @a:x. */
static void serve_members(struct matrix_peer *peer, struct server_peer *connection,
                          const char *call)
{
    const char *rooms = strstr(call, "/rooms/") + strlen("/rooms/"), *room;
    const char *user = "@a:x";
    json_t *with;

    json_object_foreach(peer->made, room, with)
    {
        if (strncmp(rooms + strlen("%21"), room + 1, strcspn(room, ":") - 1) == 0) {
            user = json_string_value(with);
        }
    }
    matrix_api_answer_json(
        connection, json_pack("{s:[{s:s, s:{s:s}}, {s:s, s:{s:s}}]}", "chunk",
                              "state_key", PEER_ME, "content", "membership", "join",
                              "state_key", user, "content", "membership", "join"));
}

static void serve_create(struct matrix_peer *peer, struct server_peer *connection,
                         const char *body)
{
    char room[40];
    json_t *wish = json_loads(body, 0, NULL);
    json_t *with = json_array_get(json_object_get(wish, "invite"), 0);

    snprintf(room, sizeof(room), "!made%zu:x", peer->call_count);
    json_object_set_new(peer->made, room,
                        json_string(with == NULL ? PEER_ME : json_string_value(with)));
    json_decref(wish);
    matrix_api_answer_json(connection, json_pack("{s:s}", "room_id", room));
}

/* NULL: nobody asks for the whole state of a room, or nobody knows it. */
static json_t *state_of(struct matrix_peer *peer, const char *call)
{
    const char *room = strstr(call, "/rooms/");
    size_t length = room == NULL ? 0 : strcspn(room += strlen("/rooms/"), "/");

    if (length == 0 || strcmp(room + length, "/state") != 0) {
        return NULL;
    }
    return json_incref(json_object_getn(peer->states, room, length));
}

static void serve_other(struct matrix_peer *peer, struct server_peer *connection,
                        const char *call)
{
    char body[100] = "{}";
    json_t *state = state_of(peer, call);

    if (state != NULL) {
        matrix_api_answer_json(connection, state);
        return;
    }
    if (strstr(call, "/send/") != NULL) {
        snprintf(body, sizeof(body), "{\"event_id\":\"$sent%zu\"}", peer->call_count);
    } else if (strstr(call, "/upload") != NULL) {
        snprintf(body, sizeof(body), "{\"content_uri\":\"mxc://x/f\"}");
    } else if (strstr(call, "/state/m.room.member/") != NULL) {
        snprintf(body, sizeof(body), "{\"membership\":\"join\"}");
    } else if (strstr(call, "/profile/") != NULL) {
        snprintf(body, sizeof(body), "{\"displayname\":\"Somebody\"}");
    } else if (matrix_api_is(call, "GET")) {
        matrix_api_refuse(connection, 404, "M_NOT_FOUND");
        return;
    }
    matrix_api_answer(connection, 200, body);
}

void matrix_api_serve(struct matrix_peer *peer, struct server_peer *connection,
                      const char *call, const char *body)
{
    if (matrix_api_is(call, "GET /_matrix/client/v3/account/whoami")) {
        matrix_account_whoami(peer, connection);
    } else if (matrix_api_is(call, "GET /_matrix/client/v3/sync")) {
        serve_sync(peer, connection, call);
    } else if (strstr(call, "/filter") != NULL && matrix_api_is(call, "POST")) {
        serve_filter(peer, connection, body);
    } else if (strstr(call, "/messages?") != NULL) {
        serve_messages(peer, connection, call);
    } else if (strstr(call, "/members?") != NULL) {
        serve_members(peer, connection, call);
    } else if (strstr(call, "createRoom") != NULL) {
        serve_create(peer, connection, body);
    } else {
        serve_other(peer, connection, call);
    }
}

static bool is_open_call(const char *call)
{
    return matrix_api_is(call, "GET /_matrix/client/versions") ||
           strstr(call, "/client/v3/login") != NULL ||
           strstr(call, "/client/v3/refresh") != NULL;
}

static void serve(struct matrix_peer *peer, struct server_peer *connection,
                  const char *call, const char *token, const char *body)
{
    if (is_open_call(call)) {
        matrix_account_serve(peer, connection, call, body);
    } else if (peer->is_locked) {
        matrix_api_answer(
            connection, 401,
            "{\"errcode\":\"M_USER_LOCKED\",\"soft_logout\":true,\"error\":\"no\"}");
    } else if (peer->is_closed || strcmp(token, peer->access) != 0) {
        matrix_api_answer(
            connection, 401,
            peer->is_soft ? "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"soft_logout\":true}"
                          : "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"soft_logout\":false}");
    } else {
        *peer->spent = '\0'; /* the new token is used, so the old refresh is over */
        matrix_api_serve(peer, connection, call, body);
    }
}

static enum peer_fault take_fault(struct matrix_peer *peer, const char *call)
{
    if (peer->fault_times == 0 || strstr(call, peer->fault_path) == NULL) {
        return PEER_FINE;
    }
    if (peer->fault_after > 0) {
        peer->fault_after--;
        return PEER_FINE;
    }
    peer->fault_times--;
    return peer->fault;
}

/* As much as fits. */
static void copy(char *to, size_t room, const char *from)
{
    size_t length = strnlen(from, room - 1);

    memcpy(to, from, length);
    to[length] = '\0';
}

static void note_call(struct matrix_peer *peer, const char *call, const char *token,
                      const char *body)
{
    size_t at = peer->call_count++;

    assert_true(peer->call_count < PEER_CALLS);
    copy(peer->calls[at], sizeof(peer->calls[0]), call);
    copy(peer->tokens_seen[at], sizeof(peer->tokens_seen[0]), token);
    copy(peer->bodies[at], sizeof(peer->bodies[0]), body);
}

void matrix_api_request(void *arg, struct server_peer *connection,
                        const struct server_request *request)
{
    struct matrix_peer *peer = arg;
    char authorization[100] = "", call[4000];
    const char *token;

    snprintf(call, sizeof(call), "%s %s", request->method, request->path);
    server_header(request, "Authorization", authorization, sizeof(authorization));
    token = *authorization == '\0' ? "" : authorization + strlen("Bearer ");
    note_call(peer, call, token, request->body);
    switch (take_fault(peer, call)) {
    case PEER_FINE: serve(peer, connection, call, token, request->body); return;
    case PEER_DROP_BEFORE: server_cut(connection); return;
    case PEER_DROP_AFTER:
        is_lost = true;
        serve(peer, connection, call, token, request->body);
        is_lost = false;
        return;
    case PEER_TEAR:
        is_torn = true;
        serve(peer, connection, call, token, request->body);
        is_torn = false;
        return;
    case PEER_HANG:
        peer->hung = connection;
        snprintf(peer->hung_path, sizeof(peer->hung_path), "%s", call);
        return;
    case PEER_ANSWER:
        server_answer(connection, peer->fault_status, peer->fault_headers,
                      peer->fault_body);
        return;
    }
}
