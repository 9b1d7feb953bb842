/*
 * An incident's channel becomes another, or is known by another id, through the whole
 * bot.
 */
#include "tests/unit/bot/channel_world.h"

static struct chat_event move(const char *from, const char *to)
{
    struct chat_event event = about(CHAT_MOVED, from);

    event.text = to;
    return event;
}

static void incident__goes_on_there__when_its_channel_moves(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);
    size_t pins = deeds_of(world, ACTION_PIN);

    say(world, "!inc task inc-1 @ana look at the queue");
    run_until(world, nothing_waits);
    world->fates[ACTION_JOIN] =
        (struct fate){.kind = OUTCOME_DONE, .ref = "!new", .left = 1};
    happen(world, move(channel, "!new"));
    assert_string_equal(last_deed(world, ACTION_JOIN)->channel, "!new");
    assert_string_equal(last_deed(world, ACTION_JOIN)->action.about_channel, channel);
    assert_string_equal(channel_now(world), "!new");
    assert_int_equal(entries_like(world, "goes on as !new"), 1);
    assert_int_equal(deeds_of(world, ACTION_PIN), pins + 1);
    assert_string_equal(last_deed(world, ACTION_PIN)->action.about_channel, "!new");
    assert_string_equal(last_deed(world, ACTION_SET_TOPIC)->channel, "!new");
    /* Nothing is tried twice. */
    happen(world, move(channel, "!new"));
    assert_int_equal(deeds_of(world, ACTION_JOIN), 1);
    /* What was posted there is changed there. */
    say(world, "!inc ack inc-1 1");
    run_until(world, nothing_waits);
    for (size_t i = 0; i < world->deed_count; i++) {
        const struct deed *deed = &world->deeds[i];

        if (deed->kind == ACTION_AMEND && strstr(deed->text, "Task 1") != NULL) {
            assert_string_equal(deed->action.about_channel, channel);
            return;
        }
    }
    fail_msg("the card of the task was not changed");
}

/* Who is in it; who left stays where they are, and whoever we can't reach. */
static void people__are_asked_along__when_the_channel_moves(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);
    struct chat_event event = about(CHAT_JOINED, channel);

    happen(world, event);
    event.who = (struct chat_person){.id = "U8", .name = "bo"};
    happen(world, event);
    event.kind = CHAT_LEFT;
    happen(world, event);
    world->deed_count = 0;
    world->fates[ACTION_JOIN] =
        (struct fate){.kind = OUTCOME_DONE, .ref = "!new", .left = 1};
    happen(world, move(channel, "!new"));
    assert_int_equal(deeds_of(world, ACTION_INVITE), 2);
    for (size_t i = 0; i < world->deed_count; i++) {
        if (world->deeds[i].kind == ACTION_INVITE) {
            assert_string_equal(world->deeds[i].channel, "!new");
            assert_string_not_equal(world->deeds[i].action.person, "U8");
        }
    }
}

/* The old card, changed while the bot was on its way, would be changed for nobody. */
static void card__is_said_anew__when_changed_on_the_way(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);
    struct chat_event event = move(channel, "!new");

    world->deed_count = 0;
    world->fates[ACTION_JOIN] = (struct fate){.kind = OUTCOME_AGAIN, .left = 1};
    event.place.adapter = "wire";
    event.id = "moved";
    hear_event(world, &event);
    run_until(world, is_heard);
    say(world, "!inc severity inc-1 sev2");
    run_until(world, nothing_waits);
    assert_int_equal(deeds_of(world, ACTION_AMEND), 0);
    assert_non_null(strstr(last_deed(world, ACTION_SET_TOPIC)->action.topic, "sev2"));
    say(world, "!inc severity inc-1 sev1");
    run_until(world, nothing_waits);
    assert_string_not_equal(channel_now(world), channel);
    assert_string_equal(last_deed(world, ACTION_AMEND)->action.about_channel,
                        channel_now(world));
}

static void incident__says_so__when_the_bot_cant_follow(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);

    world->fates[ACTION_JOIN] =
        (struct fate){.kind = OUTCOME_NEVER, .why = "by invitation only", .left = 1};
    happen(world, move(channel, "!new"));
    assert_string_equal(channel_now(world), channel);
    assert_int_equal(entries_like(world, "could not follow: by invitation only"), 1);
    told_lead(world, 1, "by invitation only");
    world->fates[ACTION_JOIN] =
        (struct fate){.kind = OUTCOME_DONE, .ref = "!new", .left = 1};
    happen(world, invitation("!new", true, false));
    assert_string_equal(last_deed(world, ACTION_JOIN)->action.about_channel, channel);
    assert_string_equal(channel_now(world), "!new");
}

static void incident__stays_where_it_is__when_it_would_move_into_another(void **state)
{
    struct world *world = *state;
    const char *other = declare(world);
    const char *channel = declare(world);

    happen(world, move(channel, other));
    assert_int_equal(deeds_of(world, ACTION_JOIN), 0);
    assert_string_equal(channel_now(world), channel);
    assert_int_equal(entries_like(world, "channel of another incident"), 1);
}

static struct chat_event rekey(const char *from, const char *to)
{
    struct chat_event event = about(CHAT_REKEYED, from);
    event.text = to;
    return event;
}

/* Where it was, with its card: nobody is asked along, nothing is said anew. */
static void incident__goes_on_as_it_was__when_its_channel_has_another_id(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);
    size_t pins = deeds_of(world, ACTION_PIN);

    happen(world, rekey(channel, "!new"));
    happen(world, rekey(channel, "!new"));
    assert_string_equal(channel_now(world), "!new");
    assert_int_equal(entries_like(world, "its id is !new now"), 1);
    assert_int_equal(deeds_of(world, ACTION_JOIN), 0);
    assert_int_equal(deeds_of(world, ACTION_PIN), pins);
    say(world, "!inc severity inc-1 sev1");
    run_until(world, nothing_waits);
    assert_string_equal(last_deed(world, ACTION_AMEND)->action.about_channel, "!new");
}

static void incident__stays_where_it_is__when_the_id_is_of_another(void **state)
{
    struct world *world = *state;
    const char *other = declare(world);
    const char *channel = declare(world);

    happen(world, rekey(channel, other));
    assert_string_equal(channel_now(world), channel);
    assert_int_equal(entries_like(world, "its id is"), 0);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(incident__goes_on_there__when_its_channel_moves),
        IN_WORLD(people__are_asked_along__when_the_channel_moves),
        IN_WORLD(card__is_said_anew__when_changed_on_the_way),
        IN_WORLD(incident__says_so__when_the_bot_cant_follow),
        IN_WORLD(incident__stays_where_it_is__when_it_would_move_into_another),
        IN_WORLD(incident__goes_on_as_it_was__when_its_channel_has_another_id),
        IN_WORLD(incident__stays_where_it_is__when_the_id_is_of_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
