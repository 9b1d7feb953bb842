#include "store/store.h"
#include "tests/store/folder.h"

static const struct migration one_table[] = {
    {1, "0001_first",
     "CREATE TABLE word (id {id}, text TEXT);"
     "INSERT INTO word (text) VALUES ('kept');"},
    {0, NULL, NULL},
};

static const struct migration three_table[] = {
    {1, "0001_first", "CREATE TABLE word (id {id}, text TEXT);"},
    {2, "0002_more", "ALTER TABLE word ADD COLUMN more TEXT;"},
    {3, "0003_most", "ALTER TABLE word ADD COLUMN most TEXT;"},
    {0, NULL, NULL},
};

static const struct migration bad_table[] = {
    {1, "0001_first", "CREATE TABLE word (id {id}, text TEXT);"},
    {2, "0002_bad", "CREATE TABLE half (x BIGINT); CREATE TABLE word (x BIGINT);"},
    {0, NULL, NULL},
};

static void must_open(struct store *store, const char *path,
                      const struct migration *migrations)
{
    struct err err;
    if (store_open_with(store, path, migrations, &err) != STORE_OK) {
        fail_msg("%s", err.text);
    }
}

static void make(const char *path, const struct migration *migrations)
{
    struct store store;
    must_open(&store, path, migrations);
    store_close(&store);
}

static void must_say(const struct err *err, const char *part)
{
    if (strstr(err->text, part) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", err->text, part);
    }
}

static void open__makes_a_store_of_the_newest_schema__when_there_is_none(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster/muster.db");
    struct store store;
    struct err err;
    if (store_open(&store, path, &err) != STORE_OK) {
        fail_msg("%s", err.text);
    }
    assert_string_equal(store.path, path);
    assert_int_equal(db_number(store.db, "PRAGMA application_id"), 0x4d555354);
    assert_int_equal(db_number(store.db, "SELECT max(version) FROM schema_version"),
                     migrate_newest(migration_table));
    assert_int_equal(file_mode(path), 0600);
    assert_int_equal(file_mode(folder_path(folder, "muster/muster.db.lock")), 0600);
    store_close(&store);
    store_close(&store);
    assert_int_equal(store.lock_fd, -1);
    assert_int_equal(file_mode(folder_path(folder, "muster/muster.db.before-1")), -1);
}

static void open__makes_a_store_whole__or_none(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    const char *part = folder_path(folder, "muster.db.part");
    const char *crashed = arena_printf(
        folder->arena, "echo half a store > '%s' && echo log > '%s-wal'", part, part);
    struct store store;
    struct err err;
    assert_int_equal(store_open_with(&store, path, bad_table, &err), STORE_FAILED);
    must_say(&err, arena_printf(folder->arena,
                                "cannot make the store %s: migration 0002_bad", path));
    assert_int_equal(file_mode(path), -1);
    assert_int_equal(file_mode(part), -1);
    assert_int_equal(system(crashed), 0);
    must_open(&store, path, one_table);
    assert_int_equal(file_mode(part), -1);
    assert_int_equal(db_number(store.db, "SELECT count(*) FROM word"), 1);
    store_close(&store);
}

/* Somebody deleted the store, but not its log: it is not the log of the new one. */
static void open__takes_no_log_over__from_a_store_that_is_gone(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    const char *lose = arena_printf(folder->arena, "cp '%s-wal' '%s.kept' && rm '%s'",
                                    path, path, path);
    const char *leave =
        arena_printf(folder->arena, "mv '%s.kept' '%s-wal'", path, path);
    struct store store;
    must_open(&store, path, one_table);
    db_must_script(store.db, "INSERT INTO word (text) VALUES ('gone')");
    assert_int_equal(system(lose), 0);
    store_close(&store);
    assert_int_equal(system(leave), 0);
    must_open(&store, path, one_table);
    assert_int_equal(db_number(store.db, "SELECT count(*) FROM word"), 1);
    store_close(&store);
}

static void open__is_private__when_in_memory(void **state)
{
    (void)state;
    struct store first, second;
    struct err err;
    assert_int_equal(store_open(&first, NULL, &err), STORE_OK);
    assert_int_equal(store_open(&second, ":memory:", &err), STORE_OK);
    assert_null(first.path);
    assert_int_equal(first.lock_fd, -1);
    db_must_script(first.db, "CREATE TABLE only_here (x BIGINT)");
    assert_int_equal(db_number(second.db, "SELECT count(*) FROM sqlite_schema"
                                          " WHERE name = 'only_here'"),
                     0);
    store_close(&first);
    store_close(&second);
}

static void run__puts_rows_on_the_arena_of_the_turn(void **state)
{
    struct folder *folder = *state;
    struct store store;
    struct db_rows rows;
    struct err err;
    must_open(&store, NULL, one_table);
    store.arena = folder->arena;
    assert_true(store_run(&store, &rows, &err, "SELECT text FROM word WHERE id = $1",
                          DB_ARGS(DB_INT(1))));
    assert_string_equal(db_text(&rows, 0, 0), "kept");
    store_close(&store);
}

/* Holds the store until told to go; says that it holds it. */
static void hold(const char *path, int say, int until)
{
    struct store store;
    struct err err;
    char byte;
    bool ok = store_open_with(&store, path, one_table, &err) == STORE_OK &&
              write(say, "h", 1) == 1 && read(until, &byte, 1) == 0;
    _exit(ok ? 0 : 1); /* as killed: nothing is closed */
}

static void open__names_the_holder__when_another_process_has_it(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    int say[2], until[2];
    char byte;
    assert_int_equal(pipe(say) | pipe(until), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(until[1]);
        hold(path, say[1], until[0]);
    }
    close(say[1]);
    assert_int_equal(read(say[0], &byte, 1), 1);

    struct store store;
    struct err err;
    assert_int_equal(store_open_with(&store, path, one_table, &err), STORE_HELD);
    must_say(&err, arena_printf(folder->arena,
                                "the store %s is held by process %ld (since 20", path,
                                (long)child));
    assert_string_equal(err.text + strlen(err.text) - 2, "Z)");

    close(until[1]);
    close(until[0]);
    close(say[0]);
    assert_int_equal(child_status(child), 0);
    must_open(&store, path, one_table); /* what the dead one wrote does not count */
    assert_int_equal(db_number(store.db, "SELECT count(*) FROM word"), 1);
    const char *note = file_read(folder->arena, folder_path(folder, "muster.db.lock"));
    assert_memory_equal(note, "pid ", 4);
    assert_int_equal(strtol(note + 4, NULL, 10), getpid());
    store_close(&store);
}

static void open__is_held__when_the_same_process_has_it_by_a_link(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    const char *link = folder_path(folder, "link.db");
    struct store store, other;
    struct err err;
    must_open(&store, path, one_table);
    assert_int_equal(symlink(path, link), 0);
    assert_int_equal(store_open_with(&other, link, one_table, &err), STORE_HELD);
    store_close(&other);
    store_close(&store);
    must_open(&other, link, one_table);
    store_close(&other);
}

static void open__keeps_a_copy__when_it_migrates(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    const char *copy = folder_path(folder, "muster.db.before-3");
    struct store store;
    make(path, one_table);
    must_open(&store, path, three_table);
    assert_int_equal(db_number(store.db, "SELECT count(most) FROM word"), 0);
    assert_int_equal(db_number(store.db, "SELECT max(version) FROM schema_version"), 3);
    store_close(&store);
    assert_int_equal(file_mode(copy), 0600);
    must_open(&store, copy, one_table);
    assert_int_equal(db_number(store.db, "SELECT count(*) FROM word"), 1);
    store_close(&store);
}

static void open__leaves_the_store_as_it_was__when_a_migration_fails(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    struct store store;
    struct err err;
    make(path, one_table);
    assert_int_equal(store_open_with(&store, path, bad_table, &err), STORE_FAILED);
    must_say(&err, "0002_bad");
    assert_int_equal(file_mode(folder_path(folder, "muster.db.before-2")), 0600);
    must_open(&store, path, one_table);
    assert_int_equal(db_number(store.db, "SELECT count(*) FROM sqlite_schema"
                                         " WHERE name = 'half'"),
                     0);
    store_close(&store);
}

static void open__migrates_nothing__when_the_store_is_damaged(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    struct store store;
    struct err err;
    make(path, one_table);
    struct db *db = db_must_open(path, DB_WRITE);
    db_must_script(db, "CREATE TABLE a (id {id});"
                       "CREATE TABLE b (a BIGINT REFERENCES a);"
                       "PRAGMA foreign_keys=OFF; INSERT INTO b VALUES (5)");
    db_close(db);
    assert_int_equal(store_open_with(&store, path, three_table, &err), STORE_FAILED);
    assert_int_equal(err.kind, ERR_BROKEN);
    must_say(&err, "is damaged and was left as it is");
    assert_int_equal(file_mode(folder_path(folder, "muster.db.before-3")), -1);
    must_open(&store, path, one_table); /* still schema 1 */
    store_close(&store);
}

static void open__refuses_a_newer_store__in_one_sentence(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    struct store store;
    struct err err;
    make(path, three_table);
    assert_int_equal(store_open_with(&store, path, one_table, &err), STORE_NEWER);
    assert_string_equal(
        err.text,
        arena_printf(folder->arena,
                     "the store %s was made by a newer Muster (schema 3, this "
                     "one knows 1): use that version, or restore a copy.",
                     path));
    make(path, three_table); /* the lock went with the refusal */
}

static void open__touches_nothing__when_the_file_is_another_programs(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "other.db");
    struct store store;
    struct err err;
    const char *command =
        arena_printf(folder->arena, "cp '%s' '%s.same' && cmp '%s' '%s.same'", path,
                     path, path, path);
    struct db *db = db_must_open(path, DB_WRITE);
    db_must_script(db, "PRAGMA journal_mode=DELETE; CREATE TABLE theirs (x)");
    db_close(db);
    assert_int_equal(system(command), 0);
    assert_int_equal(store_open(&store, path, &err), STORE_FAILED);
    assert_int_equal(err.kind, ERR_BROKEN);
    must_say(&err, "belongs to another program");
    assert_int_equal(store_open_to_read(&store, path, &err), STORE_FAILED);
    must_say(&err, "belongs to another program");
    assert_int_equal(system(strstr(command, "cmp")), 0);
}

static void open__fails_with_a_sentence__when_the_url_is_none(void **state)
{
    struct folder *folder = *state;
    struct store store;
    struct err err;
    assert_int_equal(store_open(&store, "postgresql://a:b@c/d", &err), STORE_FAILED);
    must_say(&err, "this build has no PostgreSQL");
    assert_int_equal(store_open_to_read(&store, "postgres://c/d", &err), STORE_FAILED);
    must_say(&err, "this build has no PostgreSQL");
    assert_true(store_is_there(":memory:", &err));
    assert_false(store_is_there("postgres://c/d", &err));
    must_say(&err, "this build has no PostgreSQL");
    assert_int_equal(store_open(&store, folder->path, &err), STORE_FAILED);
    must_say(&err, "is a folder");
    store_close(&store);
}

static void read__works__beside_a_holder_and_without(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "muster.db");
    static const char count[] = "SELECT count(*) FROM schema_version";
    struct store store, reader;
    struct err err;
    assert_int_equal(store_open_to_read(&reader, path, &err), STORE_FAILED);
    assert_int_equal(err.kind, ERR_GONE);
    assert_int_equal(store_open(&store, path, &err), STORE_OK);
    assert_int_equal(store_open_to_read(&reader, path, &err), STORE_OK);
    assert_int_equal(db_number(reader.db, count), migrate_newest(migration_table));
    assert_false(db_script(reader.db, "DELETE FROM schema_version", &err));
    store_close(&reader);
    store_close(&store);
    assert_int_equal(store_open_to_read(&reader, path, &err), STORE_OK);
    assert_int_equal(db_number(reader.db, count), migrate_newest(migration_table));
    store_close(&reader);
}

static void read__refuses_other_schemas(void **state)
{
    struct folder *folder = *state;
    const char *newer = folder_path(folder, "newer.db");
    const char *empty = folder_path(folder, "empty.db");
    const struct migration far_table[] = {{9999, "9999_far", ""}, {0, NULL, NULL}};
    struct store reader;
    struct err err;
    make(newer, far_table);
    assert_int_equal(store_open_to_read(&reader, newer, &err), STORE_NEWER);
    must_say(&err, "newer Muster (schema 9999");
    db_close(db_must_open(empty, DB_WRITE));
    assert_int_equal(store_open_to_read(&reader, empty, &err), STORE_OLDER);
    must_say(&err, "older Muster (schema 0");
}

static void open__makes_it_here__when_the_path_has_no_folder(void **state)
{
    struct folder *folder = *state;
    char *before = getcwd(NULL, 0);
    assert_non_null(before);
    assert_int_equal(chdir(folder->path), 0);
    make("here.db", one_table);
    make("here.db", one_table);
    assert_int_equal(chdir(before), 0);
    assert_int_equal(file_mode(folder_path(folder, "here.db")), 0600);
    assert_int_equal(file_mode(folder_path(folder, "here.db.part")), -1);
    free(before);
}

#define IN_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(open__makes_a_store_of_the_newest_schema__when_there_is_none),
        IN_FOLDER(open__makes_a_store_whole__or_none),
        IN_FOLDER(open__takes_no_log_over__from_a_store_that_is_gone),
        cmocka_unit_test(open__is_private__when_in_memory),
        IN_FOLDER(run__puts_rows_on_the_arena_of_the_turn),
        IN_FOLDER(open__names_the_holder__when_another_process_has_it),
        IN_FOLDER(open__is_held__when_the_same_process_has_it_by_a_link),
        IN_FOLDER(open__keeps_a_copy__when_it_migrates),
        IN_FOLDER(open__leaves_the_store_as_it_was__when_a_migration_fails),
        IN_FOLDER(open__migrates_nothing__when_the_store_is_damaged),
        IN_FOLDER(open__refuses_a_newer_store__in_one_sentence),
        IN_FOLDER(open__touches_nothing__when_the_file_is_another_programs),
        IN_FOLDER(open__fails_with_a_sentence__when_the_url_is_none),
        IN_FOLDER(read__works__beside_a_holder_and_without),
        IN_FOLDER(read__refuses_other_schemas),
        IN_FOLDER(open__makes_it_here__when_the_path_has_no_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
