/* Whose a feeling is must not be found anywhere but behind the key. */
#include "bot/base/text.h"
#include "tests/unit/bot/heard.h"

static void direct(struct world *world, const char *text)
{
    const struct chat_event event = {
        .kind = CHAT_SAID,
        .id = arena_printf(world->arena, "E%d", world->event + 1),
        .at_ms = ear_now_ms(world->ears),
        .place = {.adapter = "wire", .channel = "D1", .is_direct = true},
        .who.id = "U1",
        .message = arena_printf(world->arena, "D%d", world->event + 1),
        .text = text,
    };

    hear_event(world, &event);
    run_until(world, nothing_waits);
}

static void declare(struct world *world)
{
    say(world, "!inc declare checkout fails");
    run_until(world, nothing_waits);
}

static void feeling__leaves_nobody_behind__in_the_store(void **state)
{
    struct world *world = *state;
    size_t deeds;

    declare(world);
    deeds = world->deed_count;
    direct(world, "feel inc-1 alone until 4");
    assert_int_equal(world->deed_count, deeds + 1); /* the answer went out */
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE kind = 'feeling'"
                          " AND person_id IS NULL AND incident_id = $1",
                          1),
                     1);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE body LIKE '%drop inc-1%'"
                          " AND id > $1",
                          0),
                     0);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE lane = ''"
                          " AND person_id IS NULL AND body = '' AND id > $1",
                          0),
                     1);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM feelings WHERE LENGTH(writer) = 64"
                          " AND incident_id = $1",
                          1),
                     1);
}

static void feeling__is_taken_back__by_its_writer(void **state)
{
    struct world *world = *state;

    declare(world);
    direct(world, "feel inc-1 alone until 4");
    direct(world, arena_printf(world->arena, "drop inc-1 %ld",
                               look(world,
                                    "SELECT n FROM timeline WHERE kind = 'feeling'"
                                    " AND incident_id = $1",
                                    1)));
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE kind = 'feeling'"
                          " AND dropped_ms IS NOT NULL AND incident_id = $1",
                          1),
                     1);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE body LIKE '%alone%'"
                          " AND id > $1",
                          0),
                     0);
}

static void feelings__of_one_writer__are_not_told_as_such(void **state)
{
    struct world *world = *state;

    declare(world);
    direct(world, "feel inc-1 alone until 4");
    direct(world, "feel inc-1 calm since then");
    assert_int_equal(
        look(world,
             "SELECT COUNT(DISTINCT writer) FROM feelings WHERE incident_id = $1", 1),
        2);
}

static void feeling__leaves_nobody_behind__when_its_answer_is_refused(void **state)
{
    struct world *world = *state;

    declare(world);
    world->fates[ACTION_DIRECT] =
        (struct fate){.kind = OUTCOME_NEVER, .why = "closed", .left = 1};
    direct(world, "feel inc-1 alone until 4");
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE buried_why = 'closed'"
                          " AND lane = '' AND person_id IS NULL AND body = ''"
                          " AND id > $1",
                          0),
                     1);
}

/* That somebody takes this one back tells whose it is. */
static void taking_back__is_taken_out_of_the_channel__where_that_can_be(void **state)
{
    struct world *world = *state;
    const char *channel;

    say_in(world, "cable", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    direct(world, "feel inc-1 alone until 4");
    say_in(world, "cable", "U1", channel,
           arena_printf(world->arena, "!inc drop %ld",
                        look(world,
                             "SELECT n FROM timeline WHERE kind = 'feeling'"
                             " AND incident_id = $1",
                             1)));
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM outbox WHERE kind = 'redact'"
                          " AND done_ms > $1",
                          0),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(feeling__leaves_nobody_behind__in_the_store,
                                        open_world, close_world),
        cmocka_unit_test_setup_teardown(feelings__of_one_writer__are_not_told_as_such,
                                        open_world, close_world),
        cmocka_unit_test_setup_teardown(feeling__is_taken_back__by_its_writer,
                                        open_world, close_world),
        cmocka_unit_test_setup_teardown(
            feeling__leaves_nobody_behind__when_its_answer_is_refused, open_world,
            close_world),
        cmocka_unit_test_setup_teardown(
            taking_back__is_taken_out_of_the_channel__where_that_can_be, open_world,
            close_world),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
