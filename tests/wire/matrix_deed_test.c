/* What becomes of wishes where the homeserver has its own mind. */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/ears.h"
#include "store/outbox.h"
#include "tests/wire/matrix_home.h"

static int setup(void **state)
{
    *state = matrix_home_create();
    return 0;
}

static int teardown(void **state)
{
    matrix_home_destroy(*state);
    return 0;
}

static const char *room_of(struct matrix_home *home, const char *creator)
{
    return arena_copy(home->config->arena, matrix_home_room(home, creator, "", true));
}

static int64_t put_post(struct matrix_home *home, const char *place, const char *line)
{
    struct home_row row = {.kind = ACTION_POST,
                           .place = place,
                           .action.note = matrix_home_note(home, line)};

    return matrix_home_put(home, &row);
}

static int64_t put_place(struct matrix_home *home, enum action_kind kind,
                         const char *place, const char *topic)
{
    struct home_row row = {.kind = kind, .place = place, .action.topic = topic};

    return matrix_home_put(home, &row);
}

static int64_t put_member(struct matrix_home *home, const char *place, int64_t person)
{
    struct home_row row = {.kind = ACTION_INVITE, .place = place, .person_id = person};

    return matrix_home_put(home, &row);
}

/* ---- posts */

static void post__is_buried__when_the_room_is_encrypted(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    int64_t row = put_post(home, room, "Hello");
    int64_t topic = put_place(home, ACTION_SET_TOPIC, room, "Hello");

    matrix_room_sealed(home->matrix, room);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "the room is encrypted");
    assert_string_equal(matrix_home_buried(home, topic), "the room is encrypted");
    assert_int_equal(matrix_home_calls(home, "PUT"), 0);
}

static void post__is_buried__when_not_in_the_room(void **state)
{
    struct matrix_home *home = *state;
    const char *room = matrix_home_room(home, "@ana:x", "", false);
    int64_t row = put_post(home, room, "Hello");

    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row),
                        "the bot is not in that room, or may not do that there");
    assert_int_equal(matrix_home_calls(home, "join"), 0);
}

static void post__walks_in__when_the_named_room_is_open(void **state)
{
    struct matrix_home *home = *state;
    const char *room = arena_copy(
        home->config->arena, matrix_home_room(home, "@ana:x", "#incidents:x", false));
    int64_t row = put_post(home, "#incidents", "Hello");
    int64_t other = put_post(home, "#nowhere", "Hello");

    matrix_home_set(home, room, "@ana:x", "m.room.join_rules", "",
                    json_pack("{s:s}", "join_rule", "public"));
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row), "");
    assert_int_equal(matrix_home_messages(home, room, "Hello"), 1);
    assert_string_equal(matrix_home_buried(home, other), "there is no room #nowhere:x");
}

/* By invitation alone. */
static void post__does_not_walk_in__when_we_were_taken_out(void **state)
{
    struct matrix_home *home = *state;
    const char *room = arena_copy(
        home->config->arena, matrix_home_room(home, "@ana:x", "#incidents:x", false));
    int64_t row = put_post(home, "#incidents", "Hello");

    matrix_home_set(home, room, "@ana:x", "m.room.join_rules", "",
                    json_pack("{s:s}", "join_rule", "public"));
    matrix_room_put_out(home->matrix, room);
    matrix_home_run(home);
    assert_string_not_equal(matrix_home_buried(home, row), "");
    assert_string_equal(matrix_home_membership(home, room, HOME_ME), "");
    assert_int_equal(matrix_home_calls(home, "/join"), 0);
}

/* The room of announcements may be anybody's, and is not made twice. */
static void post__takes_the_named_room__when_repeated(void **state)
{
    struct matrix_home *home = *state;
    const char *room = arena_copy(
        home->config->arena, matrix_home_room(home, "@ana:x", "#incidents:x", true));

    (void)put_post(home, "#incidents", "Hello");
    matrix_home_fault(home, "PUT", HOME_DROP_BEFORE);
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, "Hello"), 1);
    assert_null(json_object_get(home->aliases, "#incidents-2:x"));
}

static void post__stands_alone__when_its_root_hangs_under_something(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    struct home_row row = {
        .kind = ACTION_POST,
        .place = room,
        .action = {.note = matrix_home_note(home, "Hello"), .thread = "$reply"}};

    (void)matrix_home_put(home, &row);
    matrix_home_fault(home, "PUT", HOME_REFUSED);
    home->status = 400;
    home->errcode = "M_UNKNOWN";
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, "Hello"), 1);
    assert_null(json_object_get(matrix_home_last(home, room), "m.relates_to"));
}

static void post__is_buried__when_too_large(void **state)
{
    struct matrix_home *home = *state;
    int64_t row = put_post(home, room_of(home, "@ana:x"), "Hello");

    matrix_home_fault(home, "PUT", HOME_REFUSED);
    home->status = 413;
    home->errcode = "M_TOO_LARGE";
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, row),
                        "the homeserver finds it too large");
}

static void post__is_sent_twice__when_two_rows_say_the_same(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    int64_t first = put_post(home, room, "Hello");
    struct home_row again = {.kind = ACTION_POST,
                             .place = room,
                             .is_unsure = true,
                             .action.note = matrix_home_note(home, "Hello")};
    int64_t second;

    matrix_home_run(home);
    second = matrix_home_put(home, &again);
    matrix_home_run(home);
    /* Another row is another message, whatever it says. */
    assert_int_equal(matrix_home_messages(home, room, "Hello"), 2);
    assert_string_not_equal(matrix_home_ref(home, first),
                            matrix_home_ref(home, second));
    assert_int_equal(matrix_home_calls(home, "messages?dir=b"), 1);
}

/* Of the only row. */
static const char *transaction_of(struct matrix_home *home)
{
    return arena_copy(
        home->config->arena,
        matrix_home_word(home, "SELECT 'm' || id || '.' || created_ms FROM outbox"));
}

/* A sync says it before the answer does, or instead of it. */
static void post__is_done__when_its_echo_came(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    struct home_row row = {.kind = ACTION_POST,
                           .place = room,
                           .is_unsure = true,
                           .action.note = matrix_home_note(home, "Hello")};
    int64_t id = matrix_home_put(home, &row);
    size_t before = home->call_count;

    matrix_deed_echo(home->matrix, transaction_of(home), "$echo");
    matrix_home_run(home);
    assert_string_equal(matrix_home_ref(home, id), "$echo");
    assert_int_equal(home->call_count, before);
}

static void echo__is_missed__when_it_does_not_come(void **state)
{
    struct matrix_home *home = *state;
    int64_t row = put_post(home, room_of(home, "@ana:x"), "Hello");
    const char *transaction = transaction_of(home);

    assert_int_equal(matrix_deed_oldest_unechoed_ms(home->matrix), -1);
    matrix_home_run(home);
    assert_true(matrix_deed_oldest_unechoed_ms(home->matrix) > 0);
    matrix_deed_echo(home->matrix, "web-client-1", "$other");
    assert_true(matrix_deed_oldest_unechoed_ms(home->matrix) > 0);
    matrix_deed_echo(home->matrix, transaction, matrix_home_ref(home, row));
    assert_int_equal(matrix_deed_oldest_unechoed_ms(home->matrix), -1);
}

/* The rows of a new store, or of a copy from before, have ids a homeserver has seen. */
static void post__is_said__when_another_store_had_its_row(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    int64_t first = put_post(home, room, "Hello");
    struct home_row row = {.kind = ACTION_POST,
                           .place = room,
                           .age_ms = 1,
                           .action.note = matrix_home_note(home, "Once more")};
    struct err err;

    matrix_home_run(home);
    assert_true(store_run(&home->store, NULL, &err, "DELETE FROM outbox", DB_NO_ARGS));
    assert_int_equal(matrix_home_put(home, &row), first);
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, "Once more"), 1);
}

/* ---- files, members, coming and going */

/* A file and the words with it are two entries, and one event. */
static void redact__takes_the_event__when_of_a_file_with_words(void **state)
{
    struct matrix_home *home = *state;
    struct home_row row = {.kind = ACTION_REDACT,
                           .action = {.about = "$f:file", .about_channel = "!r:x"}};

    row.place = row.action.about_channel =
        arena_copy(home->config->arena, matrix_home_room(home, "@ana:x", "", true));
    (void)matrix_home_put(home, &row);
    matrix_home_run(home);
    assert_int_equal(matrix_home_calls(home, "/redact/%24f/"), 1);
}

static void upload__is_buried__when_over_the_limit(void **state)
{
    struct matrix_home *home = *state;
    struct home_row row = {.kind = ACTION_UPLOAD,
                           .place = room_of(home, "@ana:x"),
                           .action = {.name = "a.md", .file_text = "0123456789"}};
    int64_t id;

    home->upload_bytes = 9;
    id = matrix_home_put(home, &row);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, id),
                        "the homeserver takes files of 9 bytes only");
    assert_int_equal(matrix_home_calls(home, "upload"), 0);
}

static void invite__asks_nobody__when_they_are_in(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    int64_t in = put_member(home, room, matrix_home_person(home, "@ana:x"));
    int64_t nobody = put_member(home, room, matrix_home_person(home, "@nobody:x"));
    int64_t far = put_member(home, room, matrix_home_person(home, "@nobody-there:far"));

    /* Invited before we looked: createRoom takes anybody. */
    matrix_home_set(home, room, HOME_ME, "m.room.member", "@nobody:x",
                    json_pack("{s:s}", "membership", "invite"));
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, in), "");
    assert_string_equal(matrix_home_buried(home, nobody),
                        "the homeserver knows no such person");
    assert_string_equal(matrix_home_buried(home, far), "");
    assert_int_equal(matrix_home_calls(home, "invite"), 1);
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

static bool has_page(void *arg)
{
    return matrix_home_messages(arg, NULL, "Page") > 0;
}

/* One message for each third of a second, as twenty want to be said: a page, which has
 * a room to make before, is no twenty-first. */
static void page__goes_first__when_messages_are_rationed(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    int64_t tove = matrix_home_person(home, "@tove:x");

    home->limit_ms = 300;
    home->clock.is_virtual = false;
    for (int i = 0; i < 20; i++) {
        (void)matrix_home_put(
            home, &(struct home_row){.kind = ACTION_POST,
                                     .place = room,
                                     .action.note = matrix_home_note(home, "Line")});
    }
    (void)matrix_home_put(
        home, &(struct home_row){.kind = ACTION_DIRECT,
                                 .person_id = tove,
                                 .action.note = matrix_home_note(home, "Page")});
    courier_wake(home->ears->courier);
    wire_await(&home->wire, has_page, home);
    assert_in_range(matrix_home_messages(home, NULL, "Line"), 1, 6);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(post__is_buried__when_the_room_is_encrypted),
        TEST(post__is_buried__when_not_in_the_room),
        TEST(page__goes_first__when_messages_are_rationed),
        TEST(post__walks_in__when_the_named_room_is_open),
        TEST(post__does_not_walk_in__when_we_were_taken_out),
        TEST(post__takes_the_named_room__when_repeated),
        TEST(post__stands_alone__when_its_root_hangs_under_something),
        TEST(post__is_buried__when_too_large),
        TEST(post__is_sent_twice__when_two_rows_say_the_same),
        TEST(post__is_done__when_its_echo_came),
        TEST(post__is_said__when_another_store_had_its_row),
        TEST(echo__is_missed__when_it_does_not_come),
        TEST(redact__takes_the_event__when_of_a_file_with_words),
        TEST(upload__is_buried__when_over_the_limit),
        TEST(invite__asks_nobody__when_they_are_in),
        TEST(invite__waits_alone__when_its_person_had_too_many),
        TEST(join__is_given_up__when_refused_four_times),
        TEST(join__is_given_up__when_its_homeserver_is_away),
        TEST(join__is_not_given_up__when_the_limiter_asks_to_wait),
        TEST(join__seals_the_room__when_encrypted),
        TEST(leave__is_done__when_not_in_the_room),
        TEST(join__follows__when_who_moved_it_has_power),
        TEST(join__leaves_again__when_who_moved_it_has_none),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
