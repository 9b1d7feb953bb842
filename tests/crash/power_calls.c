/*
 * What the program does to files outside SQLite, on the disk of power_disk.c: the
 * linker leads its calls here (--wrap), and from here to the system.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/crash/power_disk.h"

/* The linker names them. */
/* NOLINTBEGIN(readability-identifier-naming) */
int __real_open(const char *path, int flags, ...);
int __real_mkdir(const char *path, mode_t mode);
int __real_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __real_fsync(int fd);
int __real_ftruncate(int fd, off_t size);
ssize_t __real_write(int fd, const void *bytes, size_t count);
ssize_t __real_pwrite(int fd, const void *bytes, size_t count, off_t at);

int __wrap_open(const char *path, int flags, ...);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_rename(const char *from, const char *to);
int __wrap_unlink(const char *path);
int __wrap_fsync(int fd);
int __wrap_ftruncate(int fd, off_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t count);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t count, off_t at);

static struct disk_file *file_of(int fd)
{
    struct stat found;

    return disk_is_on() && fstat(fd, &found) == 0 && S_ISREG(found.st_mode)
               ? disk_find_open(&found)
               : NULL;
}

int __wrap_open(const char *path, int flags, ...)
{
    bool was_there = access(path, F_OK) == 0;
    mode_t mode = 0;
    va_list rest;
    int fd;

    if ((flags & O_CREAT) != 0) {
        va_start(rest, flags);
        mode = va_arg(rest, mode_t); /* NOLINT(clang-analyzer-valist.Uninitialized) */
        va_end(rest);
    }
    if (disk_is_on() && was_there && (flags & O_ACCMODE) != O_RDONLY) {
        (void)disk_find(path);
    }
    fd = __real_open(path, flags, mode);
    if (disk_is_on() && fd >= 0 && !was_there) {
        (void)disk_made(path);
    }
    return fd;
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    int code = __real_mkdir(path, mode);

    if (disk_is_on() && code == 0) {
        (void)disk_made(path);
    }
    return code;
}

int __wrap_rename(const char *from, const char *to)
{
    int code;

    if (disk_is_on()) {
        (void)disk_find(from);
        (void)disk_find(to);
    }
    code = __real_rename(from, to);
    if (disk_is_on() && code == 0) {
        disk_renamed(from, to);
    }
    return code;
}

int __wrap_unlink(const char *path)
{
    int code;

    if (disk_is_on()) {
        (void)disk_find(path);
    }
    code = __real_unlink(path);
    if (disk_is_on() && code == 0) {
        disk_removed(path);
    }
    return code;
}

int __wrap_fsync(int fd)
{
    struct disk_file *file = file_of(fd);
    struct stat found;

    if (file != NULL) {
        disk_sync(file);
    } else if (disk_is_on() && fstat(fd, &found) == 0 && S_ISDIR(found.st_mode)) {
        disk_sync_folder(&found);
    }
    return __real_fsync(fd);
}

int __wrap_ftruncate(int fd, off_t size)
{
    struct disk_file *file = file_of(fd);

    if (file != NULL) {
        disk_truncate(file, (size_t)size);
    }
    return __real_ftruncate(fd, size);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t count)
{
    struct disk_file *file = file_of(fd);
    ssize_t written;

    if (file != NULL) {
        disk_write(file, bytes, count, (size_t)lseek(fd, 0, SEEK_CUR));
    }
    written = __real_write(fd, bytes, count);
    if (disk_is_on() && file == NULL) {
        disk_said();
    }
    return written;
}

ssize_t __wrap_pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    struct disk_file *file = file_of(fd);

    if (file != NULL) {
        disk_write(file, bytes, count, (size_t)at);
    }
    return __real_pwrite(fd, bytes, count, at);
}
/* NOLINTEND(readability-identifier-naming) */
