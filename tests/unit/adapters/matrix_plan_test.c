#include <jansson.h>

#include "adapters/matrix_write.h"
#include "bot/base/json.h"
#include "bot/base/text.h"
#include "tests/unit/one_arena.h"

static struct matrix_plan make_plan(void)
{
    static const char *const people[] = {"@tove:x"};

    return (struct matrix_plan){.alias = "inc-7-db",
                                .name = "inc-7-db",
                                .topic = "inc-7 db: active",
                                .version = "11",
                                .creator = "@muster:x",
                                .server = "x",
                                .space = "!s:x",
                                .op = "17.1",
                                .people = people,
                                .person_count = 1};
}

#define EVENTS(tombstone)                                                              \
    "\"events\":{\"m.room.name\":50,\"m.room.topic\":50,\"m.room.pinned_events\":50,"  \
    "\"m.room.power_levels\":100,\"m.room.encryption\":100,"                           \
    "\"m.room.history_visibility\":100,\"m.room.server_acl\":100,"                     \
    "\"m.room.tombstone\":" tombstone "},\"notifications\":{\"room\":50}}"

static void create__is_one_request__when_open(void **state)
{
    (void)state;
    struct matrix_plan plan = make_plan();

    assert_string_equal(
        matrix_write_create(arena, &plan),
        "{\"preset\":\"private_chat\",\"visibility\":\"private\",\"room_alias_name\":"
        "\"inc-7-db\",\"name\":\"inc-7-db\",\"topic\":\"inc-7 db: active\","
        "\"room_version\":\"11\",\"creation_content\":{\"m.federate\":false,"
        "\"io.github.muster.op\":\"17.1\"},\"power_level_content_override\":{"
        "\"users\":{\"@muster:x\":100},\"users_default\":0,\"events_default\":0,"
        "\"state_default\":50,\"ban\":50,\"kick\":50,\"redact\":50,\"invite\":"
        "0," EVENTS(
            "100") ",\"initial_state\":[{\"type\":\"m.room.join_rules\",\"state_key\":"
                   "\"\",\"content\":{\"join_rule\":\"restricted\",\"allow\":[{"
                   "\"type\":\"m.room_membership\",\"room_id\":\"!s:x\"}]}},"
                   "{\"type\":\"m.room.history_visibility\",\"state_key\":\"\","
                   "\"content\":{\"history_visibility\":\"shared\"}},"
                   "{\"type\":\"m.room.guest_access\",\"state_key\":\"\",\"content\":{"
                   "\"guest_access\":\"forbidden\"}},"
                   "{\"type\":\"m.space.parent\",\"state_key\":\"!s:x\",\"content\":{"
                   "\"via\":[\"x\"],\"canonical\":true}}],\"invite\":[\"@tove:x\"]}");
}

/* The parsed body, for looks into it; released by the caller. */
static json_t *create(const struct matrix_plan *plan)
{
    const char *body = matrix_write_create(arena, plan);
    json_t *json = json_parse(body, strlen(body));

    assert_non_null(json);
    return json;
}

static const char *join_rule(const struct matrix_plan *plan)
{
    struct matrix_state states[MATRIX_STATES];
    size_t count = matrix_write_states(arena, plan, states);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(states[i].type, "m.room.join_rules") == 0) {
            return states[i].content;
        }
    }
    return NULL;
}

static void powers__leave_the_creator_out__when_version_12(void **state)
{
    (void)state;
    struct matrix_plan plan = make_plan();
    json_t *body, *events;

    plan.version = "12";
    body = create(&plan);
    assert_int_equal(
        json_object_size(json_at(body, "power_level_content_override.users")), 0);
    events = json_at(body, "power_level_content_override.events");
    assert_int_equal(json_integer_value(json_object_get(events, "m.room.tombstone")),
                     150);
    json_decref(body);
}

static void room__is_by_invitation__when_private_or_old(void **state)
{
    (void)state;
    struct matrix_plan plan = make_plan();
    json_t *body;

    assert_non_null(strstr(join_rule(&plan), "restricted"));
    plan.version = "7";
    assert_string_equal(join_rule(&plan), "{\"join_rule\":\"invite\"}");
    plan.version = "11";
    plan.is_private = true;
    assert_string_equal(join_rule(&plan), "{\"join_rule\":\"invite\"}");
    body = create(&plan);
    assert_int_equal(json_number(body, "power_level_content_override.invite", -1), 50);
    json_decref(body);
}

static void space__is_of_its_type__when_made(void **state)
{
    (void)state;
    static const char *const servers[] = {"other.example"};
    struct matrix_plan plan = {.alias = "incidents",
                               .name = "Incidents",
                               .version = "12",
                               .creator = "@muster:x",
                               .server = "x",
                               .is_space = true,
                               .servers = servers,
                               .server_count = 1};
    json_t *body = create(&plan);

    assert_string_equal(json_text(arena, body, "creation_content.type"), "m.space");
    assert_int_equal(
        json_number(body, "power_level_content_override.events_default", -1), 100);
    json_decref(body);
    assert_string_equal(join_rule(&plan), "{\"join_rule\":\"invite\"}");
    plan.is_open_to_server = true;
    assert_string_equal(join_rule(&plan), "{\"join_rule\":\"public\"}");
    assert_null(strstr(matrix_write_create(arena, &plan), "server_acl\",\"state_key"));
    plan.federates = true;
    assert_non_null(strstr(matrix_write_create(arena, &plan),
                           "\"content\":{\"allow\":[\"x\",\"other.example\"],"
                           "\"deny\":[],\"allow_ip_literals\":true}"));
    assert_null(strstr(matrix_write_create(arena, &plan), "m.federate"));
}

static void topic__is_cut__when_too_long(void **state)
{
    (void)state;
    struct text words;

    text_init(&words, arena);
    for (size_t i = 0; i < 5000; i++) {
        text_add(&words, "\u00e9");
    }
    assert_in_range(strlen(matrix_write_topic(arena, words.data)), 2000, 2020);
    assert_string_equal(matrix_write_topic(arena, NULL), "{\"topic\":\"\"}");
}

static void child__names_its_place__when_in_a_space(void **state)
{
    (void)state;
    assert_string_equal(matrix_write_child(arena, "x", "0007"),
                        "{\"via\":[\"x\"],\"order\":\"0007\",\"suggested\":false}");
    assert_string_equal(matrix_write_parent(arena, "x"),
                        "{\"via\":[\"x\"],\"canonical\":true}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(create__is_one_request__when_open),
        cmocka_unit_test(powers__leave_the_creator_out__when_version_12),
        cmocka_unit_test(room__is_by_invitation__when_private_or_old),
        cmocka_unit_test(space__is_of_its_type__when_made),
        cmocka_unit_test(topic__is_cut__when_too_long),
        cmocka_unit_test(child__names_its_place__when_in_a_space),
    };

    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
