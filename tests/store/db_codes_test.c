/*
 * What a call of the store says where SQLite answers it with a code: whoever hears it
 * tries again, gives up, or stops, by its kind. A function of SQL gives the codes.
 */
#include <errno.h>

#include <sqlite3.h>

#include "tests/store/folder.h"

/* code(CODE, ERRNO) fails with CODE, as if a disk had said ERRNO. */
static void give_code(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    errno = sqlite3_value_int(values[1]);
    sqlite3_result_error_code(context, sqlite3_value_int(values[0]));
}

static int add_function(sqlite3 *handle, char **why, const void *routines)
{
    (void)why;
    (void)routines;
    return sqlite3_create_function(handle, "code", 2, SQLITE_UTF8, NULL, give_code,
                                   NULL, NULL);
}

static int open_store(void **state)
{
    struct db *db;
    struct err err;

    assert_int_equal(sqlite3_auto_extension((void (*)(void))add_function), SQLITE_OK);
    assert_true(db_open(&db, ":memory:", DB_WRITE, &err));
    *state = db;
    return 0;
}

static int close_store(void **state)
{
    db_close(*state);
    sqlite3_reset_auto_extension();
    return 0;
}

#define CODE(code, number) DB_ARGS(DB_INT(code), DB_INT(number))
static const char code_sql[] = "SELECT code($1, $2)";

static void code__becomes_a_kind_and_a_sentence(void **state)
{
    static const struct {
        int code, number;
        enum err_kind kind;
        const char *text;
    } codes[] = {
        {SQLITE_FULL, 0, ERR_AGAIN, "the disk is full"},
        {SQLITE_IOERR_WRITE, ENOSPC, ERR_AGAIN, "the disk is full"},
        {SQLITE_IOERR_FSYNC, EDQUOT, ERR_AGAIN, "the disk is full"},
        {SQLITE_IOERR_READ, EIO, ERR_AGAIN, "the disk failed: Input/output error"},
        {SQLITE_CANTOPEN, EMFILE, ERR_AGAIN, "the disk failed: Too many open files"},
        {SQLITE_IOERR_SHORT_READ, 0, ERR_AGAIN, "the disk failed: disk I/O error"},
        {SQLITE_BUSY_SNAPSHOT, 0, ERR_AGAIN, "the store is in use by somebody else"},
        {SQLITE_LOCKED, 0, ERR_AGAIN, "the store is in use by somebody else"},
        {SQLITE_ABORT, 0, ERR_AGAIN, "the store was interrupted: query aborted"},
        {SQLITE_CORRUPT, 0, ERR_BROKEN,
         "the store is damaged: database disk image is malformed"},
        {SQLITE_NOTADB, 0, ERR_BROKEN, "the file is not a database"},
        {SQLITE_CONSTRAINT, 0, ERR_DENIED, "the store refuses: constraint failed"},
        {SQLITE_MISMATCH, 0, ERR_DENIED, "the store refuses: datatype mismatch"},
        {SQLITE_TOOBIG, 0, ERR_DENIED, "the store takes at most 16 MiB at once"},
        {SQLITE_READONLY, 0, ERR_DENIED, "the store is open for reading only"},
        {SQLITE_ERROR, 0, ERR_BROKEN, "the store does not understand: SQL logic error"},
    };
    struct db *db = *state;

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        struct err err = {.kind = ERR_NONE};

        assert_false(db_run(db, NULL, NULL, &err, code_sql,
                            CODE(codes[i].code, codes[i].number)));
        assert_string_equal(err.text, codes[i].text);
        assert_int_equal(err.kind, codes[i].kind);
    }
}

static bool go_on(const struct db_rows *row, void *context)
{
    (void)row;
    (void)context;
    return true;
}

/* No row is shown of what could not be asked. */
static void each__fails__when_it_cannot_be_asked(void **state)
{
    struct db *db = *state;
    struct err err;
    size_t length = 16 * 1024 * 1024 + 1;
    char *text = malloc(length + 1);

    assert_false(db_each(db, &err, "SELECT 1 FROM nowhere", DB_NO_ARGS, go_on, NULL));
    assert_int_equal(err.kind, ERR_BROKEN);
    assert_non_null(text);
    memset(text, 'x', length);
    text[length] = '\0';
    assert_false(db_each(db, &err, "SELECT $1", DB_ARGS(DB_TEXT(text)), go_on, NULL));
    assert_int_equal(err.kind, ERR_DENIED);
    free(text);
}

static void transaction__is_not_committed__when_a_call_was_overlooked(void **state)
{
    struct db *db = *state;
    struct err err;

    assert_true(db_begin(db, &err));
    assert_false(db_run(db, NULL, NULL, &err, code_sql, CODE(SQLITE_BUSY, 0)));
    assert_false(db_commit(db, &err));
    assert_int_equal(err.kind, ERR_AGAIN);
    db_rollback(db);
    assert_true(db_begin(db, &err));
    assert_false(db_each(db, &err, code_sql, CODE(SQLITE_BUSY, 0), go_on, NULL));
    assert_false(db_commit(db, &err));
    assert_int_equal(err.kind, ERR_AGAIN);
    db_rollback(db);
}

/* A rule that said no was somebody's question. */
static void transaction__is_committed__when_a_call_was_refused(void **state)
{
    struct db *db = *state;
    struct err err;

    assert_true(db_begin(db, &err));
    assert_false(db_run(db, NULL, NULL, &err, code_sql, CODE(SQLITE_CONSTRAINT, 0)));
    assert_false(db_each(db, &err, code_sql, CODE(SQLITE_TOOBIG, 0), go_on, NULL));
    assert_true(db_commit(db, &err));
}

#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_STORE(code__becomes_a_kind_and_a_sentence),
        IN_STORE(each__fails__when_it_cannot_be_asked),
        IN_STORE(transaction__is_not_committed__when_a_call_was_overlooked),
        IN_STORE(transaction__is_committed__when_a_call_was_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
