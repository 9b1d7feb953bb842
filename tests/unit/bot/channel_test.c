/*
 * Where the bot goes and what befalls an incident's channel, through the whole bot.
 */
#include "tests/unit/bot/channel_world.h"

static void invitation__is_followed__when_it_is_trusted(void **state)
{
    struct world *world = *state;

    happen(world, invitation("!a", true, false));
    assert_int_equal(world->deed_count, 1);
    assert_string_equal(last_deed(world, ACTION_JOIN)->channel, "!a");
    assert_null(last_deed(world, ACTION_JOIN)->action.about_channel);
}

static void invitation__is_declined_without_a_word__when_it_is_not(void **state)
{
    struct world *world = *state;

    happen(world, invitation("!a", false, true));
    assert_int_equal(world->deed_count, 1);
    assert_string_equal(last_deed(world, ACTION_LEAVE)->channel, "!a");
    assert_non_null(last_deed(world, ACTION_LEAVE)->action.topic);
    assert_int_equal(count(world, "people"), 0);
}

static void invitation__is_left_with_one_notice__when_the_room_is_sealed(void **state)
{
    struct world *world = *state;

    declare(world);
    happen(world, invitation("!a", true, true));
    assert_string_equal(last_deed(world, ACTION_LEAVE)->channel, "!a");
    assert_int_equal(deeds_of(world, ACTION_JOIN), 0);
    assert_int_equal(deeds_of(world, ACTION_DIRECT), 1);
    assert_string_equal(last_deed(world, ACTION_DIRECT)->action.person, "U7");
    assert_null(strstr(last_deed(world, ACTION_DIRECT)->text, "inc-1"));
}

static struct chat_event invite_and_wait(struct world *world)
{
    struct chat_event event = invitation("!a", true, false);

    world->fates[ACTION_JOIN] = (struct fate){.kind = OUTCOME_AGAIN, .left = 1};
    event.place.adapter = "wire";
    event.id = "first";
    hear_event(world, &event);
    run_until(world, is_heard);
    return event;
}

static void invitation__is_done_once__when_heard_twice(void **state)
{
    struct world *world = *state;
    struct chat_event event = invite_and_wait(world);

    event.id = "second";
    hear_event(world, &event);
    run_until(world, nothing_waits);
    assert_int_equal(count(world, "outbox"), 1);
}

static void channel__is_not_come_back_to__when_taken_out_before_we_came(void **state)
{
    struct world *world = *state;

    (void)invite_and_wait(world);
    happen(world, about(CHAT_REMOVED, "!a"));
    assert_int_equal(deeds_of(world, ACTION_JOIN), 1);
    happen(world, invitation("!a", true, false));
    assert_int_equal(deeds_of(world, ACTION_JOIN), 2);
}

/* Heard twice, it is one entry and one word to who leads. */
static void befalls_once(struct world *world, enum chat_kind kind, const char *entry,
                         const char *told)
{
    const char *channel = declare(world);

    happen(world, about(kind, channel));
    happen(world, about(kind, channel));
    assert_int_equal(entries_like(world, entry), 1);
    told_lead(world, 1, told);
}

static void removal__is_recorded_and_told_once__when_the_incident_is_open(void **state)
{
    struct world *world = *state;

    befalls_once(world, CHAT_REMOVED, "was taken out of the channel",
                 "invite me there");
    assert_int_equal(deeds_of(world, ACTION_JOIN), 0);
}

static void removal__is_over__when_the_bot_is_invited_back(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);

    happen(world, about(CHAT_REMOVED, channel));
    happen(world, invitation(channel, true, false));
    assert_string_equal(last_deed(world, ACTION_JOIN)->channel, channel);
    assert_int_equal(entries_like(world, "the bot is back"), 1);
    happen(world, invitation(channel, true, false));
    assert_int_equal(entries_like(world, "the bot is back"), 1);
    happen(world, about(CHAT_REMOVED, channel));
    assert_int_equal(entries_like(world, "was taken out of the channel"), 2);
    told_lead(world, 2, "invite me there");
}

static void sealing__is_recorded_and_told_once__in_an_incidents_channel(void **state)
{
    struct world *world = *state;

    befalls_once(world, CHAT_SEALED, "the channel was encrypted", "encrypted now");
    assert_int_equal(deeds_of(world, ACTION_LEAVE), 0);
}

static void refused_posts__are_one_entry__when_they_fail_alike(void **state)
{
    struct world *world = *state;
    const char *channel = declare(world);

    happen(world, about(CHAT_SEALED, channel));
    world->fates[ACTION_POST] = (struct fate){
        .kind = OUTCOME_NEVER, .why = "the channel is encrypted", .left = 20};
    say(world, "!inc severity inc-1 sev2");
    run_until(world, nothing_waits);
    say(world, "!inc lead inc-1");
    run_until(world, nothing_waits);
    assert_true(world->fates[ACTION_POST].left < 19);
    assert_int_equal(entries_like(world, "did not get out: the channel is encrypted"),
                     1);
}

/* The bot lost its power there: silent to all, it must not be silent about it. */
static void refused_post__is_told_once__to_who_leads(void **state)
{
    struct world *world = *state;

    (void)declare(world);
    world->fates[ACTION_POST] = (struct fate){
        .kind = OUTCOME_NEVER, .why = "the bot may not do that there", .left = 20};
    say(world, "!inc severity inc-1 sev2");
    run_until(world, nothing_waits);
    say(world, "!inc lead inc-1");
    run_until(world, nothing_waits);
    told_lead(world, 1, "the bot may not do that there");
}

static void sealed_room__is_left__when_it_is_no_incidents(void **state)
{
    struct world *world = *state;

    happen(world, about(CHAT_SEALED, "!ops"));
    assert_string_equal(last_deed(world, ACTION_LEAVE)->channel, "!ops");
    assert_string_equal(last_deed(world, ACTION_DIRECT)->action.person, "U7");
}

static void channel__is_opened_with_the_first_ten__of_those_invited(void **state)
{
    struct world *world = *state;
    const struct action *open;
    char line[64];

    say(world, "!inc declare checkout fails");
    for (int i = 0; i < 11; i++) {
        snprintf(line, sizeof(line), "!inc invite inc-1 <@U%d>", 20 + i);
        say(world, line);
    }
    run_until(world, nothing_waits);
    open = &last_deed(world, ACTION_OPEN_CHANNEL)->action;
    assert_int_equal(open->person_count, ACTION_PEOPLE);
    assert_string_equal(open->people[0], "U1");
    assert_string_equal(open->people[9], "U28");
    assert_int_equal(deeds_of(world, ACTION_INVITE), 12);
}

static void channel__is_private__where_the_incident_is(void **state)
{
    struct world *world = *state;

    say(world, "!inc declare checkout fails");
    run_until(world, nothing_waits);
    assert_false(last_deed(world, ACTION_OPEN_CHANNEL)->action.private);
    say(world, "!inc declare a leak --private");
    run_until(world, nothing_waits);
    assert_true(last_deed(world, ACTION_OPEN_CHANNEL)->action.private);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(invitation__is_followed__when_it_is_trusted),
        IN_WORLD(invitation__is_declined_without_a_word__when_it_is_not),
        IN_WORLD(invitation__is_left_with_one_notice__when_the_room_is_sealed),
        IN_WORLD(invitation__is_done_once__when_heard_twice),
        IN_WORLD(channel__is_not_come_back_to__when_taken_out_before_we_came),
        IN_WORLD(removal__is_recorded_and_told_once__when_the_incident_is_open),
        IN_WORLD(removal__is_over__when_the_bot_is_invited_back),
        IN_WORLD(sealing__is_recorded_and_told_once__in_an_incidents_channel),
        IN_WORLD(refused_posts__are_one_entry__when_they_fail_alike),
        IN_WORLD(refused_post__is_told_once__to_who_leads),
        IN_WORLD(sealed_room__is_left__when_it_is_no_incidents),
        IN_WORLD(channel__is_opened_with_the_first_ten__of_those_invited),
        IN_WORLD(channel__is_private__where_the_incident_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
