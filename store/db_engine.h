/*
 * What the files behind store/db.h share with each other and with store.c and
 * migrate.c: preparing the file, and the few things each engine says in
 * its own words. Nobody outside this folder includes it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "store/db.h"

/* The store, its log, its lock. */
#define DB_WATCHED 3

struct db_watched {
    char *path;
    dev_t device;
    ino_t number;
};

struct db {
    enum db_mode mode;
    bool begun;      /* we think of a transaction, whatever the engine thinks */
    bool has_failed; /* a call of this transaction did: it can't be committed */
    int64_t calls_to_failure;
    struct arena *scratch; /* of the engine, during one call */
    struct db_sqlite *sqlite;
    struct db_watched watched[DB_WATCHED];
    size_t watched_count;
};

/* db_watch for a store that is open for writing, and for its log. */
MUST_CHECK bool db_watch_store(struct db *db, const char *path, struct err *err);
/* Is each file that is watched still there? */
MUST_CHECK bool db_is_in_place(const struct db *db, struct err *err);
void db_watch_end(struct db *db);

/* What every call counted by db_fail_after asks first. */
MUST_CHECK bool db_call_may_go(struct db *db, struct err *err);
/* db_run and db_each without that question. */
MUST_CHECK bool db_run_uncounted(struct db *db, struct arena *arena,
                                 struct db_rows *rows, struct err *err, const char *sql,
                                 struct db_args args);
MUST_CHECK bool db_each_uncounted(struct db *db, struct err *err, const char *sql,
                                  struct db_args args, db_row_fn *row_fn,
                                  void *context);
/* The id the last INSERT gave. */
int64_t db_last_id(struct db *db);
/* What the engine thinks. SQLite may end a transaction by itself when the disk fails.
 */
bool db_is_in_transaction(struct db *db);

/* What an engine writes for the tokens of our SQL. */
struct db_dialect {
    const char *identity; /* {id} */
    const char *row;      /* {row} */
    const char *lock;     /* {lock} */
    const char *search;   /* {search}: what CREATE makes for store/search.h */
};

extern const struct db_dialect db_sqlite_dialect;

/* The text with the tokens replaced, in the arena. Any other brace is left alone. */
const char *db_expand(struct arena *arena, const char *sql,
                      const struct db_dialect *dialect);

/* `path` NULL is a database in memory; otherwise the file must have been prepared. */
MUST_CHECK bool db_sqlite_open(struct db **db, const char *path, enum db_mode mode,
                               struct err *err);

/* The name of the VFS that writes a commit at once; SQLite knows it from then on. */
const char *db_sqlite_vfs(void);

/* Sets a fresh connection up, and reads the file's head: is it a database at all? */
MUST_CHECK bool db_sqlite_settle(struct db *db, const char *path, struct err *err);

/* Whose database this is: a number in its head, 0 where nobody set one. `is_empty` says
 * that it has no tables either. Writing it is part of the transaction. */
MUST_CHECK bool db_owner(struct db *db, int64_t *owner, bool *is_empty,
                         struct err *err);
MUST_CHECK bool db_set_owner(struct db *db, int32_t owner, struct err *err);

/* Makes the missing folders above `path`, mode 0700, there after a power cut, too. */
MUST_CHECK bool db_file_make_folders(const char *path, struct err *err);
/* Refuses what can't be a store; for a writer makes folders and an empty file of mode
 * 0600. Opens no file that is there: closing it would drop the locks SQLite holds on it
 * (POSIX). */
MUST_CHECK bool db_file_prepare(const char *path, enum db_mode mode, struct err *err);
/* An empty file of mode 0600, in place of what was there. */
MUST_CHECK bool db_file_renew(const char *path, struct err *err);
/* Syncs `part` and gives it its name, so that `path` is whole or not there. */
MUST_CHECK bool db_file_settle(const char *part, const char *path, struct err *err);
