#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bot/duty.h"
#include "tests/unit/base/stamp.h"

#define ANA 1
#define BO  2
#define CY  3

/* Weeks from Monday 2026-03-16, 09:00 in Oslo (08:00 UTC; 07:00 from 29 March on). */
static int64_t week_people[] = {ANA, BO};
static struct rota weeks(void)
{
    return (struct rota){
        .shift_ms = 7 * TIME_DAY_MS,
        .from_ms = at("2026-03-16T08:00:00Z"),
        .zone = "Europe/Oslo",
        .people = week_people,
        .person_count = 2,
    };
}

static void expect(const struct rota *rota, const char *when, int64_t person_id,
                   const char *until, int64_t next_id)
{
    struct duty duty;

    duty_at(rota, at(when), &duty);
    assert_int_equal(duty.person_id, person_id);
    assert_int_equal(duty.until_ms, until == NULL ? TIME_NONE : at(until));
    assert_int_equal(duty.next_id, next_id);
}

static void unit__duty_goes_round(void **state)
{
    struct rota rota = weeks();

    (void)state;
    expect(&rota, "2026-03-16T08:00:00Z", ANA, "2026-03-23T08:00:00Z", BO);
    expect(&rota, "2026-03-23T07:59:59Z", ANA, "2026-03-23T08:00:00Z", BO);
    expect(&rota, "2026-03-23T08:00:00Z", BO, "2026-03-30T07:00:00Z", ANA);
    expect(&rota, "2036-03-17T12:00:00Z", ANA, "2036-03-24T08:00:00Z", BO);
}

static void unit__duty_changes_at_the_same_local_time__when_clocks_change(void **state)
{
    struct rota rota = weeks();

    (void)state;
    expect(&rota, "2026-03-30T06:59:59Z", BO, "2026-03-30T07:00:00Z", ANA);
    expect(&rota, "2026-03-30T07:00:00Z", ANA, "2026-04-06T07:00:00Z", BO);
}

static void unit__duty_is_nobodys__before_the_rota_begins(void **state)
{
    struct rota rota = weeks();
    struct duty duty;

    (void)state;
    expect(&rota, "2026-03-16T07:00:00Z", 0, "2026-03-16T08:00:00Z", ANA);
    duty_at(&rota, at("2026-03-16T07:00:00Z"), &duty);
    assert_int_equal(duty.next_from_ms, at("2026-03-16T08:00:00Z"));
}

static void unit__duty_has_no_end__when_one_person_has_it(void **state)
{
    struct rota rota = weeks();
    struct rota none = {.service_id = 1};

    (void)state;
    rota.person_count = 1;
    expect(&rota, "2026-03-20T08:00:00Z", ANA, NULL, 0);
    expect(&none, "2026-03-20T08:00:00Z", 0, NULL, 0);
}

static void expect_since(const struct rota *rota, const char *when, const char *since)
{
    struct duty duty;

    duty_at(rota, at(when), &duty);
    assert_int_equal(duty.since_ms, since == NULL ? TIME_NONE : at(since));
}

static void unit__duty_is_since_the_shift_or_the_override_began(void **state)
{
    struct rota_override week_end = {.person_id = CY,
                                     .from_ms = at("2026-03-27T18:00:00Z"),
                                     .to_ms = at("2026-03-29T18:00:00Z")};
    struct rota rota = weeks();
    struct rota none = {.service_id = 1};

    (void)state;
    rota.overrides = &week_end;
    rota.override_count = 1;
    expect_since(&rota, "2026-03-16T07:59:59Z", NULL);
    expect_since(&rota, "2026-03-16T08:00:00Z", "2026-03-16T08:00:00Z");
    expect_since(&rota, "2026-03-26T08:00:00Z", "2026-03-23T08:00:00Z");
    expect_since(&rota, "2026-03-28T08:00:00Z", "2026-03-27T18:00:00Z");
    expect_since(&rota, "2026-03-29T18:00:00Z", "2026-03-29T18:00:00Z");
    expect_since(&none, "2026-03-26T08:00:00Z", NULL);
}

static void unit__duty_is_the_last_overrides(void **state)
{
    struct rota rota = weeks();
    struct rota_override overrides[] = {
        {CY, at("2026-03-18T08:00:00Z"), at("2026-03-20T08:00:00Z")},
        {BO, at("2026-03-19T08:00:00Z"), at("2026-03-19T20:00:00Z")},
    };

    (void)state;
    rota.overrides = overrides;
    rota.override_count = 2;
    expect(&rota, "2026-03-17T08:00:00Z", ANA, "2026-03-18T08:00:00Z", CY);
    expect(&rota, "2026-03-18T08:00:00Z", CY, "2026-03-19T08:00:00Z", BO);
    expect(&rota, "2026-03-19T09:00:00Z", BO, "2026-03-19T20:00:00Z", CY);
    expect(&rota, "2026-03-19T20:00:00Z", CY, "2026-03-20T08:00:00Z", ANA);
    expect(&rota, "2026-03-20T08:00:00Z", ANA, "2026-03-23T08:00:00Z", BO);
}

static void unit__duty_names_who_comes_after_a_gap(void **state)
{
    struct rota_override overrides[] = {
        {ANA, at("2026-03-18T08:00:00Z"), at("2026-03-18T12:00:00Z")},
        {CY, at("2026-03-20T08:00:00Z"), at("2026-03-20T12:00:00Z")},
    };
    struct rota rota = {.overrides = overrides, .override_count = 2};
    struct duty duty;

    (void)state;
    duty_at(&rota, at("2026-03-18T09:00:00Z"), &duty);
    assert_int_equal(duty.person_id, ANA);
    assert_int_equal(duty.until_ms, at("2026-03-18T12:00:00Z"));
    assert_int_equal(duty.next_id, CY);
    assert_int_equal(duty.next_from_ms, at("2026-03-20T08:00:00Z"));
    expect(&rota, "2026-03-20T12:00:00Z", 0, NULL, 0);
}

static void unit__duty_changes_by_the_hour__when_shifts_are_hours(void **state)
{
    struct rota rota = weeks();

    (void)state;
    rota.shift_ms = 12 * TIME_HOUR_MS;
    expect(&rota, "2026-03-16T19:59:00Z", ANA, "2026-03-16T20:00:00Z", BO);
    expect(&rota, "2026-03-16T20:00:00Z", BO, "2026-03-17T08:00:00Z", ANA);
}

/* 12 h shifts go at 09:00 and 21:00 in Oslo before 29 March 2026 and after it: the
 * night in between has one hour less. */
static void unit__duty_keeps_its_hours__when_clocks_go_forward(void **state)
{
    struct rota rota = weeks();

    (void)state;
    rota.shift_ms = 12 * TIME_HOUR_MS;
    expect(&rota, "2026-03-28T19:59:59Z", ANA, "2026-03-28T20:00:00Z", BO);
    expect(&rota, "2026-03-28T20:00:00Z", BO, "2026-03-29T07:00:00Z", ANA);
    expect(&rota, "2026-03-29T07:00:00Z", ANA, "2026-03-29T19:00:00Z", BO);
    expect(&rota, "2026-07-01T19:00:00Z", BO, "2026-07-02T07:00:00Z", ANA);
}

/* And one hour more on 25 October. */
static void unit__duty_keeps_its_hours__when_clocks_go_back(void **state)
{
    struct rota rota = weeks();

    (void)state;
    rota.shift_ms = TIME_DAY_MS;
    expect(&rota, "2026-10-24T07:00:00Z", ANA, "2026-10-25T08:00:00Z", BO);
    expect(&rota, "2026-10-25T07:59:59Z", ANA, "2026-10-25T08:00:00Z", BO);
    expect(&rota, "2026-10-25T08:00:00Z", BO, "2026-10-26T08:00:00Z", ANA);
    rota.shift_ms = 12 * TIME_HOUR_MS;
    expect(&rota, "2026-10-24T19:00:00Z", BO, "2026-10-25T08:00:00Z", ANA);
}

/* A shift that would begin in the hour that is skipped begins when it is over. */
static void unit__duty_moves_forward__when_its_hour_is_skipped(void **state)
{
    struct rota rota = weeks();

    (void)state;
    rota.from_ms = at("2026-03-27T01:30:00Z"); /* 02:30 in Oslo */
    rota.shift_ms = TIME_DAY_MS;
    expect(&rota, "2026-03-28T02:00:00Z", BO, "2026-03-29T01:30:00Z", ANA);
    expect(&rota, "2026-03-29T01:30:00Z", ANA, "2026-03-30T00:30:00Z", BO);
}

static void unit__duty_goes_on__when_the_year_ends(void **state)
{
    struct rota rota = weeks();

    (void)state;
    rota.from_ms = at("2026-12-21T08:00:00Z");
    expect(&rota, "2026-12-31T23:30:00Z", BO, "2027-01-04T08:00:00Z", ANA);
    expect(&rota, "2027-01-04T08:00:00Z", ANA, "2027-01-11T08:00:00Z", BO);
    rota.shift_ms = TIME_DAY_MS;
    expect(&rota, "2026-12-31T22:59:59Z", ANA, "2027-01-01T08:00:00Z", BO);
    expect(&rota, "2026-12-31T23:30:00Z", ANA, "2027-01-01T08:00:00Z", BO);
    expect(&rota, "2027-01-01T08:00:00Z", BO, "2027-01-02T08:00:00Z", ANA);
}

/* Whenever one looks, the answer is the same: nobody is on duty twice, and nothing lies
 * between two shifts, through a whole year with both changes of the clock. */
static void unit__duty_has_no_seams__through_a_year(void **state)
{
    static const int64_t hours[] = {1, 6, 12, 24, 36, 168};
    struct rota rota = weeks();

    (void)state;
    rota.from_ms = at("2026-01-01T01:30:00Z");
    for (size_t i = 0; i < sizeof(hours) / sizeof(hours[0]); i++) {
        int64_t end_ms = at("2027-02-01T00:00:00Z");
        int64_t at_ms = rota.from_ms;
        struct duty duty, later;

        rota.shift_ms = hours[i] * TIME_HOUR_MS;
        duty_at(&rota, at_ms, &duty);
        while (at_ms < end_ms) {
            duty_at(&rota, duty.until_ms - 1, &later);
            assert_int_equal(later.person_id, duty.person_id);
            assert_int_equal(later.until_ms, duty.until_ms);
            at_ms = duty.until_ms;
            duty_at(&rota, at_ms, &later);
            assert_int_not_equal(later.person_id, duty.person_id);
            assert_true(later.until_ms > at_ms);
            duty = later;
        }
    }
}

static void unit__duty_spans_join_neighbours_and_show_gaps(void **state)
{
    struct rota_override overrides[] = {
        {ANA, at("2026-03-23T08:00:00Z"), at("2026-03-25T08:00:00Z")},
    };
    struct rota rota = weeks();
    struct duty_span spans[5];
    int64_t people[] = {ANA, 0};
    size_t count;

    (void)state;
    rota.overrides = overrides;
    rota.override_count = 1;
    count = duty_spans(&rota, at("2026-03-17T00:00:00Z"), at("2026-04-02T00:00:00Z"),
                       spans, 5);
    assert_int_equal(count, 3);
    assert_int_equal(spans[0].person_id, ANA);
    assert_int_equal(spans[0].from_ms, at("2026-03-17T00:00:00Z"));
    assert_int_equal(spans[0].to_ms, at("2026-03-25T08:00:00Z"));
    assert_int_equal(spans[1].person_id, BO);
    assert_int_equal(spans[2].to_ms, at("2026-04-02T00:00:00Z"));
    rota.people = people; /* the second is retired */
    rota.override_count = 0;
    count = duty_spans(&rota, at("2026-03-15T00:00:00Z"), at("2026-04-02T00:00:00Z"),
                       spans, 5);
    assert_int_equal(count, 4);
    assert_int_equal(spans[0].person_id, 0);
    assert_int_equal(spans[1].person_id, ANA);
    assert_int_equal(spans[2].person_id, 0);
    assert_int_equal(spans[2].from_ms, at("2026-03-23T08:00:00Z"));
    assert_int_equal(duty_spans(&rota, at("2026-03-15T00:00:00Z"),
                                at("2026-04-02T00:00:00Z"), spans, 2),
                     2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unit__duty_goes_round),
        cmocka_unit_test(unit__duty_changes_at_the_same_local_time__when_clocks_change),
        cmocka_unit_test(unit__duty_is_nobodys__before_the_rota_begins),
        cmocka_unit_test(unit__duty_has_no_end__when_one_person_has_it),
        cmocka_unit_test(unit__duty_is_since_the_shift_or_the_override_began),
        cmocka_unit_test(unit__duty_is_the_last_overrides),
        cmocka_unit_test(unit__duty_names_who_comes_after_a_gap),
        cmocka_unit_test(unit__duty_changes_by_the_hour__when_shifts_are_hours),
        cmocka_unit_test(unit__duty_keeps_its_hours__when_clocks_go_forward),
        cmocka_unit_test(unit__duty_keeps_its_hours__when_clocks_go_back),
        cmocka_unit_test(unit__duty_moves_forward__when_its_hour_is_skipped),
        cmocka_unit_test(unit__duty_goes_on__when_the_year_ends),
        cmocka_unit_test(unit__duty_has_no_seams__through_a_year),
        cmocka_unit_test(unit__duty_spans_join_neighbours_and_show_gaps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
