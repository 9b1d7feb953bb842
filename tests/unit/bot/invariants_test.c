/*
 * The five promises everything else stands on, against a scripted platform that looks
 * into the store by a connection of its own: what it does not see there was not
 * committed.
 */
#include "tests/unit/bot/wire_world.h"

static bool has_settled_one(struct world *world)
{
    return world->settled >= 1;
}

static bool has_settled_two(struct world *world)
{
    return world->settled >= 2;
}

static bool has_settled_five(struct world *world)
{
    return world->settled >= 5;
}

static void ack__comes_after_the_commit(void **state)
{
    struct world *world = *state;

    say(world, "the shop is slow");
    assert_int_equal(world->settled, 0);
    assert_int_equal(count(world, "inbox"), 0);
    run_until(world, has_settled_one);
    assert_int_equal(world->committed, 1);
    assert_int_equal(world->heard_at_settle, 1);
}

static void ack__does_not_come__when_the_commit_fails(void **state)
{
    struct world *world = *state;

    db_fail_after(world->store.db, 3);
    say(world, "the shop is slow");
    run_until(world, has_settled_one);
    assert_int_equal(world->committed, 0);
    assert_int_equal(count(world, "inbox"), 0);
}

static void platform__is_changed_only_from_rows(void **state)
{
    struct world *world = *state;

    say(world, "!inc declare checkout fails");
    assert_int_equal(world->deed_count, 0);
    run_until(world, nothing_waits);
    assert_true(world->deed_count >= 5);
    assert_true(world->all_deeds_were_committed);
    for (size_t i = 0; i < world->deed_count; i++) {
        assert_int_equal(look(world, "SELECT COUNT(*) FROM outbox WHERE id = $1",
                              world->deeds[i].row),
                         1);
    }
}

static void event__changes_nothing__when_delivered_again(void **state)
{
    struct world *world = *state;
    size_t deeds;

    say_as(world, "E", "!inc declare checkout fails");
    run_until(world, nothing_waits);
    deeds = world->deed_count;
    say_as(world, "E", "!inc declare checkout fails");
    run_until(world, has_settled_two);
    run_until(world, nothing_waits);
    assert_int_equal(world->committed, 2); /* acked again */
    assert_int_equal(count(world, "incidents"), 1);
    assert_int_equal(world->deed_count, deeds);
}

/* Talk is claimed by its entry on the timeline. It counts its speaker in, so what a
 * repetition must not do shows by who has left meanwhile. */
static void talk__changes_nothing__when_delivered_again(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_as(world, "M1", "said before there was an incident");
    say(world, "!inc declare checkout fails");
    run_until(world, nothing_waits);
    channel = look_text(world, "SELECT channel FROM incidents WHERE id = $1", 1);
    hear(world, CHAT_SAID, channel, "M2", "the shop is slow");
    hear(world, CHAT_LEFT, channel, "L1", NULL);
    hear(world, CHAT_SAID, channel, "M2", "the shop is slow");
    hear(world, CHAT_SAID, channel, "M1", "said before there was an incident");
    run_until(world, nothing_waits);
    assert_int_equal(world->committed, 6); /* each is acked */
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE kind = 'said'"
                          " AND incident_id = $1",
                          1),
                     1);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM members WHERE left_ms IS NOT NULL"
                          " AND incident_id = $1",
                          1),
                     1);
}

/* Talk has no savepoint of its own until some of it fails: then its turn is taken back,
 * and the second time only what fails is left out. */
static void talk__that_fails__takes_nobody_along(void **state)
{
    struct world *world = *state;
    const char *channel;
    struct err err;

    say(world, "!inc declare checkout fails");
    run_until(world, nothing_waits);
    channel = look_text(world, "SELECT channel FROM incidents WHERE id = $1", 1);
    assert_true(store_run(&world->store, NULL, &err,
                          "CREATE TRIGGER spoil BEFORE INSERT ON timeline "
                          "WHEN NEW.text = 'spoilt' "
                          "BEGIN SELECT RAISE(ABORT, 'spoilt'); END",
                          DB_NO_ARGS));
    world->settled = world->committed = 0;
    world->clock = (struct clock){.is_virtual = true, .now_ms = time_now_ms()};
    hear(world, CHAT_SAID, channel, "M1", "the shop is slow");
    hear(world, CHAT_SAID, channel, "M2", "spoilt");
    run_until(world, has_settled_two);
    assert_int_equal(world->committed, 0);
    hear(world, CHAT_SAID, channel, "M1", "the shop is slow");
    hear(world, CHAT_SAID, channel, "M2", "spoilt");
    hear(world, CHAT_SAID, channel, "M3", "and slower");
    run_until(world, has_settled_five);
    assert_int_equal(world->committed, 3);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE kind = 'said'"
                          " AND incident_id = $1",
                          1),
                     2);
}

/* Posts of one lane: in the order of their rows, the first repeated until its answer is
 * known. */
static void check_lane(struct world *world, bool is_unsure)
{
    int64_t last = 0;
    int repeated = 0;

    for (size_t i = 0; i < world->deed_count; i++) {
        const struct deed *deed = &world->deeds[i];

        if (deed->kind != ACTION_POST || strcmp(deed->channel, "C1") != 0) {
            continue;
        }
        assert_true(deed->row >= last);
        if (deed->row == last) {
            repeated++;
            assert_int_equal(deed->is_unsure, is_unsure);
        }
        last = deed->row;
    }
    assert_int_equal(repeated, 1);
}

static void lane__keeps_its_order__when_an_answer_says_later(void **state)
{
    struct world *world = *state;

    world->fates[ACTION_POST] = (struct fate){.kind = OUTCOME_AGAIN, .left = 1};
    say(world, "!inc declare one");
    say(world, "!inc declare two");
    run_until(world, nothing_waits);
    check_lane(world, false);
}

static void lane__keeps_its_order__when_an_answer_is_lost(void **state)
{
    struct world *world = *state;

    world->fates[ACTION_POST] = (struct fate){.kind = OUTCOME_UNKNOWN, .left = 1};
    say(world, "!inc declare one");
    say(world, "!inc declare two");
    run_until(world, nothing_waits);
    check_lane(world, true);
}

/* Some platforms want minutes between two invitations. */
static void lane__goes_on__when_an_invitation_must_wait(void **state)
{
    struct world *world = *state;

    world->fates[ACTION_INVITE] = (struct fate){.kind = OUTCOME_AGAIN, .left = 1};
    say(world, "!inc declare one");
    run_until(world, nothing_waits);
    assert_int_equal(world->deeds[world->deed_count - 1].kind, ACTION_INVITE);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE kind = 'post' AND id > "
                          "(SELECT id FROM outbox WHERE kind = 'invite' AND $1 = 0)",
                          0),
                     1);
}

/* A wish that will never be allowed is given up: its incident's timeline says so, the
 * lane goes on. */
static void lane__goes_on__when_a_wish_is_buried(void **state)
{
    struct world *world = *state;

    world->fates[ACTION_POST] = (struct fate){
        .kind = OUTCOME_NEVER, .left = 2}; /* the answer, and the announcement */
    say(world, "!inc declare one");
    say(world, "!inc declare two");
    run_until(world, nothing_waits);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE buried_why IS NOT NULL"
                          " AND $1 = 0",
                          0),
                     2);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE kind = 'nudge' AND"
                          " text LIKE '%did not get out%' AND $1 = 0",
                          0),
                     1);
    assert_int_equal(count(world, "incidents"), 2);
}

static bool channel_is_dealt_with(struct world *world)
{
    return look(world,
                "SELECT COUNT(*) FROM outbox WHERE kind = 'open-channel'"
                " AND done_ms IS NOT NULL AND $1 = 0",
                0) == 1;
}

/* Else the same channel would be made again and again, as each claim ends. */
static void wish__is_over__when_its_outcome_cannot_be_written(void **state)
{
    struct world *world = *state;
    struct err err;
    int made = 0;

    assert_true(db_script(world->store.db,
                          "CREATE TRIGGER no_channel BEFORE UPDATE OF channel ON"
                          " incidents BEGIN SELECT RAISE(ABORT, 'refused'); END",
                          &err));
    say(world, "!inc declare one");
    run_until(world, channel_is_dealt_with);
    for (size_t i = 0; i < world->deed_count; i++) {
        made += world->deeds[i].kind == ACTION_OPEN_CHANNEL ? 1 : 0;
    }
    assert_int_equal(made, 1);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE kind = 'open-channel'"
                          " AND ref IS NOT NULL AND $1 = 0",
                          0),
                     1);
    assert_int_equal(
        look(world, "SELECT COUNT(*) FROM incidents WHERE channel IS NULL AND $1 = 0",
             0),
        1);
}

static bool invitation_is_buried(struct world *world)
{
    return look(world,
                "SELECT COUNT(*) FROM outbox WHERE kind = 'invite'"
                " AND buried_why LIKE '%spoilt%' AND $1 = 0",
                0) == 1;
}

/* The entry that says so is put before the message that can't be. */
static void outcome__leaves_nothing_half_done__when_it_cannot_be_written(void **state)
{
    struct world *world = *state;
    struct err err;

    assert_true(db_script(world->store.db,
                          "CREATE TRIGGER spoil BEFORE INSERT ON outbox "
                          "WHEN NEW.kind = 'direct' "
                          "BEGIN SELECT RAISE(ABORT, 'spoilt'); END",
                          &err));
    world->fates[ACTION_INVITE] =
        (struct fate){.kind = OUTCOME_NEVER, .why = "closed", .left = 1};
    say(world, "!inc declare one");
    run_until(world, invitation_is_buried);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE text LIKE '%invited%'"
                          " AND $1 = 0",
                          0),
                     0);
}

static void time__comes_from_the_turn(void **state)
{
    struct world *world = *state;

    world->clock.is_virtual = true;
    world->clock.now_ms = 1000000000000;
    say(world, "!inc declare checkout fails");
    run_until(world, nothing_waits);
    assert_int_equal(look(world,
                          "SELECT declared_ms = 1000000000000 FROM incidents"
                          " WHERE id = $1",
                          1),
                     1);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE created_ms <>"
                          " 1000000000000 AND $1 = 0",
                          0),
                     0);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM alarms WHERE set_ms <> 1000000000000"
                          " AND $1 = 0",
                          0),
                     0);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

/* What is under way comes to its end and is written down; nothing else is begun. */
static void end__leaves_nothing_under_way(void **state)
{
    struct world *world = *state;
    static const char under_way[] =
        "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL AND attempts > $1";

    say(world, "!inc declare checkout fails");
    world->leaves = true;
    loop_run(world->loop);
    assert_true(world->deed_count > 0);
    assert_int_equal(look(world, "SELECT COUNT(*) FROM outbox WHERE done_ms > $1", 0),
                     (long)world->deed_count);
    assert_int_equal(look(world, under_way, 0), 0);
    assert_true(look(world, "SELECT COUNT(*) FROM outbox WHERE $1 = 0", 0) >
                (long)world->deed_count);
}

/* What was heard last is kept; what it asks for is left to the next start. */
static void end__begins_nothing__in_the_turn_it_comes_in(void **state)
{
    struct world *world = *state;

    say(world, "!inc declare checkout fails");
    ears_stop(world->ears);
    assert_int_equal(world->committed, 1);
    assert_int_equal(count(world, "incidents"), 1);
    assert_int_equal(world->deed_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(ack__comes_after_the_commit),
        IN_WORLD(ack__does_not_come__when_the_commit_fails),
        IN_WORLD(platform__is_changed_only_from_rows),
        IN_WORLD(event__changes_nothing__when_delivered_again),
        IN_WORLD(talk__changes_nothing__when_delivered_again),
        IN_WORLD(talk__that_fails__takes_nobody_along),
        IN_WORLD(lane__keeps_its_order__when_an_answer_says_later),
        IN_WORLD(lane__keeps_its_order__when_an_answer_is_lost),
        IN_WORLD(lane__goes_on__when_an_invitation_must_wait),
        IN_WORLD(lane__goes_on__when_a_wish_is_buried),
        IN_WORLD(wish__is_over__when_its_outcome_cannot_be_written),
        IN_WORLD(outcome__leaves_nothing_half_done__when_it_cannot_be_written),
        IN_WORLD(end__leaves_nothing_under_way),
        IN_WORLD(end__begins_nothing__in_the_turn_it_comes_in),
        IN_WORLD(time__comes_from_the_turn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
