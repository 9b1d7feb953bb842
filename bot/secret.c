/*
 * Secrets: from the credentials directory that a service manager gives, else from the
 * environment. Never from the command line, never kept.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/base/text.h"
#include "bot/config.h"

#define SECRET_MAX_BYTES 8192

static bool read_all(int file, struct arena *arena, const char *path,
                     const char **value, struct err *err)
{
    char bytes[SECRET_MAX_BYTES + 1];
    size_t length = 0;
    ssize_t got = 1;

    while (got > 0 && length < sizeof(bytes)) {
        got = read(file, bytes + length, sizeof(bytes) - length);
        length += got > 0 ? (size_t)got : 0;
    }
    if (got < 0) {
        return err_set(err, ERR_BROKEN, "can't read %s: %s", path, strerror(errno));
    }
    if (length > SECRET_MAX_BYTES || memchr(bytes, '\0', length) != NULL) {
        return err_set(err, ERR_BROKEN, "%s holds no token", path);
    }
    length -= length > 0 && bytes[length - 1] == '\n' ? 1 : 0;
    length -= length > 0 && bytes[length - 1] == '\r' ? 1 : 0;
    *value = arena_copy_n(arena, bytes, length);
    return true;
}

static bool read_private(int file, struct arena *arena, const char *path,
                         const char **value, struct err *err)
{
    struct stat status;

    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        return err_set(err, ERR_BROKEN, "%s is no file", path);
    }
    /* 0440 is how systemd's access list for the one user of a service looks. */
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0 &&
        (status.st_mode & ACCESSPERMS) != (S_IRUSR | S_IRGRP)) {
        return err_set(err, ERR_DENIED, "others can read %s: chmod 600 it", path);
    }
    return read_all(file, arena, path, value, err);
}

static bool find(struct arena *arena, const char *name, const char **value,
                 struct err *err)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    const char *path;
    int file;
    bool is_read;

    *value = NULL;
    if (!text_is_empty(folder)) {
        path = arena_printf(arena, "%s/%s", folder, name);
        file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
        if (file >= 0) {
            is_read = read_private(file, arena, path, value, err);
            close(file);
            return is_read;
        }
        if (errno != ENOENT) {
            return err_set(err, ERR_DENIED, "can't open %s: %s", path, strerror(errno));
        }
    }
    if (!text_is_empty(getenv(name))) {
        *value = arena_copy(arena, getenv(name));
    }
    return true;
}

bool secret_find(struct arena *arena, const char *name, const char **value,
                 struct err *err)
{
    if (!find(arena, name, value, err)) {
        return false;
    }
    /* It stands in a line of a request's head. */
    if (*value != NULL && strpbrk(*value, "\r\n") != NULL) {
        *value = NULL;
        return err_set(err, ERR_BROKEN, "%s holds a line break: it is one line", name);
    }
    return true;
}
