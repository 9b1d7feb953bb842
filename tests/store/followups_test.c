#include "store/followups.h"
#include "tests/store/fresh.h"

static int64_t give(struct store *store, int64_t incident_id, int64_t owner_id,
                    int64_t due_ms)
{
    struct followup followup = {
        .incident_id = incident_id,
        .what = "watch the queue",
        .owner_id = owner_id,
        .maker_id = owner_id,
        .due_ms = due_ms,
        .stops = "a surprise",
        .made_ms = 2000,
    };
    MUST(followup_insert(store, &followup, &err));
    return followup.id;
}

static void followup_finish__happens_once(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = give(store, fresh_incident(store, ana), ana, TIME_NONE);
    struct followup *followup;
    bool is_done;

    MUST(followup_finish(store, id, "an alert", 3000, &is_done, &err));
    assert_true(is_done);
    MUST(followup_finish(store, id, "again", 4000, &is_done, &err));
    assert_false(is_done);
    MUST(followup_find(store, id, &followup, &err));
    assert_string_equal(followup->state, "done");
    assert_string_equal(followup->result, "an alert");
    assert_true(followup->done_ms == 3000);
    assert_true(followup->due_ms == TIME_NONE);
    assert_null(followup->why);
    assert_string_equal(followup->stops, "a surprise");
}

static void followups_open__earliest_due_first_and_undated_last(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t incident_id = fresh_incident(store, ana);
    int64_t undated = give(store, incident_id, ana, TIME_NONE);
    int64_t late = give(store, incident_id, ana, 9000);
    int64_t soon = give(store, incident_id, ana, 8000);
    struct followups followups;

    MUST(followups_open(store, ana, 10, &followups, &err));
    assert_int_equal(followups.count, 3);
    assert_int_equal(followups.all[0].id, soon);
    assert_int_equal(followups.all[1].id, late);
    assert_int_equal(followups.all[2].id, undated);
    MUST(followups_open(store, ana, 2, &followups, &err));
    assert_int_equal(followups.count, 2);
}

static void followups_open__hides_private_ones__from_outsiders(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t bo = fresh_person(store, "bo");
    struct incident incident = fresh_incident_by(ana);
    struct followups followups;
    bool is_new;

    incident.is_private = true;
    MUST(incident_insert(store, &incident, &err));
    MUST(member_add(store, incident.id, ana, 1000, &is_new, &err));
    give(store, incident.id, ana, TIME_NONE);
    MUST(followups_open(store, bo, 10, &followups, &err));
    assert_int_equal(followups.count, 0);
    MUST(followups_open(store, ana, 10, &followups, &err));
    assert_int_equal(followups.count, 1);
}

static void followup_drop_entry__hides_it_everywhere(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t incident_id = fresh_incident(store, ana);
    int64_t id = give(store, incident_id, ana, TIME_NONE);
    struct followups followups;
    struct followup *followup;
    bool is_done;

    MUST(followup_set_entry(store, id, 7, &err));
    MUST(followup_drop_entry(store, incident_id, 7, 3000, &err));
    MUST(followup_find(store, id, &followup, &err));
    assert_null(followup);
    MUST(followups_of(store, incident_id, &followups, &err));
    assert_int_equal(followups.count, 0);
    MUST(followup_finish(store, id, NULL, 4000, &is_done, &err));
    assert_false(is_done);
}

static bool verify(struct store *store, int64_t id, int64_t person_id, bool has_helped)
{
    const struct followup_verdict verdict = {
        .has_helped = has_helped, .person_id = person_id, .at_ms = 5000};
    bool is_new;

    MUST(followup_verify(store, id, &verdict, &is_new, &err));
    return is_new;
}

static void followup_verify__waits_until_it_is_done__and_may_change(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = give(store, fresh_incident(store, ana), ana, TIME_NONE);
    struct followup *followup;
    bool is_done;

    assert_false(verify(store, id, ana, true));
    MUST(followup_finish(store, id, NULL, 3000, &is_done, &err));
    assert_true(verify(store, id, ana, true));
    assert_false(verify(store, id, ana, true));
    assert_true(verify(store, id, ana, false));
    MUST(followup_find(store, id, &followup, &err));
    assert_false(followup->has_helped);
    assert_true(followup->verified_ms == 5000);
    assert_string_equal(followup->state, "done");
}

static void followups_unverified__lists_what_is_done_and_not_looked_at(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t incident_id = fresh_incident(store, ana);
    int64_t seen = give(store, incident_id, ana, TIME_NONE);
    int64_t unseen = give(store, incident_id, ana, TIME_NONE);
    struct followups followups;
    bool is_done;

    give(store, incident_id, ana, TIME_NONE);
    MUST(followup_finish(store, seen, NULL, 3000, &is_done, &err));
    MUST(followup_finish(store, unseen, NULL, 3000, &is_done, &err));
    assert_true(verify(store, seen, ana, false));
    MUST(followups_unverified(store, ana, 10, &followups, &err));
    assert_int_equal(followups.count, 1);
    assert_int_equal(followups.all[0].id, unseen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(followup_finish__happens_once),
        FRESH_TEST(followups_open__earliest_due_first_and_undated_last),
        FRESH_TEST(followups_open__hides_private_ones__from_outsiders),
        FRESH_TEST(followup_drop_entry__hides_it_everywhere),
        FRESH_TEST(followup_verify__waits_until_it_is_done__and_may_change),
        FRESH_TEST(followups_unverified__lists_what_is_done_and_not_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
