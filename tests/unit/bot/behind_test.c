/* What a channel is told while the bot reads up what was said there without it. */
#include "bot/base/text.h"
#include "tests/unit/bot/wire_world.h"

static const char *declared(struct world *world)
{
    say(world, "!inc declare checkout fails");
    run_until(world, nothing_waits);
    world->deed_count = 0;
    return look_text(world, "SELECT channel FROM incidents WHERE $1 = 0 OR id = 1", 0);
}

/* What it brings about: the last deed; NULL: nothing. */
static const struct deed *behind(struct world *world, const char *channel,
                                 enum ear_behind_state state, const char *why)
{
    world->deed_count = 0;
    ear_behind(world->ears, &world->wires[0].adapter,
               &(struct ear_behind){.channel = channel,
                                    .state = state,
                                    .why = why,
                                    .from_ms = TIME_DAY_MS,
                                    .to_ms = 2 * TIME_DAY_MS});
    run_until(world, nothing_waits);
    return world->deed_count == 0 ? NULL : &world->deeds[world->deed_count - 1];
}

static void must_be(const struct deed *deed, enum action_kind kind, const char *words)
{
    const struct note *note;
    bool says = false;

    assert_non_null(deed);
    assert_int_equal(deed->kind, kind);
    note = deed->action.note;
    for (size_t i = 0; i < note->count; i++) {
        says = says || strstr(text_or(note->blocks[i].text, ""), words) != NULL;
    }
    if (!says) {
        fail_msg("\"%s\" ... does not say \"%s\"", deed->text, words);
    }
}

/* One message for each time it was away. */
static void channel__has_one_message__that_changes_until_it_is_over(void **state)
{
    struct world *world = *state;
    const char *channel = declared(world);

    must_be(behind(world, channel, BEHIND_WAITING, NULL), ACTION_POST, "bit by bit");
    must_be(behind(world, channel, BEHIND_WAITING, "busy"), ACTION_AMEND,
            "I can't read it at the moment: busy.");
    must_be(behind(world, channel, BEHIND_THREADS, NULL), ACTION_AMEND, "in threads");
    must_be(behind(world, channel, BEHIND_OVER, NULL), ACTION_AMEND,
            "nothing is missing on the timeline any more");
    must_be(behind(world, channel, BEHIND_GIVEN_UP, "not allowed"), ACTION_POST,
            "It could not be read: not allowed.");
}

static void channel__is_told_nothing__when_nothing_was_missing(void **state)
{
    struct world *world = *state;

    assert_null(behind(world, declared(world), BEHIND_OVER, NULL));
    assert_null(behind(world, "C9", BEHIND_WAITING, NULL)); /* of no incident */
}

static void channels__are_told__when_the_place_is_lost(void **state)
{
    struct world *world = *state;
    const char *channel = declared(world);

    ear_lost(world->ears, &world->wires[0].adapter);
    run_until(world, nothing_waits);
    assert_int_equal(world->deed_count, 1);
    must_be(&world->deeds[0], ACTION_POST, "I lost my place");
    assert_string_equal(world->deeds[0].channel, channel);
    world->deed_count = 0;
    ear_lost(world->ears, &world->wires[1].adapter); /* which has none */
    say(world, "!inc list");
    run_until(world, nothing_waits);
    assert_null(find_deed(world, ACTION_POST, "I lost my place"));
}

/* Words that the store can't keep now are told when it can: the platform asks again. */
static void channel__is_told_later__when_the_store_fails(void **state)
{
    struct world *world = *state;
    const char *channel = declared(world);
    bool is_told = false;
    int64_t n = 0;

    world->clock = (struct clock){.is_virtual = true, .now_ms = time_now_ms()};
    while (!is_told) {
        db_fail_after(world->store.db, ++n);
        is_told = behind(world, channel, BEHIND_WAITING, NULL) != NULL;
        assert_true(n < 100);
    }
    db_fail_after(world->store.db, 0);
    assert_true(n > 5);
    assert_int_equal(world->deed_count, 1);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(channel__has_one_message__that_changes_until_it_is_over),
        IN_WORLD(channel__is_told_nothing__when_nothing_was_missing),
        IN_WORLD(channels__are_told__when_the_place_is_lost),
        IN_WORLD(channel__is_told_later__when_the_store_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
