#include "tests/crash/io_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <sqlite3.h>

#include "bot/base/err.h"

static struct {
    int64_t to_failure;
    int number;
    bool is_for_good, has_failed;
} plan;

void io_fail_after(int64_t calls, int number, bool is_for_good)
{
    plan.to_failure = calls;
    plan.number = number;
    plan.is_for_good = is_for_good;
    plan.has_failed = false;
}

bool io_has_failed(void)
{
    return plan.has_failed;
}

static bool fails(void)
{
    bool is_now = plan.to_failure > 0 && --plan.to_failure == 0;

    plan.has_failed = plan.has_failed || is_now;
    if (is_now || (plan.has_failed && plan.is_for_good)) {
        errno = plan.number;
        return true;
    }
    return false;
}

/* The linker names them. */
/* NOLINTBEGIN(readability-identifier-naming) */
int __real_open(const char *path, int flags, ...);
int __real_mkdir(const char *path, mode_t mode);
int __real_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __real_fsync(int fd);
int __real_ftruncate(int fd, off_t size);
int __real_stat(const char *path, struct stat *found);
int __real_lstat(const char *path, struct stat *found);
int __real_faccessat(int folder, const char *path, int mode, int flags);
int __real_flock(int fd, int operation);
int __real_close(int fd);
ssize_t __real_read(int fd, void *bytes, size_t count);
ssize_t __real_write(int fd, const void *bytes, size_t count);
ssize_t __real_pwrite(int fd, const void *bytes, size_t count, off_t at);

int __wrap_open(const char *path, int flags, ...);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_rename(const char *from, const char *to);
int __wrap_unlink(const char *path);
int __wrap_fsync(int fd);
int __wrap_ftruncate(int fd, off_t size);
int __wrap_stat(const char *path, struct stat *found);
int __wrap_lstat(const char *path, struct stat *found);
int __wrap_faccessat(int folder, const char *path, int mode, int flags);
int __wrap_flock(int fd, int operation);
int __wrap_close(int fd);
ssize_t __wrap_read(int fd, void *bytes, size_t count);
ssize_t __wrap_write(int fd, const void *bytes, size_t count);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t count, off_t at);

int __wrap_open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    va_list rest;

    if ((flags & O_CREAT) != 0) {
        va_start(rest, flags);
        mode = va_arg(rest, mode_t); /* NOLINT(clang-analyzer-valist.Uninitialized) */
        va_end(rest);
    }
    return fails() ? -1 : __real_open(path, flags, mode);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    return fails() ? -1 : __real_mkdir(path, mode);
}

int __wrap_rename(const char *from, const char *to)
{
    return fails() ? -1 : __real_rename(from, to);
}

int __wrap_unlink(const char *path)
{
    return fails() ? -1 : __real_unlink(path);
}

int __wrap_fsync(int fd)
{
    return fails() ? -1 : __real_fsync(fd);
}

int __wrap_ftruncate(int fd, off_t size)
{
    return fails() ? -1 : __real_ftruncate(fd, size);
}

int __wrap_stat(const char *path, struct stat *found)
{
    return fails() ? -1 : __real_stat(path, found);
}

int __wrap_lstat(const char *path, struct stat *found)
{
    return fails() ? -1 : __real_lstat(path, found);
}

int __wrap_faccessat(int folder, const char *path, int mode, int flags)
{
    return fails() ? -1 : __real_faccessat(folder, path, mode, flags);
}

int __wrap_flock(int fd, int operation)
{
    return fails() ? -1 : __real_flock(fd, operation);
}

/* It is closed whatever it says. */
int __wrap_close(int fd)
{
    int code = __real_close(fd);

    return fails() ? -1 : code;
}

ssize_t __wrap_read(int fd, void *bytes, size_t count)
{
    return fails() ? -1 : __real_read(fd, bytes, count);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t count)
{
    return fails() ? -1 : __real_write(fd, bytes, count);
}

ssize_t __wrap_pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    return fails() ? -1 : __real_pwrite(fd, bytes, count, at);
}
/* NOLINTEND(readability-identifier-naming) */

/* SQLite calls this one by its name: the program's own comes first. */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
int fdatasync(int fd)
{
    return fails() ? -1 : (int)syscall(SYS_fdatasync, fd);
}

static int open_one(const char *path, int flags, int mode)
{
    return fails() ? -1 : __real_open(path, flags, mode);
}

static int look(const char *path, struct stat *found)
{
    return fails() ? -1 : __real_stat(path, found);
}

static ssize_t read_at(int fd, void *bytes, size_t count, off_t at)
{
    return fails() ? -1 : pread(fd, bytes, count, at);
}

static ssize_t write_at(int fd, const void *bytes, size_t count, off_t at)
{
    return fails() ? -1 : __real_pwrite(fd, bytes, count, at);
}

static int look_at(int fd, struct stat *found)
{
    return fails() ? -1 : fstat(fd, found);
}

static int control(int fd, int what, void *value)
{
    return fails() ? -1 : fcntl(fd, what, value);
}

static void *map(void *at, size_t size, int rights, int flags, int fd, off_t from)
{
    return fails() ? MAP_FAILED : mmap(at, size, rights, flags, fd, from);
}

/* Asked before each thing that a statement does; each column that it reads is not asked
 * about. What takes a turn back is never refused:
 * SQLite does that by itself when it fails. */
static int give_leave(void *arg, int what, const char *name, const char *detail,
                      const char *database, const char *trigger)
{
    bool is_free = what == SQLITE_READ ||
                   (what == SQLITE_TRANSACTION && strcmp(name, "ROLLBACK") == 0);

    (void)arg;
    (void)detail;
    (void)database;
    (void)trigger;
    return !is_free && fails() ? SQLITE_DENY : SQLITE_OK;
}

static int watch_statements(sqlite3 *handle, char **why, const void *routines)
{
    (void)why;
    (void)routines;
    return sqlite3_set_authorizer(handle, give_leave, NULL);
}

/* SQLite waits for locks that it takes for somebody's. */
static int sleep_not(sqlite3_vfs *vfs, int us)
{
    (void)vfs;
    return us;
}

void io_calls_begin(void)
{
    static const struct {
        const char *name;
        sqlite3_syscall_ptr call;
    } calls[] = {
        {"open", (sqlite3_syscall_ptr)open_one},
        {"stat", (sqlite3_syscall_ptr)look},
        {"fstat", (sqlite3_syscall_ptr)look_at},
        {"read", (sqlite3_syscall_ptr)__wrap_read},
        {"pread", (sqlite3_syscall_ptr)read_at},
        {"pread64", (sqlite3_syscall_ptr)read_at},
        {"write", (sqlite3_syscall_ptr)__wrap_write},
        {"pwrite", (sqlite3_syscall_ptr)write_at},
        {"pwrite64", (sqlite3_syscall_ptr)write_at},
        {"ftruncate", (sqlite3_syscall_ptr)__wrap_ftruncate},
        {"unlink", (sqlite3_syscall_ptr)__wrap_unlink},
        {"fcntl", (sqlite3_syscall_ptr)control},
        {"mmap", (sqlite3_syscall_ptr)map},
    };
    sqlite3_vfs *vfs = sqlite3_vfs_find("unix");

    INSIST(vfs != NULL);
    INSIST(sqlite3_auto_extension((void (*)(void))watch_statements) == SQLITE_OK);
    vfs->xSleep = sleep_not;
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        (void)vfs->xSetSystemCall(vfs, calls[i].name, calls[i].call);
    }
}
