#include <signal.h>
#include <sys/resource.h>

#include <sqlite3.h>

#include "store/db_engine.h"
#include "tests/store/folder.h"

/* More than fits into one write of the log. */
#define BIG_ROWS 500

static const char count_sql[] = "SELECT count(*) FROM word";
static const char big_sql[] =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) "
    "INSERT INTO word SELECT hex(randomblob(500)) FROM n";

static struct db *word_open(struct folder *folder)
{
    struct db *db = db_must_open(folder_path(folder, "a.db"), DB_WRITE);

    db_must_script(db, "CREATE TABLE word (text TEXT); PRAGMA cache_size=10;");
    return db;
}

static bool words_add(struct db *db, int64_t count, struct err *err)
{
    return db_run(db, NULL, NULL, err, big_sql, DB_ARGS(DB_INT(count)));
}

static void words_must_add(struct db *db, int64_t count)
{
    struct err err = {.kind = ERR_NONE};

    if (!db_begin(db, &err) || !words_add(db, count, &err) || !db_commit(db, &err)) {
        fail_msg("%s", err.text);
    }
}

/* How many words a store has that was cut off here: what is in the files, no more. */
static int64_t words_in_files(struct folder *folder)
{
    const char *command = arena_printf(
        folder->arena, "cd '%s' && cp a.db b.db && cp a.db-wal b.db-wal", folder->path);
    assert_int_equal(system(command), 0);

    struct db *db = db_must_open(folder_path(folder, "b.db"), DB_WRITE);
    int64_t count = db_number(db, count_sql);
    assert_int_equal(db_number(db, "SELECT count(*) FROM pragma_integrity_check "
                                   "WHERE integrity_check = 'ok'"),
                     1);
    db_close(db);
    return count;
}

static int64_t log_size(struct folder *folder)
{
    struct stat found;

    assert_int_equal(stat(folder_path(folder, "a.db-wal"), &found), 0);
    return found.st_size;
}

static void commit__is_in_the_files__when_it_returns(void **state)
{
    struct db *db = word_open(*state);

    words_must_add(db, 1);
    assert_int_equal(words_in_files(*state), 1);
    words_must_add(db, BIG_ROWS);
    assert_int_equal(words_in_files(*state), BIG_ROWS + 1);
    db_close(db);
}

static void commit__is_seen_by_a_reader__when_it_returns(void **state)
{
    struct db *db = word_open(*state);
    struct db *reader = db_must_open(folder_path(*state, "a.db"), DB_READ_ONLY);

    words_must_add(db, BIG_ROWS);
    assert_int_equal(db_number(reader, count_sql), BIG_ROWS);
    db_close(reader);
    db_close(db);
}

/* The log has frames then that count for nothing, and the next commit goes over them.
 */
static void what_was_taken_back__leaves_nothing__when_more_is_written(void **state)
{
    struct db *db = word_open(*state);
    struct err err = {.kind = ERR_NONE};
    int64_t before = log_size(*state);

    assert_true(db_begin(db, &err) && words_add(db, 4 * BIG_ROWS, &err));
    assert_true(log_size(*state) > before);
    assert_int_equal(db_number(db, count_sql), 4 * BIG_ROWS);
    db_rollback(db);
    words_must_add(db, 2);
    assert_int_equal(words_in_files(*state), 2);
    words_must_add(db, BIG_ROWS);
    assert_int_equal(words_in_files(*state), BIG_ROWS + 2);
    db_close(db);
}

/* No file may be larger; as on a full disk, a write does what it can. */
static void files_may_have(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes == RLIM_INFINITY ? limit.rlim_max : bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void commit__fails_whole__when_the_log_cannot_grow(void **state)
{
    struct db *db = word_open(*state);
    struct err err = {.kind = ERR_NONE};
    int64_t failures = 0;
    bool is_kept = false;

    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    words_must_add(db, 1);
    for (rlim_t bytes = 500; !is_kept; bytes += 500) {
        files_may_have(bytes);
        assert_true(db_begin(db, &err) && words_add(db, 8, &err));
        is_kept = db_commit(db, &err);
        if (!is_kept) {
            db_rollback(db);
            failures += 1;
        }
        files_may_have(RLIM_INFINITY);
        assert_int_equal(db_number(db, count_sql), is_kept ? 9 : 1);
        assert_int_equal(words_in_files(*state), is_kept ? 9 : 1);
    }
    assert_true(failures > 10);
    words_must_add(db, 8);
    assert_int_equal(words_in_files(*state), 17);
    db_close(db);
}

static void log__does_not_become_longer__when_the_next_commit_has_room(void **state)
{
    struct db *db = word_open(*state);
    int64_t before = log_size(*state), now;

    for (int i = 0; i < 2 * BIG_ROWS; i++) {
        words_must_add(db, 1);
        now = log_size(*state);
        assert_true(now == before || now >= before + 1024 * 1024);
        before = now;
    }
    assert_true(before > 1024 * 1024);
    assert_int_equal(words_in_files(*state), 2 * BIG_ROWS);
    db_must_script(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    assert_int_equal(log_size(*state), 0);
    words_must_add(db, 1);
    assert_true(log_size(*state) >= 1024 * 1024);
    assert_int_equal(words_in_files(*state), 2 * BIG_ROWS + 1);
    db_close(db);
}

/* Through our VFS, as SQLite would; beside a log that can't be written to. */
static sqlite3_file *log_open(struct folder *folder)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(db_sqlite_vfs());
    sqlite3_file *file = arena_alloc(folder->arena, (size_t)vfs->szOsFile);
    int flags = SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

    assert_non_null(vfs);
    file_write(folder_path(folder, "z"), ""); /* whose mode it takes */
    assert_int_equal(vfs->xOpen(vfs, folder_path(folder, "z-wal"), file, flags, NULL),
                     SQLITE_OK);
    return file;
}

static int log_read_one(sqlite3_file *file)
{
    char byte;

    return file->pMethods->xRead(file, &byte, 1, 0);
}

static int log_write_far(sqlite3_file *file)
{
    return file->pMethods->xWrite(file, "z", 1, 1 << 20);
}

static int log_cut(sqlite3_file *file)
{
    return file->pMethods->xTruncate(file, 0);
}

static int log_settle(sqlite3_file *file)
{
    return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}

static int log_measure(sqlite3_file *file)
{
    sqlite3_int64 size;

    return file->pMethods->xFileSize(file, &size);
}

static int log_end(sqlite3_file *file)
{
    return file->pMethods->xClose(file);
}

/* What waits to be written and can't be is told by whatever is asked next. */
static void log__tells_what_it_could_not_write__whatever_comes_next(void **state)
{
    static int (*const nexts[])(sqlite3_file * file) = {
        log_read_one, log_write_far, log_cut, log_settle, log_measure, log_end};

    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    for (size_t i = 0; i < sizeof(nexts) / sizeof(nexts[0]); i++) {
        sqlite3_file *file = log_open(*state);

        assert_int_equal(file->pMethods->xWrite(file, "waits", 5, 0), SQLITE_OK);
        files_may_have(1);
        assert_int_not_equal(nexts[i](file), SQLITE_OK);
        files_may_have(RLIM_INFINITY);
        if (nexts[i] != log_end) {
            assert_int_equal(file->pMethods->xClose(file), SQLITE_OK);
        }
    }
}

/* The rest is the system's own affair. */
static void log__answers_as_the_file_does(void **state)
{
    sqlite3_file *file = log_open(*state);
    const sqlite3_io_methods *ask = file->pMethods;
    char *name = NULL;
    int is_held = -1;

    assert_int_equal(ask->xLock(file, SQLITE_LOCK_SHARED), SQLITE_OK);
    assert_int_equal(ask->xLock(file, SQLITE_LOCK_RESERVED), SQLITE_OK);
    assert_int_equal(ask->xCheckReservedLock(file, &is_held), SQLITE_OK);
    assert_int_equal(is_held, 0); /* a log is never locked */
    assert_int_equal(ask->xUnlock(file, SQLITE_LOCK_NONE), SQLITE_OK);
    assert_int_equal(ask->xFileControl(file, SQLITE_FCNTL_VFSNAME, &name), SQLITE_OK);
    assert_string_equal(name, "unix");
    sqlite3_free(name);
    assert_true(ask->xSectorSize(file) >= 512);
    assert_true(ask->xDeviceCharacteristics(file) >= 0);
    assert_int_equal(ask->xClose(file), SQLITE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            log__tells_what_it_could_not_write__whatever_comes_next, folder_setup,
            folder_teardown),
        cmocka_unit_test_setup_teardown(log__answers_as_the_file_does, folder_setup,
                                        folder_teardown),
        cmocka_unit_test_setup_teardown(commit__is_in_the_files__when_it_returns,
                                        folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(commit__is_seen_by_a_reader__when_it_returns,
                                        folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(
            what_was_taken_back__leaves_nothing__when_more_is_written, folder_setup,
            folder_teardown),
        cmocka_unit_test_setup_teardown(commit__fails_whole__when_the_log_cannot_grow,
                                        folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(
            log__does_not_become_longer__when_the_next_commit_has_room, folder_setup,
            folder_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
