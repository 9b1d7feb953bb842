/* The order in which the log is written, as the system's own VFS sees it: a head is
 * synced before anything behind it is written. What a power cut would make of another
 * order is tests/crash/power_test.c's to show, once in five thousand. */
#include <sqlite3.h>

#include "tests/store/folder.h"

#define HEAD_BYTES 32 /* https://www.sqlite.org/fileformat2.html#walformat */

static sqlite3_vfs watching, *real;
static sqlite3_io_methods watched;
static const sqlite3_io_methods *methods;
static bool head_waits;
static int heads, frames, too_early;

static int on_write(sqlite3_file *file, const void *from, int count, sqlite3_int64 at)
{
    if (at < HEAD_BYTES) {
        head_waits = true;
        heads += 1;
    } else {
        frames += 1;
    }
    too_early += head_waits && at + count > HEAD_BYTES ? 1 : 0;
    return methods->xWrite(file, from, count, at);
}

static int on_sync(sqlite3_file *file, int flags)
{
    head_waits = false;
    return methods->xSync(file, flags);
}

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                   int *got)
{
    int code = real->xOpen(real, name, file, flags, got);

    (void)vfs;
    if (code == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0) {
        methods = file->pMethods;
        watched = *methods;
        watched.xWrite = on_write;
        watched.xSync = on_sync;
        file->pMethods = &watched;
    }
    return code;
}

static int watch(void **state)
{
    real = sqlite3_vfs_find(NULL);
    watching = *real;
    watching.zName = "watching";
    watching.xOpen = on_open;
    assert_int_equal(sqlite3_vfs_register(&watching, 1), SQLITE_OK);
    return folder_setup(state);
}

static void log__has_a_head_on_the_disk__when_more_is_written(void **state)
{
    struct db *db = db_must_open(folder_path(*state, "a.db"), DB_WRITE);

    db_must_script(db, "CREATE TABLE word (text TEXT)");
    db_must_script(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    db_must_script(db, "INSERT INTO word VALUES ('behind a cut')");
    db_must_script(db, "PRAGMA wal_checkpoint(RESTART)");
    db_must_script(db, "INSERT INTO word VALUES ('over what was there')");
    db_close(db);
    assert_int_equal(heads, 3);
    assert_true(frames >= 3);
    assert_int_equal(too_early, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            log__has_a_head_on_the_disk__when_more_is_written, watch, folder_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
