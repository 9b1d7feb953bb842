/* The five questions of impact: which word answers which, and what the sum is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bot/impact.h"

struct world {
    struct arena *arena;
    struct config *config;
    struct impact impact;
};

static int setup(void **state)
{
    static struct world world;
    static const char settings[] =
        "journeys: [{name: pay, weight: 5}, {name: wishlist, weight: 1}]\n";
    struct err err;

    world.arena = arena_create();
    if (!config_read(&world.config, "m.yaml", settings, strlen(settings), &err)) {
        return -1;
    }
    impact_init(&world.impact);
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;

    config_destroy(world->config);
    arena_destroy(world->arena);
    return 0;
}

static void take(struct world *world, const char *word, enum impact_question expected)
{
    enum impact_question question;

    assert_true(
        impact_take(world->arena, world->config, &world->impact, word, &question));
    assert_int_equal(question, expected);
}

static const char *level_of(struct world *world)
{
    return impact_level(world->config, impact_points(&world->impact))->name;
}

static void impact_take__finds_the_question_of_each_word(void **state)
{
    struct world *world = *state;
    enum impact_question question;

    take(world, "Inside", IMPACT_USERS);
    take(world, "20%", IMPACT_SHARE);
    take(world, "0.5%", IMPACT_SHARE);
    assert_int_equal(world->impact.answers[IMPACT_SHARE].points, 1);
    take(world, "75%", IMPACT_SHARE);
    assert_int_equal(world->impact.answers[IMPACT_SHARE].points, 4);
    take(world, "harm", IMPACT_LOSS);
    take(world, "PAY", IMPACT_JOURNEY);
    assert_string_equal(world->impact.answers[IMPACT_JOURNEY].word, "pay");
    take(world, "1h30m", IMPACT_SPAN);
    assert_int_equal(world->impact.answers[IMPACT_SPAN].points, 3);
    take(world, "2000", IMPACT_SHARE);
    assert_string_equal(world->impact.answers[IMPACT_SHARE].said, "2000 users");
    assert_int_equal(world->impact.answers[IMPACT_SHARE].points, 2);
    take(world, "Customers", IMPACT_USERS);
    assert_string_equal(world->impact.answers[IMPACT_USERS].word, "outside");
    take(world, "everyone", IMPACT_SHARE); /* of them */
    assert_string_equal(world->impact.answers[IMPACT_SHARE].word, "all");
    impact_init(&world->impact);
    take(world, "everyone", IMPACT_USERS);
    assert_string_equal(world->impact.answers[IMPACT_USERS].word, "both");
    take(world, "cannot", IMPACT_LOSS);
    assert_false(
        impact_take(world->arena, world->config, &world->impact, "0", &question));
    assert_false(
        impact_take(world->arena, world->config, &world->impact, "200x", &question));
    assert_false(
        impact_take(world->arena, world->config, &world->impact, "101%", &question));
    assert_false(
        impact_take(world->arena, world->config, &world->impact, "%", &question));
}

static void impact_sum__shows_all_its_parts__when_some_are_not_known(void **state)
{
    struct world *world = *state;

    take(world, "pay", IMPACT_JOURNEY);
    take(world, "outside", IMPACT_USERS);
    take(world, "blocked", IMPACT_LOSS);
    impact_skip(&world->impact, IMPACT_SHARE);
    assert_string_equal(
        impact_sum(world->arena, &world->impact),
        "pay 5 × (outside 2 + how many? 2 + blocked 3 + how long? 2) = 45");
    assert_int_equal(impact_next(&world->impact), IMPACT_SPAN);
    take(world, "90m", IMPACT_SPAN);
    take(world, "few", IMPACT_SHARE);
    assert_string_equal(impact_sum(world->arena, &world->impact),
                        "pay 5 × (outside 2 + few 1 + blocked 3 + 1 h 30 min 3) = 45");
    assert_int_equal(impact_next(&world->impact), IMPACT_QUESTIONS);
}

/* A blip of what is vital outweighs a long outage of what is rare. */
static void impact_level__puts_a_vital_blip_before_a_rare_outage(void **state)
{
    struct world *world = *state;

    take(world, "outside", IMPACT_USERS);
    take(world, "all", IMPACT_SHARE);
    take(world, "blocked", IMPACT_LOSS);
    take(world, "pay", IMPACT_JOURNEY);
    take(world, "5m", IMPACT_SPAN);
    assert_string_equal(level_of(world), "sev1");
    take(world, "wishlist", IMPACT_JOURNEY);
    take(world, "9h", IMPACT_SPAN);
    assert_string_equal(level_of(world), "sev3");
}

/* Colleagues are users, too. */
static void impact_points__count_inside_users_like_outside_ones(void **state)
{
    struct world *world = *state;
    int64_t outside;

    take(world, "outside", IMPACT_USERS);
    outside = impact_points(&world->impact);
    take(world, "inside", IMPACT_USERS);
    assert_int_equal(impact_points(&world->impact), outside);
}

static void impact_bounds__name_the_next_graver_level_too(void **state)
{
    struct world *world = *state;
    const struct config_level *levels = world->config->levels;

    assert_string_equal(impact_bounds(world->arena, world->config, &levels[1]),
                        "sev1 from 45");
    assert_string_equal(impact_bounds(world->arena, world->config, &levels[3]),
                        "sev3 from 12, sev2 from 25");
    assert_string_equal(impact_bounds(world->arena, world->config, &levels[4]),
                        "sev3 from 12");
}

static void impact_hit__says_what_is_known_alone(void **state)
{
    struct world *world = *state;

    assert_null(impact_hit(world->arena, &world->impact));
    take(world, "40m", IMPACT_SPAN);
    assert_null(impact_hit(world->arena, &world->impact));
    take(world, "both", IMPACT_USERS);
    take(world, "partly", IMPACT_LOSS);
    assert_string_equal(impact_hit(world->arena, &world->impact),
                        "inside and outside, fails in part");
    take(world, "pay", IMPACT_JOURNEY);
    take(world, "few", IMPACT_SHARE);
    assert_string_equal(impact_hit(world->arena, &world->impact),
                        "inside and outside, few, pay fails in part");
}

/* "Users hit: vital" is no answer to who was hit. */
static void impact_hit__is_not_known__when_the_journey_alone_is(void **state)
{
    struct world *world = *state;

    take(world, "vital", IMPACT_JOURNEY);
    assert_null(impact_hit(world->arena, &world->impact));
    assert_string_equal(impact_journey(world->arena, &world->impact),
                        "something vital");
    take(world, "blocked", IMPACT_LOSS);
    assert_string_equal(impact_hit(world->arena, &world->impact),
                        "something vital blocked");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(impact_take__finds_the_question_of_each_word),
        IN_WORLD(impact_sum__shows_all_its_parts__when_some_are_not_known),
        IN_WORLD(impact_level__puts_a_vital_blip_before_a_rare_outage),
        IN_WORLD(impact_points__count_inside_users_like_outside_ones),
        IN_WORLD(impact_bounds__name_the_next_graver_level_too),
        IN_WORLD(impact_hit__says_what_is_known_alone),
        IN_WORLD(impact_hit__is_not_known__when_the_journey_alone_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
