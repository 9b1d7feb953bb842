#include "bot/base/time.h"
#include "store/followups.h"
#include "tests/unit/bot/retro_scene.h"

static size_t count_holding(const struct note *note, const char *words)
{
    size_t count = 0;

    for (size_t i = 0; i < note->count; i++) {
        count += strstr(note->blocks[i].text, words) != NULL ? 1 : 0;
    }
    return count;
}

/* In all seven sections together. */
static size_t count_everywhere(const struct scene *scene, const char *words)
{
    size_t count = 0, questions;

    for (int i = 0; i < RETRO_SECTIONS; i++) {
        count += count_holding(
            retro_compose(&scene->record, (enum retro_place)i, &questions), words);
    }
    return count;
}

static void assert_short(const struct scene *scene)
{
    for (int i = 0; i < RETRO_SECTIONS; i++) {
        size_t questions;
        const struct note *note =
            retro_compose(&scene->record, (enum retro_place)i, &questions);

        if (note->count > RETRO_LINES) {
            fail_msg("%s has %zu lines", retro_section_names[i], note->count);
        }
        assert_int_equal(count_holding(note, "? "), questions);
    }
}

static void retro_compose__asks_for_everything__when_nothing_is_known(void **state)
{
    struct scene scene = begin(state);

    load(&scene);
    assert_short(&scene);
    assert_int_equal(retro_questions(&scene.record), 12);
    assert_int_equal(count_everywhere(&scene, "? ana: "), 12);
    end(&scene);
}

/* A task, done with this result; without one it stays open. */
static void give(const struct scene *scene, int64_t n, int64_t at_ms,
                 const char *result)
{
    struct task task = {.incident_id = scene->incident.id,
                        .n = n,
                        .what = "look at the network",
                        .owner_id = scene->ana,
                        .giver_id = scene->ana,
                        .due_ms = TIME_NONE,
                        .made_ms = at_ms,
                        .offered_ms = at_ms};
    bool moved;

    MUST(task_insert(scene->store, &task, &err));
    if (result != NULL) {
        task.result = result;
        MUST(task_finish(scene->store, &task, scene->ana, at_ms, &moved, &err));
    }
}

static void fill_with_much(const struct scene *scene)
{
    for (int i = 0; i < MANY; i++) {
        int64_t at_ms = 1000 + i * (int64_t)MINUTE * 60;
        struct update update = {
            .incident_id = scene->incident.id,
            .at_ms = at_ms,
            .audience = i % 2 == 0 ? UPDATE_INSIDE : UPDATE_OUTSIDE,
            .person_id = scene->ana,
            .text = "told",
            .due_ms = at_ms - 5 * (int64_t)MINUTE,
        };
        struct factor factor = {
            .incident_id = scene->incident.id,
            .n = i + 1,
            .kind = "technical",
            .text = "a limit",
            .person_id = scene->ana,
            .at_ms = at_ms,
        };
        struct followup followup = {
            .incident_id = scene->incident.id,
            .what = "a test",
            .owner_id = scene->ana,
            .maker_id = scene->ana,
            .due_ms = TIME_NONE,
            .made_ms = at_ms,
        };

        enter(scene, "said", at_ms, "found 17 of it", true);
        enter(scene, "note", at_ms, "50 orders wait", false);
        enter(scene, "change", at_ms, "a flag off", false);
        enter(scene, "step", at_ms, "about to: wipe it", false);
        give(scene, i + 1, at_ms, i % 2 == 0 ? "it is done" : NULL);
        enter(scene, "severity", at_ms, "severity sev2 (was sev3): big", false);
        MUST(update_insert(scene->store, &update, &err));
        MUST(factor_insert(scene->store, &factor, &err));
        MUST(followup_insert(scene->store, &followup, &err));
    }
}

static void retro_compose__keeps_to_twelve_lines__when_much_happened(void **state)
{
    struct scene scene = begin(state);

    fill_with_much(&scene);
    load(&scene);
    assert_short(&scene);
    /* The first and the last are there, and how many more there are. */
    assert_true(count_everywhere(&scene, "And ") >= RETRO_SECTIONS - 2);
    /* Another day is named. */
    assert_true(count_everywhere(&scene, "Fri 2 January") > 0);
    end(&scene);
}

/* A step may stand right before the loss, so that it has no name, and a result needs no
 * number to count. */
static void retro_compose__tells_of_steps_and_work__in_their_order(void **state)
{
    struct scene scene = begin(state);
    const char *timeline, *technical, *followups;

    enter(&scene, "change", 4000, "a flag off", false);
    enter(&scene, "step", 3000, "about to: wipe the folder", false);
    give(&scene, 1, 2000, "that network is down too");
    give(&scene, 2, 2000, NULL);
    load(&scene);
    timeline = whole(&scene, RETRO_TIMELINE);
    technical = whole(&scene, RETRO_TECHNICAL);
    followups = whole(&scene, RETRO_FOLLOWUPS);
    assert_non_null(strstr(timeline, "about to: wipe the folder"));
    assert_null(strstr(timeline, "ana about to"));
    assert_null(strstr(technical, "ana about to"));
    assert_non_null(strstr(timeline, "task 1 done, ana: that network is down too"));
    assert_true(strstr(technical, "network is down") < strstr(technical, "about to"));
    assert_true(strstr(technical, "about to") < strstr(technical, "a flag off"));
    assert_non_null(
        strstr(followups, "Task 2 is still open, ana: look at the network. ? ana: "));
    assert_null(strstr(followups, "Task 1"));
    end(&scene);
}

static void retro_compose__leaves_out__what_is_gone_or_held(void **state)
{
    struct scene scene = begin(state);
    int64_t deleted = enter(&scene, "said", 2000, "secret 1", true);
    int64_t dropped = enter(&scene, "note", 2000, "secret 2", false);
    const struct factor held = {
        .incident_id = scene.incident.id,
        .n = 1,
        .kind = "people",
        .text = "secret 3",
        .person_id = scene.ana,
        .at_ms = 2000,
        .is_held = true,
    };

    enter(&scene, "said", 2000, "kept 4", true);
    MUST(factor_insert(scene.store, &held, &err));
    MUST(timeline_delete(scene.store, deleted, 3000, &err));
    MUST(timeline_drop(scene.store, dropped, 3000, &err));
    load(&scene);
    assert_int_equal(count_everywhere(&scene, "secret"), 0);
    assert_true(count_everywhere(&scene, "kept 4") > 0);
    MUST(factor_hold(scene.store, &held, false, &err));
    load(&scene);
    assert_int_equal(count_everywhere(&scene, "secret 3"), 1);
    end(&scene);
}

static void fill(const struct scene *scene, const char *section, int64_t person_id,
                 const char *text)
{
    const struct retro_fill fill = {
        .incident_id = scene->incident.id,
        .section = section,
        .text = text,
        .person_id = person_id,
        .at_ms = 2000,
    };

    MUST(retro_fill_set(scene->store, &fill, &err));
}

static void retro_compose__asks_nothing__of_whoever_filled_it_in(void **state)
{
    struct scene scene = begin(state);
    size_t questions;
    const struct note *note;

    fill(&scene, "factors", scene.ana, "it was the\nheat");
    load(&scene);
    note = retro_compose(&scene.record, RETRO_FACTORS, &questions);
    assert_int_equal(questions, 0);
    assert_int_equal(count_holding(note, "ana: \"it was the heat\""), 1);
    assert_int_equal(retro_questions(&scene.record), 12 - 4);
    end(&scene);
}

/* Those who were asked are still to be heard; who was not speaks for all of them. */
static void retro_compose__goes_on_asking__the_others(void **state)
{
    struct scene scene = begin(state);
    int64_t bo = fresh_person(scene.store, "bo");
    size_t questions;

    struct hold hold = {.incident_id = scene.incident.id,
                        .role = "commander",
                        .person_id = bo,
                        .from_ms = 1500,
                        .to_ms = TIME_NONE};
    bool begun;

    MUST(hold_begin(scene.store, &hold, &begun, &err));
    load(&scene);
    /* how an ordinary day is, of ana; what the next one should know, of bo */
    (void)retro_compose(&scene.record, RETRO_NARRATIVE, &questions);
    assert_int_equal(questions, 2);
    fill(&scene, "narrative", scene.ana, "all is quiet here");
    load(&scene);
    (void)retro_compose(&scene.record, RETRO_NARRATIVE, &questions);
    assert_int_equal(questions, 1);
    fill(&scene, "narrative", fresh_person(scene.store, "cy"), "and I saw it");
    load(&scene);
    (void)retro_compose(&scene.record, RETRO_NARRATIVE, &questions);
    assert_int_equal(questions, 0);
    end(&scene);
}

/* They are the three that the outside version must answer. */
static void retro_messages__asks_for_answers__until_they_are_given(void **state)
{
    struct scene scene = begin(state);
    const struct retro_answer answer = {
        .incident_id = scene.incident.id,
        .question = "money",
        .answer = "yes",
        .text = "two double payments",
        .person_id = scene.ana,
        .at_ms = 2000,
    };
    size_t questions;
    const struct note *note;

    fill(&scene, "messages", scene.ana, "the bank was phoned");
    MUST(retro_answer_set(scene.store, &answer, &err));
    load(&scene);
    note = retro_compose(&scene.record, RETRO_MESSAGES, &questions);
    assert_int_equal(questions, 1);
    assert_int_equal(count_holding(note, "ana: money wrong yes: two double payments."),
                     1);
    assert_int_equal(count_holding(note, "was data lost? was private data seen? Yes"),
                     1);
    assert_int_equal(count_holding(note, "was money wrong"), 0);
    end(&scene);
}

static void retro_narrative__names_nobody__for_a_feeling(void **state)
{
    struct scene scene = begin(state);
    struct entry entry = {
        .incident_id = scene.incident.id,
        .at_ms = 2000,
        .recorded_ms = 2000,
        .kind = "feeling",
        .text = "alone until 4",
    };
    bool is_new;

    MUST(timeline_insert(scene.store, &entry, &is_new, &err));
    load(&scene);
    assert_int_equal(count_everywhere(&scene, "Somebody felt: \"alone until 4\"."), 1);
    end(&scene);
}

/* A clock time, a date or a name is nothing that has a usual value. */
static void retro_monitoring__asks_what_is_usual__of_numbers_alone(void **state)
{
    static const char *const others[] = {"the rules that went out at 13:42",
                                         "us-east-1 and S3 fail", "since 2017-02-28",
                                         "see INC/42 and #7"};
    struct scene scene = begin(state);

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        enter(&scene, "note", 2000 + (int64_t)i, others[i], false);
    }
    load(&scene);
    assert_non_null(
        strstr(whole(&scene, RETRO_MONITORING), "Numbers on record: none."));
    enter(&scene, "note", 3000, "at 13:42 about 60 Mbit/s", false);
    load(&scene);
    assert_non_null(strstr(whole(&scene, RETRO_MONITORING), "what is usual for this"));
    end(&scene);
}

static void retro__says_at_once__when_it_was_noticed_as_it_began(void **state)
{
    struct scene scene = begin(state);

    scene.incident.started_ms = scene.incident.detected_ms = 1000;
    load(&scene);
    assert_null(strstr(whole(&scene, RETRO_MONITORING), "0 s"));
    assert_non_null(strstr(whole(&scene, RETRO_MONITORING), ", at once."));
    assert_non_null(strstr(whole(&scene, RETRO_NARRATIVE), "was noticed at once."));
    end(&scene);
}

static void retro_more__counts_in_words_that_fit(void **state)
{
    struct scene scene = begin(state);
    struct retro_part part = {.record = &scene.record,
                              .arena = scene.store->arena,
                              .note = note_create(scene.store->arena)};

    text_init(&part.more, scene.store->arena);
    retro_more(&part, 2, 2, "factors");
    retro_say_more(&part);
    assert_int_equal(part.note->count, 0);
    retro_more(&part, 3, 2, "factors");
    retro_more(&part, 4, 2, "changes");
    retro_say_more(&part);
    assert_int_equal(count_holding(part.note, "And 1 more factor, 2 more changes: "),
                     1);
    end(&scene);
}

/* ana raised it and led last: both are asked of her, and one sentence is one answer. */
static void retro_narrative__goes_on_asking__what_the_next_should_know(void **state)
{
    struct scene scene = begin(state);
    size_t questions;

    load(&scene);
    (void)retro_compose(&scene.record, RETRO_NARRATIVE, &questions);
    assert_int_equal(questions, 2);
    fill(&scene, "narrative", scene.ana, "all is quiet here");
    load(&scene);
    (void)retro_compose(&scene.record, RETRO_NARRATIVE, &questions);
    assert_int_equal(questions, 1);
    assert_non_null(strstr(whole(&scene, RETRO_NARRATIVE), "should the next one"));
    fill(&scene, RETRO_NEXT, scene.ana, "look at the lock");
    load(&scene);
    assert_int_equal(
        count_holding(retro_compose(&scene.record, RETRO_NARRATIVE, &questions),
                      "ana: \"look at the lock\""),
        1);
    assert_int_equal(questions, 0);
    end(&scene);
}

/* Said for the next one, by whomever, it begins no story and speaks for nobody. */
static void retro_narrative__goes_on_asking__for_the_beginning(void **state)
{
    struct scene scene = begin(state);
    size_t questions;

    fill(&scene, RETRO_NEXT, fresh_person(scene.store, "cy"), "look at the lock");
    load(&scene);
    (void)retro_compose(&scene.record, RETRO_NARRATIVE, &questions);
    assert_int_equal(questions, 1);
    assert_non_null(strstr(whole(&scene, RETRO_NARRATIVE), "one sentence on how"));
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(retro_compose__asks_for_everything__when_nothing_is_known),
        FRESH_TEST(retro_compose__keeps_to_twelve_lines__when_much_happened),
        FRESH_TEST(retro_compose__tells_of_steps_and_work__in_their_order),
        FRESH_TEST(retro_compose__leaves_out__what_is_gone_or_held),
        FRESH_TEST(retro_compose__asks_nothing__of_whoever_filled_it_in),
        FRESH_TEST(retro_compose__goes_on_asking__the_others),
        FRESH_TEST(retro_messages__asks_for_answers__until_they_are_given),
        FRESH_TEST(retro_narrative__goes_on_asking__what_the_next_should_know),
        FRESH_TEST(retro_narrative__goes_on_asking__for_the_beginning),
        FRESH_TEST(retro_narrative__names_nobody__for_a_feeling),
        FRESH_TEST(retro_monitoring__asks_what_is_usual__of_numbers_alone),
        FRESH_TEST(retro__says_at_once__when_it_was_noticed_as_it_began),
        FRESH_TEST(retro_more__counts_in_words_that_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
