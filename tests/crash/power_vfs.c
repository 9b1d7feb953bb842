/*
 * SQLite's files on the disk of power_disk.c: a VFS that is SQLite's own before main()
 * runs, so that the program above it is the one people run, object by object.
 *
 * MUSTER_TEST_POWER_SEED=n   what the cut leaves; without it there is no such disk
 * MUSTER_TEST_POWER_AT=n     the power goes at the n-th operation
 * MUSTER_TEST_POWER_SAID=n   or after the n-th time that something was said
 * MUSTER_TEST_POWER_PAGES=n  the log goes into the store every n pages
 * MUSTER_TEST_POWER_LIES=1   a disk that syncs nothing, for the test of the test
 * MUSTER_TEST_POWER_ROOM=n   SQLite's files may grow by n bytes: then the disk is full
 * MUSTER_TEST_POWER_REFUSALS=n  until it refused n writes; then there is room again
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "bot/base/err.h"
#include "tests/crash/power_disk.h"

/* Behind it lies the file of the system's own VFS. */
struct power_file {
    sqlite3_file base;
    struct disk_file *on_disk;
    const char *path;
    bool syncs_folder; /* its next sync is the first after it was made */
};

static sqlite3_vfs power, *real;
static int64_t room_bytes, refusals_left;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return (sqlite3_file *)((struct power_file *)file + 1);
}

static const sqlite3_io_methods *methods_of(sqlite3_file *file)
{
    return real_of(file)->pMethods;
}

static int power_close(sqlite3_file *file)
{
    return methods_of(file)->xClose(real_of(file));
}

static int power_read(sqlite3_file *file, void *into, int count, sqlite3_int64 at)
{
    return methods_of(file)->xRead(real_of(file), into, count, at);
}

static bool is_full(sqlite3_file *file, sqlite3_int64 end)
{
    sqlite3_int64 size;

    if (refusals_left == 0 ||
        methods_of(file)->xFileSize(real_of(file), &size) != SQLITE_OK || end <= size) {
        return false;
    }
    if (end - size <= room_bytes) {
        room_bytes -= end - size;
        return false;
    }
    room_bytes = 0; /* somebody else took the rest */
    refusals_left -= 1;
    return true;
}

static int power_write(sqlite3_file *file, const void *from, int count,
                       sqlite3_int64 at)
{
    if (is_full(file, at + count)) {
        return SQLITE_FULL;
    }
    disk_write(((struct power_file *)file)->on_disk, from, (size_t)count, (size_t)at);
    return methods_of(file)->xWrite(real_of(file), from, count, at);
}

static int power_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    disk_truncate(((struct power_file *)file)->on_disk, (size_t)size);
    return methods_of(file)->xTruncate(real_of(file), size);
}

static void sync_folder_of(const char *path)
{
    struct stat found;
    char *folder = strdup(path);

    INSIST(folder != NULL && strrchr(folder, '/') != NULL);
    strrchr(folder, '/')[1] = '\0';
    INSIST(stat(folder, &found) == 0);
    disk_sync_folder(&found);
    free(folder);
}

/* The first sync of a log or journal syncs its folder, too: UNIXFILE_DIRSYNC in
 * https://sqlite.org/src/file/src/os_unix.c. */
static int power_sync(sqlite3_file *file, int flags)
{
    struct power_file *ours = (struct power_file *)file;

    (void)flags;
    disk_sync(ours->on_disk);
    if (ours->syncs_folder) {
        sync_folder_of(ours->path);
        ours->syncs_folder = false;
    }
    return SQLITE_OK;
}

static int power_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return methods_of(file)->xFileSize(real_of(file), size);
}

static int power_lock(sqlite3_file *file, int level)
{
    return methods_of(file)->xLock(real_of(file), level);
}

static int power_unlock(sqlite3_file *file, int level)
{
    return methods_of(file)->xUnlock(real_of(file), level);
}

static int power_is_reserved(sqlite3_file *file, int *answer)
{
    return methods_of(file)->xCheckReservedLock(real_of(file), answer);
}

static int power_control(sqlite3_file *file, int what, void *value)
{
    return methods_of(file)->xFileControl(real_of(file), what, value);
}

static int power_sector(sqlite3_file *file)
{
    return methods_of(file)->xSectorSize(real_of(file));
}

static int power_traits(sqlite3_file *file)
{
    return methods_of(file)->xDeviceCharacteristics(real_of(file));
}

static int power_shared_map(sqlite3_file *file, int region, int size, int extends,
                            void volatile **memory)
{
    return methods_of(file)->xShmMap(real_of(file), region, size, extends, memory);
}

static int power_shared_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return methods_of(file)->xShmLock(real_of(file), offset, count, flags);
}

static void power_shared_barrier(sqlite3_file *file)
{
    methods_of(file)->xShmBarrier(real_of(file));
}

static int power_shared_unmap(sqlite3_file *file, int deletes)
{
    return methods_of(file)->xShmUnmap(real_of(file), deletes);
}

static const sqlite3_io_methods power_methods = {
    .iVersion = 2,
    .xClose = power_close,
    .xRead = power_read,
    .xWrite = power_write,
    .xTruncate = power_truncate,
    .xSync = power_sync,
    .xFileSize = power_size,
    .xLock = power_lock,
    .xUnlock = power_unlock,
    .xCheckReservedLock = power_is_reserved,
    .xFileControl = power_control,
    .xSectorSize = power_sector,
    .xDeviceCharacteristics = power_traits,
    .xShmMap = power_shared_map,
    .xShmLock = power_shared_lock,
    .xShmBarrier = power_shared_barrier,
    .xShmUnmap = power_shared_unmap,
};

static int power_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                      int *got)
{
    struct power_file *ours = (struct power_file *)file;
    const int logs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    bool was_there = name != NULL && access(name, F_OK) == 0;
    int code;

    (void)vfs;
    if (name == NULL || (flags & SQLITE_OPEN_DELETEONCLOSE) != 0) {
        return real->xOpen(real, name, file, flags, got);
    }
    *ours = (struct power_file){.path = name};
    if (was_there) { /* as it is before SQLite has it */
        ours->on_disk = disk_find(name);
    }
    code = real->xOpen(real, name, real_of(file), flags, got);
    if (code != SQLITE_OK) {
        return code;
    }
    if (!was_there) {
        ours->on_disk = disk_made(name);
    }
    INSIST(ours->on_disk != NULL);
    ours->syncs_folder = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & logs) != 0;
    ours->base.pMethods = &power_methods;
    return SQLITE_OK;
}

static int power_delete(sqlite3_vfs *vfs, const char *path, int syncs_folder)
{
    int code = real->xDelete(real, path, 0);

    (void)vfs;
    if (code != SQLITE_OK) {
        return code;
    }
    disk_removed(path);
    if (syncs_folder != 0) {
        sync_folder_of(path);
    }
    return SQLITE_OK;
}

static int64_t number_of(const char *name)
{
    const char *text = getenv(name);

    return text == NULL ? 0 : strtoll(text, NULL, 10);
}

/* The linker names them. */
/* NOLINTBEGIN(readability-identifier-naming) */
int __real_sqlite3_exec(sqlite3 *db, const char *sql,
                        int (*row)(void *, int, char **, char **), void *arg,
                        char **why);
int __wrap_sqlite3_exec(sqlite3 *db, const char *sql,
                        int (*row)(void *, int, char **, char **), void *arg,
                        char **why);

/* A short incident never fills the log that the settings allow. */
int __wrap_sqlite3_exec(sqlite3 *db, const char *sql,
                        int (*row)(void *, int, char **, char **), void *arg,
                        char **why)
{
    int code = __real_sqlite3_exec(db, sql, row, arg, why);
    int64_t pages = number_of("MUSTER_TEST_POWER_PAGES");

    if (pages > 0 && strstr(sql, "wal_autocheckpoint") != NULL) {
        (void)sqlite3_wal_autocheckpoint(db, (int)pages);
    }
    return code;
}

/* NOLINTEND(readability-identifier-naming) */

__attribute__((constructor)) static void power_begin(void)
{
    int64_t seed = number_of("MUSTER_TEST_POWER_SEED");

    if (seed == 0) {
        return;
    }
    disk_begin(&(struct disk_plan){
        .seed = (uint64_t)seed,
        .cut_at = number_of("MUSTER_TEST_POWER_AT"),
        .cut_at_said = number_of("MUSTER_TEST_POWER_SAID"),
        .is_lying = number_of("MUSTER_TEST_POWER_LIES") != 0,
    });
    room_bytes = number_of("MUSTER_TEST_POWER_ROOM");
    refusals_left = number_of("MUSTER_TEST_POWER_REFUSALS");
    real = sqlite3_vfs_find(NULL);
    INSIST(real != NULL);
    power = *real;
    power.zName = "power";
    power.szOsFile = real->szOsFile + (int)sizeof(struct power_file);
    power.xOpen = power_open;
    power.xDelete = power_delete;
    INSIST(sqlite3_vfs_register(&power, 1) == SQLITE_OK);
}

/* The test learns from it how many operations there are, and things said. */
__attribute__((destructor)) static void power_end(void)
{
    if (disk_is_on()) {
        (void)fprintf(stderr, "power: %lld %lld\n", (long long)disk_operations(),
                      (long long)disk_things_said());
    }
}
