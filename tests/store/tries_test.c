#include "store/tries.h"
#include "tests/store/fresh.h"

static struct try *put(struct store *store, int64_t incident_id, int64_t person_id,
                       int64_t n, int64_t entry_n)
{
    const struct try try = {
        .incident_id = incident_id,
        .n = n,
        .text = "restart a worker",
        .person_id = person_id,
        .made_ms = 2000,
        .entry_n = entry_n,
    };
    struct try *found;

    MUST(try_insert(store, &try, &err));
    MUST(try_find(store, incident_id, n, &found, &err));
    assert_non_null(found);
    return found;
}

static bool settle(struct store *store, const struct try *try, enum try_outcome outcome,
                   int64_t entry_n)
{
    const struct try_verdict verdict = {
        .outcome = outcome,
        .result = "the queue falls",
        .person_id = try->person_id,
        .at_ms = 3000,
        .entry_n = entry_n,
    };
    bool moved;

    MUST(try_settle(store, try, &verdict, &moved, &err));
    return moved;
}

static struct try *again(struct store *store, const struct try *try)
{
    struct try *found;

    MUST(try_find(store, try->incident_id, try->n, &found, &err));
    return found;
}

static void try_settle__the_same_outcome_moves_nothing__when_it_is_known(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    struct try *try = put(store, fresh_incident(store, ana), ana, 4, 7);

    assert_int_equal(try->outcome, TRY_OPEN);
    assert_true(try->settled_ms == TIME_NONE);
    assert_true(settle(store, try, TRY_WORKED, 9));
    assert_false(settle(store, try, TRY_WORKED, 10));
    assert_true(settle(store, try, TRY_DID_NOT, 11));
    assert_int_equal(again(store, try)->outcome, TRY_DID_NOT);
    assert_string_equal(again(store, try)->result, "the queue falls");
    assert_string_equal(again(store, try)->handle, "ana");
}

static void try_drop_entry__takes_back_the_outcome_alone__by_its_entry(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t incident_id = fresh_incident(store, ana);
    struct try *try = put(store, incident_id, ana, 4, 7);

    assert_true(settle(store, try, TRY_WORKED, 9));
    MUST(try_drop_entry(store, incident_id, 9, 4000, &err));
    assert_int_equal(again(store, try)->outcome, TRY_OPEN);
    assert_null(again(store, try)->result);
}

static void try_drop_entry__hides_it_everywhere__by_its_own_entry(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t incident_id = fresh_incident(store, ana);
    struct try *try = put(store, incident_id, ana, 4, 7);
    struct tries tries;

    put(store, incident_id, ana, 5, 8);
    MUST(try_drop_entry(store, incident_id, 7, 4000, &err));
    assert_null(again(store, try));
    assert_false(settle(store, try, TRY_WORKED, 9));
    MUST(tries_list(store, incident_id, &tries, &err));
    assert_int_equal(tries.count, 1);
    assert_int_equal(tries.all[0].n, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(try_settle__the_same_outcome_moves_nothing__when_it_is_known),
        FRESH_TEST(try_drop_entry__takes_back_the_outcome_alone__by_its_entry),
        FRESH_TEST(try_drop_entry__hides_it_everywhere__by_its_own_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
