/*
 * A button pressed under a question of the bot: what becomes of the question.
 */
#include "tests/unit/bot/heard.h"

static const struct deed *find_deed(struct world *world, enum action_kind kind,
                                    const char *words)
{
    for (size_t i = world->deed_count; i > 0; i--) {
        const struct deed *deed = &world->deeds[i - 1];

        if (deed->kind == kind && strstr(deed->text, words) != NULL) {
            return deed;
        }
    }
    fail_msg("no %s says \"%s\"", action_kind_name(kind), words);
    return NULL;
}

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

/* U2 was asked to lead, then U3 instead. */
static void ask_two(struct world *world, const struct deed *asked[2])
{
    const char *channel;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    channel = channel_of(world);
    say_in(world, "wire", "U1", channel, "!inc lead");
    say_in(world, "wire", "U1", channel, "!inc handoff <@U2>");
    asked[0] = find_deed(world, ACTION_DIRECT, "asks you to lead");
    say_in(world, "wire", "U1", channel, "!inc handoff <@U3>");
    asked[1] = find_deed(world, ACTION_DIRECT, "asks you to lead");
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

static void press__leaves_the_question__when_it_was_refused(void **state)
{
    struct world *world = *state;
    const struct deed *asked[2];

    ask_two(world, asked);
    choose(world, "U2", asked[0], "Accept");
    assert_null(changed(world, asked[0]));
    (void)find_deed(world, ACTION_DIRECT, "waits for your yes no more");
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
    do_event(world,
             (struct chat_event){
                 .kind = CHAT_CHOSE,
                 .place = {.adapter = "wire", .channel = channel_of(world)},
                 .who = {.id = "U2", .name = "ben"},
                 .message = arena_printf(world->arena, "ref%ld", (long)asked->row),
                 .choice = "Snooze",
             });
    (void)find_deed(world, ACTION_POST, "I ask again");
    assert_non_null(changed(world, asked));
    assert_non_null(strstr(changed(world, asked), "ben chose Snooze"));
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(press__takes_the_buttons_away__when_it_was_done),
        IN_WORLD(press__leaves_the_question__when_it_was_refused),
        IN_WORLD(press__is_the_answer_to_a_reminder__when_it_puts_it_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
