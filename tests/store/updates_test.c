#include "store/updates.h"
#include "tests/store/fresh.h"

static void insert(struct store *store, int64_t incident_id, int64_t person_id,
                   const char *audience, int64_t at_ms)
{
    struct update update = {.incident_id = incident_id,
                            .at_ms = at_ms,
                            .audience = audience,
                            .person_id = person_id,
                            .text = "orders wait",
                            .due_ms = TIME_NONE};
    MUST(update_insert(store, &update, &err));
    assert_true(update.id > 0);
}

static void updates_last__counts_one_audience__when_there_are_both(void **state)
{
    struct store *store = *state;
    int64_t count, at_ms;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = fresh_incident(store, ana);
    insert(store, id, ana, UPDATE_INSIDE, 2000);
    insert(store, id, ana, UPDATE_INSIDE, 4000);
    insert(store, id, ana, UPDATE_OUTSIDE, 5000);
    MUST(updates_last(store, id, UPDATE_INSIDE, &count, &at_ms, &err));
    assert_int_equal(count, 2);
    assert_int_equal(at_ms, 4000);
    MUST(updates_last(store, id + 1, UPDATE_INSIDE, &count, &at_ms, &err));
    assert_int_equal(count, 0);
    assert_int_equal(at_ms, TIME_NONE);
}

static void updates_list__is_in_order_of_time__when_all_are_asked_for(void **state)
{
    struct store *store = *state;
    struct updates updates;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = fresh_incident(store, ana);
    insert(store, id, ana, UPDATE_OUTSIDE, 5000);
    insert(store, id, ana, UPDATE_INSIDE, 2000);
    MUST(updates_list(store, id, NULL, &updates, &err));
    assert_int_equal(updates.count, 2);
    assert_string_equal(updates.all[0].audience, UPDATE_INSIDE);
    assert_string_equal(updates.all[0].handle, "ana");
    assert_string_equal(updates.all[0].text, "orders wait");
    assert_int_equal(updates.all[0].due_ms, TIME_NONE);
    MUST(updates_list(store, id, UPDATE_OUTSIDE, &updates, &err));
    assert_int_equal(updates.count, 1);
    assert_int_equal(updates.all[0].at_ms, 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(updates_last__counts_one_audience__when_there_are_both),
        FRESH_TEST(updates_list__is_in_order_of_time__when_all_are_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
