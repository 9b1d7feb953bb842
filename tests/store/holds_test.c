#include "store/holds.h"
#include "tests/store/fresh.h"

static bool begin(struct store *store, int64_t incident_id, const char *role,
                  int64_t person_id, int64_t from_ms)
{
    struct hold hold = {.incident_id = incident_id,
                        .role = role,
                        .person_id = person_id,
                        .from_ms = from_ms};
    bool begun = false;
    MUST(hold_begin(store, &hold, &begun, &err));
    assert_true(!begun || hold.id > 0);
    return begun;
}

static bool end(struct store *store, int64_t incident_id, const char *role,
                int64_t person_id, int64_t now_ms)
{
    struct hold hold = {
        .incident_id = incident_id, .role = role, .person_id = person_id};
    bool ended = false;
    MUST(hold_end(store, &hold, now_ms, &ended, &err));
    return ended;
}

static void hold_begin__changes_nothing__when_somebody_holds_it(void **state)
{
    struct store *store = *state;
    struct hold *hold;
    int64_t ana = fresh_person(store, "ana");
    int64_t bo = fresh_person(store, "bo");
    int64_t id = fresh_incident(store, ana);
    assert_true(begin(store, id, "commander", ana, 2000));
    assert_false(begin(store, id, "commander", bo, 3000));
    assert_false(begin(store, id, "commander", ana, 3000));
    MUST(hold_find(store, id, "commander", &hold, &err));
    assert_non_null(hold);
    assert_int_equal(hold->person_id, ana);
    assert_string_equal(hold->handle, "ana");
    assert_int_equal(hold->from_ms, 2000);
    assert_int_equal(hold->to_ms, TIME_NONE);
}

static void hold_begin__begins__when_it_is_another_role_or_incident(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t one = fresh_incident(store, ana);
    int64_t two = fresh_incident(store, ana);
    assert_true(begin(store, one, "commander", ana, 2000));
    assert_true(begin(store, one, "scribe", ana, 2000));
    assert_true(begin(store, two, "commander", ana, 2000));
}

static void hold_end__leaves_the_role_free__when_it_was_theirs(void **state)
{
    struct store *store = *state;
    struct hold *hold;
    int64_t ana = fresh_person(store, "ana");
    int64_t bo = fresh_person(store, "bo");
    int64_t id = fresh_incident(store, ana);
    assert_true(begin(store, id, "commander", ana, 2000));
    assert_false(end(store, id, "commander", bo, 2500));
    assert_true(end(store, id, "commander", ana, 3000));
    assert_false(end(store, id, "commander", ana, 3500));
    MUST(hold_find(store, id, "commander", &hold, &err));
    assert_null(hold);
    assert_true(begin(store, id, "commander", bo, 3000));
}

static void holds_list__keeps_start_and_end__when_a_role_moved_on(void **state)
{
    struct store *store = *state;
    struct holds holds;
    int64_t ana = fresh_person(store, "ana");
    int64_t bo = fresh_person(store, "bo");
    int64_t id = fresh_incident(store, ana);
    assert_true(begin(store, id, "commander", ana, 2000));
    assert_true(begin(store, id, "scribe", bo, 2500));
    assert_true(end(store, id, "commander", ana, 3000));
    assert_true(begin(store, id, "commander", bo, 3000));
    MUST(holds_list(store, id, false, &holds, &err));
    assert_int_equal(holds.count, 3);
    assert_string_equal(holds.all[0].handle, "ana");
    assert_int_equal(holds.all[0].to_ms, 3000);
    assert_string_equal(holds.all[1].role, "scribe");
    assert_string_equal(holds.all[2].handle, "bo");
    assert_int_equal(holds.all[2].to_ms, TIME_NONE);
    MUST(holds_list(store, id, true, &holds, &err));
    assert_int_equal(holds.count, 2);
}

static void holds_count__counts_incidents__when_one_was_led_twice(void **state)
{
    struct store *store = *state;
    int64_t count;
    int64_t ana = fresh_person(store, "ana");
    int64_t one = fresh_incident(store, ana);
    int64_t two = fresh_incident(store, ana);
    assert_true(begin(store, one, "commander", ana, 2000));
    assert_true(end(store, one, "commander", ana, 3000));
    assert_true(begin(store, one, "commander", ana, 4000));
    assert_true(begin(store, two, "commander", ana, 5000));
    assert_true(begin(store, two, "scribe", ana, 5000));
    MUST(holds_count(store, ana, "commander", &count, &err));
    assert_int_equal(count, 2);
    MUST(holds_count(store, ana + 1, "commander", &count, &err));
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(hold_begin__changes_nothing__when_somebody_holds_it),
        FRESH_TEST(hold_begin__begins__when_it_is_another_role_or_incident),
        FRESH_TEST(hold_end__leaves_the_role_free__when_it_was_theirs),
        FRESH_TEST(holds_list__keeps_start_and_end__when_a_role_moved_on),
        FRESH_TEST(holds_count__counts_incidents__when_one_was_led_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
