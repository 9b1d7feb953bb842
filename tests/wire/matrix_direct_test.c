/* The conversation with one person: found, made once, left, come back to. */
#include "bot/base/text.h"
#include "store/outbox.h"
#include "tests/wire/matrix_home.h"

static const char *room_of(struct matrix_home *home, const char *creator)
{
    return arena_copy(home->config->arena, matrix_home_room(home, creator, "", true));
}

static int64_t put_direct(struct matrix_home *home, int64_t person, const char *line)
{
    struct home_row row = {.kind = ACTION_DIRECT,
                           .person_id = person,
                           .action.note = matrix_home_note(home, line)};

    return matrix_home_put(home, &row);
}

static const char *direct_room(struct matrix_home *home, const char *user)
{
    json_t *rooms = json_object_get(home->direct, user);
    const char *room =
        json_string_value(json_array_get(rooms, json_array_size(rooms) - 1));

    return arena_copy(home->config->arena, text_or(room, ""));
}

static void set_membership(struct matrix_home *home, const char *room, const char *user,
                           const char *membership)
{
    matrix_home_set(home, room, user, "m.room.member", user,
                    json_pack("{s:s}", "membership", membership));
}

static void direct__asks_back_once__when_they_left(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");
    const char *room;
    int64_t row;

    (void)put_direct(home, tove, "One");
    matrix_home_run(home);
    room = direct_room(home, "@tove:x");
    set_membership(home, room, "@tove:x", "leave");
    row = put_direct(home, tove, "Two");
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_string_equal(matrix_home_membership(home, room, "@tove:x"), "invite");
    set_membership(home, room, "@tove:x", "leave");
    row = put_direct(home, tove, "Three");
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row),
                        "they left the conversation with the bot");
    /* Who came back may leave and be asked again. */
    set_membership(home, room, "@tove:x", "join");
    (void)put_direct(home, tove, "Four");
    matrix_home_run(home);
    set_membership(home, room, "@tove:x", "leave");
    row = put_direct(home, tove, "Five");
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_int_equal(matrix_home_messages(home, room, ""), 4);
}

/* Their homeserver must be able to come in, whatever the settings say of rooms. */
static void direct__federates__when_they_are_of_another_homeserver(void **state)
{
    static const struct {
        const char *user;
        bool federates;
    } people[] = {{"@tove:x", false}, {"@far:example.org", true}};
    struct matrix_home *home = *state;

    for (size_t i = 0; i < 2; i++) {
        (void)put_direct(home, matrix_home_person(home, people[i].user), "One");
        matrix_home_run(home);
        assert_true(
            people[i].federates ==
            (json_object_get(matrix_home_state(home, direct_room(home, people[i].user),
                                               "m.room.create", ""),
                             "m.federate") == NULL));
    }
}

/* What is only read holds up nothing else that is read, least of all the syncs. */
static void limiter_of_profiles__holds_up_nothing(void **state)
{
    struct matrix_home *home = *state;

    matrix_home_fault(home, "/profile/", HOME_429);
    (void)put_direct(home, matrix_home_person(home, "@tove:x"), "One");
    matrix_home_run(home);
    assert_int_equal(home->matrix->gates_ms[MATRIX_FREE], 0);
    assert_int_equal(matrix_home_calls(home, "/profile/"), 2);
}

static void direct__takes_another_room__when_encrypted_or_thrown_out(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");
    const char *first, *second;

    (void)put_direct(home, tove, "One");
    matrix_home_run(home);
    first = direct_room(home, "@tove:x");
    matrix_room_sealed(home->matrix, first);
    (void)put_direct(home, tove, "Two");
    matrix_home_run(home);
    second = direct_room(home, "@tove:x");
    assert_string_not_equal(first, second);
    assert_int_equal(matrix_home_messages(home, second, "Two"), 1);
    set_membership(home, second, HOME_ME, "leave");
    (void)put_direct(home, tove, "Three");
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, direct_room(home, "@tove:x"), "Three"),
                     1);
    assert_int_equal(json_object_size(home->rooms), 3);
}

static void direct__takes_the_listed_room__when_there_is_one(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");
    const char *room = room_of(home, "@tove:x");
    const char *stale = matrix_home_room(home, "@tove:x", "", false);

    json_object_set_new(home->direct, "@tove:x", json_pack("[s, s]", room, stale));
    json_object_set_new(home->direct, "@bo:x", json_pack("[s]", "!theirs"));
    (void)put_direct(home, tove, "One");
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, "One"), 1);
    assert_int_equal(matrix_home_calls(home, "createRoom"), 0);
    assert_int_equal(json_array_size(json_object_get(home->direct, "@bo:x")), 1);
}

static void direct__takes_the_newest__when_several_are_listed(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");
    const char *old = room_of(home, "@tove:x"), *fresh = room_of(home, "@tove:x");

    json_object_set_new(home->direct, "@tove:x", json_pack("[s, s]", old, fresh));
    (void)put_direct(home, tove, "One");
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, fresh, "One"), 1);
}

/* Somebody wrote to us first: that room is theirs from then on. */
static void direct__takes_their_own_room__when_they_invited_us(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");
    const char *room =
        arena_copy(home->config->arena, matrix_home_room(home, "@tove:x", "", false));
    struct home_row row = {.kind = ACTION_JOIN, .place = room};

    set_membership(home, room, HOME_ME, "invite");
    matrix_room_is_with(home->matrix, room, "@tove:x");
    (void)matrix_home_put(home, &row);
    matrix_home_run(home);
    (void)put_direct(home, tove, "One");
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, "One"), 1);
    assert_int_equal(matrix_home_calls(home, "createRoom"), 0);
}

/* "Direct" says who made it; who else is in it is seen by us. */
static void direct__takes_no_room_of_three__when_invited_as_alone(void **state)
{
    struct matrix_home *home = *state;
    static const char *const ways[] = {"join", "invite"};

    for (size_t i = 0; i < 2; i++) {
        const char *user = i == 0 ? "@tove:x" : "@ulf:x";
        int64_t person = matrix_home_person(home, user);
        const char *room =
            arena_copy(home->config->arena, matrix_home_room(home, user, "", false));
        struct home_row row = {.kind = ACTION_JOIN, .place = room};

        set_membership(home, room, HOME_ME, "invite");
        set_membership(home, room, "@bo:x", ways[i]);
        matrix_room_is_with(home->matrix, room, user);
        (void)matrix_home_put(home, &row);
        matrix_home_run(home);
        assert_null(matrix_room_direct(home->matrix, room));
        (void)put_direct(home, person, "Page");
        matrix_home_run(home);
        assert_int_equal(matrix_home_messages(home, room, ""), 0);
        assert_int_equal(matrix_home_messages(home, direct_room(home, user), "Page"),
                         1);
    }
}

/* A listed one as well. */
static void direct__takes_no_room_of_three__when_listed(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");
    const char *room = room_of(home, "@tove:x");

    set_membership(home, room, "@bo:x", "join");
    json_object_set_new(home->direct, "@tove:x", json_pack("[s]", room));
    (void)put_direct(home, tove, "One");
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, ""), 0);
    assert_int_equal(matrix_home_messages(home, NULL, "One"), 1);
}

/* Who is in it is more than an answer may hold: then it is no room of two. */
static void amend__goes_nowhere__when_it_is_too_much_to_say_who_is_there(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");
    struct home_row edit = {.kind = ACTION_AMEND,
                            .person_id = tove,
                            .action.note = matrix_home_note(home, "Secret")};
    char *name = arena_alloc(home->config->arena, HTTP_BODY_BYTES + 1);

    edit.about_row = put_direct(home, tove, "One");
    matrix_home_run(home);
    memset(name, 'x', HTTP_BODY_BYTES);
    name[HTTP_BODY_BYTES] = '\0';
    matrix_home_set(home, direct_room(home, "@tove:x"), "@bo:x", "m.room.member",
                    "@bo:x",
                    json_pack("{s:s, s:s}", "membership", "join", "displayname", name));
    edit.about_row = matrix_home_put(home, &edit);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, edit.about_row),
                        "others are in that conversation");
    assert_int_equal(matrix_home_messages(home, NULL, "* Secret"), 0);
}

static void direct__leaves_the_room__when_a_third_comes(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");
    struct home_row edit = {.kind = ACTION_AMEND,
                            .person_id = tove,
                            .action.note = matrix_home_note(home, "Secret")};
    const char *room;

    edit.about_row = put_direct(home, tove, "One");
    matrix_home_run(home);
    room = direct_room(home, "@tove:x");
    set_membership(home, room, "@tove:x", "join");
    set_membership(home, room, "@bo:x", "invite");
    edit.about_row = matrix_home_put(home, &edit);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, edit.about_row),
                        "others are in that conversation");
    (void)put_direct(home, tove, "Two");
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, ""), 1);
    assert_string_not_equal(direct_room(home, "@tove:x"), room);
    assert_int_equal(matrix_home_messages(home, direct_room(home, "@tove:x"), "Two"),
                     1);
    /* They are gone; what they read stays with them, and so does the room. */
    set_membership(home, room, "@bo:x", "leave");
    (void)put_direct(home, tove, "Three");
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, ""), 1);
}

static void direct__is_listed_for_each__when_two_begin_at_once(void **state)
{
    struct matrix_home *home = *state;
    static const char *const users[] = {"@a:x", "@b:x", "@c:x", "@d:x"};

    for (size_t i = 0; i < 4; i++) {
        (void)put_direct(home, matrix_home_person(home, users[i]), "One");
    }
    matrix_home_run(home);
    assert_int_equal(json_object_size(home->direct), 4);
    assert_int_equal(matrix_home_messages(home, NULL, "One"), 4);
}

/* What is kept of somebody goes beside all else they are told. */
static void direct__is_made_once__when_two_rows_want_it(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");

    (void)put_direct(home, tove, "One");
    (void)put_direct(home, tove, "Two");
    (void)put_direct(home, tove, "Three");
    matrix_home_run(home);
    assert_int_equal(matrix_home_calls(home, "createRoom"), 1);
    assert_int_equal(matrix_home_messages(home, direct_room(home, "@tove:x"), ""), 3);
}

/* The one that makes it fails: the others do not wait for ever. */
static void direct__is_made_by_another__when_the_first_fails(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");

    home->status = 400;
    home->errcode = "M_BAD_JSON";
    matrix_home_fault(home, "createRoom", HOME_REFUSED);
    (void)put_direct(home, tove, "One");
    (void)put_direct(home, tove, "Two");
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, NULL, ""), 1);
}

static void direct__is_buried__when_there_is_no_such_person(void **state)
{
    struct matrix_home *home = *state;
    int64_t nobody = put_direct(home, matrix_home_person(home, "@nobody:x"), "One");
    int64_t odd = put_direct(home, matrix_home_person(home, "U1"), "One");

    home->blocks = true;
    int64_t blocked = put_direct(home, matrix_home_person(home, "@bo:x"), "One");
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, nobody),
                        "the homeserver knows no such person");
    assert_string_equal(matrix_home_buried(home, odd), "that is no account of Matrix");
    assert_string_equal(matrix_home_buried(home, blocked), "they take no invitations");
}

/* The edit of a page goes where the page went, whatever incident it is of. */
static void amend__goes_into_the_conversation__when_of_a_direct_message(void **state)
{
    struct matrix_home *home = *state;
    int64_t tove = matrix_home_person(home, "@tove:x");
    struct home_row row = {.kind = ACTION_AMEND,
                           .person_id = tove,
                           .action.note = matrix_home_note(home, "Two")};

    row.about_row = put_direct(home, tove, "One");
    matrix_home_run(home);
    (void)matrix_home_put(home, &row);
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, direct_room(home, "@tove:x"), "* Two"),
                     1);
    assert_string_equal(
        json_string_value(json_object_get(
            matrix_home_last(home, direct_room(home, "@tove:x")), "msgtype")),
        "m.text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_TEST(direct__federates__when_they_are_of_another_homeserver),
        HOME_TEST(limiter_of_profiles__holds_up_nothing),
        HOME_TEST(direct__asks_back_once__when_they_left),
        HOME_TEST(direct__takes_another_room__when_encrypted_or_thrown_out),
        HOME_TEST(direct__takes_the_listed_room__when_there_is_one),
        HOME_TEST(direct__takes_the_newest__when_several_are_listed),
        HOME_TEST(direct__takes_their_own_room__when_they_invited_us),
        HOME_TEST(direct__takes_no_room_of_three__when_invited_as_alone),
        HOME_TEST(direct__takes_no_room_of_three__when_listed),
        HOME_TEST(direct__leaves_the_room__when_a_third_comes),
        HOME_TEST(amend__goes_nowhere__when_it_is_too_much_to_say_who_is_there),
        HOME_TEST(direct__is_listed_for_each__when_two_begin_at_once),
        HOME_TEST(direct__is_made_once__when_two_rows_want_it),
        HOME_TEST(direct__is_made_by_another__when_the_first_fails),
        HOME_TEST(direct__is_buried__when_there_is_no_such_person),
        HOME_TEST(amend__goes_into_the_conversation__when_of_a_direct_message),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
