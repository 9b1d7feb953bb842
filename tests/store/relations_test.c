#include "store/relations.h"
#include "tests/store/fresh.h"

static struct relation related(int64_t incident_id, int64_t other_id)
{
    return (struct relation){.incident_id = incident_id,
                             .other_id = other_id,
                             .kind = RELATION_RELATED,
                             .person_id = 1,
                             .at_ms = 100};
}

static void relation_add__is_new_once__until_it_is_removed(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove");
    struct relation one =
        related(fresh_incident(store, tove), fresh_incident(store, tove));
    bool is_new, was_there;

    MUST(relation_add(store, &one, &is_new, &err));
    assert_true(is_new);
    MUST(relation_add(store, &one, &is_new, &err));
    assert_false(is_new);
    MUST(relation_remove(store, &one, &was_there, &err));
    assert_true(was_there);
    MUST(relation_remove(store, &one, &was_there, &err));
    assert_false(was_there);
}

static void relations_of__sees_both_ways__but_no_private_one(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove");
    int64_t first = fresh_incident(store, tove), second = fresh_incident(store, tove);
    struct incident secret = fresh_incident_by(tove);
    struct relation one = related(first, second), hidden, duplicate;
    struct incidents others;
    bool is_new;

    secret.is_private = true;
    MUST(incident_insert(store, &secret, &err));
    hidden = related(first, secret.id);
    duplicate = related(second, secret.id);
    duplicate.kind = RELATION_DUPLICATE;
    MUST(relation_add(store, &one, &is_new, &err));
    MUST(relation_add(store, &hidden, &is_new, &err));
    MUST(relation_add(store, &duplicate, &is_new, &err));
    MUST(relations_of(store, first, &others, &err));
    assert_int_equal(others.count, 1);
    assert_int_equal(others.all[0]->id, second);
    MUST(relations_of(store, second, &others, &err));
    assert_int_equal(others.count, 1);
    assert_int_equal(others.all[0]->id, first);
    MUST(relations_of(store, secret.id, &others, &err));
    assert_int_equal(others.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(relation_add__is_new_once__until_it_is_removed),
        FRESH_TEST(relations_of__sees_both_ways__but_no_private_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
