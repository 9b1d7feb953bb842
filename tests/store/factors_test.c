#include "store/factors.h"
#include "tests/store/fresh.h"

struct scene {
    struct store *store;
    int64_t person_id, incident_id;
};

static struct scene begin(void **state)
{
    struct store *store = *state;
    int64_t person_id = fresh_person(store, "ana");
    return (struct scene){store, person_id, fresh_incident(store, person_id)};
}

static void give(const struct scene *scene, int64_t n, const char *kind, bool is_held)
{
    const struct factor factor = {
        .incident_id = scene->incident_id,
        .n = n,
        .kind = kind,
        .text = "a full disk",
        .person_id = scene->person_id,
        .at_ms = 2000,
        .is_held = is_held,
        .entry_n = 10 + n,
    };
    MUST(factor_insert(scene->store, &factor, &err));
}

static size_t count(const struct scene *scene, bool held)
{
    struct factors factors;
    MUST(factors_list(scene->store, scene->incident_id, held, &factors, &err));
    return factors.count;
}

static size_t count_links(const struct scene *scene)
{
    struct factor_links links;
    MUST(factor_links_list(scene->store, scene->incident_id, false, &links, &err));
    return links.count;
}

static struct factor *find(const struct scene *scene, int64_t n)
{
    struct factor *factor;
    MUST(factor_find(scene->store, scene->incident_id, n, &factor, &err));
    return factor;
}

static void factors_list__leaves_held_ones_out__with_their_links(void **state)
{
    struct scene scene = begin(state);
    struct factor_links links;
    bool is_new;
    give(&scene, 1, "people", true);
    give(&scene, 2, "technical", false);
    MUST(factor_link(scene.store, scene.incident_id, 1, 2, &is_new, &err));
    assert_int_equal(count(&scene, false), 1);
    assert_int_equal(count(&scene, true), 2);
    assert_int_equal(count_links(&scene), 0);
    MUST(factor_links_list(scene.store, scene.incident_id, true, &links, &err));
    assert_int_equal(links.count, 1);
    MUST(factor_hold(scene.store, find(&scene, 1), false, &err));
    assert_int_equal(count(&scene, false), 2);
    assert_int_equal(count_links(&scene), 1);
}

static void factor_judge__is_taken_back__by_its_own_entry(void **state)
{
    struct scene scene = begin(state);
    give(&scene, 1, "technical", false);
    assert_null(find(&scene, 1)->judged);
    MUST(factor_judge(scene.store, find(&scene, 1), "direct", 30, &err));
    assert_string_equal(find(&scene, 1)->judged, "direct");
    MUST(factor_judge_drop_entry(scene.store, scene.incident_id, 31, &err));
    assert_string_equal(find(&scene, 1)->judged, "direct");
    MUST(factor_judge_drop_entry(scene.store, scene.incident_id, 30, &err));
    assert_null(find(&scene, 1)->judged);
}

static void factor_drop_entry__hides_it_and_its_links(void **state)
{
    struct scene scene = begin(state);
    struct factor *factor;
    bool is_new;
    give(&scene, 1, "technical", false);
    give(&scene, 2, "process", false);
    MUST(factor_link(scene.store, scene.incident_id, 1, 2, &is_new, &err));
    assert_int_equal(count_links(&scene), 1);
    MUST(factor_drop_entry(scene.store, scene.incident_id, 12, 3000, &err));
    assert_int_equal(count(&scene, true), 1);
    assert_int_equal(count_links(&scene), 0);
    MUST(factor_find(scene.store, scene.incident_id, 2, &factor, &err));
    assert_null(factor);
}

static void factor_link__is_new_once__and_goes_with_its_entry(void **state)
{
    struct scene scene = begin(state);
    bool is_new;
    give(&scene, 1, "technical", false);
    give(&scene, 2, "process", false);
    MUST(factor_link(scene.store, scene.incident_id, 1, 2, &is_new, &err));
    assert_true(is_new);
    MUST(factor_link(scene.store, scene.incident_id, 1, 2, &is_new, &err));
    assert_false(is_new);
    MUST(factor_link_set_entry(scene.store, scene.incident_id, 1, 2, 30, &err));
    MUST(factor_link_drop_entry(scene.store, scene.incident_id, 31, &err));
    assert_int_equal(count_links(&scene), 1);
    MUST(factor_link_drop_entry(scene.store, scene.incident_id, 30, &err));
    assert_int_equal(count_links(&scene), 0);
}

static void factor_set_kind__is_read_back(void **state)
{
    struct scene scene = begin(state);
    struct factor *factor;
    give(&scene, 1, "technical", false);
    MUST(factor_set_kind(scene.store, scene.incident_id, 1, "outside", &err));
    MUST(factor_find(scene.store, scene.incident_id, 1, &factor, &err));
    assert_string_equal(factor->kind, "outside");
    assert_string_equal(factor->handle, "ana");
    assert_string_equal(factor->text, "a full disk");
}

static void lessons_list__leaves_dropped_ones_out(void **state)
{
    struct scene scene = begin(state);
    struct lessons lessons;
    const struct lesson lesson = {
        .incident_id = scene.incident_id,
        .kind = "well",
        .text = "raised early",
        .person_id = scene.person_id,
        .at_ms = 2000,
        .entry_n = 4,
    };
    MUST(lesson_insert(scene.store, &lesson, &err));
    MUST(lessons_list(scene.store, scene.incident_id, "well", &lessons, &err));
    assert_int_equal(lessons.count, 1);
    assert_string_equal(lessons.all[0].text, "raised early");
    MUST(lesson_drop_entry(scene.store, scene.incident_id, 4, 3000, &err));
    MUST(lessons_list(scene.store, scene.incident_id, "well", &lessons, &err));
    assert_int_equal(lessons.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(factors_list__leaves_held_ones_out__with_their_links),
        FRESH_TEST(factor_judge__is_taken_back__by_its_own_entry),
        FRESH_TEST(factor_drop_entry__hides_it_and_its_links),
        FRESH_TEST(factor_link__is_new_once__and_goes_with_its_entry),
        FRESH_TEST(factor_set_kind__is_read_back),
        FRESH_TEST(lessons_list__leaves_dropped_ones_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
