/* Who is let in, and where we go ourselves. */
#include "tests/wire/matrix_rows.h"

static void invite__asks_nobody__when_they_are_in(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    int64_t in = put_member(home, room, matrix_home_person(home, "@ana:x"));
    int64_t nobody = put_member(home, room, matrix_home_person(home, "@nobody:x"));
    int64_t far = put_member(home, room, matrix_home_person(home, "@nobody-there:far"));
    int64_t asked = put_member(home, room, matrix_home_person(home, "@bo:x"));

    /* Invited before we looked: createRoom takes anybody. */
    matrix_home_set(home, room, HOME_ME, "m.room.member", "@nobody:x",
                    json_pack("{s:s}", "membership", "invite"));
    matrix_home_set(home, room, HOME_ME, "m.room.member", "@bo:x",
                    json_pack("{s:s}", "membership", "invite"));
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, asked), "");
    assert_string_equal(matrix_home_buried(home, in), "");
    assert_string_equal(matrix_home_buried(home, nobody),
                        "the homeserver knows no such person");
    assert_string_equal(matrix_home_buried(home, far), "");
    assert_int_equal(matrix_home_calls(home, "invite"), 1);
}

/* A homeserver says the same of a ban and of an invitation that we may not give. */
static void invite__says_so__when_they_are_banned(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    int64_t row = put_member(home, room, matrix_home_person(home, "@bo:x"));

    matrix_home_set(home, room, "@ana:x", "m.room.member", "@bo:x",
                    json_pack("{s:s}", "membership", "ban"));
    home->status = 403;
    home->errcode = "M_FORBIDDEN";
    matrix_home_fault(home, "/invite", HOME_REFUSED);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row),
                        "the room does not allow it: somebody is banned from it");
}

static bool has_been_refused(void *arg)
{
    struct matrix_home *home = arg;

    return matrix_home_calls(home, "/invite") > 0 &&
           !courier_is_busy(home->ears->courier);
}

static bool has_bo(void *arg)
{
    struct matrix_home *home = arg;

    return strcmp(matrix_home_membership(home, "!r1", "@bo:x"), "invite") == 0;
}

/* A homeserver counts them for each who is invited: five, then one in 333 s. */
static void invite__waits_alone__when_its_person_had_too_many(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    static const char *const users[] = {"@cy:x", "@bo:x"};

    assert_string_equal(room, "!r1");
    home->status = 429;
    home->errcode = "M_LIMIT_EXCEEDED";
    matrix_home_fault(home, "/invite", HOME_REFUSED);
    for (size_t i = 0; i < 2; i++) {
        (void)matrix_home_put(
            home, &(struct home_row){.kind = ACTION_INVITE,
                                     .place = room,
                                     .person_id = matrix_home_person(home, users[i])});
        courier_wake(home->ears->courier);
        wire_await(&home->wire, i == 0 ? has_been_refused : has_bo, home);
    }
    assert_string_equal(matrix_home_membership(home, room, "@cy:x"), "");
    assert_int_equal(matrix_home_calls(home, "/invite"), 2);
}

/* It is their account that is no more, not ours. */
static void invite__is_buried__when_its_person_is_deactivated(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    int64_t row = put_member(home, room, matrix_home_person(home, "@bo:x"));

    home->status = 403;
    home->errcode = "M_USER_DEACTIVATED";
    matrix_home_fault(home, "/invite", HOME_REFUSED);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "their account is no more");
    assert_false(home->matrix->is_refused);
}

static void set_invited(struct matrix_home *home, const char *room)
{
    matrix_home_set(home, room, "@ana:x", "m.room.member", HOME_ME,
                    json_pack("{s:s}", "membership", "invite"));
}

/* After 5 s, 30 s and 5 min, and then no more; the limiter's wait is none of them. */
static void join_in_vain(struct matrix_home *home, const char *room)
{
    int64_t row = put_place(home, ACTION_JOIN, room, NULL);
    int64_t began_ms = home->clock.now_ms;

    matrix_home_run(home);
    assert_string_not_equal(matrix_home_buried(home, row), "");
    assert_true(home->clock.now_ms - began_ms >= 335 * TIME_SECOND_MS);
}

static void join__is_given_up__when_refused_four_times(void **state)
{
    struct matrix_home *home = *state;
    const char *room =
        arena_copy(home->config->arena, matrix_home_room(home, "@ana:x", "", false));

    join_in_vain(home, room);
    assert_int_equal(matrix_home_calls(home, "POST /_matrix/client/v3/join/"), 4);
    /* The next invitation has all its tries again. */
    join_in_vain(home, room);
    assert_int_equal(matrix_home_calls(home, "POST /_matrix/client/v3/join/"), 8);
}

static void join__has_all_its_tries_again__when_it_came_in(void **state)
{
    struct matrix_home *home = *state;
    const char *room =
        arena_copy(home->config->arena, matrix_home_room(home, "@ana:x", "", false));

    set_invited(home, room);
    home->status = 403;
    home->errcode = "M_FORBIDDEN";
    matrix_home_fault(home, "/v3/join/", HOME_REFUSED);
    home->fault_times = 2;
    (void)put_place(home, ACTION_JOIN, room, NULL);
    matrix_home_run(home);
    assert_string_equal(matrix_home_membership(home, room, HOME_ME), "join");
    matrix_home_fault(home, "/v3/join/", HOME_REFUSED);
    home->fault_times = 100;
    join_in_vain(home, room);
}

static void join__is_given_up__when_its_homeserver_is_away(void **state)
{
    struct matrix_home *home = *state;

    home->status = 502;
    home->errcode = "M_UNKNOWN";
    matrix_home_fault(home, "/v3/join/", HOME_REFUSED);
    home->fault_times = 100;
    join_in_vain(home, matrix_home_room(home, "@ana:x", "", false));
    assert_int_equal(matrix_home_calls(home, "POST /_matrix/client/v3/join/"), 4);
}

/* That will not be otherwise in five minutes. */
static void join__is_given_up_at_once__when_we_are_banned(void **state)
{
    struct matrix_home *home = *state;
    int64_t row;

    home->status = 403;
    home->errcode = "M_BAD_STATE";
    matrix_home_fault(home, "/v3/join/", HOME_REFUSED);
    row = put_place(
        home, ACTION_JOIN,
        arena_copy(home->config->arena, matrix_home_room(home, "@ana:x", "", false)),
        NULL);
    matrix_home_run(home);
    assert_non_null(strstr(matrix_home_buried(home, row), "banned"));
    assert_int_equal(matrix_home_calls(home, "POST /_matrix/client/v3/join/"), 1);
}

static void join__is_not_given_up__when_the_limiter_asks_to_wait(void **state)
{
    struct matrix_home *home = *state;
    const char *room = matrix_home_room(home, "@ana:x", "", false);
    int64_t row = put_place(home, ACTION_JOIN, room, NULL);

    set_invited(home, room);
    matrix_home_fault(home, "/v3/join/", HOME_429);
    home->fault_times = 6;
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_string_equal(matrix_home_membership(home, room, HOME_ME), "join");
}

static void join__seals_the_room__when_encrypted(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    int64_t row = put_place(home, ACTION_JOIN, room, NULL);

    matrix_home_set(home, room, "@ana:x", "m.room.encryption", "", json_object());
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_true(matrix_room_is_sealed(home->matrix, room));
    assert_string_equal(matrix_home_membership(home, room, HOME_ME), "leave");
}

static void leave__is_done__when_not_in_the_room(void **state)
{
    struct matrix_home *home = *state;
    const char *room = matrix_home_room(home, "@ana:x", "", false);
    int64_t row = put_place(home, ACTION_LEAVE, room, "no");

    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
}

/* An old room with a tombstone of `who`, and the new one it names. */
static int64_t put_move(struct matrix_home *home, const char *who, const char **room)
{
    struct arena *arena = home->config->arena;
    const char *old = room_of(home, "@ana:x");
    const char *fresh = room_of(home, "@ana:x");
    const char *space = room_of(home, "@ana:x");
    struct home_row row = {.kind = ACTION_JOIN, .place = fresh};

    matrix_home_set(home, old, who, "m.room.tombstone", "",
                    json_pack("{s:s}", "replacement_room", fresh));
    matrix_home_set(home, fresh, "@ana:x", "m.room.create", "",
                    json_pack("{s:{s:s}}", "predecessor", "room_id", old));
    matrix_home_set(home, fresh, "@ana:x", "m.room.power_levels", "",
                    json_pack("{s:{s:i, s:i}}", "users", "@bo:x", 50, "@cy:x", 49));
    matrix_home_set(home, space, "@ana:x", "m.space.child", old,
                    json_pack("{s:[s]}", "via", "x"));
    ear_remember(home->ears, &home->matrix->adapter,
                 arena_printf(arena, "space of %s", old), space);
    row.action.about_channel = old;
    *room = fresh;
    return matrix_home_put(home, &row);
}

static void join__follows__when_who_moved_it_has_power(void **state)
{
    struct matrix_home *home = *state;
    static const char *const movers[] = {"@ana:x", "@bo:x"};

    for (size_t i = 0; i < 2; i++) {
        const char *room;
        int64_t row = put_move(home, movers[i], &room);

        matrix_home_run(home);
        assert_string_equal(matrix_home_buried(home, row), "");
        assert_string_equal(matrix_home_ref(home, row), room);
    }
    assert_int_equal(matrix_home_calls(home, "?via=x&server_name=x"), 2);
}

static void join__leaves_again__when_who_moved_it_has_none(void **state)
{
    struct matrix_home *home = *state;
    const char *room;
    int64_t row = put_move(home, "@cy:x", &room);

    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row),
                        "who moved the room has no power in the new one");
    assert_string_equal(matrix_home_membership(home, room, HOME_ME), "leave");
}

/* Whoever may write a tombstone does not thereby choose whose successor a room is. */
static void join__leaves_again__when_it_follows_another_room(void **state)
{
    struct matrix_home *home = *state;
    const char *room;
    int64_t row = put_move(home, "@ana:x", &room);

    matrix_home_set(home, room, "@ana:x", "m.room.create", "",
                    json_pack("{s:{s:s}}", "predecessor", "room_id", "!other"));
    matrix_home_run(home);
    assert_string_not_equal(matrix_home_buried(home, row), "");
    assert_string_equal(matrix_home_membership(home, room, HOME_ME), "leave");
}

static void join__is_not_tried__when_the_old_room_leads_elsewhere(void **state)
{
    struct matrix_home *home = *state;
    const char *room, *old = "!r1"; /* the first that put_move makes */
    int64_t row = put_move(home, "@ana:x", &room);

    matrix_home_set(home, old, "@ana:x", "m.room.tombstone", "",
                    json_pack("{s:s}", "replacement_room", "!other"));
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row),
                        "the old room does not say that it goes on there");
    assert_int_equal(matrix_home_calls(home, "/join/"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_TEST(invite__asks_nobody__when_they_are_in),
        HOME_TEST(invite__says_so__when_they_are_banned),
        HOME_TEST(invite__waits_alone__when_its_person_had_too_many),
        HOME_TEST(invite__is_buried__when_its_person_is_deactivated),
        HOME_TEST(join__is_given_up__when_refused_four_times),
        HOME_TEST(join__has_all_its_tries_again__when_it_came_in),
        HOME_TEST(join__is_given_up__when_its_homeserver_is_away),
        HOME_TEST(join__is_given_up_at_once__when_we_are_banned),
        HOME_TEST(join__is_not_given_up__when_the_limiter_asks_to_wait),
        HOME_TEST(join__seals_the_room__when_encrypted),
        HOME_TEST(leave__is_done__when_not_in_the_room),
        HOME_TEST(join__follows__when_who_moved_it_has_power),
        HOME_TEST(join__leaves_again__when_who_moved_it_has_none),
        HOME_TEST(join__leaves_again__when_it_follows_another_room),
        HOME_TEST(join__is_not_tried__when_the_old_room_leads_elsewhere),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
