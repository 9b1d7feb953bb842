/* The part of store/db_engine.h about files: folders, modes, syncing. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/base/text.h"
#include "store/db_engine.h"

static enum err_kind kind_of(int number)
{
    if (number == ENOENT || number == ENOTDIR) {
        return ERR_GONE;
    }
    if (number == EACCES || number == EPERM || number == EROFS) {
        return ERR_DENIED;
    }
    return ERR_AGAIN;
}

static bool file_error(struct err *err, const char *what, const char *path)
{
    int number = errno;
    return err_set(err, kind_of(number), "cannot %s %s: %s", what, path,
                   strerror(number));
}

static bool path_sync(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return file_error(err, "open", path);
    }
    bool ok = fsync(fd) == 0 || file_error(err, "sync", path);
    (void)close(fd);
    return ok;
}

static bool folder_sync(const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return path_sync(".", err);
    }
    char *folder = strndup(path, (size_t)(slash - path) + 1);
    INSIST(folder != NULL);
    bool ok = path_sync(folder, err);
    free(folder);
    return ok;
}

/* One that nobody synced is not there after a power cut, with all that is in it. */
static bool folder_make(const char *path, struct err *err)
{
    if (mkdir(path, 0700) == 0) {
        return folder_sync(path, err);
    }
    return errno == EEXIST || file_error(err, "make the folder", path);
}

bool db_file_make_folders(const char *path, struct err *err)
{
    bool ok = true;
    char *folder = text_keep(path);
    for (char *slash = strchr(folder + 1, '/'); ok && slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        struct stat found;
        ok = stat(folder, &found) == 0 || folder_make(folder, err);
        *slash = '/';
    }
    free(folder);
    return ok;
}

static bool file_create(const char *path, struct err *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST && access(path, F_OK) == 0) {
        return true; /* somebody was quicker; a link to nothing is an error */
    }
    if (fd < 0) {
        return file_error(err, "make the file", path);
    }
    (void)close(fd);
    return true;
}

static bool file_is_usable(const char *path, enum db_mode mode,
                           const struct stat *found, struct err *err)
{
    if (S_ISDIR(found->st_mode)) {
        return err_set(err, ERR_DENIED, "%s is a folder, a store is a file", path);
    }
    if (!S_ISREG(found->st_mode)) {
        return err_set(err, ERR_DENIED, "%s is not a regular file", path);
    }
    if (faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0) {
        return file_error(err, "read the store", path);
    }
    if (mode != DB_READ_ONLY && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0) {
        return file_error(err, "write to the store", path);
    }
    return true;
}

bool db_file_prepare(const char *path, enum db_mode mode, struct err *err)
{
    struct stat found;
    if (stat(path, &found) == 0) {
        return file_is_usable(path, mode, &found, err);
    }
    if (errno != ENOENT) {
        return file_error(err, "open the store", path);
    }
    if (mode == DB_READ_ONLY) {
        return err_set(err, ERR_GONE, "there is no store at %s", path);
    }
    return db_file_make_folders(path, err) && file_create(path, err);
}

bool db_file_renew(const char *path, struct err *err)
{
    if (unlink(path) != 0 && errno != ENOENT) {
        return file_error(err, "replace the file", path);
    }
    return file_create(path, err);
}

bool db_file_settle(const char *part, const char *path, struct err *err)
{
    if (!path_sync(part, err)) {
        return false;
    }
    if (rename(part, path) != 0) {
        return file_error(err, "name the file", path);
    }
    return folder_sync(path, err);
}
