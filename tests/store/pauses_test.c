#include "store/holds.h"
#include "store/pauses.h"
#include "store/people.h"
#include "tests/store/fresh.h"

static struct pause take(struct store *store, int64_t incident_id, int64_t person_id)
{
    struct pause pause = {.incident_id = incident_id,
                          .person_id = person_id,
                          .by_choice = true,
                          .length_ms = 1000,
                          .asked_ms = 100,
                          .from_ms = TIME_NONE};

    MUST(pause_insert(store, &pause, &err));
    return pause;
}

static void pause__begins_once(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana"), bo = fresh_person(store, "bo");
    int64_t incident_id = fresh_incident(store, ana);
    struct pause pause = take(store, incident_id, ana);
    struct pause *found;
    bool begun;

    MUST(pause_find(store, incident_id, ana, &found, &err));
    assert_non_null(found);
    assert_true(found->by_choice && found->from_ms == TIME_NONE);
    MUST(pause_begin(store, pause.id, bo, 200, &begun, &err));
    assert_true(begun);
    MUST(pause_begin(store, pause.id, ana, 300, &begun, &err));
    assert_false(begun);
    MUST(pause_find(store, incident_id, ana, &found, &err));
    assert_int_equal(found->deputy_id, bo);
    assert_int_equal(found->from_ms, 200);
}

static void pause__is_found_no_more__when_it_ended(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t incident_id = fresh_incident(store, ana);
    struct pause pause = take(store, incident_id, ana);
    struct pause *found;
    struct pauses open;
    bool begun;

    MUST(pauses_open(store, incident_id, &open, &err));
    assert_int_equal(open.count, 1);
    MUST(pause_end(store, pause.id, 200, &err));
    MUST(pause_find(store, incident_id, ana, &found, &err));
    assert_null(found);
    MUST(pauses_open(store, incident_id, &open, &err));
    assert_int_equal(open.count, 0);
    MUST(pause_begin(store, pause.id, ana, 300, &begun, &err));
    assert_false(begun);
}

static void hold__says_for_whose_break_it_is_held(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana"), bo = fresh_person(store, "bo");
    int64_t incident_id = fresh_incident(store, ana);
    struct pause pause = take(store, incident_id, ana);
    struct hold hold = {.incident_id = incident_id,
                        .role = "commander",
                        .person_id = bo,
                        .pause_id = pause.id};
    struct hold *found;
    bool begun;

    MUST(hold_begin(store, &hold, &begun, &err));
    MUST(hold_find(store, incident_id, "commander", &found, &err));
    assert_int_equal(found->pause_id, pause.id);
}

static void member__rests_until_then(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t incident_id = fresh_incident(store, ana);
    struct people resting;
    bool is_new;

    MUST(member_add(store, incident_id, ana, 100, &is_new, &err));
    MUST(members_resting(store, incident_id, 100, &resting, &err));
    assert_int_equal(resting.count, 0);
    MUST(member_rest(store, incident_id, ana, 200, &err));
    MUST(members_resting(store, incident_id, 199, &resting, &err));
    assert_int_equal(resting.count, 1);
    MUST(members_resting(store, incident_id, 200, &resting, &err));
    assert_int_equal(resting.count, 0);
    MUST(member_rest(store, incident_id, ana, TIME_NONE, &err));
    MUST(members_resting(store, incident_id, 150, &resting, &err));
    assert_int_equal(resting.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(pause__begins_once),
        FRESH_TEST(pause__is_found_no_more__when_it_ended),
        FRESH_TEST(hold__says_for_whose_break_it_is_held),
        FRESH_TEST(member__rests_until_then),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
