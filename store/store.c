#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "store/chain.h"
#include "store/db_engine.h"

/* ---- the lock ---- */

/* What a holder wrote: "pid 4242 since 2026-11-24T20:00:00Z". It may not have got to it
 * yet. */
static bool holder_tell(int fd, const char *path, struct err *err)
{
    char note[80] = "";
    char since[32] = "";
    long pid = 0;
    ssize_t length = pread(fd, note, sizeof(note) - 1, 0);
    if (length > 0 && strncmp(note, "pid ", 4) == 0) {
        char *end;
        pid = strtol(note + 4, &end, 10);
        if (strncmp(end, " since ", 7) == 0) {
            size_t size = strcspn(end + 7, "\n");
            size = size < sizeof(since) ? size : sizeof(since) - 1;
            memcpy(since, end + 7, size);
        }
    }
    if (pid <= 0) {
        return err_set(err, ERR_DENIED, "the store %s is held by another process",
                       path);
    }
    return err_set(err, ERR_DENIED, "the store %s is held by process %ld (since %s)",
                   path, pid, since);
}

static bool holder_write(int fd, struct arena *arena)
{
    const char *note = arena_printf(arena, "pid %ld since %s\n", (long)getpid(),
                                    time_rfc3339(arena, time_now_ms()));
    size_t size = strlen(note);
    return ftruncate(fd, 0) == 0 && pwrite(fd, note, size, 0) == (ssize_t)size;
}

/*
 * The file stays when the lock goes: removing it would let two processes lock two files
 * of one name. What it says counts only while it is locked.
 */
static enum store_verdict lock_take(struct store *store, struct arena *arena,
                                    struct err *err)
{
    const char *path = arena_printf(arena, "%s.lock", store->path);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        (void)err_set(err, ERR_DENIED, "cannot make the lock %s: %s", path,
                      strerror(errno));
        return STORE_FAILED;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        bool is_held = errno == EWOULDBLOCK;
        (void)(is_held ? holder_tell(fd, store->path, err)
                       : err_set(err, ERR_DENIED, "cannot lock %s: %s", path,
                                 strerror(errno)));
        (void)close(fd);
        return is_held ? STORE_HELD : STORE_FAILED;
    }
    if (!holder_write(fd, arena)) {
        (void)err_set(err, ERR_AGAIN, "cannot write %s: %s", path, strerror(errno));
        (void)close(fd);
        return STORE_FAILED;
    }
    store->lock_fd = fd;
    return STORE_OK;
}

/* ---- opening ---- */

/* A link to a store is the store: lock, log and copies lie beside the file itself. */
static char *path_of_file(const char *path)
{
    struct stat found;
    char *real = NULL;
    if (lstat(path, &found) == 0 && S_ISLNK(found.st_mode)) {
        real = realpath(path, NULL);
    }
    return real != NULL ? real : text_keep(path);
}

static bool store_init(struct store *store, const char *url, struct err *err)
{
    const char *path;
    *store = (struct store){.lock_fd = -1};
    if (!db_url_path(url == NULL ? ":memory:" : url, &path, err)) {
        return false;
    }
    store->path = path == NULL ? NULL : path_of_file(path);
    store->digest = digest_create();
    return true;
}

static const char *store_name(const struct store *store)
{
    return store->path == NULL ? "in memory" : store->path;
}

static bool store_connect(struct store *store, enum db_mode mode, struct err *err)
{
    return db_open(&store->db, store->path == NULL ? ":memory:" : store->path, mode,
                   err);
}

/* The schema of the open database, refused where it is foreign or newer. */
static enum store_verdict version_read(const struct store *store, int newest,
                                       int *version, struct err *err)
{
    if (!migrate_version(store->db, version, err)) {
        struct err why = *err;
        (void)err_set(err, why.kind, "cannot use the store %s: %s", store_name(store),
                      why.text);
        return STORE_FAILED;
    }
    if (*version > newest) {
        (void)err_set(err, ERR_DENIED,
                      "the store %s was made by a newer Muster (schema %d, this one "
                      "knows %d): use that version, or restore a copy.",
                      store_name(store), *version, newest);
        return STORE_NEWER;
    }
    return STORE_OK;
}

/* Looks at a file that is there without changing it, as opening it for writing would.
 */
static enum store_verdict store_peek(struct store *store, int newest, struct err *err)
{
    struct stat found;
    int version;
    if (store->path == NULL || store->is_new || stat(store->path, &found) != 0 ||
        found.st_size == 0) {
        return STORE_OK;
    }
    if (!store_connect(store, DB_READ_ONLY, err)) {
        return STORE_FAILED;
    }
    enum store_verdict verdict = version_read(store, newest, &version, err);
    db_close(store->db);
    store->db = NULL;
    return verdict;
}

/* Of a file: what is in memory is always new. */
static bool copy_keep(struct store *store, struct arena *arena, int newest,
                      struct err *err)
{
    const char *verdict;
    if (!db_check(store->db, arena, &verdict, err)) {
        return false;
    }
    if (strcmp(verdict, "ok") != 0) {
        return err_set(err, ERR_BROKEN,
                       "the store %s is damaged and was left as it is (%s): restore a "
                       "copy.",
                       store_name(store), verdict);
    }
    return db_backup(store->db,
                     arena_printf(arena, "%s.before-%d", store->path, newest), err);
}

static enum store_verdict store_bring_up(struct store *store, struct arena *arena,
                                         const struct migration *migrations,
                                         struct err *err)
{
    int version;
    int newest = migrate_newest(migrations);
    enum store_verdict verdict = version_read(store, newest, &version, err);
    if (verdict != STORE_OK || version == newest) {
        return verdict;
    }
    bool ok = (version == 0 || copy_keep(store, arena, newest, err)) &&
              migrate_up(store->db, migrations, version, err);
    store->is_new = version == 0;
    return ok ? STORE_OK : STORE_FAILED;
}

/* A log that was left behind belongs to another file: SQLite clears it away when it
 * finds the store empty. */
static bool place_is_free(const struct store *store, struct arena *arena)
{
    static const char *const endings[] = {"", "-wal", "-journal"};
    struct stat found;
    bool is_free = store->path != NULL;

    for (size_t i = 0; is_free && i < sizeof(endings) / sizeof(endings[0]); i++) {
        const char *path = arena_printf(arena, "%s%s", store->path, endings[i]);
        is_free = lstat(path, &found) != 0 && errno == ENOENT;
    }
    return is_free;
}

/* A new store is made beside its place and moved there whole: one wait for the disk in
 * place of eight. */
static bool store_make(struct store *store, struct arena *arena,
                       const struct migration *migrations, struct err *err)
{
    const char *part = arena_printf(arena, "%s.part", store->path);
    struct db *db = NULL;
    bool ok = db_file_renew(part, err) && db_open(&db, part, DB_UNSYNCED, err) &&
              migrate_up(db, migrations, 0, err) && db_checkpoint(db, err);

    db_close(db);
    store->is_new = ok && db_file_settle(part, store->path, err);
    if (!store->is_new) {
        struct err why = *err;
        (void)unlink(part);
        (void)err_set(err, why.kind, "cannot make the store %s: %s", store->path,
                      why.text);
    }
    return store->is_new;
}

static bool watch_lock(struct store *store, struct arena *arena, struct err *err)
{
    return store->path == NULL ||
           db_watch(store->db, arena_printf(arena, "%s.lock", store->path), err);
}

static enum store_verdict store_open_held(struct store *store, struct arena *arena,
                                          const struct migration *migrations,
                                          struct err *err)
{
    enum store_verdict verdict = STORE_OK;
    if (store->path != NULL) {
        verdict = db_file_make_folders(store->path, err) ? lock_take(store, arena, err)
                                                         : STORE_FAILED;
    }
    if (verdict == STORE_OK && place_is_free(store, arena) &&
        !store_make(store, arena, migrations, err)) {
        verdict = STORE_FAILED;
    }
    if (verdict == STORE_OK) {
        verdict = store_peek(store, migrate_newest(migrations), err);
    }
    if (verdict == STORE_OK) {
        verdict = store_connect(store, DB_WRITE, err) && watch_lock(store, arena, err)
                      ? store_bring_up(store, arena, migrations, err)
                      : STORE_FAILED;
    }
    return verdict;
}

enum store_verdict store_open_with(struct store *store, const char *url,
                                   const struct migration *migrations, struct err *err)
{
    if (!store_init(store, url, err)) {
        return STORE_FAILED;
    }
    struct arena *arena = arena_create();
    enum store_verdict verdict = store_open_held(store, arena, migrations, err);
    arena_destroy(arena);
    if (verdict != STORE_OK) {
        store_close(store);
    }
    return verdict;
}

enum store_verdict store_open(struct store *store, const char *url, struct err *err)
{
    enum store_verdict verdict = store_open_with(store, url, migration_table, err);
    if (verdict == STORE_OK && !chain_fill(store, err)) {
        store_close(store);
        verdict = STORE_FAILED;
    }
    return verdict;
}

bool store_is_there(const char *url, struct err *err)
{
    const char *path;

    return db_url_path(url, &path, err) &&
           (path == NULL || db_file_prepare(path, DB_READ_ONLY, err));
}

static enum store_verdict store_read_check(struct store *store, struct err *err)
{
    int version;
    int newest = migrate_newest(migration_table);
    enum store_verdict verdict = version_read(store, newest, &version, err);
    if (verdict == STORE_OK && version < newest) {
        (void)err_set(err, ERR_DENIED,
                      "the store %s was made by an older Muster (schema %d, this one "
                      "reads %d): start the bot once to bring it up to date.",
                      store_name(store), version, newest);
        verdict = STORE_OLDER;
    }
    return verdict;
}

enum store_verdict store_open_to_read(struct store *store, const char *url,
                                      struct err *err)
{
    enum store_verdict verdict = STORE_FAILED;
    if (store_init(store, url, err) && store_connect(store, DB_READ_ONLY, err)) {
        verdict = store_read_check(store, err);
    }
    if (verdict != STORE_OK) {
        store_close(store);
    }
    return verdict;
}

void store_close(struct store *store)
{
    db_close(store->db);
    if (store->lock_fd >= 0) {
        (void)close(store->lock_fd);
    }
    free(store->path);
    free(store->sessions);
    digest_destroy(store->digest);
    *store = (struct store){.lock_fd = -1};
}

bool store_run(struct store *store, struct db_rows *rows, struct err *err,
               const char *sql, struct db_args args)
{
    return db_run(store->db, store->arena, rows, err, sql, args);
}

bool store_change(struct store *store, bool *changed, struct err *err, const char *sql,
                  struct db_args args)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    *changed = rows.changed > 0;
    return true;
}

bool store_has(struct store *store, bool *has, struct err *err, const char *sql,
               struct db_args args)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    *has = rows.count > 0;
    return true;
}

bool store_insert(struct store *store, int64_t *id, struct err *err, const char *sql,
                  struct db_args args)
{
    return db_insert(store->db, id, err, sql, args);
}
