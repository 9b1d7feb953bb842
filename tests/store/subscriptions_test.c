#include "store/subscriptions.h"
#include "tests/store/fresh.h"

static void subscription__is_kept_once_and_told_anew(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t incident_id = fresh_incident(store, ana);
    const struct subscription one = {incident_id, ana, "active"};
    struct subscriptions all;
    bool is_new;

    MUST(subscription_add(store, &one, 100, &is_new, &err));
    assert_true(is_new);
    MUST(subscription_told(store, &one, "mitigated", &err));
    MUST(subscription_add(store, &one, 200, &is_new, &err));
    assert_false(is_new);
    MUST(subscriptions_of(store, incident_id, &all, &err));
    assert_int_equal(all.count, 1);
    assert_string_equal(all.all[0].told, "mitigated");
}

static void subscription__is_gone_once__when_removed(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana"), bo = fresh_person(store, "bo");
    int64_t incident_id = fresh_incident(store, ana);
    struct subscriptions all;
    bool is_new, was;

    MUST(subscription_add(store, &(struct subscription){incident_id, ana, "a"}, 100,
                          &is_new, &err));
    MUST(subscription_remove(store, incident_id, bo, &was, &err));
    assert_false(was);
    MUST(subscription_remove(store, incident_id, ana, &was, &err));
    assert_true(was);
    MUST(subscription_remove(store, incident_id, ana, &was, &err));
    assert_false(was);
    MUST(subscriptions_of(store, incident_id, &all, &err));
    assert_int_equal(all.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(subscription__is_kept_once_and_told_anew),
        FRESH_TEST(subscription__is_gone_once__when_removed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
