#define _XOPEN_SOURCE 700 /* nftw */
/*
 * The n-th system call of a store's life fails, or what it asks of SQLite, for every n:
 * nothing that it said it kept is lost, nothing that was taken back is kept, nothing is
 * called whole that is not, and what fails says so.
 */
#include <errno.h>
#include <limits.h>

#include <dirent.h>
#include <ftw.h>

#include "store/memory.h"
#include "store/sessions.h"
#include "store/store.h"
#include "tests/crash/io_calls.h"
#include "tests/store/folder.h"

#define CALL_LIMIT 100000

static const struct migration older_table[] = {
    {1, "0001_first",
     "CREATE TABLE memory (adapter TEXT, name TEXT, value TEXT, "
     "PRIMARY KEY (adapter, name));"
     "INSERT INTO memory VALUES ('bot', 'old', 'kept');"},
    {0, NULL, NULL},
};
static const struct migration newer_table[] = {
    {1, "0001_first",
     "CREATE TABLE memory (adapter TEXT, name TEXT, value TEXT, "
     "PRIMARY KEY (adapter, name));"},
    {2, "0002_more", "ALTER TABLE memory ADD COLUMN more TEXT;"},
    {0, NULL, NULL},
};

/* What the store said of what it was asked. */
struct life {
    struct arena *arena;
    const char *path, *copy;
    bool is_open, is_kept, has_secret, has_copy;
};

/* Whatever failed has a kind and a sentence. */
static bool said(bool ok, struct err *err)
{
    if (!ok) {
        assert_int_not_equal(err->kind, ERR_NONE);
        assert_int_not_equal(err->text[0], '\0');
    }
    *err = (struct err){.kind = ERR_NONE};
    return ok;
}

/* As a turn does it whose second cause failed. */
static bool keep_one_of_two(struct store *store, struct err *err)
{
    bool ok = db_savepoint(store->db, err) &&
              memory_set(store, "bot", "new", "kept", err) &&
              db_release(store->db, err) && db_savepoint(store->db, err) &&
              memory_set(store, "bot", "undone", "kept", err);

    if (ok) {
        db_rollback_savepoint(store->db);
    }
    return ok;
}

static bool keep(struct store *store, struct err *err)
{
    bool ok = db_begin(store->db, err) && keep_one_of_two(store, err) &&
              db_commit(store->db, err);

    if (!ok) {
        db_rollback(store->db);
    }
    return ok;
}

static void live_open(struct life *life, struct store *store)
{
    struct err err = {.kind = ERR_NONE};
    const char *text;

    life->is_kept = said(keep(store, &err), &err);
    life->has_secret = said(sessions_keep(store, "matrix", "syt_secret", &err), &err);
    if (said(sessions_find(store, "matrix", &text, &err), &err) && life->has_secret) {
        assert_non_null(text);
        assert_string_equal(text, "syt_secret");
    }
    if (said(memory_find(store, "bot", "new", &text, &err), &err) && life->is_kept) {
        assert_non_null(text);
        assert_string_equal(text, "kept");
    }
    if (said(db_check(store->db, store->arena, &text, &err), &err)) {
        assert_non_null(text);
    }
    (void)said(db_checkpoint(store->db, &err), &err);
    (void)said(db_scrub(store->db, &err), &err);
    life->has_copy = said(db_backup(store->db, life->copy, &err), &err);
}

static void live(struct life *life, const struct migration *migrations)
{
    struct store store = {.lock_fd = -1};
    struct err err = {.kind = ERR_NONE};

    life->is_open =
        said(store_open_with(&store, life->path, migrations, &err) == STORE_OK, &err);
    if (life->is_open) {
        store.arena = life->arena;
        live_open(life, &store);
        store_close(&store);
    }
    if (said(store_open_to_read(&store, life->path, &err) == STORE_OK, &err)) {
        store_close(&store);
    }
}

/* With a disk that works. */
static void must_hold(struct life *life, const char *path, const char *name)
{
    struct db *db;
    struct err err;
    struct store store = {.arena = life->arena};
    const char *text;

    assert_true(db_open(&db, path, DB_READ_ONLY, &err));
    store.db = db;
    if (!memory_find(&store, "bot", name, &text, &err) || text == NULL ||
        strcmp(text, "kept") != 0) {
        fail_msg("%s lost %s: %s", path, name, err.text);
    }
    assert_true(db_check(db, life->arena, &text, &err));
    assert_string_equal(text, "ok");
    db_close(db);
}

static void check(struct life *life, const struct migration *migrations, bool is_grown)
{
    struct store store;
    struct err err = {.kind = ERR_NONE};
    const char *text;

    if (store_open_with(&store, life->path, migrations, &err) != STORE_OK) {
        fail_msg("%s", err.text);
    }
    store.arena = life->arena;
    assert_true(sessions_find(&store, "matrix", &text, &err));
    assert_true(!life->has_secret || text != NULL);
    assert_true(memory_find(&store, "bot", "undone", &text, &err));
    assert_null(text);
    store_close(&store);
    if (is_grown) {
        must_hold(life, life->path, "old");
    }
    if (life->is_kept) {
        must_hold(life, life->path, "new");
    }
    if (life->has_copy && life->is_kept) {
        must_hold(life, life->copy, "new");
    }
}

static int open_files(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;

    assert_non_null(folder);
    while (readdir(folder) != NULL) {
        count++;
    }
    (void)closedir(folder);
    return count;
}

static int remove_one(const char *path, const struct stat *found, int kind,
                      struct FTW *where)
{
    (void)found;
    (void)kind;
    return where->level == 0 ? 0 : remove(path);
}

/* Of what the trial before left. */
static void empty(struct folder *folder)
{
    assert_int_equal(nftw(folder->path, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
    arena_reset(folder->arena);
}

/* On a memory disk, where there is one. */
static int setup(void **state)
{
    struct folder *folder;

    (void)folder_setup(state);
    folder = *state;
    if (access("/dev/shm", W_OK) == 0) {
        assert_int_equal(rmdir(folder->path), 0);
        strcpy(folder->path, "/dev/shm/muster-io-XXXXXX");
        assert_non_null(mkdtemp(folder->path));
    }
    return 0;
}

struct trial {
    const struct migration *before, *migrations; /* before: NULL, it is a new store */
    int number;
    bool is_for_good;
};

/* Did a call fail? */
static bool try_call(struct folder *folder, const struct trial *trial, int64_t n)
{
    struct life life = {.arena = folder->arena,
                        .path = folder_path(folder, "in/db"),
                        .copy = folder_path(folder, "copy")};
    int files = open_files();
    bool has_failed;
    struct store store;
    struct err err;

    if (trial->before != NULL) {
        assert_int_equal(store_open_with(&store, life.path, trial->before, &err),
                         STORE_OK);
        store_close(&store);
    }
    io_fail_after(n, trial->number, trial->is_for_good);
    live(&life, trial->migrations);
    has_failed = io_has_failed();
    io_fail_after(0, 0, false);
    assert_int_equal(open_files(), files);
    check(&life, trial->migrations, trial->before != NULL);
    assert_true(has_failed || (life.is_kept && life.has_secret && life.has_copy));
    return has_failed;
}

static void try_each_call(struct folder *folder, struct trial trial)
{
    static const int numbers[] = {EIO, ENOSPC, EACCES};
    int64_t n = 1;

    do {
        empty(folder);
        trial.number = numbers[n % 3];
        n++;
    } while (try_call(folder, &trial, n - 1) && n < CALL_LIMIT);
    print_message("%lld calls\n", (long long)n);
    assert_in_range(n, 50, CALL_LIMIT - 1);
}

static void store__keeps_its_word__when_any_call_fails(void **state)
{
    try_each_call(*state, (struct trial){.migrations = newer_table});
    try_each_call(*state,
                  (struct trial){.migrations = newer_table, .is_for_good = true});
}

static void store__keeps_what_it_had__when_a_call_fails_while_it_grows(void **state)
{
    try_each_call(*state,
                  (struct trial){.before = older_table, .migrations = newer_table});
    try_each_call(*state, (struct trial){.before = older_table,
                                         .migrations = newer_table,
                                         .is_for_good = true});
}

/* One in memory is none, or whole. */
static void memory__says_why__when_a_statement_is_refused(void **state)
{
    static const struct migration table[] = {
        {1, "0001_first", "CREATE TABLE memory (name TEXT);"},
        {0, NULL, "CREATE TABLE memory (name TEXT);"},
    };
    bool has_failed = true;
    int refused = 0;

    (void)state;
    for (int64_t n = 1; has_failed; n++) {
        struct store store;
        struct err err = {.kind = ERR_NONE};
        bool is_open;

        io_fail_after(n, EIO, false);
        is_open = said(store_open_with(&store, NULL, table, &err) == STORE_OK, &err);
        has_failed = io_has_failed();
        io_fail_after(0, 0, false);
        refused += is_open ? 0 : 1;
        if (is_open) {
            assert_int_equal(db_number(store.db, "SELECT count(*) FROM memory"), 0);
            store_close(&store);
        }
        assert_true(is_open || has_failed);
    }
    assert_true(refused > 10);
}

/* Nothing failed then: what it broke off is gone on with. */
static void sessions__are_kept__when_a_signal_comes_in_between(void **state)
{
    struct folder *folder = *state;
    struct store store = {.arena = folder->arena,
                          .path = (char *)folder_path(folder, "db")};
    bool has_failed = true;
    int unharmed = 0;

    for (int64_t n = 1; has_failed; n++) {
        const char *secret = arena_printf(folder->arena, "syt_%lld", (long long)n);
        const char *found = NULL;
        struct err err;
        bool ok;

        io_fail_after(n, EINTR, false);
        ok = sessions_keep(&store, "matrix", secret, &err) &&
             sessions_find(&store, "matrix", &found, &err);
        has_failed = io_has_failed();
        io_fail_after(0, 0, false);
        assert_true(!ok || strcmp(found, secret) == 0);
        unharmed += has_failed && ok ? 1 : 0;
    }
    assert_true(unharmed >= 8); /* what it reads, writes, and closes */
}

/* Who hears it gives up, or tries again. */
static void failure__has_its_kind(void **state)
{
    static const struct {
        int number;
        enum err_kind kind;
    } numbers[] = {{ENOTDIR, ERR_GONE}, {EACCES, ERR_DENIED}, {EPERM, ERR_DENIED},
                   {EROFS, ERR_DENIED}, {EIO, ERR_AGAIN},     {ENOSPC, ERR_AGAIN}};
    struct folder *folder = *state;

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct err err;
        struct db *db;

        io_fail_after(1, numbers[i].number, false);
        assert_false(db_open(&db, folder_path(folder, "db"), DB_WRITE, &err));
        assert_int_equal(err.kind, numbers[i].kind);
        assert_non_null(strstr(err.text, strerror(numbers[i].number)));
    }
    io_fail_after(0, 0, false);
}

/* It was not there, and then it was. */
static void open__takes_the_store__when_somebody_was_quicker(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "db");
    struct db *db = db_must_open(path, DB_WRITE);
    struct err err;

    db_must_script(db, "CREATE TABLE theirs (text TEXT)");
    db_close(db);
    io_fail_after(1, ENOENT, false);
    assert_true(db_open(&db, path, DB_WRITE, &err));
    assert_true(io_has_failed());
    io_fail_after(0, 0, false);
    assert_int_equal(db_number(db, "SELECT count(*) FROM theirs"), 0);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            sessions__are_kept__when_a_signal_comes_in_between, setup, folder_teardown),
        cmocka_unit_test(memory__says_why__when_a_statement_is_refused),
        cmocka_unit_test_setup_teardown(failure__has_its_kind, setup, folder_teardown),
        cmocka_unit_test_setup_teardown(
            open__takes_the_store__when_somebody_was_quicker, setup, folder_teardown),
        cmocka_unit_test_setup_teardown(store__keeps_its_word__when_any_call_fails,
                                        setup, folder_teardown),
        cmocka_unit_test_setup_teardown(
            store__keeps_what_it_had__when_a_call_fails_while_it_grows, setup,
            folder_teardown),
    };

    io_calls_begin();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
