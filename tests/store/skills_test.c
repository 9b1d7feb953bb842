#include "store/skills.h"
#include "tests/store/fresh.h"

/* What the file says, read at each start. */
static void read_file(struct store *store, int64_t person_id)
{
    bool is_new;

    MUST(skills_clear_file(store, &err));
    MUST(skill_add(store, person_id, "sql", true, &is_new, &err));
}

static size_t count_of(struct store *store, int64_t person_id)
{
    struct skills skills;

    MUST(skills_of(store, person_id, &skills, &err));
    return skills.count;
}

/* As `skill NAME` does. */
static void toggle(struct store *store, int64_t person_id)
{
    bool is_new, was_there = false;

    MUST(skill_add(store, person_id, "SQL ", false, &is_new, &err));
    if (!is_new) {
        MUST(skill_remove(store, person_id, "sql", &was_there, &err));
        assert_true(was_there);
    }
}

static void skill__stays_as_it_was_said_last__when_the_file_is_read_again(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");

    read_file(store, ana);
    for (size_t said = 0; said < 5; said++) {
        assert_int_equal(count_of(store, ana), said % 2 == 0 ? 1 : 0);
        read_file(store, ana);
        assert_int_equal(count_of(store, ana), said % 2 == 0 ? 1 : 0);
        toggle(store, ana);
    }
}

static void skill__said_before__stays_away__when_the_file_names_it_too(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");

    toggle(store, ana);
    read_file(store, ana);
    assert_int_equal(count_of(store, ana), 1);
    toggle(store, ana);
    read_file(store, ana);
    assert_int_equal(count_of(store, ana), 0);
}

static void skill__of_the_file__goes__when_the_file_names_it_no_more(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana"), bo = fresh_person(store, "bo");

    read_file(store, ana);
    toggle(store, bo);
    read_file(store, bo);
    MUST(skills_clear_file(store, &err));
    assert_int_equal(count_of(store, ana), 0);
    assert_int_equal(count_of(store, bo), 1); /* said, too */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(skill__stays_as_it_was_said_last__when_the_file_is_read_again),
        FRESH_TEST(skill__said_before__stays_away__when_the_file_names_it_too),
        FRESH_TEST(skill__of_the_file__goes__when_the_file_names_it_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
