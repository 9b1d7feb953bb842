#include "tests/store/fresh.h"

static bool add(struct store *store, int64_t incident_id, int64_t person_id)
{
    bool is_new = false;
    MUST(member_add(store, incident_id, person_id, 2000, &is_new, &err));
    return is_new;
}

static bool is_member(struct store *store, int64_t incident_id, int64_t person_id)
{
    bool is = false;
    MUST(member_is(store, incident_id, person_id, &is, &err));
    return is;
}

static void member_add__is_new_once__when_added_twice(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = fresh_incident(store, ana);
    assert_false(is_member(store, id, ana));
    assert_true(add(store, id, ana));
    assert_false(add(store, id, ana));
    assert_true(is_member(store, id, ana));
    assert_false(is_member(store, id + 1, ana));
}

static void member_add__is_new_again__when_they_had_left(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = fresh_incident(store, ana);
    assert_true(add(store, id, ana));
    MUST(member_leave(store, id, ana, 3000, &err));
    assert_false(is_member(store, id, ana));
    assert_true(add(store, id, ana));
    assert_true(is_member(store, id, ana));
}

static void members_list__holds_who_is_in__when_some_left(void **state)
{
    struct store *store = *state;
    struct people people;
    int64_t tove = fresh_person(store, "tove");
    int64_t ana = fresh_person(store, "Ana");
    int64_t bo = fresh_person(store, "bo");
    int64_t id = fresh_incident(store, ana);
    (void)add(store, id, tove);
    (void)add(store, id, bo);
    (void)add(store, id, ana);
    MUST(member_leave(store, id, bo, 3000, &err));
    MUST(members_list(store, id, &people, &err));
    assert_int_equal(people.count, 2);
    assert_string_equal(people.all[0].handle, "Ana");
    assert_string_equal(people.all[1].handle, "tove");
    MUST(members_list(store, id + 1, &people, &err));
    assert_int_equal(people.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(member_add__is_new_once__when_added_twice),
        FRESH_TEST(member_add__is_new_again__when_they_had_left),
        FRESH_TEST(members_list__holds_who_is_in__when_some_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
