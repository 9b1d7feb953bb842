#include "store/holds.h"
#include "store/pages.h"
#include "store/questions.h"
#include "store/services.h"
#include "store/tasks.h"
#include "store/ties.h"
#include "tests/store/fresh.h"

static void hold(struct store *store, int64_t incident_id, const char *role,
                 int64_t person_id)
{
    struct hold row = {.incident_id = incident_id,
                       .role = role,
                       .person_id = person_id,
                       .from_ms = 100,
                       .to_ms = TIME_NONE};
    bool begun;

    MUST(hold_begin(store, &row, &begun, &err));
    assert_true(begun);
}

static void take_task(struct store *store, int64_t incident_id, int64_t person_id)
{
    struct task task = {.incident_id = incident_id,
                        .n = 1,
                        .what = "look",
                        .owner_id = person_id,
                        .giver_id = person_id,
                        .due_ms = TIME_NONE};
    bool moved;

    MUST(task_insert(store, &task, &err));
    MUST(task_ack(store, &task, person_id, 200, &moved, &err));
}

static void ties_worked__names_the_newest__when_two_shared_several(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), ruben = fresh_person(store, "ruben");
    int64_t old = fresh_incident(store, tove), newer = fresh_incident(store, tove);
    int64_t now = fresh_incident(store, tove);
    struct ties ties;

    hold(store, old, "commander", tove);
    take_task(store, old, ruben);
    hold(store, newer, "commander", ruben);
    take_task(store, newer, tove);
    hold(store, now, "commander", tove);
    take_task(store, now, ruben);
    MUST(ties_worked(store, tove, now, &ties, &err));
    assert_int_equal(ties.count, 1);
    assert_int_equal(ties.all[0].person_id, ruben);
    assert_int_equal(ties.all[0].incident_id, newer);
}

static void ties_worked__says_nothing__when_it_was_private(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), ruben = fresh_person(store, "ruben");
    struct incident incident = fresh_incident_by(tove);
    struct ties ties;

    incident.is_private = true;
    MUST(incident_insert(store, &incident, &err));
    hold(store, incident.id, "commander", tove);
    take_task(store, incident.id, ruben);
    MUST(ties_worked(store, tove, 0, &ties, &err));
    assert_int_equal(ties.count, 0);
}

static void ties_at_work__lists_who_has_something_to_do__when_asked(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), ruben = fresh_person(store, "ruben");
    int64_t marek = fresh_person(store, "marek");
    int64_t id = fresh_incident(store, tove);
    struct ties ties;

    take_task(store, id, ruben);
    MUST(ties_at_work(store, id, &ties, &err));
    assert_int_equal(ties.count, 2);
    assert_int_equal(ties.all[0].person_id, tove);
    assert_int_equal(ties.all[1].person_id, ruben);
    hold(store, id, "scribe", marek);
    MUST(ties_at_work(store, id, &ties, &err));
    assert_int_equal(ties.count, 3);
}

static void answer(struct store *store, int64_t asker_id, int64_t person_id, bool knew)
{
    struct question question = {.asker_id = asker_id,
                                .person_id = person_id,
                                .text = "who knows",
                                .asked_ms = 100};

    MUST(question_insert(store, &question, &err));
    MUST(question_settle(store, question.id, knew, 200, &err));
}

static void ties_answered__count_who_knew__not_who_was_asked(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), wen = fresh_person(store, "wen");
    int64_t ruben = fresh_person(store, "ruben");
    struct ties ties;

    answer(store, tove, wen, false);
    answer(store, tove, ruben, true);
    MUST(ties_answered(store, tove, &ties, &err));
    assert_int_equal(ties.count, 1);
    assert_int_equal(ties.all[0].person_id, ruben);
    MUST(ties_answered(store, wen, &ties, &err));
    assert_int_equal(ties.count, 0);
}

/* Offered, declined and unfinished work teaches nothing. */
static void helps__are_learned_from_accepted_help_alone(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), ruben = fresh_person(store, "ruben");
    struct incident incident = fresh_incident_by(tove);
    struct task task = {.n = 1, .what = "look", .due_ms = TIME_NONE};
    struct helps helps;
    bool moved;

    MUST(service_renew(store, "payments", NULL, &incident.service_id, &err));
    MUST(incident_insert(store, &incident, &err));
    task.incident_id = incident.id;
    task.owner_id = ruben;
    task.giver_id = tove;
    MUST(task_insert(store, &task, &err));
    MUST(helps_all(store, 0, &helps, &err));
    assert_int_equal(helps.count, 0);
    MUST(task_ack(store, &task, ruben, 200, &moved, &err));
    MUST(helps_all(store, 0, &helps, &err));
    assert_int_equal(helps.count, 0);
    MUST(task_finish(store, &task, ruben, 300, &moved, &err));
    MUST(helps_all(store, 0, &helps, &err));
    assert_int_equal(helps.count, 1);
    assert_int_equal(helps.all[0].service_id, incident.service_id);
    assert_int_equal(helps.all[0].person_id, ruben);
    assert_int_equal(helps.all[0].incident_id, incident.id);
    MUST(helps_all(store, incident.id, &helps, &err));
    assert_int_equal(helps.count, 0);
}

/* Why somebody is chosen is said in other channels. */
static void helps__say_nothing__when_it_was_private(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), ruben = fresh_person(store, "ruben");
    struct incident incident = fresh_incident_by(tove);
    struct task task = {.n = 1, .what = "look", .owner_id = ruben, .giver_id = tove};
    struct page page = {.n = 2, .asker_id = tove, .made_ms = 100};
    struct helps helps;
    bool moved;

    incident.is_private = true;
    MUST(service_renew(store, "payments", NULL, &incident.service_id, &err));
    MUST(incident_insert(store, &incident, &err));
    task.incident_id = page.incident_id = incident.id;
    task.due_ms = TIME_NONE;
    MUST(task_insert(store, &task, &err));
    MUST(task_ack(store, &task, ruben, 200, &moved, &err));
    MUST(task_finish(store, &task, ruben, 300, &moved, &err));
    MUST(page_insert(store, &page, &err));
    MUST(page_answer(store, &page, ruben, 200, &moved, &err));
    MUST(helps_all(store, 0, &helps, &err));
    assert_int_equal(helps.count, 0);
}

/* Nobody worked together but in play: no tie, no help, no answer. */
static void ties__learn_nothing__from_a_drill(void **state)
{
    struct store *store = *state;
    int64_t tove = fresh_person(store, "tove"), ruben = fresh_person(store, "ruben");
    struct incident drill = fresh_incident_by(tove);
    struct task task = {.n = 1, .what = "look", .owner_id = ruben, .giver_id = tove};
    struct question question = {
        .asker_id = tove, .person_id = ruben, .text = "which bell", .asked_ms = 100};
    struct helps helps;
    struct ties ties;
    bool moved;

    drill.is_drill = true;
    MUST(service_renew(store, "payments", NULL, &drill.service_id, &err));
    MUST(incident_insert(store, &drill, &err));
    task.incident_id = question.incident_id = drill.id;
    task.due_ms = TIME_NONE;
    MUST(task_insert(store, &task, &err));
    MUST(task_ack(store, &task, ruben, 200, &moved, &err));
    MUST(task_finish(store, &task, ruben, 300, &moved, &err));
    MUST(question_insert(store, &question, &err));
    MUST(question_settle(store, question.id, true, 200, &err));
    MUST(ties_worked(store, tove, 0, &ties, &err));
    assert_int_equal(ties.count, 0);
    MUST(ties_answered(store, tove, &ties, &err));
    assert_int_equal(ties.count, 0);
    MUST(helps_all(store, 0, &helps, &err));
    assert_int_equal(helps.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(ties_worked__names_the_newest__when_two_shared_several),
        FRESH_TEST(ties_worked__says_nothing__when_it_was_private),
        FRESH_TEST(ties_at_work__lists_who_has_something_to_do__when_asked),
        FRESH_TEST(ties_answered__count_who_knew__not_who_was_asked),
        FRESH_TEST(helps__are_learned_from_accepted_help_alone),
        FRESH_TEST(helps__say_nothing__when_it_was_private),
        FRESH_TEST(ties__learn_nothing__from_a_drill),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
