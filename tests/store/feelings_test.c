#include "store/feelings.h"
#include "tests/store/fresh.h"

static void feelings_forget_writers__leaves_other_incidents_alone(void **state)
{
    struct store *store = *state;
    int64_t person_id = fresh_person(store, "ana");
    int64_t one = fresh_incident(store, person_id);
    int64_t other = fresh_incident(store, person_id);
    const char *writer;

    MUST(feeling_insert(store, one, 7, "a1", &err));
    MUST(feeling_insert(store, other, 7, "b2", &err));
    MUST(feeling_writer(store, one, 7, &writer, &err));
    assert_string_equal(writer, "a1");
    MUST(feelings_forget_writers(store, one, &err));
    MUST(feeling_writer(store, one, 7, &writer, &err));
    assert_null(writer);
    MUST(feeling_writer(store, other, 7, &writer, &err));
    assert_string_equal(writer, "b2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(feelings_forget_writers__leaves_other_incidents_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
