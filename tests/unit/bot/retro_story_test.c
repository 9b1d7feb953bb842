#include "tests/unit/bot/retro_scene.h"

/* Each behind the one before. */
static void assert_in_order(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *found = text == NULL ? NULL : strstr(text, words[i]);

        if (found == NULL) {
            fail_msg("\"%s\" is not there, or before its time", words[i]);
        }
        text = found;
    }
}

static void take_lead(const struct scene *scene, const char *handle, int64_t from_ms)
{
    struct hold hold = {.incident_id = scene->incident.id,
                        .role = "commander",
                        .person_id = fresh_person(scene->store, handle),
                        .from_ms = from_ms,
                        .to_ms = TIME_NONE};
    bool is;

    MUST(hold_begin(scene->store, &hold, &is, &err));
    assert_true(is);
    MUST(hold_end(scene->store, &hold, from_ms + MINUTE, &is, &err));
}

static void try_out(const struct scene *scene, int64_t at_ms)
{
    const struct try try = {.incident_id = scene->incident.id,
                            .n = 1,
                            .text = "a restart",
                            .person_id = scene->ana,
                            .made_ms = at_ms,
                            .settled_ms = TIME_NONE};

    MUST(try_insert(scene->store, &try, &err));
}

/* A day of it, told in another order than it went. */
static void live_through(struct scene *scene)
{
    enter(scene, "change", 30 * (int64_t)MINUTE, "the flag off", false);
    enter(scene, "severity", 20 * (int64_t)MINUTE,
          "severity sev1 (was sev2): all is gone", false);
    enter(scene, "said", 10 * (int64_t)MINUTE, "writes hang", true);
    enter(scene, "said", 15 * (int64_t)MINUTE, "no disk left", true);
    try_out(scene, 12 * (int64_t)MINUTE);
    take_lead(scene, "cy", 25 * (int64_t)MINUTE);
    take_lead(scene, "bo", 5 * (int64_t)MINUTE);
    scene->incident.mitigated_ms = 40 * (int64_t)MINUTE;
}

static void retro_narrative__goes_by_time__whatever_it_tells(void **state)
{
    static const char *const story[] = {"bo led",       "writes hang", "a restart",
                                        "no disk",      "at sev1",     "cy led",
                                        "the flag off", "mitigated"};
    struct scene scene = begin(state);

    live_through(&scene);
    load(&scene);
    assert_in_order(whole(&scene, RETRO_NARRATIVE), story,
                    sizeof(story) / sizeof(story[0]));
    end(&scene);
}

/* Of too much, what the story turns on stays; in a document nothing has to go. */
static void retro__leaves_out_first__what_weighs_least(void **state)
{
    static const char *const heavy[] = {"bo led", "a restart", "sev1", "cy led",
                                        "mitigated"};
    static const char *const key[] = {"bo leads", "sev1", "cy leads", "mitigated"};
    struct scene scene = begin(state);
    size_t short_bytes;

    for (int i = 0; i < MANY; i++) {
        enter(&scene, "change", 1000 + i * (int64_t)MINUTE, "a small change", false);
        enter(&scene, "severity", 1000 + i * (int64_t)MINUTE,
              "severity sev3 (was sev3)", false);
    }
    live_through(&scene);
    load(&scene);
    assert_in_order(whole(&scene, RETRO_NARRATIVE), heavy,
                    sizeof(heavy) / sizeof(heavy[0]));
    assert_in_order(whole(&scene, RETRO_TIMELINE), key, sizeof(key) / sizeof(key[0]));
    short_bytes = strlen(whole(&scene, RETRO_NARRATIVE));
    scene.record.in_full = true;
    assert_true(strlen(whole(&scene, RETRO_NARRATIVE)) > short_bytes);
    end(&scene);
}

static void retro_severity_read__takes_its_entry_apart(void **state)
{
    struct scene scene = begin(state);
    struct retro_part part = {.record = &scene.record, .arena = scene.store->arena};
    const struct entry plain = {.text = "severity sev3 (was unknown)"};
    const struct entry judged = {
        .text = "severity sev2 (was sev3), by judgement: people (two) pay: twice"};
    struct retro_severity severity = retro_severity_read(&part, &plain);

    assert_string_equal(severity.level, "sev3");
    assert_false(severity.by_judgement);
    assert_null(severity.why);
    severity = retro_severity_read(&part, &judged);
    assert_string_equal(severity.level, "sev2");
    assert_true(severity.by_judgement);
    assert_string_equal(severity.why, "people (two) pay: twice");
    end(&scene);
}

/* A role somebody took goes before a change does. */
static void retro_timeline__keeps_changes__before_roles(void **state)
{
    struct scene scene = begin(state);
    const char *timeline;
    bool begun;

    for (int i = 0; i < MANY; i++) {
        struct hold hold = {.incident_id = scene.incident.id,
                            .role = arena_printf(scene.store->arena, "role%d", i),
                            .person_id = scene.ana,
                            .from_ms = 2000 + i * (int64_t)MINUTE * 60 * 24,
                            .to_ms = TIME_NONE};

        MUST(hold_begin(scene.store, &hold, &begun, &err));
    }
    for (int i = 0; i < 4; i++) {
        enter(&scene, "change", 3000 + i,
              arena_printf(scene.store->arena, "flag %d off", i), false);
    }
    load(&scene);
    timeline = whole(&scene, RETRO_TIMELINE);
    for (int i = 0; i < 4; i++) {
        assert_non_null(
            strstr(timeline, arena_printf(scene.store->arena, "flag %d off", i)));
    }
    assert_non_null(strstr(timeline, "more key moments."));
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(retro_narrative__goes_by_time__whatever_it_tells),
        FRESH_TEST(retro__leaves_out_first__what_weighs_least),
        FRESH_TEST(retro_severity_read__takes_its_entry_apart),
        FRESH_TEST(retro_timeline__keeps_changes__before_roles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
