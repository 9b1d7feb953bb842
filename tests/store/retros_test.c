#include "store/retros.h"
#include "tests/store/fresh.h"

struct scene {
    struct store *store;
    int64_t ana, incident_id;
};

static struct scene begin(void **state)
{
    struct store *store = *state;
    int64_t ana = fresh_person(store, "ana");
    return (struct scene){store, ana, fresh_incident(store, ana)};
}

static struct retro *find(const struct scene *scene)
{
    struct retro *retro;
    MUST(retro_find(scene->store, scene->incident_id, &retro, &err));
    return retro;
}

static void retro__is_due_then_a_draft_then_published(void **state)
{
    struct scene scene = begin(state);
    int64_t bo = fresh_person(scene.store, "bo");
    bool is;
    assert_null(find(&scene));
    MUST(retro_plan(scene.store, scene.incident_id, scene.ana, 5000, &err));
    assert_string_equal(find(&scene)->state, "due");
    assert_string_equal(find(&scene)->owner, "ana");
    MUST(retro_publish(scene.store, scene.incident_id, bo, 2000, &is, &err));
    assert_false(is);
    MUST(retro_give(scene.store, scene.incident_id, bo, TIME_NONE, &err));
    assert_string_equal(find(&scene)->owner, "bo");
    assert_int_equal(find(&scene)->due_ms, 5000);
    MUST(retro_begin(scene.store, scene.incident_id, 2000, &err));
    assert_string_equal(find(&scene)->state, "draft");
    MUST(retro_publish(scene.store, scene.incident_id, bo, 3000, &is, &err));
    assert_true(is);
    assert_int_equal(find(&scene)->published_by, bo);
}

/* Reopened and resolved again, another one is due; whose it is stays. */
static void retro_plan__is_due_again__after_one_was_published(void **state)
{
    struct scene scene = begin(state);
    bool is;
    MUST(retro_plan(scene.store, scene.incident_id, scene.ana, 5000, &err));
    MUST(retro_begin(scene.store, scene.incident_id, 2000, &err));
    MUST(retro_plan(scene.store, scene.incident_id, 0, 6000, &err));
    assert_string_equal(find(&scene)->state, "draft");
    MUST(retro_publish(scene.store, scene.incident_id, scene.ana, 3000, &is, &err));
    MUST(retro_plan(scene.store, scene.incident_id, 0, 7000, &err));
    assert_string_equal(find(&scene)->state, "due");
    assert_string_equal(find(&scene)->owner, "ana");
    assert_int_equal(find(&scene)->due_ms, 7000);
}

static void retro_fill_set__keeps_one_text_of_each_person(void **state)
{
    struct scene scene = begin(state);
    struct retro_fills fills;
    struct retro_fill fill = {
        .incident_id = scene.incident_id,
        .section = "factors",
        .text = "one",
        .person_id = scene.ana,
        .at_ms = 1000,
        .source = {"console", "#ops", "1.2"},
    };
    MUST(retro_fill_set(scene.store, &fill, &err));
    fill.person_id = fresh_person(scene.store, "bo");
    fill.text = "two";
    MUST(retro_fill_set(scene.store, &fill, &err));
    fill.text = "three";
    MUST(retro_fill_set(scene.store, &fill, &err));
    MUST(retro_fills_list(scene.store, scene.incident_id, &fills, &err));
    assert_int_equal(fills.count, 2);
    assert_string_equal(fills.all[0].text, "one");
    assert_string_equal(fills.all[0].source.message, "1.2");
    assert_string_equal(fills.all[1].handle, "bo");
    assert_string_equal(fills.all[1].text, "three");
    fill.text = "";
    MUST(retro_fill_set(scene.store, &fill, &err));
    MUST(retro_fills_list(scene.store, scene.incident_id, &fills, &err));
    assert_int_equal(fills.count, 1);
}

static void retro_answers_drop__takes_those_of_one_message(void **state)
{
    struct scene scene = begin(state);
    struct retro_answers answers;
    const struct retro_source other = {"console", "#ops", "9"};
    struct retro_answer answer = {
        .incident_id = scene.incident_id,
        .question = "data",
        .answer = "no",
        .text = "",
        .person_id = scene.ana,
        .at_ms = 1000,
        .source = {"console", "#ops", "1"},
    };
    MUST(retro_answer_set(scene.store, &answer, &err));
    answer.answer = "yes";
    MUST(retro_answer_set(scene.store, &answer, &err));
    MUST(retro_answers_drop(scene.store, scene.incident_id, &other, &err));
    MUST(retro_answers_list(scene.store, scene.incident_id, &answers, &err));
    assert_int_equal(answers.count, 1);
    assert_string_equal(answers.all[0].answer, "yes");
    MUST(retro_answers_drop(scene.store, scene.incident_id, &answer.source, &err));
    MUST(retro_answers_list(scene.store, scene.incident_id, &answers, &err));
    assert_int_equal(answers.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(retro__is_due_then_a_draft_then_published),
        FRESH_TEST(retro_plan__is_due_again__after_one_was_published),
        FRESH_TEST(retro_fill_set__keeps_one_text_of_each_person),
        FRESH_TEST(retro_answers_drop__takes_those_of_one_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
