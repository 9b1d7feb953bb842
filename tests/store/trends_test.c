#include "store/factors.h"
#include "store/followups.h"
#include "store/trends.h"
#include "tests/store/fresh.h"

#define FROM_MS 10000

static int64_t declare(struct store *store, struct incident incident)
{
    MUST(incident_insert(store, &incident, &err));
    return incident.id;
}

static struct trend_rows rows_for(struct store *store, int64_t person_id)
{
    struct trend_rows rows;

    MUST(trend_rows_list(store, person_id, FROM_MS, 100, &rows, &err));
    return rows;
}

static struct incident late_incident(int64_t person_id)
{
    struct incident incident = fresh_incident_by(person_id);

    incident.declared_ms = FROM_MS + 1000;
    return incident;
}

static void trend_rows_list__leaves_out_drills_false_alarms_and_old_ones(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    struct incident incident = late_incident(ana);

    declare(store, fresh_incident_by(ana));
    declare(store, incident);
    incident.is_drill = true;
    declare(store, incident);
    incident.is_drill = false;
    incident.state = INCIDENT_CANCELLED;
    declare(store, incident);
    assert_int_equal(rows_for(store, ana).count, 1);
}

static void trend_rows_list__private_ones_only_for_members(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t bo = fresh_person(store, "bo");
    struct incident incident = late_incident(ana);
    struct trend_followups counts;
    struct followup followup = {
        .what = "x", .owner_id = ana, .maker_id = ana, .due_ms = TIME_NONE};
    bool is_new;

    incident.is_private = true;
    followup.incident_id = declare(store, incident);
    MUST(member_add(store, followup.incident_id, ana, 1000, &is_new, &err));
    MUST(followup_insert(store, &followup, &err));
    assert_int_equal(rows_for(store, ana).count, 1);
    assert_int_equal(rows_for(store, bo).count, 0);
    MUST(trend_followups_count(store, ana, FROM_MS, &counts, &err));
    assert_int_equal(counts.all, 1);
    MUST(trend_followups_count(store, bo, FROM_MS, &counts, &err));
    assert_int_equal(counts.all, 0);
}

static void trend_rows_list__knows_kinds_and_when_it_was_better(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    struct incident incident = late_incident(ana);
    struct factor factor = {.n = 1, .kind = "process", .text = "x", .person_id = ana};
    struct trend_rows rows;

    incident.normal_ms = FROM_MS + 5000;
    incident.resolved_ms = FROM_MS + 9000;
    factor.incident_id = declare(store, incident);
    MUST(factor_insert(store, &factor, &err));
    factor.n = 2;
    factor.kind = "people";
    factor.is_held = true;
    MUST(factor_insert(store, &factor, &err));
    rows = rows_for(store, ana);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.all[0].better_ms, FROM_MS + 5000);
    assert_true(rows.all[0].started_ms == TIME_NONE);
    assert_false(rows.all[0].has_kind[0]);
    assert_true(rows.all[0].has_kind[1]);
    /* Held back: in no draft, and not here. */
    assert_false(rows.all[0].has_kind[2]);
}

static void trend_followups_count__tells_done_from_looked_at_and_helped(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    int64_t incident_id = declare(store, late_incident(ana));
    struct followup_verdict verdict = {.person_id = ana, .at_ms = 5000};
    struct trend_followups counts;
    bool is_new;

    for (int i = 0; i < 4; i++) {
        struct followup followup = {.incident_id = incident_id,
                                    .what = "x",
                                    .owner_id = ana,
                                    .maker_id = ana,
                                    .due_ms = TIME_NONE};

        MUST(followup_insert(store, &followup, &err));
        if (i > 0) {
            MUST(followup_finish(store, followup.id, NULL, 4000, &is_new, &err));
        }
        verdict.has_helped = i == 3;
        if (i > 1) {
            MUST(followup_verify(store, followup.id, &verdict, &is_new, &err));
        }
    }
    MUST(trend_followups_count(store, ana, FROM_MS, &counts, &err));
    assert_int_equal(counts.all, 4);
    assert_int_equal(counts.done, 3);
    assert_int_equal(counts.verified, 2);
    assert_int_equal(counts.helped, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(trend_rows_list__leaves_out_drills_false_alarms_and_old_ones),
        FRESH_TEST(trend_rows_list__private_ones_only_for_members),
        FRESH_TEST(trend_rows_list__knows_kinds_and_when_it_was_better),
        FRESH_TEST(trend_followups_count__tells_done_from_looked_at_and_helped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
