/*
 * What a turn that fails leaves behind, and a cause in it that does: nothing outside,
 * nothing half done, nothing forgotten.
 */
#include "tests/unit/bot/wire_world.h"

static const char waiting[] = "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL "
                              "AND $1 = 0";

static bool has_settled_one(struct world *world)
{
    return world->settled >= 1;
}

static bool has_done_something(struct world *world)
{
    return world->deed_count > 0;
}

/* The turn that is open, or the next one. */
static void doom(struct world *world)
{
    struct err err;

    err_set(&err, ERR_AGAIN, "the disk is full");
    turn_doom(ears_turns(world->ears), &err);
}

/* Under a virtual clock a failed commit is tried again at once. */
static void stop_clock(struct world *world)
{
    world->clock = (struct clock){.is_virtual = true, .now_ms = time_now_ms()};
}

static void platform__is_left_alone__when_the_commit_fails(void **state)
{
    struct world *world = *state;

    stop_clock(world);
    say(world, "!inc declare checkout fails");
    doom(world);
    run_until(world, has_settled_one);
    assert_int_equal(world->committed, 0);
    assert_int_equal(world->deed_count, 0);
    say(world, "!inc declare checkout fails");
    run_until(world, nothing_waits);
    assert_true(world->deed_count >= 5);
    assert_true(world->all_deeds_were_committed);
}

static void outcome__is_written_down__though_the_first_turn_fails(void **state)
{
    struct world *world = *state;

    stop_clock(world);
    world->is_mute = true;
    say(world, "!inc declare checkout fails");
    run_until(world, has_done_something);
    world->is_mute = false;
    for (size_t i = 0; i < world->deed_count; i++) {
        ear_outcome(world->ears, &world->wires[0].adapter, world->deeds[i].row,
                    &(struct outcome){.kind = OUTCOME_DONE, .ref = "ref"});
    }
    doom(world);
    run_until(world, nothing_waits);
    for (size_t i = 1; i < world->deed_count; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(world->deeds[i].row, world->deeds[j].row);
        }
    }
}

static void deed__is_not_done_again__while_its_answer_takes_long(void **state)
{
    struct world *world = *state;

    stop_clock(world);
    world->is_mute = true;
    say(world, "!inc help");
    run_until(world, has_done_something);
    assert_int_equal(world->deed_count, 1);
    for (int minutes = 0; minutes < 6; minutes++) {
        clock_advance(&world->clock, world->clock.now_ms + TIME_MINUTE_MS);
        world->settled = 0;
        say(world, "!inc help"); /* it waits behind the first */
        run_until(world, has_settled_one);
    }
    assert_int_equal(world->deed_count, 1);
    assert_int_equal(look(world, waiting, 0), 7);
}

static bool is_sorry(struct world *world)
{
    return look(world,
                "SELECT COUNT(*) FROM outbox WHERE body LIKE '%by a fault of mine%' "
                "AND done_ms IS NOT NULL AND $1 = 0",
                0) > 0;
}

/* The announcement is put after the incident: what came before it goes, too. */
static void cause__that_fails__leaves_an_apology_alone(void **state)
{
    struct world *world = *state;
    struct err err;

    assert_true(db_script(world->store.db,
                          "CREATE TRIGGER spoil BEFORE INSERT ON outbox "
                          "WHEN NEW.kind = 'open-channel' "
                          "BEGIN SELECT RAISE(ABORT, 'spoilt'); END",
                          &err));
    say_as(world, "E", "!inc declare checkout fails");
    run_until(world, is_sorry);
    assert_int_equal(world->committed, 1);
    assert_int_equal(count(world, "incidents"), 0);
    assert_int_equal(count(world, "outbox"), 1);
    assert_int_equal(count(world, "inbox"), 1);
    world->settled = 0;
    say_as(world, "E", "!inc declare checkout fails");
    run_until(world, has_settled_one);
    assert_int_equal(count(world, "outbox"), 1);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(platform__is_left_alone__when_the_commit_fails),
        IN_WORLD(outcome__is_written_down__though_the_first_turn_fails),
        IN_WORLD(deed__is_not_done_again__while_its_answer_takes_long),
        IN_WORLD(cause__that_fails__leaves_an_apology_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
