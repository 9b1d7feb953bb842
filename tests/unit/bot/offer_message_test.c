/*
 * What somebody was asked with: its buttons go once the offer is settled, pressed or
 * not.
 */
#include "tests/unit/bot/heard.h"

/* What was asked as it reads now: as sent, or as last changed. */
static const struct note *reads(struct world *world, const struct deed *asked)
{
    const char *ref = arena_printf(world->arena, "ref%ld", (long)asked->row);
    const struct note *note = asked->action.note;

    for (size_t i = 0; i < world->deed_count; i++) {
        const struct deed *deed = &world->deeds[i];

        if (deed->kind == ACTION_AMEND && strcmp(deed->action.about, ref) == 0) {
            note = deed->action.note;
        }
    }
    return note;
}

static void must_end_with(struct world *world, const struct deed *asked,
                          const char *words)
{
    const struct note *note = reads(world, asked);

    assert_null(note_marked(note));
    assert_non_null(strstr(note->blocks[note->count - 1].text, words));
}

/* U1 leads, and offers that to U2. */
static const struct deed *ask(struct world *world)
{
    const struct deed *asked;

    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    say_in(world, "wire", "U1", channel_of(world), "!inc lead");
    say_in(world, "wire", "U1", channel_of(world), "!inc handoff <@U2>");
    asked = must_find(world, ACTION_DIRECT, "asks you to lead");
    assert_non_null(note_marked(asked->action.note));
    return asked;
}

static void offer__asks_no_more__when_the_yes_is_typed(void **state)
{
    struct world *world = *state;
    const struct deed *asked = ask(world);

    say_in(world, "wire", "U2", channel_of(world), "!inc accept");
    must_end_with(world, asked, "You said yes at");
}

static void offer__asks_no_more__when_the_no_is_typed(void **state)
{
    struct world *world = *state;
    const struct deed *asked = ask(world);

    say_in(world, "wire", "U2", channel_of(world), "!inc decline");
    must_end_with(world, asked, "You said not now at");
}

static void offer__asks_no_more__when_another_is_asked(void **state)
{
    struct world *world = *state;
    const struct deed *asked = ask(world);

    say_in(world, "wire", "U1", channel_of(world), "!inc handoff <@U3>");
    must_end_with(world, asked, "It waited for your yes until");
}

/* Who offers to lead has it after a silence. */
static void offer__asks_no_more__when_silence_answers(void **state)
{
    struct world *world = *state;
    const struct deed *asked;

    world->config->nudges.lead_question_ms = 1;
    say_in(world, "wire", "U1", "C1", "!inc declare checkout fails");
    say_in(world, "wire", "U1", channel_of(world), "!inc lead");
    say_in(world, "wire", "U2", channel_of(world), "!inc lead");
    say_in(world, "wire", "U1", channel_of(world), "hello");
    asked = must_find(world, ACTION_DIRECT, "offers to lead inc-1");
    must_end_with(world, asked, "It waited for your yes until");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(offer__asks_no_more__when_the_yes_is_typed),
        IN_WORLD(offer__asks_no_more__when_the_no_is_typed),
        IN_WORLD(offer__asks_no_more__when_another_is_asked),
        IN_WORLD(offer__asks_no_more__when_silence_answers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
