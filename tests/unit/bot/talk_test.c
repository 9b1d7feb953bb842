/* Talk takes a short way; what it leaves is what the long way leaves. */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(talk__leaves_the_same_entry__by_either_way,
                                        open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
