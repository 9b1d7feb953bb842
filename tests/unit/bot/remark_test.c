/* What may reach the record and what may run, by who says it and how. */
#include "bot/base/text.h"
#include "tests/unit/bot/wire_world.h"

/* The channel made for the incident, as the scripted platform answered. */
static const char *work_channel(struct world *world)
{
    say(world, "!inc declare checkout fails");
    run_until(world, nothing_waits);
    for (size_t i = 0; i < world->deed_count; i++) {
        if (world->deeds[i].kind == ACTION_OPEN_CHANNEL) {
            return arena_printf(world->arena, "ref%lld",
                                (long long)world->deeds[i].row);
        }
    }
    fail();
    return NULL;
}

static void happen(struct world *world, struct chat_event event)
{
    event.id = arena_printf(world->arena, "E%d", world->event + 1);
    event.at_ms = ear_now_ms(world->ears);
    event.place.adapter = "wire";
    hear_event(world, &event);
    run_until(world, nothing_waits);
}

#define ENTRY "FROM timeline WHERE message = 'M1' AND $1 = 0"

static void remark__is_recorded__and_never_run(void **state)
{
    struct world *world = *state;
    struct chat_event event = {.kind = CHAT_SAID,
                               .place.channel = work_channel(world),
                               .who.id = "U2",
                               .message = "M1",
                               .text = "!inc severity sev1",
                               .is_remark = true};
    size_t deeds = world->deed_count;

    happen(world, event);
    assert_int_equal(world->deed_count, deeds);
    assert_string_equal(look_text(world, "SELECT kind || ' ' || text " ENTRY, 0),
                        "said !inc severity sev1");
    event.place = (struct chat_place){.channel = "D1", .is_direct = true};
    happen(world, event);
    assert_int_equal(world->deed_count, deeds);
    /* The same words of a person are an order. */
    event.is_remark = false;
    happen(world, event);
    assert_true(world->deed_count > deeds);
}

static void edit__counts__of_who_said_it_alone(void **state)
{
    struct world *world = *state;
    struct chat_event event = {.kind = CHAT_SAID,
                               .place.channel = work_channel(world),
                               .who.id = "U2",
                               .message = "M1",
                               .text = "the cache is cold"};

    happen(world, event);
    event.kind = CHAT_EDITED;
    event.who.id = "U3";
    event.text = "it was me";
    happen(world, event);
    assert_string_equal(look_text(world, "SELECT text " ENTRY, 0), "the cache is cold");
    event.who.id = "U2";
    event.text = "the cache is warm";
    happen(world, event);
    assert_string_equal(look_text(world, "SELECT text " ENTRY, 0), "the cache is warm");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(remark__is_recorded__and_never_run, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(edit__counts__of_who_said_it_alone, open_world,
                                        close_world),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
