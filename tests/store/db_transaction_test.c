#include "tests/store/folder.h"

static const char count_sql[] = "SELECT count(*) FROM word";

static int table_setup(void **state)
{
    struct db *db = db_must_open(":memory:", DB_WRITE);
    db_must_script(db, "CREATE TABLE word (text TEXT)");
    *state = db;
    return 0;
}

static int table_teardown(void **state)
{
    db_close(*state);
    return 0;
}

static bool word_add(struct db *db, struct err *err)
{
    return db_run(db, NULL, NULL, err, "INSERT INTO word VALUES ('x')", DB_NO_ARGS);
}

static bool row_skip(const struct db_rows *row, void *context)
{
    (void)row;
    (void)context;
    return true;
}

static void transaction__keeps_all__when_committed(void **state)
{
    struct db *db = *state;
    struct err err;
    assert_true(db_begin(db, &err) && word_add(db, &err) && db_commit(db, &err));
    db_rollback(db); /* fine without one */
    assert_int_equal(db_number(db, count_sql), 1);
}

static void transaction__keeps_nothing__when_taken_back(void **state)
{
    struct db *db = *state;
    struct err err;
    assert_true(db_begin(db, &err) && word_add(db, &err));
    db_rollback(db);
    assert_int_equal(db_number(db, count_sql), 0);
    assert_true(db_begin(db, &err) && db_commit(db, &err));
}

static void savepoints__nest__under_one_name(void **state)
{
    struct db *db = *state;
    struct err err;
    assert_true(db_begin(db, &err));
    assert_true(db_savepoint(db, &err) && word_add(db, &err));
    assert_true(db_savepoint(db, &err) && word_add(db, &err));
    db_rollback_savepoint(db);
    assert_int_equal(db_number(db, count_sql), 1);
    assert_true(db_savepoint(db, &err) && word_add(db, &err) && db_release(db, &err));
    assert_true(db_release(db, &err) && db_commit(db, &err));
    assert_int_equal(db_number(db, count_sql), 2);
}

static void
savepoint__takes_back_its_own__and_nothing_is_committed__when_a_run_failed(void **state)
{
    struct db *db = *state;
    struct err err;
    assert_true(db_begin(db, &err) && word_add(db, &err));
    assert_true(db_savepoint(db, &err) && word_add(db, &err));
    db_fail_after(db, 1);
    assert_false(word_add(db, &err));
    db_rollback_savepoint(db);
    assert_true(word_add(db, &err));
    assert_false(db_commit(db, &err));
    assert_int_equal(err.kind, ERR_AGAIN);
    db_rollback(db);
    assert_int_equal(db_number(db, count_sql), 0);
}

/* The six counted calls, in an order in which all may be made. */
static bool calls_make(struct db *db, struct err *err, int *made)
{
    *made = 0;
    return db_begin(db, err) && ++*made && db_savepoint(db, err) && ++*made &&
           word_add(db, err) && ++*made &&
           db_each(db, err, count_sql, DB_NO_ARGS, row_skip, NULL) && ++*made &&
           db_release(db, err) && ++*made && db_commit(db, err) && ++*made;
}

static void fail_after__fails_the_nth_call_once__of_every_kind(void **state)
{
    struct db *db = *state;
    int made;
    for (int n = 1; n <= 6; n++) {
        struct err err = {.kind = ERR_NONE};
        db_fail_after(db, n);
        assert_false(calls_make(db, &err, &made));
        assert_int_equal(made, n - 1);
        assert_int_equal(err.kind, ERR_AGAIN);
        db_rollback(db);
        assert_int_equal(db_number(db, count_sql), n - 1);
        assert_true(calls_make(db, &err, &made));
        assert_int_equal(db_number(db, count_sql), n);
    }
    struct err err;
    db_fail_after(db, 1);
    db_fail_after(db, 0);
    assert_true(calls_make(db, &err, &made));
}

static void
commit__leaves_the_transaction_to_be_rolled_back__when_it_fails(void **state)
{
    struct db *db = *state;
    struct err err;
    assert_true(db_begin(db, &err) && word_add(db, &err));
    db_fail_after(db, 1);
    assert_false(db_commit(db, &err));
    assert_int_equal(db_number(db, count_sql), 1);
    db_rollback(db);
    assert_int_equal(db_number(db, count_sql), 0);
}

static void commit__is_denied__when_a_row_points_nowhere(void **state)
{
    struct db *db = *state;
    struct err err;
    db_must_script(db, "CREATE TABLE a (id {id}); CREATE TABLE b (a BIGINT REFERENCES a"
                       " DEFERRABLE INITIALLY DEFERRED)");
    assert_true(db_begin(db, &err));
    db_must_script(db, "INSERT INTO b VALUES (1)");
    assert_false(db_commit(db, &err));
    assert_int_equal(err.kind, ERR_DENIED);
    db_rollback(db);
    assert_int_equal(db_number(db, "SELECT count(*) FROM b"), 0);
}

/* SQLite may take back by itself; a script that does it stands for a disk that fails.
 */
static void calls__fail__when_the_transaction_was_lost(void **state)
{
    struct db *db = *state;
    struct err err = {.kind = ERR_NONE};
    assert_true(db_begin(db, &err) && db_savepoint(db, &err) && word_add(db, &err));
    db_must_script(db, "ROLLBACK");
    db_rollback_savepoint(db);
    assert_false(word_add(db, &err));
    assert_int_equal(err.kind, ERR_AGAIN);
    assert_false(db_savepoint(db, &err));
    assert_false(db_each(db, &err, count_sql, DB_NO_ARGS, row_skip, NULL));
    assert_false(db_commit(db, &err));
    db_rollback(db);
    assert_int_equal(db_number(db, count_sql), 0);
    assert_true(word_add(db, &err));
}

static void run__says_that_the_disk_is_full__and_works_when_there_is_room(void **state)
{
    struct db *db = *state;
    struct err err = {.kind = ERR_NONE};
    char text[5001];
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    static const char insert[] = "INSERT INTO word VALUES ($1)";
    db_must_script(db, "PRAGMA max_page_count=20");
    assert_true(db_begin(db, &err));
    int added = 0;
    while (added < 100 &&
           db_run(db, NULL, NULL, &err, insert, DB_ARGS(DB_TEXT(text)))) {
        added++;
    }
    assert_in_range(added, 1, 20);
    assert_int_equal(err.kind, ERR_AGAIN);
    assert_string_equal(err.text, "the disk is full");
    db_rollback(db);
    assert_int_equal(db_number(db, count_sql), 0);
    db_must_script(db, "PRAGMA max_page_count=1000");
    assert_true(db_run(db, NULL, NULL, &err, insert, DB_ARGS(DB_TEXT(text))));
}

#define ON_TABLE(test)                                                                 \
    cmocka_unit_test_setup_teardown(test, table_setup, table_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TABLE(transaction__keeps_all__when_committed),
        ON_TABLE(transaction__keeps_nothing__when_taken_back),
        ON_TABLE(savepoints__nest__under_one_name),
        ON_TABLE(
            savepoint__takes_back_its_own__and_nothing_is_committed__when_a_run_failed),
        ON_TABLE(fail_after__fails_the_nth_call_once__of_every_kind),
        ON_TABLE(commit__leaves_the_transaction_to_be_rolled_back__when_it_fails),
        ON_TABLE(commit__is_denied__when_a_row_points_nowhere),
        ON_TABLE(calls__fail__when_the_transaction_was_lost),
        ON_TABLE(run__says_that_the_disk_is_full__and_works_when_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
