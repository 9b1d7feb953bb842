#include "store/impacts.h"
#include "tests/store/fresh.h"

static void put(struct store *store, int64_t incident_id, const char *question,
                const char *word)
{
    struct impact_row row = {.incident_id = incident_id,
                             .question = question,
                             .word = word,
                             .person_id = 1,
                             .at_ms = 100};

    MUST(impact_put(store, &row, &err));
}

static void impact_put__takes_the_place_of_what_was_there(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove");
    int64_t one = fresh_incident(store, tove), other = fresh_incident(store, tove);
    struct impact_rows rows;

    put(store, one, "users", "outside");
    put(store, one, "share", NULL);
    put(store, other, "users", "inside");
    put(store, one, "users", "both");
    MUST(impacts_list(store, one, &rows, &err));
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.all[0].question, "share");
    assert_null(rows.all[0].word);
    assert_string_equal(rows.all[1].word, "both");
}

static void quiet_invite__is_taken_once(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove");
    int64_t id = fresh_incident(store, tove);
    bool was_there;

    MUST(quiet_invite_take(store, id, tove, &was_there, &err));
    assert_false(was_there);
    MUST(quiet_invite_add(store, id, tove, &err));
    MUST(quiet_invite_add(store, id, tove, &err));
    MUST(quiet_invite_take(store, id, tove, &was_there, &err));
    assert_true(was_there);
    MUST(quiet_invite_take(store, id, tove, &was_there, &err));
    assert_false(was_there);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(impact_put__takes_the_place_of_what_was_there),
        FRESH_TEST(quiet_invite__is_taken_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
