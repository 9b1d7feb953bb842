#include "store/memory.h"
#include "tests/store/fresh.h"

static const char *find(struct store *store, const char *adapter, const char *name)
{
    const char *value = "unset";
    MUST(memory_find(store, adapter, name, &value, &err));
    return value;
}

static void memory_find__is_null__when_there_is_nothing(void **state)
{
    assert_null(find(*state, "matrix", "since"));
}

static void memory_set__replaces__when_there_was_something(void **state)
{
    struct store *store = *state;
    MUST(memory_set(store, "matrix", "since", "s1", &err));
    MUST(memory_set(store, "bot", "since", "other", &err));
    MUST(memory_set(store, "matrix", "since", "s2", &err));
    assert_string_equal(find(store, "matrix", "since"), "s2");
    assert_string_equal(find(store, "bot", "since"), "other");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(memory_find__is_null__when_there_is_nothing),
        FRESH_TEST(memory_set__replaces__when_there_was_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
