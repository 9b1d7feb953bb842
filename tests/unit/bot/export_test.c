#include <stdio.h>

#include <jansson.h>

#include "bot/export.h"
#include "store/factors.h"
#include "store/followups.h"
#include "store/holds.h"
#include "store/page_calls.h"
#include "store/retros.h"
#include "store/tasks.h"
#include "store/timeline.h"
#include "store/updates.h"
#include "tests/store/fresh.h"

struct scene {
    struct export_sheet sheet;
    struct config *config;
    struct incident *incident;
    int64_t ana, bo;
    char *bytes;
    size_t length;
};

static void begin(struct scene *scene, void **state)
{
    struct store *store = *state;
    int64_t id;

    *scene = (struct scene){.config = config_create()};
    scene->ana = fresh_person(store, "ana");
    scene->bo = fresh_person(store, "bo");
    id = fresh_incident(store, scene->ana);
    MUST(incident_find(store, id, &scene->incident, &err));
    scene->sheet = (struct export_sheet){
        .store = store,
        .config = scene->config,
        .incident = scene->incident,
        .scratch = arena_create(),
    };
}

static void end(struct scene *scene)
{
    arena_destroy(scene->sheet.scratch);
    config_destroy(scene->config);
    free(scene->bytes);
}

static void write_out(struct scene *scene, bool as_json)
{
    free(scene->bytes);
    scene->bytes = NULL;
    scene->sheet.out = open_memstream(&scene->bytes, &scene->length);
    assert_non_null(scene->sheet.out);
    if (as_json) {
        MUST(export_json(&scene->sheet, &err));
    } else {
        MUST(export_markdown(&scene->sheet, &err));
    }
    assert_int_equal(fclose(scene->sheet.out), 0);
}

static json_t *read_back(struct scene *scene)
{
    json_error_t error;
    json_t *json;

    write_out(scene, true);
    json = json_loadb(scene->bytes, scene->length, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL) {
        fail_msg("%s", error.text);
    }
    return json;
}

/* Exactly these keys, each of them there. */
static void assert_keys(json_t *object, const char *keys)
{
    char *copy = strdup(keys);
    size_t count = 0;

    for (char *key = strtok(copy, " "); key != NULL; key = strtok(NULL, " ")) {
        if (json_object_get(object, key) == NULL) {
            fail_msg("%s is missing", key);
        }
        count += 1;
    }
    assert_int_equal(json_object_size(object), count);
    free(copy);
}

static json_t *row(json_t *export, const char *list, size_t i)
{
    json_t *found = json_array_get(json_object_get(export, list), i);

    if (found == NULL) {
        fail_msg("%s has no row %zu", list, i);
    }
    return found;
}

static void assert_text(json_t *object, const char *key, const char *text)
{
    json_t *value = json_object_get(object, key);

    if (text == NULL) {
        assert_true(json_is_null(value));
    } else {
        assert_true(json_is_string(value));
        assert_string_equal(json_string_value(value), text);
    }
}

static void say(const struct scene *scene, const char *text)
{
    struct entry entry = {
        .incident_id = scene->incident->id,
        .at_ms = 1768000000123,
        .recorded_ms = 1768000000123,
        .kind = "said",
        .person_id = scene->ana,
        .text = text,
        .adapter = "console",
        .channel = "C1",
        .message = "m1",
    };
    bool is_new;

    MUST(timeline_insert(scene->sheet.store, &entry, &is_new, &err));
}

static void work(const struct scene *scene)
{
    struct store *store = scene->sheet.store;
    int64_t id = scene->incident->id;
    struct hold hold = {.incident_id = id,
                        .role = "commander",
                        .person_id = scene->ana,
                        .from_ms = 2000,
                        .to_ms = TIME_NONE};
    const struct task task = {.incident_id = id,
                              .n = 1,
                              .what = "look",
                              .owner_id = scene->bo,
                              .giver_id = scene->ana,
                              .due_ms = TIME_NONE,
                              .made_ms = 2000,
                              .offered_ms = 2000,
                              .acked_ms = TIME_NONE,
                              .done_ms = TIME_NONE};
    struct update update = {.incident_id = id,
                            .at_ms = 3000,
                            .audience = UPDATE_OUTSIDE,
                            .person_id = scene->bo,
                            .text = "we look",
                            .due_ms = TIME_NONE};
    bool begun;

    MUST(hold_begin(store, &hold, &begun, &err));
    MUST(task_insert(store, &task, &err));
    MUST(update_insert(store, &update, &err));
}

static void learn(const struct scene *scene)
{
    struct store *store = scene->sheet.store;
    struct factor factor = {.incident_id = scene->incident->id,
                            .n = 1,
                            .kind = "technical",
                            .text = "a limit",
                            .person_id = scene->ana,
                            .at_ms = 4000};
    struct followup followup = {.incident_id = scene->incident->id,
                                .what = "a test",
                                .owner_id = scene->bo,
                                .maker_id = scene->ana,
                                .due_ms = TIME_NONE,
                                .made_ms = 4000};
    bool is_new;

    MUST(factor_insert(store, &factor, &err));
    factor.n = 2;
    MUST(factor_insert(store, &factor, &err));
    factor.n = 3;
    factor.is_held = true;
    MUST(factor_insert(store, &factor, &err));
    MUST(factor_link(store, scene->incident->id, 1, 2, &is_new, &err));
    MUST(followup_insert(store, &followup, &err));
}

static void export_json__has_every_key__where_all_is_there(void **state)
{
    struct scene scene;
    json_t *json;

    begin(&scene, state);
    say(&scene, "it is \"slow\"");
    work(&scene);
    learn(&scene);
    json = read_back(&scene);
    assert_keys(json, "incident roles timeline tasks pages updates factors followups "
                      "retrospective");
    assert_keys(json_object_get(json, "incident"),
                "id ref title severity status private drill service declared_at "
                "started_at detected_at mitigated_at normal_at resolved_at");
    assert_keys(row(json, "roles", 0), "role person from to");
    assert_keys(row(json, "timeline", 0),
                "id at kind who text key edited deleted source");
    assert_keys(json_object_get(row(json, "timeline", 0), "source"),
                "adapter channel message");
    assert_keys(row(json, "tasks", 0),
                "n what owner state due_at acked_at done_at result");
    assert_keys(row(json, "updates", 0), "at audience who text");
    assert_keys(row(json, "factors", 0), "n kind text because judged");
    assert_keys(row(json, "followups", 0), "n what owner due why stops state done_at "
                                           "result verified_at helped");
    assert_keys(json_object_get(json, "retrospective"), "state owner due sections");
    assert_int_equal(json_array_size(json_object_get(json, "factors")), 2);
    assert_int_equal(json_integer_value(json_array_get(
                         json_object_get(row(json, "factors", 0), "because"), 0)),
                     2);
    json_decref(json);
    end(&scene);
}

static void export_json__says_null__where_nothing_is_known(void **state)
{
    struct scene scene;
    json_t *json, *incident;

    begin(&scene, state);
    json = read_back(&scene);
    incident = json_object_get(json, "incident");
    assert_text(incident, "ref", "inc-1");
    assert_text(incident, "declared_at", "1970-01-01T00:00:01.000Z");
    assert_text(incident, "started_at", NULL);
    assert_text(incident, "service", NULL);
    assert_text(json_object_get(json, "retrospective"), "state", NULL);
    assert_text(json_object_get(json, "retrospective"), "owner", NULL);
    assert_text(json_object_get(json, "retrospective"), "due", NULL);
    assert_int_equal(json_array_size(json_object_get(json, "timeline")), 0);
    json_decref(json);
    end(&scene);
}

static void export_json__says_null__where_a_result_has_no_words(void **state)
{
    struct scene scene;
    json_t *json;
    bool is_done;

    begin(&scene, state);
    learn(&scene);
    MUST(followup_finish(scene.sheet.store, 1, "", 5000, &is_done, &err));
    assert_true(is_done);
    json = read_back(&scene);
    assert_text(row(json, "followups", 0), "state", "done");
    assert_text(row(json, "followups", 0), "result", NULL);
    json_decref(json);
    end(&scene);
}

/* How a factor was judged, whose the retrospective is and by when: also undrafted. */
static void export_json__says_how_a_factor_was_judged__and_whose_it_all_is(void **state)
{
    struct scene scene;
    json_t *json;

    begin(&scene, state);
    learn(&scene);
    const struct factor second = {.incident_id = scene.incident->id, .n = 2};
    MUST(factor_judge(scene.sheet.store, &second, "indirect", 1, &err));
    MUST(retro_plan(scene.sheet.store, scene.incident->id, scene.bo, 1768000000123,
                    &err));
    json = read_back(&scene);
    assert_text(row(json, "factors", 0), "judged", NULL);
    assert_text(row(json, "factors", 1), "judged", "indirect");
    assert_text(json_object_get(json, "retrospective"), "owner", "bo");
    assert_text(json_object_get(json, "retrospective"), "due",
                "2026-01-09T23:06:40.123Z");
    json_decref(json);
    end(&scene);
}

static void export_json__shows_what_plays_tricks__and_exact_times(void **state)
{
    struct scene scene;
    json_t *json;

    begin(&scene, state);
    say(&scene, "left \xe2\x80\xae right");
    json = read_back(&scene);
    assert_text(row(json, "timeline", 0), "text", "left \\u{202E} right");
    assert_text(row(json, "timeline", 0), "at", "2026-01-09T23:06:40.123Z");
    assert_text(row(json, "timeline", 0), "who", "ana");
    json_decref(json);
    end(&scene);
}

/* A refusal is nobody's to read. */
static void export_json__names_no_one_who_declined_a_page(void **state)
{
    struct scene scene;
    json_t *json;
    bool moved;

    begin(&scene, state);
    const struct page page = {.incident_id = scene.incident->id,
                              .n = 1,
                              .asker_id = scene.ana,
                              .wanted_id = scene.bo,
                              .made_ms = 2000,
                              .round = 1,
                              .answered_ms = TIME_NONE};
    struct page_call call = {.incident_id = scene.incident->id,
                             .n = 1,
                             .person_id = scene.bo,
                             .round = 1,
                             .sent_ms = 2000,
                             .answered_ms = TIME_NONE};
    MUST(page_insert(scene.sheet.store, &page, &err));
    MUST(page_call_insert(scene.sheet.store, &call, &err));
    json = read_back(&scene);
    assert_keys(row(json, "pages", 0), "n who why state sent_at answered_at");
    assert_text(row(json, "pages", 0), "who", "bo");
    json_decref(json);
    MUST(page_call_decline(scene.sheet.store, &page, scene.bo, 3000, &moved, &err));
    assert_true(moved);
    json = read_back(&scene);
    assert_text(row(json, "pages", 0), "who", NULL);
    json_decref(json);
    end(&scene);
}

static void export_markdown__escapes_words__and_has_the_retrospective(void **state)
{
    struct scene scene;

    begin(&scene, state);
    say(&scene, "# no heading\nand *no* star");
    work(&scene);
    write_out(&scene, false);
    assert_non_null(strstr(scene.bytes, "\\# no heading and \\*no\\* star"));
    assert_null(strstr(scene.bytes, "## Retrospective"));
    MUST(retro_begin(scene.sheet.store, scene.incident->id, 5000, &err));
    write_out(&scene, false);
    assert_non_null(strstr(scene.bytes, "## Retrospective (draft)"));
    assert_non_null(strstr(scene.bytes, "### narrative"));
    end(&scene);
}

static void export__shows_to_people_no_entry__that_was_taken_back(void **state)
{
    struct scene scene;
    struct entry *entry;
    json_t *json;

    begin(&scene, state);
    say(&scene, "the wrong shop");
    MUST(timeline_find(scene.sheet.store, scene.incident->id, 1, &entry, &err));
    MUST(timeline_drop(scene.sheet.store, entry->id, 9000, &err));
    write_out(&scene, false);
    assert_null(strstr(scene.bytes, "wrong shop"));
    free(scene.bytes);
    scene.sheet.out = open_memstream(&scene.bytes, &scene.length);
    MUST(export_html(&scene.sheet, &err));
    assert_int_equal(fclose(scene.sheet.out), 0);
    assert_null(strstr(scene.bytes, "wrong shop"));
    json = read_back(&scene);
    assert_true(json_is_true(json_object_get(row(json, "timeline", 0), "deleted")));
    json_decref(json);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(export_json__has_every_key__where_all_is_there),
        FRESH_TEST(export_json__says_null__where_nothing_is_known),
        FRESH_TEST(export_json__says_null__where_a_result_has_no_words),
        FRESH_TEST(export_json__says_how_a_factor_was_judged__and_whose_it_all_is),
        FRESH_TEST(export_json__shows_what_plays_tricks__and_exact_times),
        FRESH_TEST(export_json__names_no_one_who_declined_a_page),
        FRESH_TEST(export_markdown__escapes_words__and_has_the_retrospective),
        FRESH_TEST(export__shows_to_people_no_entry__that_was_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
