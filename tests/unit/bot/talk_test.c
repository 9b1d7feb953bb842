/* Talk takes a short way; what it leaves is what the long way leaves. */
#include "bot/gesture.h"
#include "tests/unit/bot/wire_world.h"

/* An account that says its zone takes the long way. */
static void talk(struct world *world, const char *message, const char *zone)
{
    hear_event(
        world,
        &(struct chat_event){
            .kind = CHAT_SAID,
            .id = message,
            .at_ms = 1000,
            .place = {.adapter = "wire",
                      .channel = look_text(
                          world, "SELECT channel FROM incidents WHERE id = $1", 1),
                      .thread = "T1"},
            .who = {.id = "U1", .zone = zone},
            .message = message,
            .text = "look, <@U1>",
        });
    run_until(world, nothing_waits);
}

static void talk__leaves_the_same_entry__by_either_way(void **state)
{
    struct world *world = *state;

    say_as(world, "U1", "!inc declare checkout fails");
    run_until(world, nothing_waits);
    talk(world, "short", NULL);
    talk(world, "long", "Europe/Oslo");
    talk(world, "short", NULL); /* again */
    assert_int_equal(
        look(world, "SELECT COUNT(*) FROM timeline WHERE at_ms = $1", 1000), 2);
    assert_int_equal(
        look(world,
             "SELECT COUNT(*) FROM timeline a JOIN timeline b ON b.message = 'long' "
             "AND a.incident_id = b.incident_id AND a.n = b.n - 1 AND a.kind = b.kind "
             "AND a.person_id = b.person_id AND a.text = b.text AND a.adapter = "
             "b.adapter "
             "AND a.channel = b.channel AND a.thread = b.thread "
             "AND a.pinned = b.pinned AND a.salt <> b.salt AND a.hash <> b.hash "
             "WHERE a.message = 'short' AND a.at_ms = $1",
             1000),
        1);
}

static void say_gesture(struct world *world, const char *message, const char *text,
                        const char *zone)
{
    hear_event(
        world,
        &(struct chat_event){
            .kind = CHAT_SAID,
            .id = message,
            .at_ms = ear_now_ms(world->ears),
            .place = {.adapter = "wire",
                      .channel = look_text(
                          world, "SELECT channel FROM incidents WHERE id = $1", 1)},
            .who = {.id = "U1", .zone = zone},
            .message = message,
            .gesture = "gesture:1",
            .text = text,
        });
    run_until(world, nothing_waits);
}

/* Two messages of one gesture. */
static void say_double(struct world *world, const char *text)
{
    say_gesture(world, "D1", text, NULL);
    say_gesture(world, "D2", text, NULL);
}

static void gesture__is_one_entry__when_it_is_talk(void **state)
{
    struct world *world = *state;

    say_as(world, "U1", "!inc declare checkout fails");
    run_until(world, nothing_waits);
    say_double(world, "looking");
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM timeline WHERE incident_id = $1 "
                          "AND text = 'looking'",
                          1),
                     1);
}

static void forget_gestures(struct world *world)
{
    struct err err;
    struct turn *turn = turn_open(ears_turns(world->ears), &err);

    assert_non_null(turn);
    memset(turn->gestures, 0, sizeof(*turn->gestures));
}

/* Started in between, the first message is known when it is read up again: so is its
 * gesture then, on either way. */
static void gesture__is_one_entry__when_memory_was_lost(void **state)
{
    static const char *const zones[] = {NULL, "Europe/Oslo"};
    struct world *world = *state;

    say_as(world, "U1", "!inc declare checkout fails");
    run_until(world, nothing_waits);
    say_gesture(world, "D1", "looking", NULL);
    for (size_t i = 0; i < 2; i++) {
        forget_gestures(world);
        say_gesture(world, "D1", "looking", zones[i]);
        say_gesture(world, "D2", "looking", zones[i]);
        assert_int_equal(look(world,
                              "SELECT COUNT(*) FROM timeline WHERE incident_id = $1 "
                              "AND text = 'looking'",
                              1),
                         1);
    }
}

/* In the store, with the first: a bot that was started in between knows it, too. */
static void gesture__runs_once__when_it_is_a_command(void **state)
{
    struct world *world = *state;

    say_as(world, "U1", "!inc declare checkout fails");
    run_until(world, nothing_waits);
    say_double(world, "!inc task <@U1> count the orders");
    assert_int_equal(count(world, "tasks"), 1);
    assert_int_equal(look(world,
                          "SELECT COUNT(*) FROM inbox WHERE event = 'gesture:1' "
                          "AND heard_ms > $1",
                          0),
                     1);
}

static void say_there(struct world *world, const char *who, const char *text)
{
    const char *id = arena_printf(world->arena, "S%d", world->event);

    hear_event(
        world,
        &(struct chat_event){
            .kind = CHAT_SAID,
            .id = id,
            .at_ms = ear_now_ms(world->ears),
            .place = {.adapter = "wire",
                      .channel = look_text(
                          world, "SELECT channel FROM incidents WHERE id = $1", 1)},
            .who = {.id = who},
            .message = id,
            .text = text,
        });
    run_until(world, nothing_waits);
}

static long hints(struct world *world)
{
    return look(world,
                "SELECT COUNT(*) FROM outbox WHERE body LIKE '%still calls you%' "
                "AND kind = 'whisper' AND $1 = 0",
                0);
}

static void talk__is_answered_once__when_a_page_waits_for_them(void **state)
{
    struct world *world = *state;

    say_as(world, "U1", "!inc declare checkout fails");
    run_until(world, nothing_waits);
    say_there(world, "U2", "hm");
    say_there(world, "U1", "!inc page <@U2> the database is full");
    say_there(world, "U1", "U2 is here, is he not?");
    assert_int_equal(hints(world), 0);
    say_there(world, "U2", "looking");
    assert_int_equal(hints(world), 1);
    say_there(world, "U2", "it is the log");
    assert_int_equal(hints(world), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(talk__leaves_the_same_entry__by_either_way,
                                        open_world, close_world),
        cmocka_unit_test_setup_teardown(
            talk__is_answered_once__when_a_page_waits_for_them, open_world,
            close_world),
        cmocka_unit_test_setup_teardown(gesture__is_one_entry__when_it_is_talk,
                                        open_world, close_world),
        cmocka_unit_test_setup_teardown(gesture__is_one_entry__when_memory_was_lost,
                                        open_world, close_world),
        cmocka_unit_test_setup_teardown(gesture__runs_once__when_it_is_a_command,
                                        open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
