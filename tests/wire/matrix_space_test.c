/* The space around the incidents: adopted, made, done without. */
#include "bot/base/text.h"
#include "bot/ears_inner.h"
#include "store/outbox.h"
#include "tests/wire/matrix_home.h"

static const char *their_space(struct matrix_home *home, bool is_member)
{
    const char *space = arena_copy(
        home->config->arena, matrix_home_room(home, "@ana:x", HOME_SPACE, is_member));

    matrix_home_set(home, space, "@ana:x", "m.room.create", "",
                    json_pack("{s:s}", "type", "m.space"));
    return space;
}

static void space__is_adopted__when_we_are_in_it(void **state)
{
    struct matrix_home *home = *state;
    const char *space = their_space(home, true);

    (void)matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    assert_non_null(matrix_home_state(home, space, "m.space.child",
                                      matrix_home_at(home, HOME_ALIAS)));
}

static void space__is_joined__when_we_are_asked(void **state)
{
    struct matrix_home *home = *state;
    const char *space = their_space(home, false);

    matrix_home_set(home, space, "@ana:x", "m.room.member", HOME_ME,
                    json_pack("{s:s}", "membership", "invite"));
    (void)matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    assert_non_null(matrix_home_state(home, space, "m.space.child",
                                      matrix_home_at(home, HOME_ALIAS)));
}

/* An incident waits for nobody's permission. */
static void space__is_done_without__when_it_is_closed_to_us(void **state)
{
    struct matrix_home *home = *state;
    int64_t row;

    (void)their_space(home, false);
    row = matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_string_equal(matrix_home_says(home, matrix_home_at(home, HOME_ALIAS),
                                         "m.room.join_rules", "join_rule"),
                        "invite");
}

static void space__is_done_without__when_the_alias_is_of_a_plain_room(void **state)
{
    struct matrix_home *home = *state;
    const char *plain = arena_copy(home->config->arena,
                                   matrix_home_room(home, "@ana:x", HOME_SPACE, true));
    int64_t row = matrix_home_open(home, "inc-1-db", false);

    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_null(matrix_home_state(home, plain, "m.space.child",
                                  matrix_home_at(home, HOME_ALIAS)));
}

/* Nor one whose door is open: its members would walk into every open incident. */
static void space__is_done_without__when_a_plain_room_lets_us_in(void **state)
{
    struct matrix_home *home = *state;
    const char *plain = arena_copy(home->config->arena,
                                   matrix_home_room(home, "@ana:x", HOME_SPACE, false));
    int64_t row;

    matrix_home_set(home, plain, "@ana:x", "m.room.join_rules", "",
                    json_pack("{s:s}", "join_rule", "public"));
    row = matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_string_equal(matrix_home_says(home, matrix_home_at(home, HOME_ALIAS),
                                         "m.room.join_rules", "join_rule"),
                        "invite");
    assert_null(matrix_home_state(home, plain, "m.space.child",
                                  matrix_home_at(home, HOME_ALIAS)));
}

static void space__is_made_once__when_several_incidents_open(void **state)
{
    struct matrix_home *home = *state;

    for (int i = 1; i <= 4; i++) {
        (void)matrix_home_open(home, arena_printf(home->config->arena, "inc-%d-db", i),
                               false);
    }
    matrix_home_run(home);
    assert_int_equal(json_object_size(home->rooms), 5);
    /* Nor asked for by each: rooms are rationed, and so is what fills in a half made
     * one.
     */
    assert_int_equal(matrix_home_calls(home, "createRoom"), 5);
    for (int i = 1; i <= 4; i++) {
        const char *room =
            matrix_home_at(home, arena_printf(home->config->arena, "#inc-%d-db:x", i));

        assert_non_null(matrix_home_state(home, matrix_home_at(home, HOME_SPACE),
                                          "m.space.child", room));
    }
}

/* After a start, with what is remembered: one look, no other space. */
static void space__is_known_again__when_its_alias_is_gone(void **state)
{
    struct matrix_home *home = *state;
    const char *space;

    (void)matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    space = arena_copy(home->config->arena, matrix_home_at(home, HOME_SPACE));
    json_object_del(home->aliases, HOME_SPACE);
    home->matrix->rooms->space = NULL;
    (void)matrix_home_open(home, "inc-2-db", false);
    matrix_home_run(home);
    assert_non_null(matrix_home_state(home, space, "m.space.child",
                                      matrix_home_at(home, "#inc-2-db:x")));
    assert_int_equal(json_object_size(home->rooms), 3);
}

/* One of ours, whose door somebody opened to all. */
static void space__is_closed_again__when_it_is_found_anew(void **state)
{
    struct matrix_home *home = *state;
    const char *space;

    (void)matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    space = arena_copy(home->config->arena, matrix_home_at(home, HOME_SPACE));
    matrix_home_set(home, space, "@ana:x", "m.room.join_rules", "",
                    json_pack("{s:s}", "join_rule", "public"));
    ear_remember(home->ears, &home->matrix->adapter, "space", "");
    home->matrix->rooms->space = NULL;
    (void)matrix_home_open(home, "inc-2-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_says(home, space, "m.room.join_rules", "join_rule"),
                        "invite");
}

/* Left half made: is the bot, as its creator, named in the powers it is given then? */
static bool is_named_in_repair(struct matrix_home *home, const char *versions)
{
    json_t *powers;

    home->versions = versions;
    home->half_made = "m.room.power_levels";
    (void)matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    powers = matrix_home_state(home, matrix_home_at(home, HOME_SPACE),
                               "m.room.power_levels", "");
    assert_non_null(powers);
    return json_object_get(json_object_get(powers, "users"), HOME_ME) != NULL;
}

static void space__is_repaired__by_the_rules_of_version_12(void **state)
{
    assert_false(is_named_in_repair(
        *state, "{\"default\":\"12\",\"available\":{\"12\":\"stable\"}}"));
}

static void space__is_repaired__by_the_rules_of_version_11(void **state)
{
    assert_true(is_named_in_repair(
        *state, "{\"default\":\"11\",\"available\":{\"11\":\"stable\"}}"));
}

/* Whoever takes us out of it wants us out, though its door be open. */
static void space__is_done_without__when_we_were_taken_out(void **state)
{
    struct matrix_home *home = *state;
    const char *space = their_space(home, false);
    int64_t row;

    matrix_home_set(home, space, "@ana:x", "m.room.join_rules", "",
                    json_pack("{s:s}", "join_rule", "public"));
    matrix_room_put_out(home->matrix, space);
    row = matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_string_equal(matrix_home_membership(home, space, HOME_ME), "");
    matrix_room_joined(home->matrix, space); /* asked back, as a sync tells */
    (void)matrix_home_open(home, "inc-2-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_membership(home, space, HOME_ME), "join");
}

/* Whatever kept us from hanging it there, the next one looks for the space anew. */
static void space__is_looked_for_again__when_a_room_may_not_hang_there(void **state)
{
    struct matrix_home *home = *state;
    int64_t row;

    home->status = 403;
    home->errcode = "M_FORBIDDEN";
    matrix_home_fault(home, "/m.space.child/", HOME_REFUSED);
    row = matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_null(home->matrix->rooms->space);
}

static const char *order_of(struct matrix_home *home, const char *alias)
{
    return arena_copy(
        home->config->arena,
        json_string_value(json_object_get(
            matrix_home_state(home, matrix_home_at(home, HOME_SPACE), "m.space.child",
                              matrix_home_at(home, alias)),
            "order")));
}

static void space__shows_the_newest_first__below_the_announcements(void **state)
{
    struct matrix_home *home = *state;
    struct home_row post = {.kind = ACTION_POST,
                            .place = "#incidents",
                            .action.note = matrix_home_note(home, "Hello")};

    (void)matrix_home_open(home, "inc-1-db", false);
    (void)matrix_home_open(home, "inc-2-db", false);
    (void)matrix_home_put(home, &post);
    matrix_home_run(home);
    assert_true(strcmp(order_of(home, "#inc-2-db:x"), order_of(home, "#inc-1-db:x")) <
                0);
    assert_true(strcmp(order_of(home, "#incidents:x"), order_of(home, "#inc-2-db:x")) <
                0);
}

static void space__is_made_anew__when_we_were_thrown_out(void **state)
{
    struct matrix_home *home = *state;
    const char *space;

    (void)matrix_home_open(home, "inc-1-db", false);
    matrix_home_run(home);
    space = arena_copy(home->config->arena, matrix_home_at(home, HOME_SPACE));
    matrix_home_set(home, space, "@ana:x", "m.room.member", HOME_ME,
                    json_pack("{s:s}", "membership", "leave"));
    json_object_del(home->aliases, HOME_SPACE);
    matrix_room_put_out(home->matrix, space); /* as a sync tells */
    (void)matrix_home_open(home, "inc-2-db", false);
    matrix_home_run(home);
    assert_string_not_equal(matrix_home_at(home, HOME_SPACE), space);
    assert_non_null(matrix_home_state(home, matrix_home_at(home, HOME_SPACE),
                                      "m.space.child",
                                      matrix_home_at(home, "#inc-2-db:x")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_TEST(space__is_adopted__when_we_are_in_it),
        HOME_TEST(space__is_joined__when_we_are_asked),
        HOME_TEST(space__is_done_without__when_it_is_closed_to_us),
        HOME_TEST(space__is_done_without__when_the_alias_is_of_a_plain_room),
        HOME_TEST(space__is_done_without__when_a_plain_room_lets_us_in),
        HOME_TEST(space__is_made_once__when_several_incidents_open),
        HOME_TEST(space__is_known_again__when_its_alias_is_gone),
        HOME_TEST(space__is_closed_again__when_it_is_found_anew),
        HOME_TEST(space__is_repaired__by_the_rules_of_version_12),
        HOME_TEST(space__is_repaired__by_the_rules_of_version_11),
        HOME_TEST(space__is_done_without__when_we_were_taken_out),
        HOME_TEST(space__is_looked_for_again__when_a_room_may_not_hang_there),
        HOME_TEST(space__shows_the_newest_first__below_the_announcements),
        HOME_TEST(space__is_made_anew__when_we_were_thrown_out),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
