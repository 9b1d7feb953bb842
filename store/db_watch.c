/*
 * Are the files that a commit relies on still where they were? One that was deleted or
 * moved away goes on taking writes, which nobody finds again.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/db_engine.h"

bool db_watch(struct db *db, const char *path, struct err *err)
{
    struct db_watched *watched = &db->watched[db->watched_count];
    struct stat found;

    INSIST(db->watched_count < DB_WATCHED);
    watched->path = realpath(path, NULL);
    if (watched->path == NULL || stat(watched->path, &found) != 0) {
        (void)err_set(err, ERR_AGAIN, "cannot look at %s: %s", path, strerror(errno));
        free(watched->path);
        return false;
    }
    watched->device = found.st_dev;
    watched->number = found.st_ino;
    db->watched_count += 1;
    return true;
}

bool db_watch_store(struct db *db, const char *path, struct err *err)
{
    bool is_watched =
        db_watch(db, path, err) &&
        db_watch(db, arena_printf(db->scratch, "%s-wal", db->watched[0].path), err);

    arena_reset(db->scratch);
    return is_watched;
}

bool db_is_in_place(const struct db *db, struct err *err)
{
    for (size_t i = 0; i < db->watched_count; i++) {
        const struct db_watched *watched = &db->watched[i];
        struct stat found;

        if (stat(watched->path, &found) != 0 || found.st_dev != watched->device ||
            found.st_ino != watched->number) {
            return err_set(err, ERR_AGAIN,
                           "%s was moved, replaced or deleted: put it back, or stop",
                           watched->path);
        }
    }
    return true;
}

void db_watch_end(struct db *db)
{
    for (size_t i = 0; i < db->watched_count; i++) {
        free(db->watched[i].path);
    }
    db->watched_count = 0;
}
