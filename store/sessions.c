#include "store/sessions.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/json.h"
#include "bot/base/text.h"
#include "store/db_engine.h"

static const char *path_of(const struct store *store, const char *end)
{
    return arena_printf(store->arena, "%s.session%s", store->path, end);
}

static bool file_error(struct err *err, const char *what, const char *path)
{
    return err_set(err, errno == EACCES ? ERR_DENIED : ERR_AGAIN, "cannot %s %s: %s",
                   what, path, strerror(errno));
}

/* Up to size bytes; -1 where the file fails. */
static ssize_t read_all(int fd, char *bytes, size_t size)
{
    size_t length = 0;

    while (length < size) {
        ssize_t got = read(fd, bytes + length, size - length);

        if (got < 0 && errno != EINTR) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        length += got > 0 ? (size_t)got : 0;
    }
    return (ssize_t)length;
}

/* *json NULL: there is no such file. */
static bool file_read(struct store *store, const char *path, const char **json,
                      struct err *err)
{
    char *bytes = arena_alloc(store->arena, SESSIONS_BYTES + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t length;

    *json = NULL;
    if (fd < 0) {
        return errno == ENOENT || file_error(err, "read", path);
    }
    length = read_all(fd, bytes, SESSIONS_BYTES + 1);
    if (length < 0) {
        (void)file_error(err, "read", path);
    }
    (void)close(fd);
    if (length > (ssize_t)SESSIONS_BYTES) {
        return err_set(err, ERR_BROKEN, "%s is too long for what it should be", path);
    }
    *json = length < 0 ? NULL : arena_copy_n(store->arena, bytes, (size_t)length);
    return length >= 0;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
    size_t done = 0;

    while (done < size) {
        ssize_t put = write(fd, bytes + done, size - done);

        if (put < 0 && errno != EINTR) {
            return false;
        }
        done += put > 0 ? (size_t)put : 0;
    }
    return true;
}

/* A part that an earlier process left behind is begun anew. */
static bool file_write(struct store *store, const char *json, struct err *err)
{
    const char *path = path_of(store, "");
    const char *part = path_of(store, ".part");
    bool is_written;
    int fd;

    if (!db_file_renew(part, err)) {
        return false;
    }
    fd = open(part, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return file_error(err, "write", part);
    }
    is_written = write_all(fd, json, strlen(json)) || file_error(err, "write", part);
    if (close(fd) != 0 && is_written) {
        is_written = file_error(err, "write", part);
    }
    return is_written && db_file_settle(part, path, err);
}

/* All sessions as an object, for the caller to release; NULL with err. */
static json_t *sessions_read(struct store *store, struct err *err)
{
    const char *json = store->sessions;
    json_t *object;

    if (store->path != NULL && !file_read(store, path_of(store, ""), &json, err)) {
        return NULL;
    }
    object = json == NULL ? json_object() : json_parse(json, strlen(json));
    if (!json_is_object(object)) {
        json_decref(object);
        (void)err_set(err, ERR_BROKEN,
                      "%s makes no sense; remove it and the bot logs in anew",
                      path_of(store, ""));
        return NULL;
    }
    return object;
}

bool sessions_find(struct store *store, const char *adapter, const char **secret,
                   struct err *err)
{
    json_t *object = sessions_read(store, err);

    if (object == NULL) {
        return false;
    }
    *secret =
        arena_copy(store->arena, json_string_value(json_object_get(object, adapter)));
    json_decref(object);
    return true;
}

bool sessions_keep(struct store *store, const char *adapter, const char *secret,
                   struct err *err)
{
    json_t *object = sessions_read(store, err);
    char *json;

    if (object == NULL) {
        return false;
    }
    if (json_object_set_new(object, adapter, json_string(secret)) != 0) {
        json_decref(object);
        return err_set(err, ERR_DENIED, "a session of %s can't be kept: no text",
                       adapter);
    }
    json = json_write(store->arena, object);
    if (strlen(json) > SESSIONS_BYTES) {
        return err_set(err, ERR_DENIED, "a session of %s can't be kept: too long",
                       adapter);
    }
    if (store->path != NULL) {
        return file_write(store, json, err);
    }
    text_replace(&store->sessions, json);
    return true;
}
