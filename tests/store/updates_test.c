#include "store/updates.h"
#include "tests/store/folder.h"
#include "tests/store/fresh.h"
#include "tests/store/older.h"

static void insert(struct store *store, int64_t incident_id, int64_t person_id,
                   const char *audience, int64_t at_ms)
{
    struct update update = {.incident_id = incident_id,
                            .at_ms = at_ms,
                            .audience = audience,
                            .person_id = person_id,
                            .text = "orders wait",
                            .due_ms = TIME_NONE};
    MUST(update_insert(store, &update, &err));
    assert_true(update.id > 0);
}

static void updates_last__counts_one_audience__when_there_are_both(void **state)
{
    struct store *store = *state;
    int64_t count, at_ms;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = fresh_incident(store, ana);
    insert(store, id, ana, UPDATE_INSIDE, 2000);
    insert(store, id, ana, UPDATE_INSIDE, 4000);
    insert(store, id, ana, UPDATE_OUTSIDE, 5000);
    MUST(updates_last(store, id, UPDATE_INSIDE, &count, &at_ms, &err));
    assert_int_equal(count, 2);
    assert_int_equal(at_ms, 4000);
    MUST(updates_last(store, id + 1, UPDATE_INSIDE, &count, &at_ms, &err));
    assert_int_equal(count, 0);
    assert_int_equal(at_ms, TIME_NONE);
}

static void updates_list__is_in_order_of_time__when_all_are_asked_for(void **state)
{
    struct store *store = *state;
    struct updates updates;
    int64_t ana = fresh_person(store, "ana");
    int64_t id = fresh_incident(store, ana);
    insert(store, id, ana, UPDATE_OUTSIDE, 5000);
    insert(store, id, ana, UPDATE_INSIDE, 2000);
    MUST(updates_list(store, id, NULL, &updates, &err));
    assert_int_equal(updates.count, 2);
    assert_string_equal(updates.all[0].audience, UPDATE_INSIDE);
    assert_string_equal(updates.all[0].handle, "ana");
    assert_string_equal(updates.all[0].text, "orders wait");
    assert_int_equal(updates.all[0].due_ms, TIME_NONE);
    MUST(updates_list(store, id, UPDATE_OUTSIDE, &updates, &err));
    assert_int_equal(updates.count, 1);
    assert_int_equal(updates.all[0].at_ms, 5000);
}

/* Kept in words alone, before the column was there: of two updates the second was put
 * off, and the third was due at no time. */
static void open__reads_what_was_put_off__when_the_store_is_older(void **state)
{
    const char *path = folder_path(*state, "old.db");
    struct store store;
    struct updates updates;
    struct err wrong;

    older_open(&store, path, "put_off");
    store.arena = arena_create();
    int64_t ana = fresh_person(&store, "ana");
    assert_int_equal(fresh_incident(&store, ana), 1);
    MUST(db_script(store.db,
                   "INSERT INTO updates (incident_id, at_ms, audience, person_id, "
                   "text, due_ms) VALUES (1, 2000, 'inside', 1, 'a', 1900), "
                   "(1, 4000, 'inside', 1, 'b', 3900), "
                   "(1, 4100, 'outside', 1, 'c', NULL), "
                   "(1, 6000, 'inside', 1, 'd', NULL);"
                   "INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, "
                   "person_id, text) VALUES "
                   "(1, 1, 1500, 1500, 'note', 1, 'inside update put off until 1'), "
                   "(1, 2, 3000, 3000, 'nudge', 1, 'inside update put off until 3'), "
                   "(1, 3, 5000, 5000, 'nudge', 1, 'inside update put off until 5');",
                   &err));
    arena_destroy(store.arena);
    store_close(&store);
    assert_int_equal(store_open(&store, path, &wrong), STORE_OK);
    store.arena = arena_create();
    MUST(updates_list(&store, 1, NULL, &updates, &err));
    assert_int_equal(updates.count, 4);
    for (size_t i = 0; i < updates.count; i++) {
        assert_int_equal(updates.all[i].is_put_off, i == 1);
    }
    arena_destroy(store.arena);
    store_close(&store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH_TEST(updates_last__counts_one_audience__when_there_are_both),
        FRESH_TEST(updates_list__is_in_order_of_time__when_all_are_asked_for),
        cmocka_unit_test_setup_teardown(
            open__reads_what_was_put_off__when_the_store_is_older, folder_setup,
            folder_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
