/* Commands read after more than a quarter of an hour: not run, and told once. */
#include "bot/base/text.h"
#include "bot/ears_inner.h"
#include "tests/unit/bot/wire_world.h"

#define HOUR_MS ((int64_t)60 * 60 * 1000)

static void begin(struct world *world)
{
    world->clock = (struct clock){.is_virtual = true, .now_ms = 1000000000000};
}

static struct chat_event aged(struct world *world, const char *who, const char *id,
                              const char *text, int64_t age_ms)
{
    return (struct chat_event){
        .kind = CHAT_SAID,
        .id = id,
        .at_ms = ear_now_ms(world->ears) - age_ms,
        .place = {.adapter = "wire", .channel = "C1", .name = "#ops"},
        .who = {.id = who, .name = who},
        .message = id,
        .text = text,
    };
}

static void say_late(struct world *world, const char *who, const char *id,
                     const char *text)
{
    const struct chat_event event = aged(world, who, id, text, HOUR_MS);

    hear_event(world, &event);
}

static bool no_alarm_waits(struct world *world)
{
    return nothing_waits(world) &&
           look(world, "SELECT COUNT(*) FROM alarms WHERE kind = 'late' AND $1 = 0",
                0) == 0;
}

static void let_pass(struct world *world, int64_t span_ms)
{
    clock_advance(&world->clock, world->clock.now_ms + span_ms);
    ticker_wake(world->ears->ticker);
}

/* All that was told to anybody about commands that were not run. */
static size_t told(struct world *world, const struct deed **last)
{
    size_t count = 0;

    for (size_t i = 0; i < world->deed_count; i++) {
        if (text_holds(world->deeds[i].text, "read only now")) {
            *last = &world->deeds[i];
            count += 1;
        }
    }
    return count;
}

static void late__is_told_in_one_message__when_it_comes_in_two_turns(void **state)
{
    struct world *world = *state;
    const struct deed *last = NULL;

    begin(world);
    say_late(world, "ana", "M1", "!inc declare checkout fails");
    run_until(world, nothing_waits);
    let_pass(world, 5000);
    say_late(world, "ana", "M2", "!inc declare search fails");
    run_until(world, nothing_waits);
    let_pass(world, 14000);
    run_until(world, nothing_waits);
    assert_int_equal(told(world, &last), 0);
    let_pass(world, 2000);
    run_until(world, no_alarm_waits);
    assert_int_equal(told(world, &last), 1);
    assert_int_equal(last->kind, ACTION_DIRECT);
    assert_int_equal(last->action.note->count, 3);
    assert_true(text_holds(last->action.note->blocks[1].text, "declare checkout"));
    assert_true(text_holds(last->action.note->blocks[2].text, "declare search"));
    assert_int_equal(count(world, "incidents"), 0);
    assert_int_equal(count(world, "late_commands"), 0);
    let_pass(world, HOUR_MS);
    run_until(world, nothing_waits);
    assert_int_equal(told(world, &last), 1);
}

static void late__runs_and_says_so__up_to_a_quarter_of_an_hour(void **state)
{
    struct world *world = *state;
    const struct deed *last = NULL;
    struct chat_event event;

    begin(world);
    event = aged(world, "ana", "M1", "!inc declare checkout fails", HOUR_MS / 4);
    hear_event(world, &event);
    run_until(world, nothing_waits);
    assert_int_equal(count(world, "incidents"), 1);
    assert_int_equal(told(world, &last), 1);
    assert_true(last != NULL && text_holds(last->text, "It runs as of now."));
    event = aged(world, "ana", "M2", "!inc declare search fails", HOUR_MS / 4 + 1);
    hear_event(world, &event);
    event = aged(world, "ana", "M3", "!inc declare orders fail", 1);
    event.is_unordered = true; /* newer things may have been read before it */
    hear_event(world, &event);
    run_until(world, nothing_waits);
    assert_int_equal(count(world, "incidents"), 1);
}

/* A line that can't be kept is undone with all it did, and the others are told. */
static void late__is_told_of_the_others__when_one_line_fails(void **state)
{
    struct world *world = *state;
    const struct deed *last = NULL;
    struct err err;

    begin(world);
    assert_true(store_run(&world->store, NULL, &err,
                          "CREATE TRIGGER spoil AFTER INSERT ON late_commands "
                          "WHEN NEW.line LIKE '%spoilt' "
                          "BEGIN SELECT RAISE(ABORT, 'spoilt'); END",
                          DB_NO_ARGS));
    say_late(world, "ana", "M1", "!inc declare checkout fails");
    say_late(world, "bo", "M2", "!inc declare spoilt");
    run_until(world, nothing_waits);
    assert_int_equal(world->committed, 2);
    let_pass(world, 16000);
    run_until(world, no_alarm_waits);
    assert_int_equal(told(world, &last), 1);
    assert_int_equal(count(world, "late_commands"), 0);
}

/* One person who can't be told keeps neither the others nor what is heard from coming
 * through. */
static void late__goes_on__when_one_person_cannot_be_told(void **state)
{
    struct world *world = *state;
    const struct deed *last = NULL;
    struct err err;

    begin(world);
    say_late(world, "ana", "M1", "!inc declare checkout fails");
    say_late(world, "bo", "M2", "!inc declare search fails");
    run_until(world, nothing_waits);
    assert_true(store_run(&world->store, NULL, &err,
                          "CREATE TRIGGER spoil BEFORE INSERT ON outbox "
                          "WHEN NEW.body LIKE '%declare checkout%' "
                          "BEGIN SELECT RAISE(ABORT, 'spoilt'); END",
                          DB_NO_ARGS));
    let_pass(world, 16000);
    say_as(world, "M3", "!inc declare orders fail");
    run_until(world, nothing_waits);
    assert_int_equal(told(world, &last), 1);
    assert_true(last != NULL && text_holds(last->text, "declare search"));
    assert_int_equal(count(world, "incidents"), 1);
    assert_int_equal(count(world, "late_commands"), 1);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(late__is_told_in_one_message__when_it_comes_in_two_turns),
        IN_WORLD(late__runs_and_says_so__up_to_a_quarter_of_an_hour),
        IN_WORLD(late__is_told_of_the_others__when_one_line_fails),
        IN_WORLD(late__goes_on__when_one_person_cannot_be_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
