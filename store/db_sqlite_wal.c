/*
 * A commit in one write. SQLite writes each page of its log by two calls, one for the
 * 24 bytes before it and one for the page: a turn of 64 messages made a hundred, which
 * cost more than the disk. What is written to the log side by side is gathered here,
 * and written when SQLite syncs the log or looks at it again.
 *
 * That keeps SQLite's order: with synchronous=FULL a commit syncs the log before it
 * tells readers of it (sqlite3WalFrames() in https://sqlite.org/src/file/src/wal.c),
 * and what is not committed no reader looks at. A write that fails fails the sync, and
 * with it the commit.
 *
 * And the log grows by a MiB of zeros at a time: on ext4 and its like the fdatasync of
 * a commit that makes a file longer waits for the file system's own journal, too; one
 * that writes over what is there does not. SQLite ends its reading at the first frame
 * that is none (https://www.sqlite.org/fileformat2.html#walformat). But not before the
 * log's head is synced: a power cut may leave the head of the log before, and zeros
 * in the midst of its frames. SQLite would take the first of them for what was said
 * last and put pages of long ago over newer ones (its own ticket ff5be73dee).
 */
#include <string.h>

#include <sqlite3.h>

#include "bot/base/err.h"
#include "store/db_engine.h"

/* SQLite's own write can't do 128 KiB at once: nBuf &= 0x1ffff in seekAndWriteFd(),
 * https://sqlite.org/src/file/src/os_unix.c. */
#define GATHER_BYTES (128 * 1024 - 1)
#define GROW_BYTES   ((sqlite3_int64)1024 * 1024)
#define HEAD_BYTES   32 /* which SQLite writes, and syncs, before what is behind it */

/* Behind it lies the file of the system's own VFS. */
struct log_file {
    sqlite3_file base;
    unsigned char *bytes;
    sqlite3_int64 at; /* where in the file bytes[0] goes */
    int count;
    sqlite3_int64 end; /* the file is as long, as far as we know */
};

static sqlite3_file *real_of(sqlite3_file *file)
{
    return (sqlite3_file *)((struct log_file *)file + 1);
}

static int real_write(sqlite3_file *file, const void *from, int count, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xWrite(real_of(file), from, count, at);
}

/* Zeros from `at` to the next MiB, out of the buffer that was just written. A full disk
 * is no fault yet: what counted has been written. */
static void grow(struct log_file *log, sqlite3_int64 at)
{
    sqlite3_int64 until = (at + GROW_BYTES) / GROW_BYTES * GROW_BYTES;

    log->end = until;
    memset(log->bytes, 0, GATHER_BYTES);
    while (at < until) {
        int count = until - at < GATHER_BYTES ? (int)(until - at) : GATHER_BYTES;
        if (real_write(&log->base, log->bytes, count, at) != SQLITE_OK) {
            log->end = at;
            return;
        }
        at += count;
    }
}

/* What could not be written is forgotten: SQLite takes the commit back, and the next
 * one begins at the same place. */
static int flush(sqlite3_file *file)
{
    struct log_file *log = (struct log_file *)file;
    sqlite3_int64 until = log->at + log->count;
    int count = log->count, code;

    log->count = 0;
    if (count == 0) {
        return SQLITE_OK;
    }
    code = real_write(file, log->bytes, count, log->at);
    if (code == SQLITE_OK && until > log->end && log->at >= HEAD_BYTES) {
        grow(log, until);
    }
    return code;
}

static int log_close(sqlite3_file *file)
{
    struct log_file *log = (struct log_file *)file;
    int code = flush(file);
    int closed = real_of(file)->pMethods->xClose(real_of(file));

    sqlite3_free(log->bytes);
    return code == SQLITE_OK ? closed : code;
}

static int log_read(sqlite3_file *file, void *into, int count, sqlite3_int64 at)
{
    int code = flush(file);

    return code == SQLITE_OK
               ? real_of(file)->pMethods->xRead(real_of(file), into, count, at)
               : code;
}

static int log_write(sqlite3_file *file, const void *from, int count, sqlite3_int64 at)
{
    struct log_file *log = (struct log_file *)file;

    if (at != log->at + log->count || log->count + count > GATHER_BYTES) {
        int code = flush(file);
        if (code != SQLITE_OK) {
            return code;
        }
        log->at = at;
    }
    INSIST(count <= GATHER_BYTES); /* a page has at most 64 KiB */
    memcpy(log->bytes + log->count, from, (size_t)count);
    log->count += count;
    return SQLITE_OK;
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct log_file *log = (struct log_file *)file;
    int code = flush(file);

    log->end = size;
    return code == SQLITE_OK ? real_of(file)->pMethods->xTruncate(real_of(file), size)
                             : code;
}

static int log_sync(sqlite3_file *file, int flags)
{
    int code = flush(file);

    return code == SQLITE_OK ? real_of(file)->pMethods->xSync(real_of(file), flags)
                             : code;
}

/* SQLite asks when it reads a log anew, before it has written to it, and when it cuts
 * one, after a sync (walIndexRecover(), walLimitSize() in wal.c): nothing waits here
 * then, and no test can tell. The answer is right all the same, whenever it asks. */
static int log_size(sqlite3_file *file, sqlite3_int64 *size)
{
    int code = flush(file);

    return code == SQLITE_OK ? real_of(file)->pMethods->xFileSize(real_of(file), size)
                             : code;
}

static int log_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int log_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int log_is_reserved(sqlite3_file *file, int *answer)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), answer);
}

static int log_control(sqlite3_file *file, int what, void *value)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, value);
}

static int log_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int log_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_is_reserved,
    .xFileControl = log_control,
    .xSectorSize = log_sector,
    .xDeviceCharacteristics = log_traits,
};

static sqlite3_vfs gathering, *real;

static int wal_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                    int *got)
{
    struct log_file *log = (struct log_file *)file;
    int code;

    (void)vfs;
    if ((flags & SQLITE_OPEN_WAL) == 0) {
        return real->xOpen(real, name, file, flags, got);
    }
    *log = (struct log_file){.bytes = sqlite3_malloc(GATHER_BYTES)};
    INSIST(log->bytes != NULL);
    code = real->xOpen(real, name, real_of(file), flags, got);
    if (code != SQLITE_OK) {
        sqlite3_free(log->bytes);
        return code;
    }
    log->base.pMethods = &log_methods;
    return real_of(file)->pMethods->xFileSize(real_of(file), &log->end);
}

const char *db_sqlite_vfs(void)
{
    if (real == NULL) {
        real = sqlite3_vfs_find(NULL);
        INSIST(real != NULL);
        gathering = *real;
        gathering.zName = "muster";
        gathering.szOsFile = real->szOsFile + (int)sizeof(struct log_file);
        gathering.xOpen = wal_open;
        (void)sqlite3_vfs_register(&gathering, 0);
    }
    return gathering.zName;
}
