/* What becomes of wishes where the homeserver has its own mind. */
#include "tests/wire/matrix_rows.h"

static int64_t put_post(struct matrix_home *home, const char *place, const char *line)
{
    struct home_row row = {.kind = ACTION_POST,
                           .place = place,
                           .action.note = matrix_home_note(home, line)};

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

/* Somebody gave the alias to a room where nobody could read us. */
static void post__is_buried__when_the_named_room_is_open_and_encrypted(void **state)
{
    struct matrix_home *home = *state;
    const char *room = arena_copy(
        home->config->arena, matrix_home_room(home, "@ana:x", "#incidents:x", false));
    int64_t row = put_post(home, "#incidents", "Hello");

    matrix_home_set(home, room, "@ana:x", "m.room.join_rules", "",
                    json_pack("{s:s}", "join_rule", "public"));
    matrix_home_set(home, room, "@ana:x", "m.room.encryption", "",
                    json_pack("{s:s}", "algorithm", "m.megolm.v1.aes-sha2"));
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, "Hello"), 0);
    assert_string_equal(matrix_home_buried(home, row), "the room is encrypted");
    assert_true(matrix_room_is_sealed(home->matrix, room));
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
    struct home_row row = {.kind = ACTION_POST,
                           .place = "#incidents",
                           .is_unsure = true,
                           .action.note = matrix_home_note(home, "Hello")};

    (void)matrix_home_put(home, &row);
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, "Hello"), 1);
    assert_null(json_object_get(home->aliases, "#incidents-2:x"));
    assert_string_not_equal(matrix_home_at(home, HOME_SPACE), "");
    assert_null(matrix_home_state(home, matrix_home_at(home, HOME_SPACE),
                                  "m.space.child", room)); /* their own affair */
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

/* Every member can read our mark. */
static void post__is_said__when_somebody_copied_its_mark(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    struct home_row row = {.kind = ACTION_POST,
                           .place = room,
                           .is_unsure = true,
                           .action.note = matrix_home_note(home, "Hello")};

    (void)matrix_home_put(home, &row);
    json_array_append_new(
        json_object_get(json_object_get(home->rooms, room), "timeline"),
        json_pack("{s:s, s:s, s:s, s:{s:s, s:s}}", "type", "m.room.message", "event_id",
                  "$theirs", "sender", "@eve:x", "content", "body", "x",
                  "io.github.muster.row", transaction_of(home) + 1));
    matrix_home_run(home);
    assert_int_equal(matrix_home_messages(home, room, "Hello"), 1);
}

/* It rations rooms most of all: what is said needs none. */
static void limiter_of_rooms__holds_up_no_message(void **state)
{
    struct matrix_home *home = *state;

    home->fault_times = 1;
    matrix_home_fault(home, "createRoom", HOME_429);
    (void)matrix_home_open(home, "inc-1-db", true);
    matrix_home_run(home);
    assert_true(home->matrix->gates_ms[MATRIX_CREATIONS] > 0);
    assert_int_equal(home->matrix->gates_ms[MATRIX_MESSAGES], 0);
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
    assert_true(matrix_deed_oldest_unechoed_ms(home->matrix) > 0);
}

static void redact__is_done__when_there_is_no_such_event(void **state)
{
    struct matrix_home *home = *state;
    struct home_row row = {.kind = ACTION_REDACT,
                           .place = room_of(home, "@ana:x"),
                           .action = {.about = "$f"}};
    int64_t id;

    row.action.about_channel = row.place;
    home->status = 404;
    home->errcode = "M_NOT_FOUND";
    matrix_home_fault(home, "/redact/", HOME_REFUSED);
    id = matrix_home_put(home, &row);
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, id), "");
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

/* What comes behind it in its lane goes on. */
static void upload__is_buried__when_a_gateway_finds_it_too_large(void **state)
{
    struct matrix_home *home = *state;
    const char *room = room_of(home, "@ana:x");
    struct home_row row = {.kind = ACTION_UPLOAD,
                           .place = room,
                           .action = {.name = "a.md", .file_text = "0123456789"}};
    int64_t id = matrix_home_put(home, &row);

    (void)put_post(home, room, "Hello");
    matrix_home_fault(home, "/upload", HOME_REFUSED);
    home->status = 413;
    home->errcode = "";
    matrix_home_run(home);
    assert_string_equal(matrix_home_buried(home, id),
                        "a gateway before the homeserver finds it too large");
    assert_int_equal(matrix_home_messages(home, room, "Hello"), 1);
    assert_int_equal(matrix_home_calls(home, "/upload"), 1);
}

/* A homeserver counts them as messages, too. */
static void invite__waits__when_messages_are_rationed(void **state)
{
    struct matrix_home *home = *state;
    int64_t gate_ms = time_steady_ms() + 100;

    home->matrix->gates_ms[MATRIX_MESSAGES] = gate_ms;
    (void)put_member(home, room_of(home, "@ana:x"), matrix_home_person(home, "@bo:x"));
    matrix_home_run(home);
    assert_int_equal(matrix_home_calls(home, "/invite"), 1);
    assert_true(time_steady_ms() >= gate_ms);
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
    const struct CMUnitTest tests[] = {
        HOME_TEST(post__is_buried__when_the_room_is_encrypted),
        HOME_TEST(post__is_buried__when_not_in_the_room),
        HOME_TEST(invite__waits__when_messages_are_rationed),
        HOME_TEST(page__goes_first__when_messages_are_rationed),
        HOME_TEST(post__walks_in__when_the_named_room_is_open),
        HOME_TEST(post__is_buried__when_the_named_room_is_open_and_encrypted),
        HOME_TEST(post__does_not_walk_in__when_we_were_taken_out),
        HOME_TEST(post__takes_the_named_room__when_repeated),
        HOME_TEST(post__is_buried__when_too_large),
        HOME_TEST(post__is_sent_twice__when_two_rows_say_the_same),
        HOME_TEST(post__is_done__when_its_echo_came),
        HOME_TEST(post__is_said__when_another_store_had_its_row),
        HOME_TEST(post__is_said__when_somebody_copied_its_mark),
        HOME_TEST(limiter_of_rooms__holds_up_no_message),
        HOME_TEST(echo__is_missed__when_it_does_not_come),
        HOME_TEST(redact__takes_the_event__when_of_a_file_with_words),
        HOME_TEST(redact__is_done__when_there_is_no_such_event),
        HOME_TEST(upload__is_buried__when_over_the_limit),
        HOME_TEST(upload__is_buried__when_a_gateway_finds_it_too_large),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
