#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "bot/escalation.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct candidate made(const char *handle)
{
    return (struct candidate){.handle = handle, .is_awake = true, .skill_count = 1};
}

/* Orders them all and says who comes first. */
static const char *first_of(struct candidate *all, size_t count, bool buddy_first)
{
    struct candidates candidates = {.all = all, .count = count};

    escalation_order(&candidates, ESCALATION_FITTING, buddy_first);
    return candidates.count == 0 ? "nobody" : candidates.all[0].handle;
}

static void escalation_order__puts_duty_first__when_others_know_more(void **state)
{
    struct candidate all[] = {made("ada"), made("bo")};

    (void)state;
    all[0].skill_count = 3;
    all[0].tie = ESCALATION_BUDDY;
    all[1].skill_count = 0;
    all[1].duty = "payments";
    all[1].is_awake = false;
    assert_string_equal(first_of(all, COUNT(all), false), "bo");
}

static void
escalation_order__puts_skill_before_tie__when_nobody_is_on_duty(void **state)
{
    struct candidate all[] = {made("ada"), made("bo")};

    (void)state;
    all[0].skill_count = 0;
    all[0].tie = ESCALATION_BUDDY;
    assert_string_equal(first_of(all, COUNT(all), false), "bo");
}

static void escalation_order__puts_who_has_helped_before_tie(void **state)
{
    struct candidate all[] = {made("ada"), made("bo")};

    (void)state;
    all[0].tie = ESCALATION_BUDDY;
    all[1].helped = "helped with payments on inc-3";
    assert_string_equal(first_of(all, COUNT(all), false), "bo");
}

static void escalation_order__takes_the_closest_tie__when_skill_is_equal(void **state)
{
    struct candidate all[] = {made("ada"), made("bo"), made("cy"), made("dee")};

    (void)state;
    all[0].tie = ESCALATION_WORKED;
    all[1].tie = ESCALATION_TEAM;
    all[2].tie = ESCALATION_BUDDY;
    all[3].tie = ESCALATION_MENTOR;
    assert_string_equal(first_of(all, COUNT(all), false), "cy");
    assert_string_equal(all[1].handle, "dee");
    assert_string_equal(all[2].handle, "bo");
    assert_string_equal(all[3].handle, "ada");
}

static void escalation_order__lets_sleep__when_somebody_else_is_awake(void **state)
{
    struct candidate all[] = {made("ada"), made("bo")};

    (void)state;
    all[0].is_awake = false;
    all[1].open_tasks = 5;
    assert_string_equal(first_of(all, COUNT(all), false), "bo");
}

static void escalation_order__spares_the_busy__when_all_else_is_equal(void **state)
{
    struct candidate all[] = {made("ada"), made("bo"), made("cy")};

    (void)state;
    all[0].open_tasks = 2;
    all[1].open_tasks = 1;
    all[2].open_tasks = 1;
    assert_string_equal(first_of(all, COUNT(all), false), "bo");
    assert_string_equal(all[1].handle, "cy");
}

static void escalation_order__puts_the_buddy_first__when_it_is_a_question(void **state)
{
    struct candidate all[] = {made("ada"), made("bo")};

    (void)state;
    all[0].duty = "payments";
    all[1].skill_count = 0;
    all[1].tie = ESCALATION_BUDDY;
    assert_string_equal(first_of(all, COUNT(all), true), "bo");
}

static void
escalation_order__takes_the_named__when_nothing_else_speaks_for_them(void **state)
{
    struct candidate all[] = {made("ada"), made("bo")};

    (void)state;
    all[0].duty = "payments";
    all[1].skill_count = 0;
    all[1].is_named = true;
    assert_string_equal(first_of(all, COUNT(all), false), "bo");
}

static void escalation_order__leaves_them_out__when_away_or_without_reason(void **state)
{
    struct candidate all[] = {made("ada"), made("bo")};
    struct candidates candidates = {.all = all, .count = COUNT(all)};

    (void)state;
    all[0].is_out = true;
    all[1].skill_count = 0;
    escalation_order(&candidates, ESCALATION_FITTING, false);
    assert_int_equal(candidates.count, 0);
}

static void
escalation_order__keeps_anybody__when_it_is_a_task_for_those_here(void **state)
{
    struct candidate all[] = {made("ada"), made("bo")};
    struct candidates candidates = {.all = all, .count = COUNT(all)};

    (void)state;
    all[0].skill_count = 0;
    all[1].is_out = true;
    escalation_order(&candidates, ESCALATION_ANYBODY, false);
    assert_int_equal(candidates.count, 1);
    assert_string_equal(all[0].handle, "ada");
}

static void escalation_reasons__names_each__when_there_are_several(void **state)
{
    struct arena *arena = *state;
    struct candidate ruben = made("ruben");

    ruben.duty = "payments";
    ruben.knows = "callback-worker";
    ruben.part_of = "in the rota of payments";
    ruben.tie_words = "worked with tove on inc-31";
    assert_string_equal(
        escalation_reasons(arena, &ruben, "; "),
        "on call for payments; knows callback-worker; worked with tove on inc-31");
}

static void escalation_reasons_after__names_the_team__when_it_is_the_same(void **state)
{
    struct arena *arena = *state;
    struct candidate ruben = made("ruben"), pia = made("pia");

    ruben.team = "payments";
    pia.team = "Payments";
    pia.knows = "callback-worker";
    pia.tie_words = "tove's buddy";
    assert_string_equal(escalation_reasons_after(arena, &pia, &ruben),
                        "knows callback-worker, ruben's team");
    pia.team = NULL;
    assert_string_equal(escalation_reasons_after(arena, &pia, &ruben),
                        "knows callback-worker, tove's buddy");
}

static void escalation_reasons_here__counts_tasks__when_there_are_some(void **state)
{
    struct arena *arena = *state;
    struct candidate dani = made("dani");

    assert_string_equal(escalation_reasons_here(arena, &dani), "here, nothing open");
    dani.open_tasks = 1;
    assert_string_equal(escalation_reasons_here(arena, &dani), "here, 1 open task");
    dani.open_tasks = 2;
    assert_string_equal(escalation_reasons_here(arena, &dani), "here, 2 open tasks");
}

static void escalation_fits__finds_parts__when_the_name_has_hyphens(void **state)
{
    const char *words = "payments: can one bad callback fail a whole batch?";

    (void)state;
    assert_true(escalation_fits(words, "payments"));
    assert_true(escalation_fits(words, "Callback-Worker"));
    assert_true(escalation_fits("the callback-worker", "callback-worker"));
    assert_true(escalation_fits("the db-writer is slow", "writer"));
    assert_false(escalation_fits(words, "checkout"));
    assert_false(escalation_fits(words, "pay"));
}

static void
escalation_fits__passes_over_it__when_a_part_is_short_or_nothing(void **state)
{
    (void)state;
    assert_false(escalation_fits("who is on it", "on-call"));
    assert_true(escalation_fits("the db?", "db"));
    assert_false(escalation_fits(NULL, "db"));
    assert_false(escalation_fits("", "db"));
    assert_false(escalation_fits("the db", ""));
}

static void escalation_fits__finds_it__when_there_are_several_of_it(void **state)
{
    (void)state;
    assert_true(escalation_fits("somebody who knows Databases", "database"));
    assert_true(escalation_fits("one payment is lost", "payments"));
    assert_true(escalation_fits("two callback-workers hang", "callback-worker"));
    assert_false(escalation_fits("the dn", "dns"));
    assert_false(escalation_fits("a databass", "database"));
}

static int set_up(void **state)
{
    *state = arena_create();
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escalation_order__puts_duty_first__when_others_know_more),
        cmocka_unit_test(
            escalation_order__puts_skill_before_tie__when_nobody_is_on_duty),
        cmocka_unit_test(escalation_order__puts_who_has_helped_before_tie),
        cmocka_unit_test(escalation_order__takes_the_closest_tie__when_skill_is_equal),
        cmocka_unit_test(escalation_order__lets_sleep__when_somebody_else_is_awake),
        cmocka_unit_test(escalation_order__spares_the_busy__when_all_else_is_equal),
        cmocka_unit_test(escalation_order__puts_the_buddy_first__when_it_is_a_question),
        cmocka_unit_test(
            escalation_order__takes_the_named__when_nothing_else_speaks_for_them),
        cmocka_unit_test(
            escalation_order__leaves_them_out__when_away_or_without_reason),
        cmocka_unit_test(
            escalation_order__keeps_anybody__when_it_is_a_task_for_those_here),
        cmocka_unit_test(escalation_reasons__names_each__when_there_are_several),
        cmocka_unit_test(escalation_reasons_after__names_the_team__when_it_is_the_same),
        cmocka_unit_test(escalation_reasons_here__counts_tasks__when_there_are_some),
        cmocka_unit_test(escalation_fits__finds_parts__when_the_name_has_hyphens),
        cmocka_unit_test(escalation_fits__finds_it__when_there_are_several_of_it),
        cmocka_unit_test(
            escalation_fits__passes_over_it__when_a_part_is_short_or_nothing),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
