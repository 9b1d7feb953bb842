/*
 * The engine-neutral way to SQL. One text for SQLite and (later) PostgreSQL: parameters
 * are $1, $2 … (each may stand anywhere and more than once), RETURNING and ON CONFLICT
 * are fine, times are BIGINT milliseconds, no casts. `{id}` stands for the type of an
 * identity column, `{row}` for the same where rows are never deleted (an id could be
 * given again; it spares SQLite a write), `{lock}` for " FOR UPDATE" or nothing,
 * `{search}` for the index of words. SQL texts must be string literals or otherwise
 * outlive the db: prepared statements are cached by their address, and another text at
 * a known address is a bug.
 *
 * Errors of all calls: ERR_AGAIN busy, disk full or failing, transaction lost;
 * ERR_DENIED a constraint, too long a text, a write to a reader; ERR_BROKEN a damaged
 * file, SQL that the database can't follow.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/base/err.h"

struct db;

enum db_type { DB_TYPE_NULL, DB_TYPE_INT, DB_TYPE_TEXT };

struct db_value {
    enum db_type type;
    int64_t number;
    const char *text;
};

#define DB_INT(value) ((struct db_value){.type = DB_TYPE_INT, .number = (value)})
#define DB_NULL       ((struct db_value){.type = DB_TYPE_NULL})
/* NULL binds as NULL. */
#define DB_TEXT(value) (db_text_value(value))
/* TIME_NONE binds as NULL. */
#define DB_TIME(value) (db_time_value(value))
/* Id 0 binds as NULL. */
#define DB_ID(value) (db_id_value(value))

struct db_value db_text_value(const char *text);
struct db_value db_time_value(int64_t at_ms);
struct db_value db_id_value(int64_t id);

struct db_args {
    const struct db_value *values;
    size_t count;
};

#define DB_ARGS(...)                                                                   \
    ((struct db_args){(const struct db_value[]){__VA_ARGS__},                          \
                      sizeof((const struct db_value[]){__VA_ARGS__}) /                 \
                          sizeof(struct db_value)})
#define DB_NO_ARGS ((struct db_args){NULL, 0})

/* All rows of an answer, copied into the arena. `changed` counts rows a write touched,
 * 0 for a read. */
struct db_rows {
    size_t count, columns;
    int64_t changed;
    struct db_value *values; /* count * columns, row by row */
};

/*
 * NULL is 0 to db_int, false to db_flag, TIME_NONE to db_time, NULL to db_text. Asking
 * for a row or column that is not there, or a text for a number, is a bug.
 */
int64_t db_int(const struct db_rows *rows, size_t row, size_t column);
int64_t db_time(const struct db_rows *rows, size_t row, size_t column);
bool db_flag(const struct db_rows *rows, size_t row, size_t column);
const char *db_text(const struct db_rows *rows, size_t row, size_t column);
bool db_is_null(const struct db_rows *rows, size_t row, size_t column);

/* DB_UNSYNCED writes like DB_WRITE, but waits for no disk: for a file that counts for
 * nothing before it is synced as a whole. */
enum db_mode { DB_WRITE, DB_UNSYNCED, DB_READ_ONLY };

/*
 * Opens `url`: "sqlite:PATH", a bare path, or ":memory:". Sets WAL, synchronous=FULL,
 * foreign keys, busy_timeout 0 (a reader waits up to 2 s), secure_delete. DB_WRITE
 * makes what is missing: folders of mode 0700, the file of mode 0600; its log beside it
 * (-wal, -shm) gets the mode of the file. ERR_GONE: nothing to read there. The text of
 * an error never carries a password. *db is NULL then.
 */
MUST_CHECK bool db_open(struct db **db, const char *url, enum db_mode mode,
                        struct err *err);
void db_close(struct db *db); /* accepts NULL */
/* The path inside `url` (a part of it), NULL for a store in memory. An unknown scheme
 * is refused without repeating what stands behind it. */
MUST_CHECK bool db_url_path(const char *url, const char **path, struct err *err);

/* From now on no commit (ERR_AGAIN) while `path` is not the file it is now: what was
 * acknowledged must be found again. The store itself is watched from its opening. */
MUST_CHECK bool db_watch(struct db *db, const char *path, struct err *err);

/* BEGIN IMMEDIATE; for a reader BEGIN, so that all it reads is of one moment. */
MUST_CHECK bool db_begin(struct db *db, struct err *err);
/* Where it fails the transaction is still to be taken back with db_rollback. False,
 * too, where any call of the transaction failed with ERR_AGAIN: none may be overlooked.
 * And where a file it relies on is not where it was. */
MUST_CHECK bool db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db); /* fine without a transaction */
/*
 * Savepoints nest; each call means the innermost. Where SQLite gave up the whole
 * transaction (a full disk can do that) every call fails with ERR_AGAIN until
 * db_rollback.
 */
MUST_CHECK bool db_savepoint(struct db *db, struct err *err);
MUST_CHECK bool db_release(struct db *db, struct err *err);
/* Takes back and releases. Where it can't, the transaction can't be committed. */
void db_rollback_savepoint(struct db *db);

/*
 * Binds, runs, copies all rows into the arena. `rows` may be NULL where none are
 * wanted, the arena too then. There must be as many args as the highest $n. Texts may
 * be up to 16 MiB.
 */
MUST_CHECK bool db_run(struct db *db, struct arena *arena, struct db_rows *rows,
                       struct err *err, const char *sql, struct db_args args);

/*
 * One INSERT that makes one row, or fails; *id is what its identity column was given.
 * RETURNING would say the same, but SQLite builds and drops a table for each of its
 * answers, which costs as much as the row.
 */
MUST_CHECK bool db_insert(struct db *db, int64_t *id, struct err *err, const char *sql,
                          struct db_args args);

/*
 * Streams: `row_fn` sees one row at a time, as row 0 (values valid during the call);
 * false stops early, which is no error. It may use the db itself, with the same text
 * too.
 */
typedef bool db_row_fn(const struct db_rows *row, void *context);
MUST_CHECK bool db_each(struct db *db, struct err *err, const char *sql,
                        struct db_args args, db_row_fn *row_fn, void *context);

/* Several statements in one text (migrations): tokens replaced, nothing cached. */
MUST_CHECK bool db_script(struct db *db, const char *sql, struct err *err);

/*
 * Writes the file anew where it is not large. secure_delete wipes what is deleted, but
 * not the copy that stays behind in a page when SQLite moved the row to another one
 * before that: only this does. Outside of a transaction.
 */
MUST_CHECK bool db_scrub(struct db *db, struct err *err);

/* "ok", or the first sentence of what is wrong; foreign keys are looked at too. */
MUST_CHECK bool db_check(struct db *db, struct arena *arena, const char **verdict,
                         struct err *err);
/* A copy of a live store, made by this connection: mode 0600, whole and synced or not
 * there. It replaces what has that name. Not inside a transaction. */
MUST_CHECK bool db_backup(struct db *db, const char *path, struct err *err);
/* Moves what the write-ahead log holds into the file and empties the log. ERR_AGAIN
 * while somebody reads. Not inside a transaction. */
MUST_CHECK bool db_checkpoint(struct db *db, struct err *err);

/*
 * For the tests of commit failure: the n-th call from now on (begin, run, each,
 * savepoint, release, commit) fails with ERR_AGAIN, once. 0 switches it off.
 */
void db_fail_after(struct db *db, int64_t calls);
/* Is that still to come? */
bool db_is_to_fail(const struct db *db);
