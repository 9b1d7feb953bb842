/*
 * What a turn that fails leaves behind, and a cause in it that does: nothing outside,
 * nothing half done, nothing forgotten.
 */
#include "bot/ears_inner.h"
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

/* After many failures in a row there is a pause. */
static void write_again(struct world *world)
{
    world->settled = 0;
    ear_ticket(world->ears, &world->wires[0].adapter, (struct ticket){1});
    run_until(world, has_settled_one);
}

/* The n-th call fails as well: the person hears of it and the event is known, or it is
 * not acked and comes again. */
static void apology__is_whole__when_the_store_fails_meanwhile(void **state)
{
    struct world *world = *state;
    long known = 0;
    bool has_failed = true;
    struct err err;

    stop_clock(world);
    assert_true(db_script(world->store.db,
                          "CREATE TRIGGER spoil BEFORE INSERT ON outbox "
                          "WHEN NEW.kind = 'open-channel' "
                          "BEGIN SELECT RAISE(ABORT, 'spoilt'); END",
                          &err));
    for (int64_t n = 1; has_failed; n++) {
        world->settled = world->committed = 0;
        db_fail_after(world->store.db, n);
        say(world, "!inc declare checkout fails");
        run_until(world, has_settled_one);
        has_failed = !db_is_to_fail(world->store.db);
        db_fail_after(world->store.db, 0);
        known += world->committed;
        assert_int_equal(count(world, "inbox"), known);
        assert_int_equal(look(world,
                              "SELECT COUNT(*) FROM outbox WHERE body LIKE "
                              "'%by a fault of mine%' AND $1 = 0",
                              0),
                         known);
        assert_true(has_failed || world->committed == 1);
        write_again(world);
    }
    assert_int_equal(count(world, "incidents"), 0);
}

/* Else it would be lost: it comes again. */
static void event__is_not_acked__when_no_apology_can_be_written(void **state)
{
    struct world *world = *state;
    struct err err;

    assert_true(db_script(world->store.db,
                          "CREATE TRIGGER spoil BEFORE INSERT ON outbox "
                          "BEGIN SELECT RAISE(ABORT, 'spoilt'); END",
                          &err));
    say(world, "!inc declare checkout fails");
    run_until(world, has_settled_one);
    assert_int_equal(world->committed, 0);
    assert_int_equal(count(world, "inbox"), 0);
}

static bool is_all_done(struct world *world)
{
    return look(world, waiting, 0) == 0;
}

static bool is_put_off(struct world *world)
{
    return look(world, "SELECT COUNT(*) FROM outbox WHERE attempts > $1", 0) == 1;
}

/* The link comes back while the store can't write: what waits by a guess goes the next
 * time. */
static void wait__is_over__when_the_link_is_back_and_the_store_too(void **state)
{
    struct world *world = *state;
    struct adapter *wire = &world->wires[0].adapter;

    stop_clock(world);
    world->fates[ACTION_WHISPER] = world->fates[ACTION_DIRECT] =
        (struct fate){.kind = OUTCOME_AGAIN, .left = 1};
    say(world, "!inc help");
    run_until(world, is_put_off);
    for (int64_t n = 1; n <= 3; n++) {
        ear_state(world->ears, wire, ADAPTER_DOWN, "cut");
        db_fail_after(world->store.db, n <= 2 ? n : 0);
        ear_state(world->ears, wire, ADAPTER_UP, NULL);
        assert_false(db_is_to_fail(world->store.db));
        world->settled = 0;
        say(world, "nothing");
        run_until(world, has_settled_one);
        assert_int_equal(look(world, "SELECT COUNT(*) FROM outbox WHERE due_ms > $1",
                              world->clock.now_ms),
                         n <= 2 ? 1 : 0);
    }
    run_until(world, is_all_done);
}

static bool has_opened(struct world *world)
{
    return find_deed(world, ACTION_OPEN_CHANNEL, "") != NULL;
}

/* Told before the answer is in, and lost: the answer says it as well. */
static void opening__is_taken_back__when_the_store_fails(void **state)
{
    struct world *world = *state;
    struct adapter *wire = &world->wires[0].adapter;
    struct ear_opening opening = {.channel = "C77"};
    const struct action *open;

    stop_clock(world);
    world->is_mute = true;
    say(world, "!inc declare checkout fails");
    run_until(world, has_opened);
    open = &find_deed(world, ACTION_OPEN_CHANNEL, "")->action;
    opening.action_id = open->id;
    opening.created_ms = open->created_ms;
    for (int64_t n = 1; n <= 4; n++) {
        world->settled = 0;
        db_fail_after(world->store.db, n <= 3 ? n : 0);
        ear_opened(world->ears, wire, &opening);
        assert_false(db_is_to_fail(world->store.db));
        ear_ticket(world->ears, wire, (struct ticket){1});
        run_until(world, has_settled_one);
        assert_int_equal(
            look(world,
                 "SELECT COUNT(*) FROM incidents WHERE channel = 'C77' AND $1 = 0", 0),
            n <= 3 ? 0 : 1);
    }
}

static bool is_row_done(struct world *world)
{
    return look(world, "SELECT COUNT(*) FROM outbox WHERE id = $1 AND done_ms > 0",
                find_deed(world, ACTION_OPEN_CHANNEL, "")->row) == 1;
}

static bool is_calm(struct world *world)
{
    return !courier_is_busy(world->ears->courier);
}

/* What the answer leads to is refused, and meanwhile the n-th call fails: the end that
 * is written in its place is written the next time. */
static void outcome__has_an_end__though_the_store_refuses_and_fails(void **state)
{
    struct world *world = *state;
    struct adapter *wire = &world->wires[0].adapter;
    bool has_failed = true;
    struct err err;

    stop_clock(world);
    assert_true(db_script(world->store.db,
                          "CREATE TRIGGER spoil BEFORE UPDATE OF channel ON incidents "
                          "BEGIN SELECT RAISE(ABORT, 'spoilt'); END",
                          &err));
    world->is_mute = true;
    for (int64_t n = 1; has_failed; n++) {
        world->deed_count = 0;
        world->settled = 0;
        say(world, "!inc declare checkout fails");
        run_until(world, has_opened);
        db_fail_after(world->store.db, n);
        ear_outcome(world->ears, wire, find_deed(world, ACTION_OPEN_CHANNEL, "")->row,
                    &(struct outcome){.kind = OUTCOME_DONE, .ref = "C77"});
        run_until(world, is_row_done);
        has_failed = !db_is_to_fail(world->store.db);
        db_fail_after(world->store.db, 0);
    }
}

/* Where that end is refused, too, the row stays as it is, and the program goes on. */
static void outcome__is_let_go__when_nothing_of_it_can_be_written(void **state)
{
    struct world *world = *state;
    struct adapter *wire = &world->wires[0].adapter;
    struct err err;

    stop_clock(world);
    world->is_mute = true;
    say(world, "!inc declare checkout fails");
    run_until(world, has_opened);
    assert_true(db_script(world->store.db,
                          "CREATE TRIGGER spoil BEFORE UPDATE OF done_ms ON outbox "
                          "BEGIN SELECT RAISE(ABORT, 'spoilt'); END",
                          &err));
    for (size_t i = 0; i < world->deed_count; i++) {
        ear_outcome(world->ears, wire, world->deeds[i].row,
                    &(struct outcome){.kind = OUTCOME_DONE, .ref = "C77"});
    }
    run_until(world, is_calm);
    assert_false(is_row_done(world));
    world->settled = 0;
    say(world, "!inc help");
    run_until(world, has_settled_one);
    assert_true(world->committed > 0);
}

/* A row that is due while the store can't write is done once it can. */
static void row__waits__while_the_store_pauses(void **state)
{
    struct world *world = *state;
    struct err err;

    assert_true(db_script(world->store.db,
                          "INSERT INTO outbox (adapter, lane, kind, place, body, "
                          "created_ms, due_ms) VALUES ('wire', 'x', 'post', 'C1', "
                          "'{}', 1, 1)",
                          &err));
    say(world, "nothing");
    doom(world);
    run_until(world, has_settled_one);
    assert_int_equal(world->committed, 0);
    assert_int_equal(world->deed_count, 0);
    run_until(world, has_done_something);
    assert_int_equal(world->deed_count, 1);
}

/* Of two platforms the one whose row is due first says when to look. */
static void earliest__is_the_first_of_all_platforms(void **state)
{
    static const char *const adapters[][2] = {{"wire", "cable"}, {"cable", "wire"}};
    struct world *world = *state;

    for (int64_t i = 0; i < 2; i++) {
        int64_t due_ms = 0;
        struct err err;

        assert_true(db_script(
            world->store.db,
            arena_printf(world->arena,
                         "DELETE FROM outbox; INSERT INTO outbox (adapter, lane, kind, "
                         "place, body, created_ms, due_ms) VALUES "
                         "('%s', 'x', 'post', 'C1', '{}', 1, 9000000000000), "
                         "('%s', 'x', 'post', 'C1', '{}', 1, 8000000000000)",
                         adapters[i][0], adapters[i][1]),
            &err));
        assert_true(
            courier_earliest(world->ears->courier, &world->store, &due_ms, &err));
        assert_int_equal(due_ms, 8000000000000);
    }
}

/* As all that is made to be destroyed. */
static void destroy__takes_nothing_for_nothing(void **state)
{
    (void)state;
    ears_destroy(NULL);
    courier_destroy(NULL);
    turns_destroy(NULL);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(platform__is_left_alone__when_the_commit_fails),
        IN_WORLD(outcome__is_written_down__though_the_first_turn_fails),
        IN_WORLD(deed__is_not_done_again__while_its_answer_takes_long),
        IN_WORLD(cause__that_fails__leaves_an_apology_alone),
        IN_WORLD(apology__is_whole__when_the_store_fails_meanwhile),
        IN_WORLD(event__is_not_acked__when_no_apology_can_be_written),
        IN_WORLD(wait__is_over__when_the_link_is_back_and_the_store_too),
        IN_WORLD(opening__is_taken_back__when_the_store_fails),
        IN_WORLD(outcome__has_an_end__though_the_store_refuses_and_fails),
        IN_WORLD(outcome__is_let_go__when_nothing_of_it_can_be_written),
        IN_WORLD(row__waits__while_the_store_pauses),
        IN_WORLD(earliest__is_the_first_of_all_platforms),
        cmocka_unit_test(destroy__takes_nothing_for_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
