#include "store/choices.h"
#include "store/parked.h"
#include "store/tasks.h"
#include "tests/store/fresh.h"

/* tove gives jo task 1 of a new incident. */
struct stage {
    int64_t tove, jo, dani, incident_id;
    struct task task;
};

static struct stage set_stage(struct store *store)
{
    struct stage stage = {.tove = fresh_person(store, "tove"),
                          .jo = fresh_person(store, "jo"),
                          .dani = fresh_person(store, "dani")};

    stage.incident_id = fresh_incident(store, stage.tove);
    stage.task = (struct task){.incident_id = stage.incident_id,
                               .n = 1,
                               .what = "how many orders",
                               .owner_id = stage.jo,
                               .giver_id = stage.tove,
                               .due_ms = TIME_NONE,
                               .made_ms = 100,
                               .offered_ms = 100};
    MUST(task_insert(store, &stage.task, &err));
    return stage;
}

static struct task *found(struct store *store, const struct stage *stage)
{
    struct task *task = NULL;

    MUST(task_find(store, stage->incident_id, 1, &task, &err));
    assert_non_null(task);
    return task;
}

static void task_ack__moves_once__when_the_owner_says_yes(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    bool moved;

    MUST(task_ack(store, &stage.task, stage.dani, 150, &moved, &err));
    assert_false(moved);
    assert_int_equal(found(store, &stage)->state, TASK_OPEN);
    MUST(task_ack(store, &stage.task, stage.jo, 200, &moved, &err));
    assert_true(moved);
    assert_int_equal(found(store, &stage)->state, TASK_ACKED);
    assert_int_equal(found(store, &stage)->acked_ms, 200);
    MUST(task_ack(store, &stage.task, stage.jo, 300, &moved, &err));
    assert_false(moved);
    assert_int_equal(found(store, &stage)->acked_ms, 200);
}

static void task_decline__leaves_it_to_nobody__when_the_owner_can_not(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    struct task_offers offers;
    bool moved;

    MUST(task_decline(store, &stage.task, stage.dani, 150, &moved, &err));
    assert_false(moved);
    MUST(task_decline(store, &stage.task, stage.jo, 160, &moved, &err));
    assert_true(moved);
    assert_int_equal(found(store, &stage)->owner_id, 0);
    assert_null(found(store, &stage)->owner);
    MUST(task_ack(store, &stage.task, stage.dani, 170, &moved, &err));
    assert_true(moved);
    assert_string_equal(found(store, &stage)->owner, "dani");
    MUST(task_offers_list(store, stage.incident_id, 1, &offers, &err));
    assert_int_equal(offers.count, 1);
    assert_string_equal(offers.all[0].answer, "no");
}

static void task_offer__asks_anew__when_it_is_not_done(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    struct task_offers offers;
    bool moved;

    MUST(task_offer(store, &stage.task, stage.dani, 200, &moved, &err));
    assert_true(moved);
    assert_string_equal(found(store, &stage)->owner, "dani");
    assert_int_equal(found(store, &stage)->state, TASK_OPEN);
    MUST(task_ack(store, &stage.task, stage.jo, 210, &moved, &err));
    assert_false(moved);
    MUST(task_finish(store, &stage.task, stage.dani, 220, &moved, &err));
    assert_true(moved);
    MUST(task_offer(store, &stage.task, stage.jo, 230, &moved, &err));
    assert_false(moved);
    MUST(task_offers_list(store, stage.incident_id, 1, &offers, &err));
    assert_int_equal(offers.count, 2);
    assert_string_equal(offers.all[1].handle, "dani");
}

static void task_finish__keeps_the_first_result__when_said_twice(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    bool moved;

    stage.task.result = "one";
    MUST(task_finish(store, &stage.task, stage.jo, 200, &moved, &err));
    assert_true(moved);
    stage.task.result = "two";
    MUST(task_finish(store, &stage.task, stage.jo, 300, &moved, &err));
    assert_false(moved);
    assert_string_equal(found(store, &stage)->result, "one");
    assert_int_equal(found(store, &stage)->done_ms, 200);
}

static void tasks_of__lists_what_waits__when_the_incident_is_open(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    struct tasks tasks;
    int64_t open, done;
    bool moved;

    MUST(tasks_of(store, stage.jo, 0, &tasks, &err));
    assert_int_equal(tasks.count, 1);
    MUST(tasks_of(store, stage.jo, stage.incident_id + 1, &tasks, &err));
    assert_int_equal(tasks.count, 0);
    MUST(tasks_count(store, stage.incident_id, &open, &done, &err));
    assert_int_equal(open, 1);
    assert_int_equal(done, 0);
    MUST(incident_move(store, stage.incident_id, INCIDENT_ACTIVE, INCIDENT_RESOLVED,
                       &moved, &err));
    MUST(tasks_of(store, stage.jo, 0, &tasks, &err));
    assert_int_equal(tasks.count, 0);
}

static void parked_finish__moves_once__when_it_is_parked(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    struct parked parked = {.incident_id = stage.incident_id,
                            .n = 2,
                            .text = "certificate ends",
                            .person_id = stage.jo,
                            .made_ms = 100};
    struct parked_list list;
    struct parked *one;
    bool moved;

    MUST(parked_insert(store, &parked, &err));
    MUST(parked_list(store, stage.incident_id, &list, &err));
    assert_int_equal(list.count, 1);
    assert_string_equal(list.all[0].handle, "jo");
    MUST(parked_finish(store, stage.incident_id, 2, 200, &moved, &err));
    assert_true(moved);
    MUST(parked_finish(store, stage.incident_id, 2, 300, &moved, &err));
    assert_false(moved);
    MUST(parked_list(store, stage.incident_id, &list, &err));
    assert_int_equal(list.count, 0);
    MUST(parked_find(store, stage.incident_id, 2, &one, &err));
    assert_int_equal(one->done_ms, 200);
    MUST(parked_find(store, stage.incident_id, 3, &one, &err));
    assert_null(one);
}

/* How much somebody has open is said where others read it. */
static void
choices_open_tasks__count_private_ones__in_their_incident_alone(void **state)
{
    struct store *store = *state;
    struct stage stage = set_stage(store);
    struct incident secret = fresh_incident_by(stage.tove);
    struct choices choices;

    secret.is_private = true;
    MUST(incident_insert(store, &secret, &err));
    stage.task.incident_id = secret.id;
    MUST(task_insert(store, &stage.task, &err));
    MUST(choices_open_tasks(store, stage.incident_id, &choices, &err));
    assert_int_equal(choices.count, 1);
    assert_int_equal(choices.all[0].id, 1);
    MUST(choices_open_tasks(store, secret.id, &choices, &err));
    assert_int_equal(choices.all[0].id, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(task_ack__moves_once__when_the_owner_says_yes),
        FRESH_TEST(task_decline__leaves_it_to_nobody__when_the_owner_can_not),
        FRESH_TEST(task_offer__asks_anew__when_it_is_not_done),
        FRESH_TEST(task_finish__keeps_the_first_result__when_said_twice),
        FRESH_TEST(tasks_of__lists_what_waits__when_the_incident_is_open),
        FRESH_TEST(parked_finish__moves_once__when_it_is_parked),
        FRESH_TEST(choices_open_tasks__count_private_ones__in_their_incident_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
