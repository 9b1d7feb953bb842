/* The bot's page of a person: what waits for them, and nothing of others. */
#include "tests/unit/bot/wire_world.h"

static void command(struct world *world, const char *line)
{
    world->deed_count = 0;
    say(world, line);
    run_until(world, nothing_waits);
}

static void meet(struct world *world, const char *id, const char *name)
{
    struct chat_event event = {
        .kind = CHAT_SAID,
        .id = id,
        .at_ms = ear_now_ms(world->ears),
        .place = {.adapter = "wire", .channel = "C1", .name = "#ops"},
        .who = {.id = id, .name = name},
        .message = id,
        .text = "!inc list",
    };

    hear_event(world, &event);
    run_until(world, nothing_waits);
}

static void visit(struct world *world, const char *id, const char *name)
{
    struct chat_event event = {
        .kind = CHAT_VISITED,
        .id = arena_printf(world->arena, "V%d", world->event),
        .at_ms = ear_now_ms(world->ears),
        .place = {.adapter = "wire", .channel = id, .is_direct = true},
        .who = {.id = id, .name = name},
    };

    hear_event(world, &event);
}

static const struct note *page_of(struct world *world, const char *id, const char *name)
{
    world->deed_count = 0;
    visit(world, id, name);
    run_until(world, nothing_waits);
    return must_find(world, ACTION_HOME, "")->action.note;
}

static size_t lines_with(const struct note *note, const char *words)
{
    size_t count = 0;

    for (size_t i = 0; i < note->count; i++) {
        const char *text = note->blocks[i].text;

        count += text != NULL && strstr(text, words) != NULL ? 1 : 0;
    }
    return count;
}

static void page__says_none__when_nothing_waits(void **state)
{
    struct world *world = *state;

    assert_int_equal(lines_with(page_of(world, "U1", "ana"), "None."), 3);
}

static void page__shows_ten_and_that_there_are_more__when_many_wait(void **state)
{
    struct world *world = *state;
    const struct note *page;

    meet(world, "U2", "ben");
    command(world, "!inc declare checkout fails");
    command(world, "!inc task inc-1 @ben look at it in 10m");
    for (int i = 0; i < 11; i++) {
        command(world, arena_printf(world->arena, "!inc task inc-1 @ana step %d", i));
        command(world,
                arena_printf(world->arena,
                             "!inc followup inc-1 @ana mend %d due 2035-01-01", i));
    }
    page = page_of(world, "U1", "ana");
    assert_int_equal(lines_with(page, "inc-1 checkout fails"), 1);
    assert_int_equal(lines_with(page, ": step "), 10);
    assert_int_equal(lines_with(page, ": mend "), 10);
    assert_int_equal(lines_with(page, "And more."), 2);
    assert_int_equal(lines_with(page, "look at it"), 0);
    page = page_of(world, "U2", "ben");
    assert_int_equal(lines_with(page, "look at it (waits for your yes, due "), 1);
    assert_int_equal(lines_with(page, "step"), 0);
    assert_int_equal(lines_with(page, "mend"), 0);
    assert_int_equal(lines_with(page, "None."), 1);
}

static bool is_under_way(struct world *world)
{
    return world->deed_count > 0;
}

static bool are_settled(struct world *world)
{
    return world->settled == 4;
}

/* Whoever looks again and again behind a slow platform gets the page once more. */
static void page__waits_once__when_visited_while_it_is_drawn(void **state)
{
    struct world *world = *state;

    world->is_mute = true;
    visit(world, "U1", "ana");
    run_until(world, is_under_way);
    for (int i = 0; i < 3; i++) {
        visit(world, "U1", "ana");
    }
    run_until(world, are_settled);
    assert_int_equal(count(world, "outbox WHERE kind = 'home'"), 2);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(page__says_none__when_nothing_waits),
        IN_WORLD(page__shows_ten_and_that_there_are_more__when_many_wait),
        IN_WORLD(page__waits_once__when_visited_while_it_is_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
