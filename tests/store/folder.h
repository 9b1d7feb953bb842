/*
 * A folder of its own for a test on files, removed at its end.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "store/db.h"

struct folder {
    struct arena *arena;
    char path[64];
};

static inline int folder_setup(void **state)
{
    struct folder *folder = calloc(1, sizeof(*folder));
    assert_non_null(folder);
    folder->arena = arena_create();
    strcpy(folder->path, "/tmp/muster-store-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    *state = folder;
    return 0;
}

static inline int folder_teardown(void **state)
{
    struct folder *folder = *state;
    const char *command = arena_printf(folder->arena, "rm -rf '%s'", folder->path);
    assert_int_equal(system(command), 0);
    arena_destroy(folder->arena);
    free(folder);
    return 0;
}

static inline const char *folder_path(struct folder *folder, const char *name)
{
    return arena_printf(folder->arena, "%s/%s", folder->path, name);
}

/* Its permission bits; -1 where nothing is there. */
static inline int file_mode(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 ? (int)(found.st_mode & 07777) : -1;
}

static inline void file_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static inline char *file_read(struct arena *arena, const char *path)
{
    char bytes[256];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    assert_int_equal(fclose(file), 0);
    return arena_copy_n(arena, bytes, length);
}

static inline struct db *db_must_open(const char *url, enum db_mode mode)
{
    struct db *db;
    struct err err = {.kind = ERR_NONE};
    if (!db_open(&db, url, mode, &err)) {
        fail_msg("%s", err.text);
    }
    return db;
}

static inline void db_must_script(struct db *db, const char *sql)
{
    struct err err;
    if (!db_script(db, sql, &err)) {
        fail_msg("%s", err.text);
    }
}

/* The number a query answers. */
static inline int64_t db_number(struct db *db, const char *sql)
{
    struct err err;
    struct db_rows rows;
    struct arena *arena = arena_create();
    if (!db_run(db, arena, &rows, &err, sql, DB_NO_ARGS)) {
        fail_msg("%s", err.text);
    }
    int64_t number = db_int(&rows, 0, 0);
    arena_destroy(arena);
    return number;
}

/* How a forked child ended. */
static inline int child_status(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}
