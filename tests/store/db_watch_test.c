#include "store/store.h"
#include "tests/store/folder.h"

static const char count_sql[] = "SELECT count(*) FROM word";

static const struct migration word_table[] = {
    {1, "0001_first", "CREATE TABLE word (text TEXT);"},
    {0, NULL, NULL},
};

static void must_open(struct store *store, const char *path)
{
    struct err err;

    if (store_open_with(store, path, word_table, &err) != STORE_OK) {
        fail_msg("%s", err.text);
    }
}

static bool word_add(struct db *db, struct err *err)
{
    bool ok =
        db_begin(db, err) &&
        db_run(db, NULL, NULL, err, "INSERT INTO word VALUES ('x')", DB_NO_ARGS) &&
        db_commit(db, err);

    db_rollback(db);
    return ok;
}

static void word_must_add(struct db *db)
{
    struct err err;

    if (!word_add(db, &err)) {
        fail_msg("%s", err.text);
    }
}

/* Not committed, may be tried again, and the file is named. */
static void must_fail(struct db *db, const char *file)
{
    struct err err;

    assert_false(word_add(db, &err));
    assert_int_equal(err.kind, ERR_AGAIN);
    assert_non_null(strstr(err.text, file));
    assert_non_null(strstr(err.text, "was moved, replaced or deleted"));
}

static void commit__fails__until_what_was_moved_is_put_back(void **state)
{
    static const char *const files[] = {"a.db", "a.db-wal", "a.db.lock"};
    struct folder *folder = *state;
    const char *elsewhere = folder_path(folder, "elsewhere");
    struct store store;

    must_open(&store, folder_path(folder, "a.db"));
    for (size_t i = 0; i < 3; i++) {
        const char *file = folder_path(folder, files[i]);

        assert_int_equal(rename(file, elsewhere), 0);
        must_fail(store.db, file);
        file_write(file, "");
        must_fail(store.db, file);
        assert_int_equal(unlink(file), 0);
        assert_int_equal(symlink("/dev/null", file), 0); /* of another device */
        must_fail(store.db, file);
        assert_int_equal(rename(elsewhere, file), 0);
        word_must_add(store.db);
    }
    assert_int_equal(db_number(store.db, count_sql), 3);
    store_close(&store);
}

static void commit__fails__when_the_folder_is_another_one(void **state)
{
    struct folder *folder = *state;
    const char *place = folder_path(folder, "place");
    struct store store;

    must_open(&store, folder_path(folder, "place/a.db"));
    assert_int_equal(rename(place, folder_path(folder, "elsewhere")), 0);
    must_fail(store.db, "place/a.db");
    assert_int_equal(rename(folder_path(folder, "elsewhere"), place), 0);
    word_must_add(store.db);
    store_close(&store);
}

static void commit__works__when_only_a_link_to_the_store_goes(void **state)
{
    struct folder *folder = *state;
    const char *link = folder_path(folder, "link");
    struct store store;

    assert_int_equal(symlink("a.db", link), 0);
    file_write(folder_path(folder, "a.db"), "");
    must_open(&store, link);
    assert_int_equal(unlink(link), 0);
    word_must_add(store.db);
    store_close(&store);
}

static void watch__says_why__when_there_is_no_such_file(void **state)
{
    struct folder *folder = *state;
    struct err err = {.kind = ERR_NONE};
    struct store store;

    must_open(&store, ":memory:");
    assert_false(db_watch(store.db, folder_path(folder, "none"), &err));
    assert_int_equal(err.kind, ERR_AGAIN);
    assert_non_null(strstr(err.text, "none"));
    store_close(&store);
}

static void close__keeps_what_was_committed__when_only_the_log_was_deleted(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "a.db");
    struct store store;

    must_open(&store, path);
    word_must_add(store.db);
    assert_int_equal(unlink(folder_path(folder, "a.db-wal")), 0);
    must_fail(store.db, "a.db-wal");
    store_close(&store);
    must_open(&store, path);
    assert_int_equal(db_number(store.db, count_sql), 1);
    word_must_add(store.db);
    store_close(&store);
}

static void close__leaves_the_other_store_alone__when_one_took_its_place(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "a.db");
    struct store lost, other;

    must_open(&lost, path);
    word_must_add(lost.db);
    assert_int_equal(system(arena_printf(folder->arena, "rm '%s' '%s'-* '%s.lock'",
                                         path, path, path)),
                     0);
    must_open(&other, path);
    word_must_add(other.db);
    must_fail(lost.db, path);
    store_close(&lost);
    word_must_add(other.db);
    assert_int_equal(db_number(other.db, count_sql), 2);
    store_close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(commit__fails__until_what_was_moved_is_put_back,
                                        folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(commit__fails__when_the_folder_is_another_one,
                                        folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(
            commit__works__when_only_a_link_to_the_store_goes, folder_setup,
            folder_teardown),
        cmocka_unit_test_setup_teardown(watch__says_why__when_there_is_no_such_file,
                                        folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(
            close__keeps_what_was_committed__when_only_the_log_was_deleted,
            folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(
            close__leaves_the_other_store_alone__when_one_took_its_place, folder_setup,
            folder_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
