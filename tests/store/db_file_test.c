#include <fcntl.h>

#include <sqlite3.h>

#include "tests/store/folder.h"

static const char table_sql[] = "CREATE TABLE word (id {id}, text TEXT)";

static void must_not_open(const char *url, enum db_mode mode, enum err_kind kind,
                          const char *part)
{
    struct db *db;
    struct err err = {.kind = ERR_NONE};
    assert_false(db_open(&db, url, mode, &err));
    assert_null(db);
    assert_int_equal(err.kind, kind);
    if (strstr(err.text, part) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", err.text, part);
    }
}

static void open__makes_folders_and_files_for_the_owner_only(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "a/b/muster.db");
    mode_t umask_before = umask(0);
    struct db *db = db_must_open(path, DB_WRITE);
    db_must_script(db, table_sql);
    assert_int_equal(file_mode(folder_path(folder, "a")), 0700);
    assert_int_equal(file_mode(folder_path(folder, "a/b")), 0700);
    assert_int_equal(file_mode(path), 0600);
    assert_int_equal(file_mode(folder_path(folder, "a/b/muster.db-wal")), 0600);
    assert_int_equal(file_mode(folder_path(folder, "a/b/muster.db-shm")), 0600);
    db_close(db);
    assert_int_equal(file_mode(folder_path(folder, "a/b/muster.db-wal")), -1);
    umask(umask_before);
}

static void open__sets_what_keeps_data_safe(void **state)
{
    struct folder *folder = *state;
    struct db *db = db_must_open(folder_path(folder, "muster.db"), DB_WRITE);
    assert_int_equal(db_number(db, "PRAGMA synchronous"), 2);
    assert_int_equal(db_number(db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(db_number(db, "PRAGMA busy_timeout"), 0);
    assert_int_equal(db_number(db, "PRAGMA secure_delete"), 1);
    assert_int_equal(db_number(db, "PRAGMA trusted_schema"), 0);
    assert_int_equal(db_number(db, "PRAGMA mmap_size"), 0);
    assert_int_equal(db_number(db, "SELECT journal_mode = 'wal' FROM"
                                   " pragma_journal_mode"),
                     1);
    db_close(db);
}

static void open__takes_every_way_to_write_a_path(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    struct db *db =
        db_must_open(arena_printf(folder->arena, "sqlite:%s", path), DB_WRITE);
    db_must_script(db, table_sql);
    db_close(db);
    db = db_must_open(path, DB_READ_ONLY);
    assert_int_equal(db_number(db, "SELECT count(*) FROM word"), 0);
    db_close(db);
    db = db_must_open("sqlite::memory:", DB_WRITE);
    assert_int_equal(db_number(db, "SELECT count(*) FROM sqlite_schema"), 0);
    db_close(db);
}

/* SQLite would read these as a URI and as nothing. */
static void open__takes_a_path_as_it_is__when_it_looks_like_a_uri(void **state)
{
    struct folder *folder = *state;
    int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(here >= 0);
    assert_int_equal(chdir(folder->path), 0);
    struct db *db = db_must_open("file:odd?mode=memory", DB_WRITE);
    db_must_script(db, table_sql);
    db_close(db);
    assert_int_equal(file_mode(folder_path(folder, "file:odd?mode=memory")), 0600);
    assert_int_equal(fchdir(here), 0);
    close(here);
}

static void open__says_why__when_the_url_is_no_store(void **state)
{
    (void)state;
    must_not_open("postgresql://bot:secret@db/muster", DB_WRITE, ERR_DENIED,
                  "this build has no PostgreSQL");
    must_not_open("postgres://bot:secret@db/muster", DB_WRITE, ERR_DENIED,
                  "this build has no PostgreSQL");
    must_not_open("mysql://bot:secret@db/muster", DB_WRITE, ERR_DENIED, "not mysql://");
    must_not_open("", DB_WRITE, ERR_DENIED, "is empty");
    must_not_open("sqlite:", DB_WRITE, ERR_DENIED, "is empty");
    struct db *db;
    struct err err;
    assert_false(db_open(&db, "mysql://bot:secret@db/muster", DB_WRITE, &err));
    assert_null(strstr(err.text, "secret"));
}

static void open__says_why__when_the_path_is_no_store(void **state)
{
    struct folder *folder = *state;
    const char *text = folder_path(folder, "text");
    file_write(text,
               "This is a letter, and a rather long one, to a friend of mine, and "
               "in no way a database; it goes on for more than a hundred bytes.");
    must_not_open(folder->path, DB_WRITE, ERR_DENIED, "is a folder");
    must_not_open("/dev/null", DB_WRITE, ERR_DENIED, "not a regular file");
    must_not_open(text, DB_WRITE, ERR_BROKEN, "the file is not a database");
    must_not_open(text, DB_READ_ONLY, ERR_BROKEN, text);
    must_not_open(folder_path(folder, "text/muster.db"), DB_WRITE, ERR_GONE,
                  "Not a directory");
    must_not_open("/proc/none/muster.db", DB_WRITE, ERR_GONE, "make the folder");
    must_not_open(folder_path(folder, "none.db"), DB_READ_ONLY, ERR_GONE,
                  "there is no store at");
    assert_int_equal(file_mode(folder_path(folder, "none.db")), -1);
    assert_int_equal(symlink("nowhere/x.db", folder_path(folder, "link.db")), 0);
    must_not_open(folder_path(folder, "link.db"), DB_WRITE, ERR_GONE, "cannot make");
}

/* In a child that is not root: it is denied, and the sentence says so. */
static void must_deny_nobody(const char *path, enum db_mode mode, const char *part)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct db *db;
        struct err err = {.kind = ERR_NONE};
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
            _exit(98);
        }
        bool is_open = db_open(&db, path, mode, &err);
        bool is_denied = !is_open && err.kind == ERR_DENIED;
        _exit(is_denied && strstr(err.text, part) != NULL ? 0 : 1);
    }
    assert_int_equal(child_status(child), 0);
}

static void open__is_denied__when_modes_forbid_it(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    db_close(db_must_open(path, DB_WRITE));
    assert_int_equal(chmod(folder->path, 0555), 0);
    assert_int_equal(chmod(path, 0), 0);
    must_deny_nobody(path, DB_READ_ONLY, "cannot read the store");
    assert_int_equal(chmod(path, 0444), 0);
    must_deny_nobody(path, DB_READ_ONLY, "even reading needs leave to write");
    must_deny_nobody(path, DB_WRITE, "cannot write to the store");
    must_deny_nobody(folder_path(folder, "new.db"), DB_WRITE, "cannot make the file");
    must_deny_nobody(folder_path(folder, "new/new.db"), DB_WRITE, "make the folder");
    assert_int_equal(chmod(folder->path, 0700), 0);
}

/* As of network disks, which share no memory: SQLite has no log there. */
static void open__is_denied__when_the_disk_can_have_no_log(void **state)
{
    sqlite3_vfs *usual = sqlite3_vfs_find("unix");
    void *locks = usual->pAppData;

    usual->pAppData = sqlite3_vfs_find("unix-dotfile")->pAppData;
    must_not_open(folder_path(*state, "muster.db"), DB_WRITE, ERR_DENIED,
                  "a store needs a local disk");
    usual->pAppData = locks;
    db_close(db_must_open(folder_path(*state, "muster.db"), DB_WRITE));
}

static void begin__says_so__when_another_connection_writes(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    struct err err = {.kind = ERR_NONE};
    struct db *first = db_must_open(path, DB_WRITE);
    struct db *second = db_must_open(path, DB_WRITE);
    assert_true(db_begin(first, &err));
    assert_false(db_begin(second, &err));
    assert_int_equal(err.kind, ERR_AGAIN);
    db_rollback(first);
    assert_true(db_begin(second, &err));
    db_rollback(second);
    db_close(second);
    db_close(first);
}

static void reader__sees_one_moment__beside_a_writer(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    static const char count[] = "SELECT count(*) FROM word";
    struct err err = {.kind = ERR_NONE};
    struct db *writer = db_must_open(path, DB_WRITE);
    db_must_script(writer, table_sql);
    struct db *reader = db_must_open(path, DB_READ_ONLY);
    assert_true(db_begin(reader, &err));
    assert_int_equal(db_number(reader, count), 0);
    db_must_script(writer, "INSERT INTO word (text) VALUES ('a')");
    assert_int_equal(db_number(reader, count), 0);
    assert_false(db_checkpoint(writer, &err));
    assert_int_equal(err.kind, ERR_AGAIN);
    assert_true(db_commit(reader, &err));
    assert_int_equal(db_number(reader, count), 1);
    assert_false(db_script(reader, "DELETE FROM word", &err));
    assert_int_equal(err.kind, ERR_DENIED);
    assert_string_equal(err.text, "the store is open for reading only");
    db_close(reader);
    db_close(writer);
}

static void checkpoint__empties_the_log(void **state)
{
    struct folder *folder = *state;
    struct stat log;
    struct err err;
    struct db *db = db_must_open(folder_path(folder, "muster.db"), DB_WRITE);
    db_must_script(db, table_sql);
    assert_int_equal(stat(folder_path(folder, "muster.db-wal"), &log), 0);
    assert_true(log.st_size > 0);
    assert_true(db_checkpoint(db, &err));
    assert_int_equal(stat(folder_path(folder, "muster.db-wal"), &log), 0);
    assert_int_equal(log.st_size, 0);
    db_close(db);
}

/* What was freed in a small store is gone; to write a large one anew takes too long. */
static void scrub__writes_anew__what_is_not_large(void **state)
{
    struct db *db = db_must_open(":memory:", DB_WRITE);
    struct err err;

    (void)state;
    db_must_script(db, "CREATE TABLE big (bytes); CREATE TABLE gone (bytes);"
                       "INSERT INTO gone VALUES (zeroblob(100000)); DROP TABLE gone;");
    assert_true(db_number(db, "PRAGMA freelist_count") > 0);
    assert_true(db_scrub(db, &err));
    assert_int_equal(db_number(db, "SELECT * FROM pragma_freelist_count"), 0);
    db_must_script(db, "CREATE TABLE gone (bytes);"
                       "INSERT INTO gone VALUES (zeroblob(100000));"
                       "INSERT INTO big VALUES (zeroblob(16000000)),"
                       "(zeroblob(16000000)), (zeroblob(2000000)); DROP TABLE gone;");
    assert_true(db_scrub(db, &err));
    assert_true(db_number(db, "SELECT 0 + freelist_count FROM pragma_freelist_count") >
                0);
    db_close(db);
}

static void backup__is_a_whole_store__and_replaces_an_older_one(void **state)
{
    struct folder *folder = *state;
    const char *copy = folder_path(folder, "copies/muster.db");
    struct err err;
    struct db *db = db_must_open(folder_path(folder, "muster.db"), DB_WRITE);
    db_must_script(db, table_sql);
    assert_true(db_backup(db, copy, &err));
    db_must_script(db, "PRAGMA application_id=7; INSERT INTO word (text) VALUES ('a')");
    if (!db_backup(db, copy, &err)) {
        fail_msg("%s", err.text);
    }
    db_close(db);
    assert_int_equal(file_mode(copy), 0600);
    assert_int_equal(file_mode(folder_path(folder, "copies/muster.db.part")), -1);
    db = db_must_open(copy, DB_READ_ONLY);
    assert_int_equal(db_number(db, "SELECT count(*) FROM word WHERE text = 'a'"), 1);
    assert_int_equal(db_number(db, "PRAGMA application_id"), 7);
    db_close(db);
}

static void backup__says_why__when_it_cannot_be_written(void **state)
{
    struct folder *folder = *state;
    struct err err = {.kind = ERR_NONE};
    file_write(folder_path(folder, "file"), "x");
    struct db *db = db_must_open(folder_path(folder, "muster.db"), DB_WRITE);
    assert_false(db_backup(db, folder_path(folder, "file/copy"), &err));
    assert_int_equal(err.kind, ERR_GONE);
    db_close(db);
}

static void backup__leaves_nothing__when_it_cannot_take_its_place(void **state)
{
    struct folder *folder = *state;
    struct err err;
    struct db *db = db_must_open(folder_path(folder, "muster.db"), DB_WRITE);
    assert_int_equal(mkdir(folder_path(folder, "copy"), 0700), 0);
    file_write(folder_path(folder, "copy/held"), "x");
    assert_false(db_backup(db, folder_path(folder, "copy"), &err));
    assert_int_equal(file_mode(folder_path(folder, "copy.part")), -1);
    db_close(db);
}

static void spoil(const char *path, off_t from, size_t length)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    for (size_t i = 0; i < length; i++) {
        assert_int_equal(pwrite(fd, "\xa5", 1, from + (off_t)i), 1);
    }
    close(fd);
}

static void damage__is_found__by_check_and_by_a_run(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    const char *verdict;
    struct err err = {.kind = ERR_NONE};
    struct db_rows rows;
    struct db *db = db_must_open(path, DB_WRITE);
    db_must_script(db, table_sql);
    for (int i = 0; i < 200; i++) {
        db_must_script(db, "INSERT INTO word (text) VALUES (hex(zeroblob(500)))");
    }
    db_close(db);
    spoil(path, 12288, 81920);
    db = db_must_open(path, DB_READ_ONLY);
    assert_true(db_check(db, folder->arena, &verdict, &err));
    assert_string_not_equal(verdict, "ok");
    assert_null(strchr(verdict, '\n'));
    assert_false(db_run(db, folder->arena, &rows, &err,
                        "SELECT sum(length(text)) FROM word", DB_NO_ARGS));
    assert_int_equal(err.kind, ERR_BROKEN);
    assert_non_null(strstr(err.text, "the store is damaged"));
    db_close(db);
}

#define IN_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(open__makes_folders_and_files_for_the_owner_only),
        IN_FOLDER(open__sets_what_keeps_data_safe),
        IN_FOLDER(open__takes_every_way_to_write_a_path),
        IN_FOLDER(open__takes_a_path_as_it_is__when_it_looks_like_a_uri),
        cmocka_unit_test(open__says_why__when_the_url_is_no_store),
        IN_FOLDER(open__says_why__when_the_path_is_no_store),
        IN_FOLDER(open__is_denied__when_modes_forbid_it),
        IN_FOLDER(open__is_denied__when_the_disk_can_have_no_log),
        IN_FOLDER(begin__says_so__when_another_connection_writes),
        IN_FOLDER(reader__sees_one_moment__beside_a_writer),
        IN_FOLDER(checkpoint__empties_the_log),
        cmocka_unit_test(scrub__writes_anew__what_is_not_large),
        IN_FOLDER(backup__is_a_whole_store__and_replaces_an_older_one),
        IN_FOLDER(backup__says_why__when_it_cannot_be_written),
        IN_FOLDER(backup__leaves_nothing__when_it_cannot_take_its_place),
        IN_FOLDER(damage__is_found__by_check_and_by_a_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
