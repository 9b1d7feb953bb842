/* Every deed: how it stands before, and what must have become of it. Included by one
 * test program. */
#pragma once

#include "bot/base/text.h"
#include "store/outbox.h"
#include "tests/wire/matrix_home.h"

/* What a deed is about, as it stands before. */
struct scene {
    struct matrix_home *home;
    char room[40], other[40];
    int64_t tove, incident, row;
};

struct deed {
    const char *name;
    void (*put)(struct scene *scene);
    void (*check)(struct scene *scene);
};

static void in_room(struct scene *scene)
{
    snprintf(scene->room, sizeof(scene->room), "%s",
             matrix_home_room(scene->home, "@ana:x", "", true));
}

static void put(struct scene *scene, struct home_row row)
{
    scene->row = matrix_home_put(scene->home, &row);
}

static void put_post(struct scene *scene)
{
    in_room(scene);
    put(scene,
        (struct home_row){.kind = ACTION_POST,
                          .place = scene->room,
                          .action.note = matrix_home_note(scene->home, "Hello")});
}

static void check_post(struct scene *scene)
{
    assert_int_equal(matrix_home_messages(scene->home, NULL, "Hello"), 1);
    assert_int_equal(matrix_home_messages(scene->home, scene->room, "Hello"), 1);
    assert_string_equal(matrix_home_ref(scene->home, scene->row), "$e3");
}

static void put_amend(struct scene *scene)
{
    put_post(scene);
    matrix_home_run(scene->home);
    put(scene, (struct home_row){.kind = ACTION_AMEND,
                                 .about_row = scene->row,
                                 .place = scene->room,
                                 .action.note = matrix_home_note(scene->home, "Bye")});
}

static void check_amend(struct scene *scene)
{
    assert_int_equal(matrix_home_messages(scene->home, scene->room, "* Bye"), 1);
    assert_string_equal(
        json_string_value(json_object_get(
            json_object_get(matrix_home_last(scene->home, scene->room), "m.relates_to"),
            "event_id")),
        "$e3");
}

static void put_pin(struct scene *scene)
{
    put_post(scene);
    matrix_home_run(scene->home);
    matrix_home_set(scene->home, scene->room, "@ana:x", "m.room.pinned_events", "",
                    json_pack("{s:[s]}", "pinned", "$theirs"));
    put(scene, (struct home_row){
                   .kind = ACTION_PIN, .about_row = scene->row, .place = scene->room});
}

static void check_pin(struct scene *scene)
{
    json_t *pinned = json_object_get(
        matrix_home_state(scene->home, scene->room, "m.room.pinned_events", ""),
        "pinned");

    assert_int_equal(json_array_size(pinned), 2);
    assert_string_equal(json_string_value(json_array_get(pinned, 0)), "$e3");
    assert_string_equal(json_string_value(json_array_get(pinned, 1)), "$theirs");
}

static void put_topic(struct scene *scene)
{
    in_room(scene);
    put(scene, (struct home_row){.kind = ACTION_SET_TOPIC,
                                 .place = scene->room,
                                 .action.topic = "inc-7: active"});
}

static void check_topic(struct scene *scene)
{
    assert_string_equal(
        json_string_value(json_object_get(
            matrix_home_state(scene->home, scene->room, "m.room.topic", ""), "topic")),
        "inc-7: active");
}

static void put_invite(struct scene *scene)
{
    in_room(scene);
    snprintf(scene->other, sizeof(scene->other), "%s",
             matrix_home_room(scene->home, "@ana:x", "", true));
    ear_remember(scene->home->ears, &scene->home->matrix->adapter,
                 arena_printf(scene->home->config->arena, "space of %s", scene->room),
                 scene->other);
    scene->tove = matrix_home_person(scene->home, "@tove:x");
    put(scene, (struct home_row){.kind = ACTION_INVITE,
                                 .place = scene->room,
                                 .person_id = scene->tove});
}

static void check_invite(struct scene *scene)
{
    assert_string_equal(matrix_home_membership(scene->home, scene->room, "@tove:x"),
                        "invite");
    assert_string_equal(matrix_home_membership(scene->home, scene->other, "@tove:x"),
                        "invite");
}

static void put_redact(struct scene *scene)
{
    put_post(scene);
    matrix_home_run(scene->home);
    put(scene, (struct home_row){.kind = ACTION_REDACT,
                                 .about_row = scene->row,
                                 .place = scene->room});
}

static void check_redact(struct scene *scene)
{
    json_t *room = json_object_get(scene->home->rooms, scene->room);

    /* Redacted twice is redacted. */
    assert_in_range(json_array_size(json_object_get(room, "timeline")), 2,
                    scene->home->is_forgetful ? 3 : 2);
}

static void put_upload(struct scene *scene)
{
    in_room(scene);
    put(scene, (struct home_row){.kind = ACTION_UPLOAD,
                                 .place = scene->room,
                                 .action = {.name = "inc-7.md", .file_text = "# x"}});
}

static void check_upload(struct scene *scene)
{
    assert_int_equal(matrix_home_messages(scene->home, scene->room, "inc-7.md"), 1);
    assert_string_equal(json_string_value(json_array_get(scene->home->files, 0)),
                        "# x");
}

static void put_direct(struct scene *scene)
{
    scene->tove = matrix_home_person(scene->home, "@tove:x");
    put(scene,
        (struct home_row){.kind = ACTION_DIRECT,
                          .person_id = scene->tove,
                          .action.note = matrix_home_note(scene->home, "Page 4")});
}

/* The next message goes into the same room. */
static void check_direct(struct scene *scene)
{
    const char *room;
    json_t *one;

    assert_int_equal(matrix_home_messages(scene->home, NULL, "Page 4"), 1);
    put(scene,
        (struct home_row){.kind = ACTION_DIRECT,
                          .person_id = scene->tove,
                          .action.note = matrix_home_note(scene->home, "Page 5")});
    matrix_home_run(scene->home);
    assert_int_equal(matrix_home_messages(scene->home, NULL, "Page 5"), 1);
    assert_int_equal(json_object_size(scene->home->rooms), 1);
    json_object_foreach(scene->home->rooms, room, one)
    {
        assert_string_equal(matrix_home_membership(scene->home, room, "@tove:x"),
                            "invite");
        assert_int_equal(
            json_array_size(json_object_get(scene->home->direct, "@tove:x")), 1);
    }
}

static void put_join(struct scene *scene)
{
    snprintf(scene->room, sizeof(scene->room), "%s",
             matrix_home_room(scene->home, "@ana:x", "", false));
    matrix_home_set(scene->home, scene->room, "@ana:x", "m.room.member", HOME_ME,
                    json_pack("{s:s}", "membership", "invite"));
    put(scene, (struct home_row){.kind = ACTION_JOIN, .place = scene->room});
}

static void check_join(struct scene *scene)
{
    assert_string_equal(matrix_home_membership(scene->home, scene->room, HOME_ME),
                        "join");
    assert_string_equal(matrix_home_ref(scene->home, scene->row), scene->room);
}

static void put_leave(struct scene *scene)
{
    in_room(scene);
    put(scene, (struct home_row){
                   .kind = ACTION_LEAVE, .place = scene->room, .action.topic = "no"});
}

static void check_leave(struct scene *scene)
{
    assert_string_equal(matrix_home_membership(scene->home, scene->room, HOME_ME),
                        "leave");
    /* Nor in the next first sync. */
    assert_true(matrix_home_calls(scene->home, "/forget") > 0);
}

static void put_open(struct scene *scene)
{
    scene->incident = matrix_home_incident(scene->home, "inc-{id}-db", false);
    put(scene,
        (struct home_row){.kind = ACTION_OPEN_CHANNEL,
                          .incident_id = scene->incident,
                          .action = {.name = "inc-1-db", .topic = "inc-1 db: active"}});
}

/* One space, one room in it, whole, each with its alias. */
static void check_open(struct scene *scene)
{
    struct matrix_home *home = scene->home;
    const char *room = json_string_value(json_object_get(home->aliases, "#inc-1-db:x"));
    const char *space =
        json_string_value(json_object_get(home->aliases, "#incident-space:x"));

    assert_int_equal(json_object_size(home->rooms), 2);
    assert_non_null(space);
    assert_string_equal(matrix_home_ref(home, scene->row), room);
    assert_non_null(matrix_home_state(home, space, "m.space.child", room));
    assert_non_null(matrix_home_state(home, room, "m.space.parent", space));
    assert_non_null(matrix_home_state(home, room, "m.room.power_levels", ""));
    assert_non_null(matrix_home_state(home, room, "m.room.name", ""));
    assert_string_equal(
        matrix_home_word(home, "SELECT channel FROM incidents WHERE id = 1"), room);
}

static void put_announce(struct scene *scene)
{
    put(scene,
        (struct home_row){.kind = ACTION_POST,
                          .place = "#incidents",
                          .action.note = matrix_home_note(scene->home, "Hello")});
}

static void check_announce(struct scene *scene)
{
    struct matrix_home *home = scene->home;
    const char *room =
        json_string_value(json_object_get(home->aliases, "#incidents:x"));
    const char *space =
        json_string_value(json_object_get(home->aliases, "#incident-space:x"));

    assert_int_equal(json_object_size(home->rooms), 2);
    assert_non_null(matrix_home_state(home, space, "m.space.child", room));
    assert_int_equal(matrix_home_messages(home, NULL, "Hello"), 1);
    assert_int_equal(matrix_home_messages(home, room, "Hello"), 1);
}

/* The space goes on as another one. */
static void put_move(struct scene *scene)
{
    struct matrix_home *home = scene->home;
    const char *space;
    struct home_row row = {.kind = ACTION_JOIN};

    put_open(scene);
    matrix_home_run(home);
    space = arena_copy(home->config->arena, matrix_home_at(home, "#incident-space:x"));
    matrix_home_set(home, space, HOME_ME, "m.room.member", "@tove:x",
                    json_pack("{s:s}", "membership", "join"));
    row.place = matrix_home_upgrade(home, space);
    row.action.about_channel = space;
    snprintf(scene->room, sizeof(scene->room), "%s", row.place);
    snprintf(scene->other, sizeof(scene->other), "%s", space);
    put(scene, row);
}

static void check_move(struct scene *scene)
{
    struct matrix_home *home = scene->home;
    const char *room = matrix_home_at(home, "#inc-1-db:x");
    json_t *rule = matrix_home_state(home, room, "m.room.join_rules", "");

    assert_string_equal(matrix_home_ref(home, scene->row), scene->room);
    assert_true(
        json_equal(matrix_home_state(home, scene->room, "m.space.child", room),
                   matrix_home_state(home, scene->other, "m.space.child", room)));
    assert_non_null(matrix_home_state(home, room, "m.space.parent", scene->room));
    assert_int_equal(
        json_object_size(matrix_home_state(home, room, "m.space.parent", scene->other)),
        0);
    assert_string_equal(
        json_string_value(json_object_get(
            json_array_get(json_object_get(rule, "allow"), 0), "room_id")),
        scene->room);
    assert_string_equal(matrix_home_membership(home, scene->room, "@tove:x"), "invite");
    assert_string_equal(
        matrix_home_word(home, "SELECT value FROM memory WHERE name = 'space'"),
        scene->room);
}

static const struct deed deeds[] = {
    {"post", put_post, check_post},
    {"amend", put_amend, check_amend},
    {"pin", put_pin, check_pin},
    {"topic", put_topic, check_topic},
    {"invite", put_invite, check_invite},
    {"redact", put_redact, check_redact},
    {"upload", put_upload, check_upload},
    {"direct", put_direct, check_direct},
    {"join", put_join, check_join},
    {"leave", put_leave, check_leave},
    {"announce", put_announce, check_announce},
    {"move the space", put_move, check_move},
    {"open", put_open, check_open},
};
#define DEEDS (sizeof(deeds) / sizeof(deeds[0]))
