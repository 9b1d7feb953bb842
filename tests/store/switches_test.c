#include "store/switches.h"
#include "tests/store/fresh.h"

static void switch__is_untouched__when_nobody_set_it(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana"), bo = fresh_person(store, "bo");
    bool is_set, is_on;

    MUST(switch_set(store, ana, "kindness", true, &err));
    MUST(switch_find(store, bo, "kindness", &is_set, &is_on, &err));
    assert_false(is_set);
    MUST(switch_find(store, ana, "wording", &is_set, &is_on, &err));
    assert_false(is_set);
}

static void switch__is_as_it_was_set_last(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    bool is_set, is_on;

    MUST(switch_set(store, ana, "kindness", true, &err));
    MUST(switch_find(store, ana, "kindness", &is_set, &is_on, &err));
    assert_true(is_set && is_on);
    MUST(switch_set(store, ana, "kindness", false, &err));
    MUST(switch_find(store, ana, "kindness", &is_set, &is_on, &err));
    assert_true(is_set && !is_on);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(switch__is_untouched__when_nobody_set_it),
        FRESH_TEST(switch__is_as_it_was_set_last),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
