#include "bot/config.h"
#include "bot/retro_outside.h"
#include "store/followups.h"
#include "tests/store/fresh.h"

struct scene {
    struct store *store;
    struct config *config;
    struct incident incident;
    int64_t ana;
    struct retro_record record;
    struct people people;
};

static struct scene begin(void **state)
{
    struct scene scene = {.store = *state, .config = config_create()};

    scene.ana = fresh_person(scene.store, "ana");
    scene.incident = fresh_incident_by(scene.ana);
    MUST(incident_insert(scene.store, &scene.incident, &err));
    return scene;
}

static struct retro_outside compose(struct scene *scene)
{
    MUST(people_all(scene->store, &scene->people, &err));
    MUST(retro_record_load(scene->store, scene->config, &scene->incident,
                           &scene->record, &err));
    return retro_outside_compose(&scene->record, &scene->people);
}

static bool holds(const struct note *note, const char *words)
{
    for (size_t i = 0; i < note->count; i++) {
        if (strstr(note->blocks[i].text, words) != NULL) {
            return true;
        }
    }
    return false;
}

static void give(const struct scene *scene, int64_t n, const char *text)
{
    const struct factor factor = {
        .incident_id = scene->incident.id,
        .n = n,
        .kind = "technical",
        .text = text,
        .person_id = scene->ana,
        .at_ms = 2000,
    };

    MUST(factor_insert(scene->store, &factor, &err));
}

static void answer(const struct scene *scene, const char *question, const char *said)
{
    const struct retro_answer answer = {
        .incident_id = scene->incident.id,
        .question = question,
        .answer = said,
        .text = "",
        .person_id = scene->ana,
        .at_ms = 2000,
    };

    MUST(retro_answer_set(scene->store, &answer, &err));
}

static void follow_up(const struct scene *scene, const char *what, int64_t due_ms)
{
    struct followup followup = {
        .incident_id = scene->incident.id,
        .what = what,
        .owner_id = scene->ana,
        .maker_id = scene->ana,
        .due_ms = due_ms,
        .made_ms = 2000,
    };

    MUST(followup_insert(scene->store, &followup, &err));
}

/* Not even by a text that somebody gave: handles, in any case, and with a mark. */
static void retro_outside__names_nobody(void **state)
{
    struct scene scene = begin(state);
    struct retro_outside outside;

    give(&scene, 1, "ana was tired");
    give(&scene, 2, "a limit was missing");
    follow_up(&scene, "ask @ANA about it", TIME_NONE);
    outside = compose(&scene);
    assert_false(holds(outside.note, "ana"));
    assert_false(holds(outside.note, "ANA"));
    assert_true(holds(outside.note, "a limit was missing"));
    assert_true(holds(outside.left_out, "2 texts that name somebody (factor 1, "
                                        "follow-up 1)"));
    config_destroy(scene.config);
}

/* Its words stay inside; that something is decided does not. */
static void
retro_outside__says_that_something_will_be_done__when_it_names_somebody(void **state)
{
    struct scene scene = begin(state);
    struct retro_outside outside = compose(&scene);

    assert_true(holds(outside.note, "What will be done is not decided yet."));
    follow_up(&scene, "ana learns SQL", 10 * TIME_DAY_MS);
    outside = compose(&scene);
    assert_false(holds(outside.note, "not decided yet"));
    assert_false(holds(outside.note, "SQL"));
    assert_true(holds(outside.note, "By 11 January: one change, not described here."));
    config_destroy(scene.config);
}

static void retro_outside__tells_what_will_be_done__by_date(void **state)
{
    struct scene scene = begin(state);
    struct retro_outside outside;
    size_t last;

    follow_up(&scene, "some day", TIME_NONE);
    follow_up(&scene, "later", 20 * TIME_DAY_MS);
    follow_up(&scene, "sooner", 10 * TIME_DAY_MS);
    outside = compose(&scene);
    last = outside.note->count - 1;
    assert_non_null(strstr(outside.note->blocks[last - 2].text, "sooner"));
    assert_non_null(strstr(outside.note->blocks[last - 1].text, "later"));
    assert_non_null(strstr(outside.note->blocks[last].text, "some day"));
    config_destroy(scene.config);
}

static void
retro_outside__says_what_went_wrong_first__and_what_is_not_known(void **state)
{
    struct scene scene = begin(state);
    struct retro_outside outside = compose(&scene);

    assert_int_equal(outside.unanswered, 3);
    assert_true(holds(outside.note, "It is not over."));
    assert_true(holds(outside.note, "Users have been told nothing yet"));
    answer(&scene, "data", "no");
    answer(&scene, "private", "unknown");
    answer(&scene, "money", "yes");
    outside = compose(&scene);
    assert_int_equal(outside.unanswered, 0);
    assert_true(holds(outside.note,
                      "Money was wrong. Whether private data was seen is not known. "
                      "No data was lost."));
    config_destroy(scene.config);
}

static void retro_outside__shows_words_worth_another_look(void **state)
{
    struct scene scene = begin(state);
    struct retro_outside outside;

    give(&scene, 1, "a limit was missing");
    outside = compose(&scene);
    assert_true(holds(outside.left_out, "nothing played down."));
    give(&scene, 2, "only the small table is in tests");
    outside = compose(&scene);
    assert_false(holds(outside.left_out, "nothing played down."));
    give(&scene, 3, "only one of two was watched");
    outside = compose(&scene);
    assert_true(holds(outside.left_out, ": \"only\" (factor 2), \"only\" (factor 3)."));
    config_destroy(scene.config);
}

/* Nothing goes without a word: not even for want of room. */
static void retro_outside__counts_what_does_not_fit(void **state)
{
    struct scene scene = begin(state);
    struct retro_outside outside;

    for (int64_t n = 1; n <= 10; n++) {
        give(&scene, n, "a limit was missing");
    }
    outside = compose(&scene);
    assert_true(holds(outside.left_out, "; 2 texts for their length;"));
    config_destroy(scene.config);
}

static void retro_outside__tells_the_day__where_it_is_another(void **state)
{
    struct scene scene = begin(state);
    struct update update = {.incident_id = scene.incident.id,
                            .at_ms = 2 * TIME_DAY_MS,
                            .audience = UPDATE_OUTSIDE,
                            .person_id = scene.ana,
                            .text = "all is well",
                            .due_ms = TIME_NONE};
    struct retro_outside outside;

    MUST(update_insert(scene.store, &update, &err));
    outside = compose(&scene);
    assert_true(holds(outside.note, "Told on "));
    assert_false(holds(outside.note, "Told at "));
    config_destroy(scene.config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(retro_outside__names_nobody),
        FRESH_TEST(retro_outside__tells_what_will_be_done__by_date),
        FRESH_TEST(
            retro_outside__says_that_something_will_be_done__when_it_names_somebody),
        FRESH_TEST(retro_outside__says_what_went_wrong_first__and_what_is_not_known),
        FRESH_TEST(retro_outside__shows_words_worth_another_look),
        FRESH_TEST(retro_outside__counts_what_does_not_fit),
        FRESH_TEST(retro_outside__tells_the_day__where_it_is_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
