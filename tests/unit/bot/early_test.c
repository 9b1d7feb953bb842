/*
 * What is chosen under a message before its platform's answer told how it is called.
 */
#include "bot/ears_inner.h"
#include "tests/unit/bot/heard.h"

#define HOUR_MS ((int64_t)60 * 60 * 1000)

/* The world at a standstill: what is said from now on gets no answer. */
static void begin(struct world *world)
{
    world->clock = (struct clock){.is_virtual = true, .now_ms = 1000000000000};
    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    say_in(world, "wire", "U1", channel_of(world), "!inc lead");
    world->is_mute = true;
}

static bool all_are_heard(struct world *world)
{
    return world->settled >= world->event;
}

static void hear_in_turn(struct world *world, struct chat_event event)
{
    event.id = arena_printf(world->arena, "E%d", world->event + 1);
    event.at_ms = ear_now_ms(world->ears);
    event.place.adapter = "wire";
    hear_event(world, &event);
    run_until(world, all_are_heard);
}

static void say_mute(struct world *world, const char *text)
{
    hear_in_turn(world, (struct chat_event){.kind = CHAT_SAID,
                                            .place = {.channel = channel_of(world)},
                                            .who = {.id = "U1"},
                                            .message = text,
                                            .text = text});
}

static const char *ref_of(struct world *world, const struct deed *deed)
{
    return arena_printf(world->arena, "ref%ld", (long)deed->row);
}

static void mark(struct world *world, const char *message)
{
    hear_in_turn(world, (struct chat_event){.kind = CHAT_REACTED,
                                            .place = {.channel = channel_of(world)},
                                            .who = {.id = "U2"},
                                            .message = message,
                                            .text = "white_check_mark"});
}

static void let_pass(struct world *world, int64_t span_ms)
{
    clock_advance(&world->clock, world->clock.now_ms + span_ms);
    ticker_wake(world->ears->ticker);
}

/* All that was unanswered gets its answer. */
static void answer_all(struct world *world)
{
    world->is_mute = false;
    for (size_t i = 0; i < world->deed_count; i++) {
        const struct deed *deed = &world->deeds[i];

        ear_outcome(
            world->ears, &world->wires[0].adapter, deed->row,
            &(struct outcome){.kind = OUTCOME_DONE, .ref = ref_of(world, deed)});
    }
    run_until(world, nothing_waits);
}

static bool is_none_held(struct world *world)
{
    return nothing_waits(world) && count(world, "early_choices") == 0;
}

static long yeses(struct world *world)
{
    return look(world, "SELECT COUNT(*) FROM tasks WHERE state = 'acked' AND $1 = 0",
                0);
}

static void mark__is_a_yes__when_its_message_had_no_name_yet(void **state)
{
    struct world *world = *state;

    begin(world);
    say_mute(world, "!inc task <@U2> look at the bank");
    mark(world, ref_of(world, must_find(world, ACTION_POST, "look at the bank")));
    let_pass(world, 5000);
    run_until(world, all_are_heard);
    assert_int_equal(yeses(world), 0);
    assert_int_equal(count(world, "early_choices"), 1);
    answer_all(world);
    let_pass(world, HOUR_MS / 30);
    run_until(world, is_none_held);
    assert_int_equal(yeses(world), 1);
}

static const struct deed *reminder(struct world *world)
{
    return find_deed(world, ACTION_POST, "Severity is unknown");
}

static bool is_reminded(struct world *world)
{
    return reminder(world) != NULL;
}

/* Done at once; what was asked says so as soon as it can be changed. */
static void press__is_told_under_its_question__when_that_had_no_name_yet(void **state)
{
    struct world *world = *state;
    const struct deed *changed;

    begin(world);
    let_pass(world, HOUR_MS / 4);
    run_until(world, is_reminded);
    hear_in_turn(world, (struct chat_event){.kind = CHAT_CHOSE,
                                            .place = {.channel = channel_of(world)},
                                            .who = {.id = "U2"},
                                            .message = ref_of(world, reminder(world)),
                                            .choice = "snooze 30m"});
    assert_int_equal(count(world, "early_choices"), 1);
    answer_all(world);
    let_pass(world, 1000);
    run_until(world, is_none_held);
    (void)must_find(world, ACTION_POST, "I ask again");
    changed = must_find(world, ACTION_AMEND, "Severity is unknown");
    assert_string_equal(changed->action.about, ref_of(world, reminder(world)));
    assert_non_null(
        strstr(changed->action.note->blocks[changed->action.note->count - 1].text,
               "U2 chose Snooze"));
}

static void mark__is_forgotten__when_it_was_under_anothers_message(void **state)
{
    struct world *world = *state;

    begin(world);
    mark(world, "M7");
    assert_int_equal(count(world, "early_choices"), 0);
    say_mute(world, "!inc task <@U2> look at the bank");
    mark(world, "M7");
    assert_int_equal(count(world, "early_choices"), 1);
    answer_all(world);
    let_pass(world, 1000);
    run_until(world, is_none_held);
    assert_int_equal(yeses(world), 0);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(mark__is_a_yes__when_its_message_had_no_name_yet),
        TEST(press__is_told_under_its_question__when_that_had_no_name_yet),
        TEST(mark__is_forgotten__when_it_was_under_anothers_message),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
