#include "tests/wire/slack_api.h"

#include <jansson.h>

#include "tests/wire/slack_peer.h"

typedef json_t *method_fn(struct slack_peer *peer, json_t *args);

static json_t *refuse(const char *error)
{
    return json_pack("{s:b, s:s}", "ok", 0, "error", error);
}

static json_t *api_auth_test(struct slack_peer *peer, json_t *args)
{
    (void)peer;
    (void)args;
    return json_pack("{s:b, s:s, s:s, s:s}", "ok", 1, "user_id", "U0BOT", "bot_id",
                     "B0BOT", "team_id", "T1");
}

static json_t *api_open(struct slack_peer *peer, json_t *args)
{
    char url[400];
    const char *colon = strchr(peer->wire.url, ':');
    bool is_secure = strncmp(peer->wire.url, "https", 5) == 0;
    const char *end = strstr(peer->wire.url, "/api/");

    (void)args;
    snprintf(url, sizeof(url), "%s%.*s/link/?ticket=%zu", is_secure ? "wss" : "ws",
             (int)(end - colon), colon, peer->socket_count);
    return json_pack("{s:b, s:s}", "ok", 1, "url", url);
}

static struct slack_peer_post *add_post(struct slack_peer *peer, json_t *args)
{
    struct slack_peer_post *post = &peer->posts[peer->post_count++];
    json_t *metadata = json_object_get(args, "metadata");
    json_t *payload = json_object_get(metadata, "event_payload");

    assert_true(peer->post_count < SLACK_PEER_ITEMS);
    snprintf(post->channel, sizeof(post->channel), "%s",
             slack_api_arg(args, "channel"));
    snprintf(post->text, sizeof(post->text), "%s", slack_api_arg(args, "text"));
    snprintf(post->row, sizeof(post->row), "%s", slack_api_arg(payload, "row"));
    snprintf(post->made, sizeof(post->made), "%s", slack_api_arg(payload, "made"));
    snprintf(post->thread, sizeof(post->thread), "%s",
             slack_api_arg(args, "thread_ts"));
    post->is_broadcast = json_is_true(json_object_get(args, "reply_broadcast"));
    snprintf(post->ts, sizeof(post->ts), "%ld.%06zu", peer->clock_s, peer->post_count);
    if (post->channel[0] == 'U') {
        memmove(post->channel + 1, post->channel, strlen(post->channel) + 1);
        post->channel[0] = 'D';
    }
    return post;
}

static json_t *api_post(struct slack_peer *peer, json_t *args)
{
    struct slack_peer_post *post;

    if (peer->locks_threads && *slack_api_arg(args, "thread_ts") != '\0') {
        return refuse("restricted_action_thread_locked");
    }
    post = add_post(peer, args);
    return json_pack("{s:b, s:s, s:s}", "ok", 1, "channel", post->channel, "ts",
                     post->ts);
}

static json_t *api_ephemeral(struct slack_peer *peer, json_t *args)
{
    struct slack_peer_post *post = add_post(peer, args);
    char *blocks = json_dumps(json_object_get(args, "blocks"), JSON_COMPACT);

    snprintf(peer->whisper, sizeof(peer->whisper), "%s", blocks == NULL ? "" : blocks);
    free(blocks);
    post->is_private = true;
    return json_pack("{s:b, s:s}", "ok", 1, "message_ts", post->ts);
}

static json_t *api_fine(struct slack_peer *peer, json_t *args)
{
    (void)peer;
    (void)args;
    return json_pack("{s:b}", "ok", 1);
}

static json_t *room_json(const struct slack_peer_room *room)
{
    return json_pack("{s:s, s:s, s:s, s:i, s:{s:s}}", "id", room->id, "name",
                     room->name, "creator", "U0BOT", "created", (int)room->created,
                     "purpose", "value", room->purpose);
}

static json_t *api_create(struct slack_peer *peer, json_t *args)
{
    struct slack_peer_room *room = &peer->rooms[peer->room_count];

    for (size_t i = 0; i < peer->room_count; i++) {
        if (strcmp(peer->rooms[i].name, slack_api_arg(args, "name")) == 0) {
            return refuse("name_taken");
        }
    }
    peer->room_count++;
    snprintf(room->id, sizeof(room->id), "C0INC%zu", peer->room_count);
    snprintf(room->name, sizeof(room->name), "%s", slack_api_arg(args, "name"));
    room->created = peer->clock_s;
    return json_pack("{s:b, s:o}", "ok", 1, "channel", room_json(room));
}

static json_t *api_purpose(struct slack_peer *peer, json_t *args)
{
    for (size_t i = 0; i < peer->room_count; i++) {
        if (strcmp(peer->rooms[i].id, slack_api_arg(args, "channel")) == 0) {
            snprintf(peer->rooms[i].purpose, sizeof(peer->rooms[i].purpose), "%s",
                     slack_api_arg(args, "purpose"));
        }
    }
    return api_fine(peer, args);
}

/* Two channels a page, so that a second page is asked for; the first shows where
 * incidents are announced as well. */
static json_t *api_list(struct slack_peer *peer, json_t *args)
{
    size_t from = strtoul(slack_api_arg(args, "cursor"), NULL, 10);
    json_t *channels;
    char cursor[24] = "";

    if (peer->lists_public_only &&
        strcmp(slack_api_arg(args, "types"), "public_channel") != 0) {
        return refuse("missing_scope");
    }
    channels = json_array();
    if (from == 0 && !peer->has_no_news) {
        json_array_append_new(channels, json_pack("{s:s, s:s}", "id", SLACK_PEER_NEWS,
                                                  "name", "incidents"));
    }
    for (size_t i = from; i < peer->room_count && i < from + 2; i++) {
        json_array_append_new(channels, room_json(&peer->rooms[i]));
    }
    if (from + 2 < peer->room_count) {
        snprintf(cursor, sizeof(cursor), "%zu", from + 2);
    }
    return json_pack("{s:b, s:o, s:{s:s}}", "ok", 1, "channels", channels,
                     "response_metadata", "next_cursor", cursor);
}

static json_t *api_opened(struct slack_peer *peer, json_t *args)
{
    char id[40];

    (void)peer;
    snprintf(id, sizeof(id), "D%s", slack_api_arg(args, "users"));
    return json_pack("{s:b, s:{s:s}}", "ok", 1, "channel", "id", id);
}

static json_t *api_info(struct slack_peer *peer, json_t *args)
{
    bool is_shared = strcmp(peer->shared, slack_api_arg(args, "channel")) == 0;
    json_t *properties = json_object();

    if (peer->canvas[0] != '\0') {
        json_object_set_new(properties, "canvas",
                            json_pack("{s:s}", "file_id", "F0CANVAS"));
    }
    return json_pack("{s:b, s:{s:s, s:b, s:o}}", "ok", 1, "channel", "id",
                     slack_api_arg(args, "channel"), "is_ext_shared", is_shared ? 1 : 0,
                     "properties", properties);
}

/* What is shown in a window, or on the bot's own page. */
static json_t *api_view(struct slack_peer *peer, json_t *args)
{
    char *view = json_dumps(args, JSON_COMPACT);

    assert_non_null(view);
    snprintf(peer->view, sizeof(peer->view), "%s", view);
    free(view);
    return api_fine(peer, args);
}

static json_t *api_link(struct slack_peer *peer, json_t *args)
{
    char link[200];

    (void)peer;
    snprintf(link, sizeof(link), "https://acme.test/archives/%s/p%s",
             slack_api_arg(args, "channel"), slack_api_arg(args, "message_ts"));
    return json_pack("{s:b, s:s}", "ok", 1, "permalink", link);
}

static json_t *api_file_place(struct slack_peer *peer, json_t *args)
{
    char url[300];

    snprintf(peer->file, sizeof(peer->file), "%s", slack_api_arg(args, "filename"));
    peer->file_bytes = strtoul(slack_api_arg(args, "length"), NULL, 10);
    snprintf(url, sizeof(url), "%.*s/upload/F1",
             (int)(strstr(peer->wire.url, "/api/") - peer->wire.url), peer->wire.url);
    return json_pack("{s:b, s:s, s:s}", "ok", 1, "upload_url", url, "file_id", "F1");
}

static json_t *api_file_shown(struct slack_peer *peer, json_t *args)
{
    json_t *file = json_array_get(json_object_get(args, "files"), 0);
    struct slack_peer_post *post;

    assert_string_equal(slack_api_arg(file, "id"), "F1");
    assert_string_equal(slack_api_arg(file, "title"), peer->file);
    snprintf(peer->file_channel, sizeof(peer->file_channel), "%s",
             slack_api_arg(args, "channel_id"));
    post = add_post(peer, args);
    snprintf(post->channel, sizeof(post->channel), "%s", peer->file_channel);
    snprintf(post->file, sizeof(post->file), "%s", peer->file);
    post->file_bytes = peer->file_bytes;
    return api_fine(peer, args);
}

static json_t *api_user(struct slack_peer *peer, json_t *args)
{
    const char *user = slack_api_arg(args, "user");

    (void)peer;
    return json_pack("{s:b, s:{s:s, s:s, s:s, s:b}}", "ok", 1, "user", "id", user,
                     "name", strcmp(user, "U7") == 0 ? "tove" : "alice", "tz",
                     "Europe/Oslo", "deleted", strcmp(user, SLACK_PEER_GONE) == 0);
}

static const struct {
    const char *name;
    method_fn *answer;
} methods[] = {
    {"auth.test", api_auth_test},
    {"apps.connections.open", api_open},
    {"chat.postMessage", api_post},
    {"chat.postEphemeral", api_ephemeral},
    {"chat.update", slack_api_update},
    {"pins.add", slack_api_pin},
    {"conversations.create", api_create},
    {"conversations.invite", slack_api_invite},
    {"conversations.setTopic", slack_api_topic},
    {"conversations.setPurpose", api_purpose},
    {"conversations.list", api_list},
    {"users.conversations", api_list},
    {"conversations.history", slack_api_history},
    {"conversations.replies", slack_api_replies},
    {"conversations.open", api_opened},
    {"conversations.info", api_info},
    {"users.info", api_user},
    {"chat.getPermalink", api_link},
    {"bookmarks.add", slack_api_bookmark},
    {"files.getUploadURLExternal", api_file_place},
    {"files.completeUploadExternal", api_file_shown},
    {"conversations.canvases.create", slack_api_canvas},
    {"canvases.edit", slack_api_canvas_edit},
    {"files.info", slack_api_file},
    {"views.open", api_view},
    {"views.publish", api_view},
};

static json_t *answer_of(struct slack_peer *peer, const char *method, json_t *args)
{
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        if (strcmp(methods[i].name, method) == 0) {
            return methods[i].answer(peer, args);
        }
    }
    return refuse("unknown_method");
}

static bool is_meant(struct slack_peer *peer, const char *method, json_t *args)
{
    return peer->fault_times > 0 && strstr(method, peer->fault_method) != NULL &&
           (peer->fault_channel == NULL ||
            strcmp(peer->fault_channel, slack_api_arg(args, "channel")) == 0);
}

static enum slack_fault take_fault(struct slack_peer *peer, const char *method,
                                   json_t *args)
{
    bool is_past = strcmp(method, "conversations.history") == 0 ||
                   strcmp(method, "conversations.replies") == 0;

    if (peer->is_scarce && is_past && peer->pages++ % 2 == 1) {
        return FAULT_429;
    }
    if (!is_meant(peer, method, args) || peer->fault_spares-- > 0) {
        return FAULT_NONE;
    }
    peer->fault_times--;
    return peer->fault;
}

static void answer_json(struct server_peer *connection, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);

    assert_non_null(text);
    server_answer(connection, 200, "Content-Type: application/json\r\n", text);
    free(text);
    json_decref(json);
}

static void answer_call(struct slack_peer *peer, struct server_peer *connection,
                        const char *method, json_t *args)
{
    char wait[40];

    switch (take_fault(peer, method, args)) {
    case FAULT_NONE: answer_json(connection, answer_of(peer, method, args)); return;
    case FAULT_DROP_AFTER:
        json_decref(answer_of(peer, method, args));
        server_cut(connection);
        return;
    case FAULT_SILENT: json_decref(answer_of(peer, method, args)); return;
    case FAULT_DROP_BEFORE: server_cut(connection); return;
    case FAULT_429:
        snprintf(wait, sizeof(wait), "Retry-After: %d\r\n",
                 peer->wait_s == 0 ? 1 : peer->wait_s);
        server_answer(connection, 429, wait,
                      "{\"ok\":false,\"error\":\"ratelimited\"}");
        return;
    case FAULT_500_AFTER: json_decref(answer_of(peer, method, args)); /* fall through */
    case FAULT_500: server_answer(connection, 500, "", peer->oops); return;
    case FAULT_UNKNOWN_METHOD:
        answer_json(connection, refuse("unknown_method"));
        return;
    case FAULT_ERROR: answer_json(connection, refuse(peer->fault_error)); return;
    case FAULT_NOT_IN_CHANNEL:
        answer_json(connection, refuse("not_in_channel"));
        return;
    case FAULT_NOT_ALLOWED: answer_json(connection, refuse("not_allowed")); return;
    case FAULT_TOKEN_TYPE:
        answer_json(connection, refuse("not_allowed_token_type"));
        return;
    case FAULT_HELD: peer->held = connection; return;
    case FAULT_INVALID_AUTH: answer_json(connection, refuse("invalid_auth")); return;
    }
}

/* What is sent to a response_url needs no token. */
static void take_answer(struct slack_peer *peer, struct server_peer *connection,
                        const struct server_request *request)
{
    assert_true(peer->answer_count < SLACK_PEER_ITEMS);
    snprintf(peer->answers[peer->answer_count++], sizeof(peer->answers[0]), "%s",
             request->body);
    server_answer(connection, strstr(request->path, "/used") == NULL ? 200 : 404, "",
                  "ok");
}

static void answer_method(struct slack_peer *peer, struct server_peer *connection,
                          const struct server_request *request)
{
    const char *method = request->path + strlen("/api/");
    json_t *args = slack_api_args(request);
    char authorization[100] = "";
    bool is_app = strcmp(method, "apps.connections.open") == 0;

    server_header(request, "Authorization", authorization, sizeof(authorization));
    assert_string_equal(authorization, is_app ? "Bearer xapp-1" : "Bearer xoxb-1");
    assert_true(peer->call_count < SLACK_PEER_ITEMS);
    snprintf(peer->calls[peer->call_count++], sizeof(peer->calls[0]), "%s", method);
    if (slack_storm_meets(peer, method)) {
        slack_storm_answer(peer, connection, method);
    } else {
        answer_call(peer, connection, method, args);
    }
    json_decref(args);
}

/* Where a file's bytes go is no part of the Web API: no token belongs there. */
static void take_upload(struct slack_peer *peer, struct server_peer *connection,
                        const struct server_request *request)
{
    char header[100] = "";

    assert_false(server_header(request, "Authorization", header, sizeof(header)));
    assert_int_equal(request->body_bytes, peer->file_bytes);
    snprintf(peer->file_text, sizeof(peer->file_text), "%s", request->body);
    server_answer(connection, 200, "", "OK - 1");
}

void slack_api_answer(void *arg, struct server_peer *connection,
                      const struct server_request *request)
{
    struct slack_peer *peer = arg;

    if (strncmp(request->path, "/upload/", strlen("/upload/")) == 0) {
        take_upload(peer, connection, request);
        return;
    }
    if (strncmp(request->path, "/answer/", strlen("/answer/")) == 0) {
        take_answer(peer, connection, request);
        return;
    }
    answer_method(peer, connection, request);
}
