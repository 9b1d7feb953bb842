/* Rooms as the client-server API has them, and no more of it than the bot asks for. */
#include "bot/base/time.h"
#include "tests/wire/matrix_home_inner.h"

/* ---- state */

static json_t *find_state(struct matrix_home *home, const char *room, const char *type,
                          const char *key)
{
    json_t *state = json_object_get(json_object_get(home->rooms, room), "state");
    json_t *event;
    size_t i;

    json_array_foreach(state, i, event)
    {
        if (strcmp(home_word_of(event, "type"), type) == 0 &&
            strcmp(home_word_of(event, "state_key"), key) == 0) {
            return event;
        }
    }
    return NULL;
}

json_t *matrix_home_state(struct matrix_home *home, const char *room, const char *type,
                          const char *key)
{
    return json_object_get(find_state(home, room, type, key), "content");
}

void matrix_home_set(struct matrix_home *home, const char *room, const char *sender,
                     const char *type, const char *key, json_t *content)
{
    json_t *state = json_object_get(json_object_get(home->rooms, room), "state");
    json_t *event = find_state(home, room, type, key);

    assert_non_null(content);
    if (event == NULL) {
        event = json_pack("{s:s, s:s}", "type", type, "state_key", key);
        json_array_append_new(state, event);
    }
    json_object_set_new(event, "sender", json_string(sender));
    json_object_set_new(event, "content", content);
}

const char *matrix_home_membership(struct matrix_home *home, const char *room,
                                   const char *user)
{
    return home_word_of(matrix_home_state(home, room, "m.room.member", user),
                        "membership");
}

static void set_member(struct matrix_home *home, const char *room, const char *user,
                       const char *membership)
{
    matrix_home_set(home, room, user, "m.room.member", user,
                    json_pack("{s:s}", "membership", membership));
}

static bool is_in(struct matrix_home *home, const char *room)
{
    return strcmp(matrix_home_membership(home, room, HOME_ME), "join") == 0;
}

static const char *new_room(struct matrix_home *home, const char *creator,
                            const char *alias, json_t *creation)
{
    static char id[40];

    snprintf(id, sizeof(id), "!r%d", ++home->made);
    json_object_set_new(home->rooms, id,
                        json_pack("{s:[], s:[]}", "state", "timeline"));
    if (*alias != '\0') {
        json_object_set_new(home->aliases, alias, json_string(id));
    }
    matrix_home_set(home, id, creator, "m.room.create", "", creation);
    return id;
}

const char *matrix_home_room(struct matrix_home *home, const char *creator,
                             const char *alias, bool is_member)
{
    const char *id = new_room(home, creator, alias, json_object());

    set_member(home, id, creator, "join");
    if (is_member) {
        set_member(home, id, HOME_ME, "join");
    }
    return id;
}

const char *matrix_home_at(struct matrix_home *home, const char *alias)
{
    const char *room = json_string_value(json_object_get(home->aliases, alias));

    return room == NULL ? "" : room;
}

const char *matrix_home_upgrade(struct matrix_home *home, const char *old)
{
    const char *fresh =
        arena_copy(home->config->arena, matrix_home_room(home, "@ana:x", "", false));
    json_t *create = json_deep_copy(matrix_home_state(home, old, "m.room.create", ""));

    json_object_set_new(create, "predecessor", json_pack("{s:s}", "room_id", old));
    matrix_home_set(home, fresh, "@ana:x", "m.room.create", "", create);
    matrix_home_set(home, fresh, "@ana:x", "m.room.member", HOME_ME,
                    json_pack("{s:s}", "membership", "invite"));
    matrix_home_set(home, old, "@ana:x", "m.room.tombstone", "",
                    json_pack("{s:s}", "replacement_room", fresh));
    return fresh;
}

/* ---- making rooms */

/* In the order of the specification; true where it stops half way. */
static bool fill_room(struct matrix_home *home, const char *id, json_t *body)
{
    json_t *initial = json_object_get(body, "initial_state");
    bool is_half = home->half_made != NULL;
    json_t *event;
    size_t i;

    set_member(home, id, HOME_ME, "join");
    if (is_half) {
        home->half_made = NULL;
        return true;
    }
    matrix_home_set(
        home, id, HOME_ME, "m.room.power_levels", "",
        json_deep_copy(json_object_get(body, "power_level_content_override")));
    json_array_foreach(initial, i, event)
    {
        matrix_home_set(home, id, HOME_ME, home_word_of(event, "type"),
                        home_word_of(event, "state_key"),
                        json_deep_copy(json_object_get(event, "content")));
    }
    matrix_home_set(home, id, HOME_ME, "m.room.name", "",
                    json_pack("{s:s}", "name", home_word_of(body, "name")));
    if (json_object_get(body, "topic") != NULL) {
        matrix_home_set(home, id, HOME_ME, "m.room.topic", "",
                        json_pack("{s:s}", "topic", home_word_of(body, "topic")));
    }
    return false;
}

/* Creators are above all in that version, and may not be named. */
static bool names_us(json_t *powers)
{
    return json_object_get(json_object_get(powers, "users"), HOME_ME) != NULL;
}

/* What Synapse refuses. */
static bool is_wrong(json_t *body)
{
    json_t *powers = json_object_get(body, "power_level_content_override");

    return names_us(powers) ==
               (strcmp(home_word_of(body, "room_version"), "12") == 0) ||
           json_array_size(json_object_get(body, "invite")) > 10;
}

/* What was asked for, and which rules it follows. */
static json_t *creation_of(json_t *body)
{
    json_t *creation = json_deep_copy(json_object_get(body, "creation_content"));

    json_object_set(creation, "room_version", json_object_get(body, "room_version"));
    return creation;
}

json_t *home_serve_create(struct home_ask *ask)
{
    struct matrix_home *home = ask->home;
    json_t *people = json_object_get(ask->body, "invite");
    char alias[300] = "", id[40];
    json_t *user;
    size_t i;

    if (is_wrong(ask->body)) {
        return matrix_home_refuse(ask->status, 400, "M_BAD_JSON");
    }
    snprintf(alias, sizeof(alias), "#%s:x", home_word_of(ask->body, "room_alias_name"));
    if (json_object_get(home->aliases, alias) != NULL) {
        return home->is_raced ? matrix_home_refuse(ask->status, 409, "M_UNKNOWN")
                              : matrix_home_refuse(ask->status, 400, "M_ROOM_IN_USE");
    }
    if (home->blocks && json_array_size(people) > 0) {
        return matrix_home_refuse(ask->status, 403, "M_INVITE_BLOCKED");
    }
    snprintf(id, sizeof(id), "%s",
             new_room(home, HOME_ME, alias, creation_of(ask->body)));
    if (home->encrypts) {
        matrix_home_set(home, id, HOME_ME, "m.room.encryption", "", json_object());
    }
    if (fill_room(home, id, ask->body)) {
        return matrix_home_refuse(ask->status, 500, "M_UNKNOWN");
    }
    json_array_foreach(people, i, user)
    {
        set_member(home, id, json_string_value(user), "invite");
    }
    return json_pack("{s:s}", "room_id", id);
}

/* ---- in a room */

static json_t *serve_state(struct home_ask *ask, const char *room)
{
    struct matrix_home *home = ask->home;
    json_t *content;

    if (ask->count == 5) {
        return json_deep_copy(
            json_object_get(json_object_get(home->rooms, room), "state"));
    }
    content = matrix_home_state(home, room, ask->parts[5], ask->parts[6]);
    if (home_is_method(ask, "GET")) {
        return content == NULL ? matrix_home_refuse(ask->status, 404, "M_NOT_FOUND")
                               : json_deep_copy(content);
    }
    if (strcmp(ask->parts[5], "m.room.power_levels") == 0 && names_us(ask->body) &&
        strcmp(matrix_home_says(home, room, "m.room.create", "room_version"), "12") ==
            0) {
        return matrix_home_refuse(ask->status, 400, "M_UNKNOWN");
    }
    matrix_home_set(home, room, HOME_ME, ask->parts[5], ask->parts[6],
                    json_deep_copy(ask->body));
    return json_pack("{s:s}", "event_id", "$state");
}

/* send/TYPE/TXN and redact/EVENT/TXN: once for each transaction. */
static json_t *serve_event(struct home_ask *ask, const char *room)
{
    struct matrix_home *home = ask->home;
    json_t *timeline = json_object_get(json_object_get(home->rooms, room), "timeline");
    char key[1300], id[40];

    snprintf(key, sizeof(key), "%s %s %s", room, ask->parts[4], ask->parts[6]);
    if (json_object_get(home->done, key) != NULL && !home->is_forgetful) {
        return json_deep_copy(json_object_get(home->done, key));
    }
    snprintf(id, sizeof(id), "$e%d", ++home->made);
    json_array_insert_new(
        timeline, 0,
        json_pack("{s:s, s:s, s:s, s:I, s:O}", "type",
                  home_part_is(ask, 4, "send") ? ask->parts[5] : "m.room.redaction",
                  "event_id", id, "sender", HOME_ME, "origin_server_ts",
                  (json_int_t)time_now_ms(), "content", ask->body));
    json_object_set_new(home->done, key, json_pack("{s:s}", "event_id", id));
    return json_pack("{s:s}", "event_id", id);
}

static json_t *serve_invite(struct home_ask *ask, const char *room)
{
    const char *user = home_word_of(ask->body, "user_id");
    const char *membership = matrix_home_membership(ask->home, room, user);

    if (strcmp(membership, "join") == 0) {
        return matrix_home_refuse(ask->status, 403, "M_FORBIDDEN");
    }
    set_member(ask->home, room, user, "invite");
    return json_object();
}

json_t *home_serve_join(struct home_ask *ask, const char *room)
{
    const char *rule = home_word_of(
        matrix_home_state(ask->home, room, "m.room.join_rules", ""), "join_rule");
    bool may = strcmp(rule, "public") == 0 ||
               strcmp(matrix_home_membership(ask->home, room, HOME_ME), "invite") == 0;

    if (!may && !is_in(ask->home, room)) {
        return matrix_home_refuse(ask->status, 403, "M_FORBIDDEN");
    }
    set_member(ask->home, room, HOME_ME, "join");
    return json_pack("{s:s}", "room_id", room);
}

static json_t *serve_messages(struct home_ask *ask, const char *room)
{
    json_t *timeline =
        json_object_get(json_object_get(ask->home->rooms, room), "timeline");

    return json_pack("{s:O, s:s}", "chunk", timeline, "start", "t");
}

static json_t *serve_members(struct home_ask *ask, const char *room)
{
    json_t *state = json_object_get(json_object_get(ask->home->rooms, room), "state");
    json_t *chunk = json_array(), *event;
    size_t i;

    json_array_foreach(state, i, event)
    {
        if (strcmp(home_word_of(event, "type"), "m.room.member") == 0 &&
            strcmp(home_word_of(json_object_get(event, "content"), "membership"),
                   "leave") != 0) {
            json_array_append(chunk, event);
        }
    }
    return json_pack("{s:o}", "chunk", chunk);
}

json_t *home_serve_room(struct home_ask *ask)
{
    struct matrix_home *home = ask->home;
    const char *room = ask->parts[3];

    if (home_part_is(ask, 4, "join")) {
        return home_serve_join(ask, room);
    }
    if (home_part_is(ask, 4, "forget")) {
        return json_object();
    }
    if (!is_in(home, room) &&
        strcmp(matrix_home_membership(home, room, HOME_ME), "invite") != 0) {
        return matrix_home_refuse(ask->status, 403, "M_FORBIDDEN");
    }
    if (home_part_is(ask, 4, "leave")) {
        set_member(home, room, HOME_ME, "leave");
        return json_object();
    }
    if (home_part_is(ask, 4, "members")) {
        return serve_members(ask, room);
    }
    if (home_part_is(ask, 4, "state")) {
        return serve_state(ask, room);
    }
    if (home_part_is(ask, 4, "send") || home_part_is(ask, 4, "redact")) {
        return serve_event(ask, room);
    }
    return home_part_is(ask, 4, "invite") ? serve_invite(ask, room)
                                          : serve_messages(ask, room);
}
