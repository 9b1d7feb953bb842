/* Commands that come so late that they are not run. */
#include "tests/unit/bot/wire_world.h"

/* How many messages have this somewhere. */
static size_t count_notes(struct world *world, const char *words)
{
    size_t count = 0;

    for (size_t i = 0; i < world->deed_count; i++) {
        const struct note *note = world->deeds[i].action.note;
        bool is_there = false;

        for (size_t n = 0; note != NULL && n < note->count; n++) {
            is_there = is_there || strstr(note->blocks[n].text, words) != NULL;
        }
        count += is_there ? 1 : 0;
    }
    return count;
}

static void say_old(struct world *world, const char *who, const char *text)
{
    hear_event(world, &(struct chat_event){
                          .kind = CHAT_SAID,
                          .id = arena_printf(world->arena, "L%d", world->event),
                          .at_ms = ear_now_ms(world->ears) - TIME_HOUR_MS,
                          .place = {.adapter = "wire", .channel = "C1"},
                          .who = {.id = who},
                          .message = arena_printf(world->arena, "L%d", world->event),
                          .text = text,
                      });
}

/* What was missed comes in a page, and one message to each is enough. */
static void late_commands__are_listed_at_once__and_not_run(void **state)
{
    struct world *world = *state;

    say_old(world, "U1", "!inc declare one");
    say_old(world, "U2", "!inc declare three");
    say_old(world, "U1", "!inc declare two");
    run_until(world, nothing_waits);
    assert_int_equal(count(world, "incidents"), 0);
    assert_int_equal(count_notes(world, "declare one"), 1);
    assert_int_equal(count_notes(world, "declare two"), 1);
    assert_int_equal(world->deed_count, 2); /* one to each */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(late_commands__are_listed_at_once__and_not_run,
                                        open_world, close_world),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
