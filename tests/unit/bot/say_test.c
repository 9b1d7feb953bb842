/* What becomes of what is said: rows, or none. */
#include "bot/command.h"
#include "bot/config.h"
#include "bot/note.h"
#include "bot/say.h"
#include "store/outbox.h"
#include "tests/store/fresh.h"

#define NOW_MS 100000

static struct turn turn_of(struct store *store)
{
    static struct config config;

    config.announce = "";
    return (struct turn){
        .arena = store->arena, .store = store, .now_ms = NOW_MS, .config = &config};
}

static struct incident *incident_on(struct store *store, const char *adapter)
{
    struct incident incident = fresh_incident_by(fresh_person(store, "ana"));
    struct incident *found;

    incident.adapter = adapter;
    MUST(incident_insert(store, &incident, &err));
    MUST(incident_find(store, incident.id, &found, &err));
    return found;
}

static struct note *note_of(struct store *store, const char *words)
{
    struct note *note = note_create(store->arena);

    note_line(note, "%s", words);
    return note;
}

static int64_t rows(struct store *store)
{
    return fresh_number(store, "SELECT COUNT(*) FROM outbox");
}

/* How much one message may hold is not known then. */
static void words__are_cut_in_parts__for_a_platform_that_is_gone(void **state)
{
    struct store *store = *state;
    struct turn turn = turn_of(store);
    struct incident *incident = incident_on(store, "elsewhere");
    struct note *note = note_of(store, "It begins");

    for (int i = 0; i < 100; i++) {
        note_line(note, "%d: a line of some forty bytes is this one", i);
    }
    MUST(say_channel(&turn, incident, "C1", note, &err));
    assert_in_range(rows(store), 2, 3);
    assert_true(fresh_number(store, "SELECT MAX(length(body)) FROM outbox") < 6000);
}

static void say_long(struct store *store, const struct chat_event *event)
{
    struct turn turn = turn_of(store);
    struct incident *incident = incident_on(store, "elsewhere");
    struct person speaker = {.id = incident->declared_by};
    struct command_call call = {.event = event,
                                .speaker = &speaker,
                                .incident = incident,
                                .is_in_channel = true};
    struct note *note = note_of(store, "It begins");

    for (int i = 0; i < 100; i++) {
        note_line(note, "%d: a line of some forty bytes is this one", i);
    }
    MUST(say_here(&turn, &call, note, &err));
}

static int64_t rows_with(struct store *store, const char *json)
{
    return fresh_number(
        store, arena_printf(store->arena,
                            "SELECT COUNT(*) FROM outbox WHERE instr(body, '%s') "
                            "> 0",
                            json));
}

/* All of it stands in the thread; one reply shows whose line it is. */
static void long_answer__is_one_reply__in_the_thread(void **state)
{
    struct store *store = *state;
    const struct chat_event event = {
        .kind = CHAT_COMMAND,
        .message = "17.1",
        .place = {.adapter = "elsewhere", .channel = "C1", .thread = "16.1"}};

    say_long(store, &event);
    assert_true(rows(store) > 1);
    assert_int_equal(rows_with(store, "\"thread\":\"16.1\""), rows(store));
    assert_int_equal(rows_with(store, "\"answers\":\"17.1\""), 1);
}

/* The message it stands on is one of ours. */
static void answer__is_no_reply__to_a_button(void **state)
{
    struct store *store = *state;
    const struct chat_event event = {
        .kind = CHAT_CHOSE,
        .message = "17.1",
        .place = {.adapter = "elsewhere", .channel = "C1"}};

    say_long(store, &event);
    assert_int_equal(rows_with(store, "answers"), 0);
}

static void nothing_is_said__where_there_is_nobody_to_hear(void **state)
{
    struct store *store = *state;
    struct turn turn = turn_of(store);
    struct incident *incident = incident_on(store, "slack");
    bool can = true;

    MUST(say_announce(&turn, incident, note_of(store, "all"), &err)); /* no channel */
    MUST(say_amend(&turn, incident, 0, note_of(store, "x"), false, &err));
    MUST(say_amend(&turn, incident, 99, note_of(store, "x"), false, &err));
    MUST(say_can_reach(&turn, incident, incident->declared_by, &can, &err));
    assert_false(can);
    assert_int_equal(rows(store), 0);
    incident->adapter = "console";
    MUST(say_can_reach(&turn, incident, incident->declared_by, &can, &err));
    assert_true(can); /* by the handle */
}

static void room__waits__for_the_leaving_as_well(void **state)
{
    struct store *store = *state;
    struct turn turn = turn_of(store);
    const struct say_room room = {.adapter = "matrix", .channel = "!a:x"};
    bool waits = true;

    MUST(say_room_waits(&turn, &room, &waits, &err));
    assert_false(waits);
    MUST(say_leave(&turn, &room, NULL, &err));
    MUST(say_room_waits(&turn, &room, &waits, &err));
    assert_true(waits);
}

/* A pin that is a bookmark as well is both, or it is said that it is not. */
static void pin__says_so__when_a_call_fails(void **state)
{
    struct store *store = *state;
    struct turn turn = turn_of(store);
    struct incident *incident = incident_on(store, "slack");
    struct outbox_row row = {
        .adapter = "slack", .lane = "a", .kind = "post", .body = "{}"};
    bool is_whole = false;
    int64_t n = 0;

    MUST(outbox_put(store, &row, &err));
    while (!is_whole) {
        struct err err;

        db_fail_after(store->db, ++n);
        is_whole = say_pin(&turn, incident, row.id, "Headline", &err);
        assert_int_equal(is_whole, db_is_to_fail(store->db));
        db_fail_after(store->db, 0);
    }
    assert_int_equal(n, 3);
    MUST(say_pin(&turn, incident, row.id, NULL, &err));
}

/* A name that can't be looked up is nobody's, and nothing of that turn is kept. */
static void person__is_somebody__when_they_are_not_known(void **state)
{
    struct store *store = *state;
    struct turn turn = turn_of(store);
    int64_t id = fresh_person(store, "ana");
    struct err err;

    assert_string_equal(say_person(&turn, id + 1), "somebody");
    assert_true(db_begin(store->db, &err));
    db_fail_after(store->db, 1);
    assert_string_equal(say_person(&turn, id), "somebody");
    assert_false(db_commit(store->db, &err));
    db_rollback(store->db);
    assert_string_equal(say_person(&turn, id), "ana");
}

/* A name of ours in a text of theirs is left as it is. */
static void command__names_no_incident__when_it_is_none(void **state)
{
    struct store *store = *state;
    struct turn turn = turn_of(store);
    struct incident *incident = incident_on(store, "slack");
    struct note *note = note_of(store, note_command(store->arena, "humming"));
    const struct note *named;

    note_line(note, "%s", note_command(store->arena, "lead"));
    named = say_named(&turn, incident, note);
    assert_string_equal(named->blocks[0].text, note->blocks[0].text);
    assert_non_null(strstr(named->blocks[1].text, "lead inc-1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(words__are_cut_in_parts__for_a_platform_that_is_gone),
        FRESH_TEST(long_answer__is_one_reply__in_the_thread),
        FRESH_TEST(answer__is_no_reply__to_a_button),
        FRESH_TEST(nothing_is_said__where_there_is_nobody_to_hear),
        FRESH_TEST(room__waits__for_the_leaving_as_well),
        FRESH_TEST(pin__says_so__when_a_call_fails),
        FRESH_TEST(person__is_somebody__when_they_are_not_known),
        FRESH_TEST(command__names_no_incident__when_it_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
