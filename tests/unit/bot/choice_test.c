/*
 * A button pressed under a question of the bot: what becomes of the question.
 */
#include "tests/unit/bot/heard.h"

/* The words of the last change of what was asked; NULL: it stands as it was. */
static const char *changed(struct world *world, const struct deed *asked)
{
    const char *ref = arena_printf(world->arena, "ref%ld", (long)asked->row);

    for (size_t i = world->deed_count; i > 0; i--) {
        const struct action *action = &world->deeds[i - 1].action;

        if (world->deeds[i - 1].kind == ACTION_AMEND &&
            strcmp(action->about, ref) == 0) {
            return action->note->blocks[action->note->count - 1].text;
        }
    }
    return NULL;
}

static void choose(struct world *world, const char *who, const struct deed *asked,
                   const char *choice)
{
    do_event(world,
             (struct chat_event){
                 .kind = CHAT_CHOSE,
                 .place = {.adapter = "wire",
                           .channel = arena_printf(world->arena, "D%s", who),
                           .is_direct = true},
                 .who = {.id = who},
                 .message = arena_printf(world->arena, "ref%ld", (long)asked->row),
                 .choice = choice,
             });
}

static void choose_here(struct world *world, const struct deed *asked,
                        const char *choice)
{
    do_event(world,
             (struct chat_event){
                 .kind = CHAT_CHOSE,
                 .place = {.adapter = "wire", .channel = channel_of(world)},
                 .who = {.id = "U2"},
                 .message = arena_printf(world->arena, "ref%ld", (long)asked->row),
                 .choice = choice,
             });
}

/* U2 was asked to lead, then U3 instead. */
static void ask_two(struct world *world, const struct deed *asked[2])
{
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    say_in(world, "wire", "U1", channel, "!inc lead");
    say_in(world, "wire", "U1", channel, "!inc handoff <@U2>");
    asked[0] = must_find(world, ACTION_DIRECT, "asks you to lead");
    say_in(world, "wire", "U1", channel, "!inc handoff <@U3>");
    asked[1] = must_find(world, ACTION_DIRECT, "asks you to lead");
    assert_ptr_not_equal(asked[0], asked[1]);
}

static void press__takes_the_buttons_away__when_it_was_done(void **state)
{
    struct world *world = *state;
    const struct deed *asked[2];

    ask_two(world, asked);
    choose(world, "U3", asked[1], "Accept");
    assert_non_null(changed(world, asked[1]));
    assert_non_null(strstr(changed(world, asked[1]), "You chose Accept"));
}

static void press__changes_nothing__when_it_was_refused(void **state)
{
    struct world *world = *state;
    const struct deed *asked[2];

    ask_two(world, asked);
    assert_non_null(strstr(changed(world, asked[0]), "It waited for your yes until"));
    choose(world, "U2", asked[0], "Accept");
    assert_non_null(strstr(changed(world, asked[0]), "It waited for your yes until"));
    (void)must_find(world, ACTION_DIRECT, "waits for your yes no more");
}

static bool is_reminded(struct world *world)
{
    return world->deed_count > 0 &&
           strstr(world->deeds[world->deed_count - 1].text, "Nobody leads yet") != NULL;
}

/* All in the channel see who it was. */
static void press__is_the_answer_to_a_reminder__when_it_puts_it_off(void **state)
{
    struct world *world = *state;
    const struct deed *asked;

    world->config->nudges.no_commander_ms = 1;
    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    run_until(world, is_reminded);
    asked = &world->deeds[world->deed_count - 1];
    choose_here(world, asked, "Snooze");
    (void)must_find(world, ACTION_POST, "I ask again");
    assert_non_null(changed(world, asked));
    assert_non_null(strstr(changed(world, asked), "U2 chose Snooze"));
}

static long silences_wanted;

static bool are_told(struct world *world)
{
    long told = 0;

    for (size_t i = 0; i < world->deed_count; i++) {
        told += strstr(world->deeds[i].text, "has not answered") != NULL ? 1 : 0;
    }
    return told >= silences_wanted && nothing_waits(world);
}

/* U1 leads, and hears that two tasks are not answered; the message about the first. */
static const struct deed *remind_twice(struct world *world)
{
    const char *channel;

    world->config->nudges.task_silent_ms = 1;
    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    say_in(world, "wire", "U1", channel, "!inc lead");
    say_in(world, "wire", "U1", channel, "!inc task <@U2> look at the bank");
    silences_wanted = 1;
    run_until(world, are_told);
    say_in(world, "wire", "U1", channel, "!inc task <@U3> count them");
    silences_wanted = 2;
    run_until(world, are_told);
    return must_find(world, ACTION_DIRECT, "task 1 (look at the bank)");
}

static void press__takes_the_buttons_away__when_a_task_is_offered_anew(void **state)
{
    struct world *world = *state;
    const struct deed *asked;
    const char *channel;

    world->config->nudges.task_silent_ms = 1;
    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    say_in(world, "wire", "U3", channel, "here");
    say_in(world, "wire", "U1", channel, "!inc lead");
    say_in(world, "wire", "U1", channel, "!inc task <@U2> look at the bank");
    silences_wanted = 1;
    run_until(world, are_told);
    asked = must_find(world, ACTION_DIRECT, "has not answered");
    choose(world, "U1", asked, "Offer to U3");
    assert_non_null(changed(world, asked));
    assert_non_null(strstr(changed(world, asked), "You chose Offer to U3"));
}

static bool is_overdue(struct world *world)
{
    return nothing_waits(world) && world->deed_count > 0 &&
           look(world,
                "SELECT COUNT(*) FROM nudges WHERE kind = 'task-overdue' "
                "AND $1 = 0",
                0) == 1;
}

/* A task of U2's whose time has passed; what says so. */
static const struct deed *let_pass(struct world *world)
{
    const char *channel;

    world->clock = (struct clock){.is_virtual = true, .now_ms = time_now_ms()};
    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    say_in(world, "wire", "U1", channel, "!inc task <@U2> look at the bank in 4m");
    say_in(world, "wire", "U2", channel, "!inc ack 1");
    clock_advance(&world->clock, world->clock.now_ms + 4 * TIME_MINUTE_MS);
    say_in(world, "wire", "U1", channel, "!inc task <@U3> count them");
    run_until(world, is_overdue);
    return must_find(world, ACTION_POST, "More time, help, or done?");
}

static void press__takes_the_buttons_away__when_it_gives_more_time(void **state)
{
    struct world *world = *state;
    const struct deed *asked = let_pass(world);

    choose_here(world, asked, "10 min more");
    (void)must_find(world, ACTION_POST, "now by");
    assert_non_null(changed(world, asked));
    assert_non_null(strstr(changed(world, asked), "U2 chose 10 min more"));
}

static long quiets(struct world *world, const char *of)
{
    return look(world,
                arena_printf(world->arena,
                             "SELECT COUNT(*) FROM quiets WHERE kind LIKE '%s%%' AND "
                             "$1 = 0",
                             of),
                0);
}

static void press__puts_off_its_own_reminder__when_a_later_one_came(void **state)
{
    struct world *world = *state;

    choose(world, "U1", remind_twice(world), "Snooze");
    (void)must_find(world, ACTION_DIRECT, "I ask again");
    assert_int_equal(quiets(world, "task-silent/1"), 1);
    assert_int_equal(quiets(world, ""), 1);
}

static void refused(struct world *world, const struct deed *asked, const char *words)
{
    choose(world, "U1", asked, "Snooze");
    (void)must_find(world, ACTION_DIRECT, words);
    assert_null(changed(world, asked));
    assert_int_equal(quiets(world, ""), 0);
}

static void press__changes_nothing__when_what_it_reminds_of_was_answered(void **state)
{
    struct world *world = *state;
    const struct deed *asked = remind_twice(world);

    say_in(world, "wire", "U2", channel_of(world), "!inc ack 1");
    refused(world, asked, "That reminder is over. Nothing was changed.");
}

static void press__changes_nothing__when_the_task_was_offered_anew(void **state)
{
    struct world *world = *state;
    const struct deed *asked = remind_twice(world);

    world->config->nudges.task_silent_ms = TIME_MINUTE_MS;
    say_in(world, "wire", "U1", channel_of(world), "!inc task <@U4> 1");
    refused(world, asked, "That reminder is over. Nothing was changed.");
}

static void press__changes_nothing__when_there_was_more_time(void **state)
{
    struct world *world = *state;
    const struct deed *asked = let_pass(world);

    say_in(world, "wire", "U2", channel_of(world), "!inc task <@U2> 1 in 10m");
    choose_here(world, asked, "Snooze");
    (void)must_find(world, ACTION_WHISPER, "That reminder is over.");
    assert_null(changed(world, asked));
    assert_int_equal(quiets(world, ""), 0);
}

static void press__changes_nothing__when_the_incident_is_closed(void **state)
{
    struct world *world = *state;
    const struct deed *asked = remind_twice(world);

    say_in(world, "wire", "U1", channel_of(world), "!inc resolve");
    refused(world, asked, "That reminder is over. Nothing was changed.");
}

static void press__changes_nothing__when_command_moved_on(void **state)
{
    struct world *world = *state;
    const struct deed *asked = remind_twice(world);

    say_in(world, "wire", "U1", channel_of(world), "!inc handoff <@U4>");
    say_in(world, "wire", "U4", channel_of(world), "!inc accept");
    refused(world, asked, "That reminder is over. Nothing was changed.");
}

static long asked(struct world *world)
{
    return look(world,
                "SELECT COUNT(*) FROM nudges WHERE kind = 'commander-long' AND $1 = 0",
                0);
}

static bool is_asked(struct world *world)
{
    return nothing_waits(world) && asked(world) == 1;
}

static bool is_asked_twice(struct world *world)
{
    return nothing_waits(world) && asked(world) == 2;
}

/* The hour until the next is over; what is said has the ticker look. */
static void ask_again(struct world *world)
{
    struct err err;

    assert_true(store_run(&world->store, NULL, &err,
                          "UPDATE alarms SET due_ms = $1 WHERE kind = 'commander-long'",
                          DB_ARGS(DB_INT(ear_now_ms(world->ears)))));
    say_in(world, "wire", "U1", channel_of(world), "!inc severity sev1");
    run_until(world, is_asked_twice);
}

static const struct deed *first_with(struct world *world, const char *words)
{
    for (size_t i = 0; i < world->deed_count; i++) {
        if (strstr(world->deeds[i].text, words) != NULL) {
            return &world->deeds[i];
        }
    }
    fail_msg("nothing says \"%s\"", words);
    return NULL;
}

static void press__changes_nothing__when_the_same_was_said_later(void **state)
{
    struct world *world = *state;
    struct config_nudges *nudges = &world->config->nudges;

    nudges->commander_day_ms = nudges->commander_night_ms = 1;
    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    say_in(world, "wire", "U1", channel_of(world), "!inc lead");
    run_until(world, is_asked);
    ask_again(world);
    refused(world, first_with(world, "you have led for"), "A later reminder says");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(press__takes_the_buttons_away__when_it_was_done),
        IN_WORLD(press__changes_nothing__when_it_was_refused),
        IN_WORLD(press__is_the_answer_to_a_reminder__when_it_puts_it_off),
        IN_WORLD(press__takes_the_buttons_away__when_a_task_is_offered_anew),
        IN_WORLD(press__takes_the_buttons_away__when_it_gives_more_time),
        IN_WORLD(press__puts_off_its_own_reminder__when_a_later_one_came),
        IN_WORLD(press__changes_nothing__when_what_it_reminds_of_was_answered),
        IN_WORLD(press__changes_nothing__when_the_task_was_offered_anew),
        IN_WORLD(press__changes_nothing__when_there_was_more_time),
        IN_WORLD(press__changes_nothing__when_the_incident_is_closed),
        IN_WORLD(press__changes_nothing__when_command_moved_on),
        IN_WORLD(press__changes_nothing__when_the_same_was_said_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
