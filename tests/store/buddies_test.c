#include "store/buddies.h"
#include "tests/store/fresh.h"

static bool is_buddy(struct store *store, int64_t person_id, int64_t buddy_id)
{
    bool is;

    MUST(buddy_is(store, person_id, buddy_id, &is, &err));
    return is;
}

/* Reads the file anew: tove names wen in it. */
static void read_file(struct store *store, int64_t tove, int64_t wen)
{
    MUST(buddies_clear_file(store, &err));
    MUST(buddy_add(store, tove, wen, 100, true, &err));
}

static void buddy_end__holds__when_the_file_is_read_anew(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), wen = fresh_person(store, "wen");

    read_file(store, tove, wen);
    assert_true(is_buddy(store, tove, wen));
    assert_false(is_buddy(store, wen, tove));
    MUST(buddy_end(store, wen, tove, &err));
    assert_false(is_buddy(store, tove, wen));
    read_file(store, tove, wen);
    assert_false(is_buddy(store, tove, wen));
    MUST(buddy_agree(store, wen, tove, &err));
    MUST(buddy_add(store, tove, wen, 200, false, &err));
    MUST(buddy_add(store, wen, tove, 200, false, &err));
    read_file(store, tove, wen);
    assert_true(is_buddy(store, tove, wen));
    assert_true(is_buddy(store, wen, tove));
}

static void buddies_one_sided__are_those_of_the_file_alone(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), wen = fresh_person(store, "wen");
    int64_t bo = fresh_person(store, "bo");
    struct people people;

    read_file(store, tove, wen);
    MUST(buddy_add(store, bo, wen, 100, false, &err));
    MUST(buddy_add(store, wen, bo, 100, false, &err));
    MUST(buddies_one_sided(store, wen, &people, &err));
    assert_int_equal(people.count, 1);
    assert_int_equal(people.all[0].id, tove);
    MUST(buddies_one_sided(store, tove, &people, &err));
    assert_int_equal(people.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(buddy_end__holds__when_the_file_is_read_anew),
        FRESH_TEST(buddies_one_sided__are_those_of_the_file_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
