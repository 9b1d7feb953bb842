/* A message that somebody asks to keep: where it goes, and where it does not. */
#include "tests/unit/bot/wire_world.h"

static void command(struct world *world, const char *line)
{
    say(world, line);
    run_until(world, nothing_waits);
}

/* Somebody's message, kept by another. */
static const char *keep(struct world *world, const char *channel, const char *who,
                        const char *message)
{
    struct chat_event event = {
        .kind = CHAT_KEPT,
        .id = arena_printf(world->arena, "K%d", world->event),
        .at_ms = ear_now_ms(world->ears),
        .place = {.adapter = "wire", .channel = channel, .name = "#ops"},
        .who = {.id = who, .name = who},
        .author = {.name = "alarms"},
        .message = message,
        .text = "the disk is full",
    };

    world->deed_count = 0;
    hear_event(world, &event);
    run_until(world, nothing_waits);
    return world->deed_count == 0 ? "" : world->deeds[world->deed_count - 1].text;
}

static const char *channel_of(struct world *world, int64_t id)
{
    return look_text(world, "SELECT channel FROM incidents WHERE id = $1", id);
}

static const char kept_sql[] =
    "SELECT COUNT(*) FROM timeline WHERE text LIKE '%the disk is full' AND $1 = 0";

static void message__is_kept_nowhere__when_its_keeper_is_in_no_incident(void **state)
{
    struct world *world = *state;

    command(world, "!inc declare checkout fails");
    assert_non_null(
        strstr(keep(world, "C1", "U9", "m1"), "You are in no open incident"));
    assert_int_equal(look(world, kept_sql, 0), 0);
}

static void message__is_kept_there__when_its_keeper_is_in_one(void **state)
{
    struct world *world = *state;

    command(world, "!inc declare checkout fails");
    assert_non_null(
        strstr(keep(world, "C1", "U1", "m1"), "Kept on the timeline of inc-1"));
    assert_string_equal(
        look_text(world, "SELECT text FROM timeline WHERE kind = 'note' AND $1 = 0", 0),
        "alarms in #ops: the disk is full");
}

static void keeper__is_asked_which__when_in_several(void **state)
{
    struct world *world = *state;
    const struct note *note;

    command(world, "!inc declare checkout fails");
    command(world, "!inc declare search fails");
    assert_non_null(strstr(keep(world, "C1", "U1", "m1"), "On whose timeline?"));
    note = world->deeds[world->deed_count - 1].action.note;
    assert_int_equal(note->count, 3);
    assert_int_equal(look(world, kept_sql, 0), 0);
}

/* Not even that it is one of a number is told. */
static void message__stays_out__when_a_stranger_keeps_it_in_a_private_one(void **state)
{
    struct world *world = *state;

    command(world, "!inc declare checkout fails --private");
    assert_string_equal(keep(world, channel_of(world, 1), "U9", "m1"),
                        "This place is by invitation. Nothing was changed.");
    assert_int_equal(look(world, kept_sql, 0), 0);
    assert_non_null(
        strstr(keep(world, channel_of(world, 1), "U1", "m1"), "Kept on the timeline"));
    assert_int_equal(look(world, kept_sql, 0), 1);
}

static void entry__is_pinned_once__when_kept_twice(void **state)
{
    struct world *world = *state;
    const char *channel;

    command(world, "!inc declare checkout fails");
    channel = channel_of(world, 1);
    hear(world, CHAT_SAID, channel, "m1", "the disk is full");
    run_until(world, nothing_waits);
    assert_non_null(strstr(keep(world, channel, "U1", "m1"), "Key moment"));
    assert_string_equal(keep(world, channel, "U1", "m1"),
                        "It is a key moment already.");
    assert_int_equal(look(world, kept_sql, 0), 1);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(message__is_kept_nowhere__when_its_keeper_is_in_no_incident),
        IN_WORLD(message__is_kept_there__when_its_keeper_is_in_one),
        IN_WORLD(keeper__is_asked_which__when_in_several),
        IN_WORLD(message__stays_out__when_a_stranger_keeps_it_in_a_private_one),
        IN_WORLD(entry__is_pinned_once__when_kept_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
