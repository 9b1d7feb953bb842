/* An incident's room and the space around it, on homeservers that differ. */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "store/outbox.h"
#include "tests/wire/matrix_home.h"

static int64_t put_invite(struct matrix_home *home, int64_t incident, const char *user)
{
    struct home_row row = {.kind = ACTION_INVITE, .incident_id = incident};

    row.person_id = matrix_home_person(home, user);
    return matrix_home_put(home, &row);
}

static void open__takes_the_next_alias__when_taken_by_somebody(void **state)
{
    struct matrix_home *home = *state;
    const char *theirs = arena_copy(
        home->config->arena, matrix_home_room(home, "@ana:x", HOME_ALIAS, false));
    /* One of ours, but of another wish: a store of before. */
    const char *old = arena_copy(
        home->config->arena, matrix_home_room(home, HOME_ME, "#inc-1-db-2:x", true));
    int64_t row, began_ms;

    matrix_home_set(home, old, HOME_ME, "m.room.create", "",
                    json_pack("{s:s}", "io.github.muster.op", "1.1"));
    began_ms = home->clock.now_ms;
    row = matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    assert_true(home->clock.now_ms - began_ms < TIME_MINUTE_MS); /* not waited for */
    assert_string_equal(matrix_home_at(home, HOME_ALIAS), theirs);
    assert_string_equal(matrix_home_ref(home, row),
                        matrix_home_at(home, "#inc-1-db-3:x"));
    assert_string_equal(
        matrix_home_word(home, "SELECT channel_name FROM incidents WHERE id = 1"),
        "inc-1-db-3");
}

/* A homeserver that is slow at making it: the alias is there, and nobody in the room.
 */
static int64_t open_unsure(struct matrix_home *home)
{
    struct home_row row = {.kind = ACTION_OPEN_CHANNEL,
                           .is_unsure = true,
                           .action = {.name = "inc-1-db", .topic = "active"}};

    row.incident_id = matrix_home_incident(home, "inc-1-db", false);
    return matrix_home_put(home, &row);
}

static void open__waits_for_its_room__when_it_is_being_made(void **state)
{
    struct matrix_home *home = *state;
    int64_t row = open_unsure(home);
    const char *mark = arena_copy(
        home->config->arena,
        matrix_home_word(home, "SELECT id || '.' || created_ms FROM outbox"));
    const char *ours = arena_copy(home->config->arena,
                                  matrix_home_room(home, HOME_ME, HOME_ALIAS, true));

    matrix_home_set(home, ours, HOME_ME, "m.room.create", "",
                    json_pack("{s:s}", "io.github.muster.op", mark));
    home->status = 403;
    home->errcode = "M_FORBIDDEN";
    matrix_home_fault(
        home, arena_printf(home->config->arena, "/rooms/%%21%s/state", ours + 1),
        HOME_REFUSED);
    home->fault_times = 3;
    matrix_home_run(home);
    assert_string_equal(matrix_home_ref(home, row), ours);
    assert_string_equal(matrix_home_at(home, "#inc-1-db-2:x"), "");
}

static void open__takes_the_next_alias__when_a_minute_brought_nothing(void **state)
{
    struct matrix_home *home = *state;
    int64_t row = open_unsure(home), began_ms = home->clock.now_ms;

    (void)matrix_home_room(home, "@ana:x", HOME_ALIAS, false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_ref(home, row),
                        matrix_home_at(home, "#inc-1-db-2:x"));
    assert_true(home->clock.now_ms - began_ms >= TIME_MINUTE_MS);
}

static void open__takes_the_next_alias__when_two_requests_race(void **state)
{
    struct matrix_home *home = *state;
    int64_t row;

    home->is_raced = true;
    (void)matrix_home_room(home, "@ana:x", HOME_ALIAS, false);
    row = matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_ref(home, row),
                        matrix_home_at(home, "#inc-1-db-2:x"));
}

/* A room of the alias wanted, made by somebody, with our mark of this very wish. */
static void find_marked(struct matrix_home *home, const char *creator,
                        const char *membership)
{
    int64_t row = matrix_home_open(home, "inc-1-db", false);
    const char *there = arena_copy(home->config->arena,
                                   matrix_home_room(home, creator, HOME_ALIAS, true));
    const char *made = matrix_home_word(
        home, arena_printf(home->config->arena,
                           "SELECT id || '.' || created_ms FROM outbox WHERE id = %lld",
                           (long long)row));

    matrix_home_set(home, there, creator, "m.room.create", "",
                    json_pack("{s:s}", "io.github.muster.op", made));
    matrix_home_set(home, there, creator, "m.room.member", HOME_ME,
                    json_pack("{s:s}", "membership", membership));
    matrix_home_run(home);
    assert_string_equal(matrix_home_ref(home, row),
                        matrix_home_at(home, "#inc-1-db-2:x"));
}

/* Whoever copies our mark into a room of theirs gets nothing of ours. */
static void open__does_not_adopt__when_the_mark_is_copied(void **state)
{
    find_marked(*state, "@ana:x", "join");
}

static void open__does_not_adopt__when_we_are_not_in(void **state)
{
    find_marked(*state, HOME_ME, "invite");
}

/* Each of a store that began anew, and each with ours of before. */
static void take_names(struct matrix_home *home, int count)
{
    (void)matrix_home_room(home, "@ana:x", HOME_ALIAS, false);
    for (int i = 2; i <= count; i++) {
        (void)matrix_home_room(home, i % 2 == 0 ? HOME_ME : "@ana:x",
                               arena_printf(home->config->arena, "#inc-1-db-%d:x", i),
                               i % 2 == 0);
    }
}

static void open__takes_a_word__when_all_numbers_are_taken(void **state)
{
    struct matrix_home *home = *state;
    const char *name;
    int64_t row;

    take_names(home, 12);
    row = matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    name = matrix_home_word(home, "SELECT channel_name FROM incidents WHERE id = 1");
    assert_int_equal(strlen(name), strlen("inc-1-db-") + 8);
    assert_string_equal(
        matrix_home_ref(home, row),
        matrix_home_at(home, arena_printf(home->config->arena, "#%s:x", name)));
    /* The space, the first name and the last: those between are only looked for. */
    assert_int_equal(matrix_home_calls(home, "createRoom"), 3);
}

/* The answer is lost at the last name: the next try comes to the same one. */
static void open__takes_one_word__when_its_answer_is_lost(void **state)
{
    struct matrix_home *home = *state;
    int64_t row;

    take_names(home, 10);
    row = matrix_home_open(home, "inc-1-db", false);
    matrix_home_fault(home, "createRoom", HOME_DROP_AFTER);
    home->fault_after = 2;
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_int_equal(json_object_size(home->rooms), 12);
    assert_int_equal(matrix_home_calls(home, "createRoom"), 3);
}

static void open__is_buried__when_every_name_is_taken(void **state)
{
    struct matrix_home *home = *state;
    int64_t row = matrix_home_open(home, "inc-1-db", true);

    matrix_home_fault(home, "createRoom", HOME_REFUSED);
    home->status = 400;
    home->errcode = "M_ROOM_IN_USE";
    home->fault_times = 15;
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row),
                        "rooms of that name are there already");
    /* And one where whoever declared is told so. */
    assert_int_equal(matrix_home_calls(home, "createRoom"), 15 + 1);
}

static void open__goes_without_people__when_they_block_invitations(void **state)
{
    struct matrix_home *home = *state;
    int64_t row = matrix_home_open(home, "inc-1-db", false);

    home->blocks = true;
    (void)put_invite(home, 1, "@tove:x");
    matrix_home_run(home);
    assert_string_equal(matrix_home_ref(home, row), matrix_home_at(home, HOME_ALIAS));
    assert_string_equal(
        matrix_home_membership(home, matrix_home_at(home, HOME_ALIAS), "@tove:x"),
        "invite");
}

static void open__is_buried__when_the_homeserver_encrypts_all(void **state)
{
    struct matrix_home *home = *state;
    int64_t row = matrix_home_open(home, "inc-1-db", true);

    home->encrypts = true;
    matrix_home_run(home);
    assert_non_null(strstr(matrix_home_buried(home, row),
                           "encryption_enabled_by_default_for_room_type"));
    assert_int_equal(matrix_home_messages(home, NULL, ""), 0);
}

/* Its making was cut off, so it is found again, and is no better for that. */
static void open__is_buried__when_what_is_adopted_is_encrypted(void **state)
{
    struct matrix_home *home = *state;
    int64_t row;

    home->encrypts = true;
    matrix_home_fault(home, "createRoom", HOME_DROP_AFTER);
    row = matrix_home_open(home, "inc-1-db", true);
    matrix_home_run(home);
    assert_non_null(strstr(matrix_home_buried(home, row), "encrypts every new room"));
}

static void open__says_nothing_in_its_alias__when_private(void **state)
{
    struct matrix_home *home = *state;
    int64_t row = matrix_home_open(home, "inc-1-layoffs", true);
    const char *room, *alias;
    json_t *at;

    (void)put_invite(home, 1, "@tove:x");
    matrix_home_run(home);
    room = arena_copy(home->config->arena, matrix_home_ref(home, row));
    assert_string_equal(matrix_home_says(home, room, "m.room.join_rules", "join_rule"),
                        "invite");
    assert_string_equal(matrix_home_says(home, room, "m.room.name", "name"),
                        "inc-1-layoffs");
    assert_string_equal(matrix_home_at(home, HOME_SPACE), "");
    assert_string_equal(matrix_home_membership(home, room, "@tove:x"), "invite");
    json_object_foreach(home->aliases, alias, at)
    {
        assert_null(strstr(alias, "layoffs"));
    }
    assert_string_equal(
        matrix_home_word(home, "SELECT channel_name FROM incidents WHERE id = 1"),
        "inc-1-layoffs");
}

static void open__asks_for_a_version_it_knows__when_the_default_is_other(void **state)
{
    struct matrix_home *home = *state;
    int64_t row;

    home->versions = "{\"default\":\"10\",\"available\":{\"9\":\"stable\",\"10\":"
                     "\"stable\",\"11\":\"unstable\"}}";
    row = matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_string_equal(home->matrix->rooms->version, "11");
    home->versions = "{\"default\":\"6\",\"available\":{\"6\":\"stable\"}}";
    home->matrix->rooms->version = NULL;
    (void)matrix_home_open(home, "inc-2-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_says(home, matrix_home_at(home, "#inc-2-db:x"),
                                         "m.room.join_rules", "join_rule"),
                        "invite");
}

/* It was upgraded while we ran, and makes no rooms of the version it made before. */
static void open__asks_for_a_version_anew__when_the_homeserver_has_changed(void **state)
{
    struct matrix_home *home = *state;
    int64_t row;

    (void)matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    home->versions = "{\"default\":\"11\",\"available\":{\"11\":\"stable\"}}";
    home->status = 400;
    home->errcode = "M_UNSUPPORTED_ROOM_VERSION";
    matrix_home_fault(home, "createRoom", HOME_REFUSED);
    row = matrix_home_open(home, "inc-2-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_string_not_equal(matrix_home_at(home, "#inc-2-db:x"), "");
    assert_int_equal(matrix_home_calls(home, "capabilities"), 2);
}

static void open__lets_the_space_in__when_not_private(void **state)
{
    struct matrix_home *home = *state;
    const char *space, *room;
    json_t *rules, *create;

    (void)matrix_home_open(home, "inc-1-db", false);
    (void)put_invite(home, 1, "@tove:x");
    matrix_home_run(home);
    space = matrix_home_at(home, HOME_SPACE);
    room = matrix_home_at(home, HOME_ALIAS);
    rules = matrix_home_state(home, room, "m.room.join_rules", "");
    assert_string_equal(
        json_string_value(json_object_get(
            json_array_get(json_object_get(rules, "allow"), 0), "room_id")),
        space);
    assert_string_equal(matrix_home_membership(home, space, "@tove:x"), "invite");
    create = matrix_home_state(home, room, "m.room.create", "");
    assert_true(json_is_false(json_object_get(create, "m.federate")));
}

/* Does the room of this incident? */
static bool federates(struct matrix_home *home, const char *name)
{
    const char *alias = arena_printf(home->config->arena, "#%s:x", name);

    (void)matrix_home_open(home, name, false);
    matrix_home_run(home);
    return json_object_get(matrix_home_state(home, matrix_home_at(home, alias),
                                             "m.room.create", ""),
                           "m.federate") == NULL;
}

static void open__federates__when_another_server_is_allowed(void **state)
{
    struct matrix_home *home = *state;
    static const char *servers[] = {"x", "far.example"};

    home->config->matrix.servers = servers;
    home->config->matrix.server_count = 1;
    assert_false(federates(home, "inc-1-db"));
    home->config->matrix.server_count = 2;
    assert_true(federates(home, "inc-2-db"));
}

static void open__federates__when_somebody_elsewhere_is_allowed(void **state)
{
    struct matrix_home *home = *state;
    static const char *users[] = {"@ana:x", "@eve:far.example"};

    home->config->matrix.users = users;
    home->config->matrix.user_count = 1;
    assert_false(federates(home, "inc-1-db"));
    home->config->matrix.user_count = 2;
    assert_true(federates(home, "inc-2-db"));
}

static void invite__leaves_the_space_alone__when_it_is_open(void **state)
{
    struct matrix_home *home = *state;

    home->config->matrix.space_is_open = true;
    (void)matrix_home_open(home, "inc-1-db", false);
    (void)put_invite(home, 1, "@tove:x");
    matrix_home_run(home);
    assert_string_equal(matrix_home_says(home, matrix_home_at(home, HOME_SPACE),
                                         "m.room.join_rules", "join_rule"),
                        "public");
    assert_string_equal(
        matrix_home_membership(home, matrix_home_at(home, HOME_SPACE), "@tove:x"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_TEST(open__takes_the_next_alias__when_taken_by_somebody),
        HOME_TEST(open__waits_for_its_room__when_it_is_being_made),
        HOME_TEST(open__takes_the_next_alias__when_a_minute_brought_nothing),
        HOME_TEST(open__takes_the_next_alias__when_two_requests_race),
        HOME_TEST(open__does_not_adopt__when_the_mark_is_copied),
        HOME_TEST(open__does_not_adopt__when_we_are_not_in),
        HOME_TEST(open__takes_a_word__when_all_numbers_are_taken),
        HOME_TEST(open__takes_one_word__when_its_answer_is_lost),
        HOME_TEST(open__is_buried__when_every_name_is_taken),
        HOME_TEST(open__goes_without_people__when_they_block_invitations),
        HOME_TEST(open__is_buried__when_the_homeserver_encrypts_all),
        HOME_TEST(open__is_buried__when_what_is_adopted_is_encrypted),
        HOME_TEST(open__says_nothing_in_its_alias__when_private),
        HOME_TEST(open__asks_for_a_version_it_knows__when_the_default_is_other),
        HOME_TEST(open__asks_for_a_version_anew__when_the_homeserver_has_changed),
        HOME_TEST(open__lets_the_space_in__when_not_private),
        HOME_TEST(open__federates__when_another_server_is_allowed),
        HOME_TEST(open__federates__when_somebody_elsewhere_is_allowed),
        HOME_TEST(invite__leaves_the_space_alone__when_it_is_open),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
