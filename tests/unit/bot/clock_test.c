/*
 * The machine's clock is set while the bot runs: an hour back, a day forward. What acts
 * is neither lost nor done twice, and nothing that is to be said waits for the clock.
 */
#include "store/alarms.h"
#include "store/memory.h"
#include "tests/unit/bot/wire_world.h"

/* Two clocks are read one after the other. */
#define ABOUT_MS 2000

static int64_t due_of(struct world *world, const char *kind)
{
    struct alarm *alarm = NULL;
    struct err err;

    for (int64_t subject = 0; alarm == NULL && subject < 4; subject++) {
        assert_true(alarm_find(&world->reader, kind, 1, subject, &alarm, &err));
    }
    return alarm == NULL ? TIME_NONE : alarm->due_ms;
}

static long calls(struct world *world)
{
    return look(world, "SELECT COUNT(*) FROM page_calls WHERE incident_id = $1", 1);
}

static void say_now(struct world *world, const char *text)
{
    say(world, text);
    run_until(world, nothing_waits);
}

/* ana declares and pages bo, who does not answer: five minutes are given. */
static void page_somebody(struct world *world)
{
    const struct chat_event here = {
        .kind = CHAT_SAID,
        .id = "here",
        .at_ms = ear_now_ms(world->ears),
        .place = {.adapter = "wire", .channel = "C1", .name = "#ops"},
        .who = {.id = "U2", .name = "bo"},
        .message = "here",
        .text = "here",
    };

    hear_event(world, &here);
    say_now(world, "!inc declare checkout fails");
    say_now(world, "!inc page inc-1 @bo");
    assert_int_equal(calls(world), 1);
    assert_int_not_equal(due_of(world, "page-unanswered"), TIME_NONE);
}

static void set_clock(struct world *world, int64_t set_ms)
{
    world->clock.set_ms = set_ms;
    say_now(world, "!inc task inc-1 @ana look at the queue"); /* whatever wakes it */
}

static void moved_back_an_hour(int64_t before_ms, int64_t after_ms)
{
    assert_int_not_equal(after_ms, TIME_NONE);
    assert_in_range(before_ms - after_ms, TIME_HOUR_MS - ABOUT_MS,
                    TIME_HOUR_MS + ABOUT_MS);
}

static void page__keeps_its_time__when_the_clock_is_set_back(void **state)
{
    struct world *world = *state;
    int64_t due_ms;

    page_somebody(world);
    due_ms = due_of(world, "page-unanswered");
    set_clock(world, -TIME_HOUR_MS);
    moved_back_an_hour(due_ms, due_of(world, "page-unanswered"));
    assert_int_equal(calls(world), 1);
    set_clock(world, -TIME_HOUR_MS + 6 * TIME_MINUTE_MS);
    assert_int_equal(calls(world), 2);
}

static void page__goes_on_once__when_the_clock_is_set_a_day_forward(void **state)
{
    struct world *world = *state;

    page_somebody(world);
    set_clock(world, TIME_DAY_MS);
    assert_int_equal(calls(world), 2);
    set_clock(world, TIME_DAY_MS + TIME_MINUTE_MS);
    assert_int_equal(calls(world), 2);
    set_clock(world, 0); /* and it was wrong after all */
    assert_int_equal(calls(world), 2);
    set_clock(world, 6 * TIME_MINUTE_MS);
    assert_int_equal(calls(world), 3);
}

static void date__stays__when_the_clock_is_set_back(void **state)
{
    struct world *world = *state;
    int64_t due_ms, silent_ms;

    say_now(world, "!inc declare checkout fails");
    say_now(world, "!inc task inc-1 @ana look at it in 3h");
    due_ms = due_of(world, "task-overdue");
    silent_ms = due_of(world, "no-commander");
    set_clock(world, -TIME_HOUR_MS);
    assert_int_equal(due_of(world, "task-overdue"), due_ms);
    moved_back_an_hour(silent_ms, due_of(world, "no-commander"));
}

static bool has_been_put_off(struct world *world)
{
    return look(world,
                "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL "
                "AND attempts > $1",
                0) > 0;
}

static void words__do_not_wait_an_hour__when_the_clock_is_set_back(void **state)
{
    struct world *world = *state;

    world->fates[ACTION_POST] = (struct fate){.kind = OUTCOME_AGAIN, .left = 1};
    say(world, "!inc declare checkout fails");
    run_until(world, has_been_put_off);
    set_clock(world, -TIME_HOUR_MS);
    assert_true(nothing_waits(world));
}

/* What it said in that moment is to leave in an hour, and nobody but what is done next
 * has seen that. */
static void
words__do_not_wait_an_hour__when_the_clock_was_wrong_for_a_moment(void **state)
{
    struct world *world = *state;

    say_now(world, "!inc declare checkout fails");
    world->fates[ACTION_POST] = (struct fate){.kind = OUTCOME_AGAIN, .left = 1};
    world->clock.set_ms = TIME_HOUR_MS;
    say(world, "!inc title inc-1 the disk is full");
    run_until(world, has_been_put_off);
    world->clock.set_ms = 0;
    say_now(world, "!inc title inc-1 the disk was full");
    assert_true(nothing_waits(world));
}

/* It was set by the right clock. */
static void page__keeps_its_time__when_the_clock_was_wrong_for_a_moment(void **state)
{
    struct world *world = *state;
    int64_t due_ms;

    page_somebody(world);
    due_ms = due_of(world, "page-unanswered");
    set_clock(world, 3 * TIME_MINUTE_MS);
    set_clock(world, 0);
    assert_int_equal(due_of(world, "page-unanswered"), due_ms);
}

static void begin_again(struct world *world)
{
    struct err err;

    ears_stop(world->ears);
    loop_run(world->loop); /* which has been told to stop */
    ears_destroy(world->ears);
    world->created = 0;
    world->ears = ears_create(world->loop, &world->store, &world->clock, world->config);
    for (size_t i = 0; i < WIRES; i++) {
        assert_true(ears_add(world->ears, &kinds[i], &err));
    }
    assert_true(ears_start(world->ears, &err));
}

static void page__keeps_its_time__when_the_clock_was_set_back_meanwhile(void **state)
{
    struct world *world = *state;
    int64_t due_ms;

    page_somebody(world);
    due_ms = due_of(world, "page-unanswered");
    world->clock = (struct clock){.set_ms = -TIME_HOUR_MS};
    begin_again(world);
    set_clock(world, -TIME_HOUR_MS);
    moved_back_an_hour(due_ms, due_of(world, "page-unanswered"));
}

static void nothing_moves__when_the_clock_is_only_put_right(void **state)
{
    struct world *world = *state;
    int64_t due_ms;

    page_somebody(world);
    due_ms = due_of(world, "page-unanswered");
    set_clock(world, -TIME_MINUTE_MS / 2);
    assert_int_equal(due_of(world, "page-unanswered"), due_ms);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(page__keeps_its_time__when_the_clock_is_set_back),
        IN_WORLD(page__goes_on_once__when_the_clock_is_set_a_day_forward),
        IN_WORLD(date__stays__when_the_clock_is_set_back),
        IN_WORLD(words__do_not_wait_an_hour__when_the_clock_is_set_back),
        IN_WORLD(words__do_not_wait_an_hour__when_the_clock_was_wrong_for_a_moment),
        IN_WORLD(page__keeps_its_time__when_the_clock_was_wrong_for_a_moment),
        IN_WORLD(page__keeps_its_time__when_the_clock_was_set_back_meanwhile),
        IN_WORLD(nothing_moves__when_the_clock_is_only_put_right),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
