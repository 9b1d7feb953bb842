/*
 * The engine-neutral way to SQL. One text for SQLite and (later) PostgreSQL: parameters
 * are $1, $2 … in order of first use, RETURNING and ON CONFLICT are fine, times are
 * BIGINT milliseconds, no casts.
 * `{id}` stands for an identity column, `{lock}` for " FOR UPDATE" or nothing. SQL
 * texts must be string literals or otherwise outlive the db: prepared statements are
 * cached by their address.
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

/* All rows of an answer, copied into the arena. `changed` counts rows a write touched.
 */
struct db_rows {
    size_t count, columns;
    int64_t changed;
    struct db_value *values; /* count * columns, row by row */
};

int64_t db_int(const struct db_rows *rows, size_t row, size_t column); /* NULL is 0 */
int64_t db_time(const struct db_rows *rows, size_t row,
                size_t column); /* NULL is TIME_NONE */
bool db_flag(const struct db_rows *rows, size_t row, size_t column);
const char *db_text(const struct db_rows *rows, size_t row,
                    size_t column); /* NULL is NULL */
bool db_is_null(const struct db_rows *rows, size_t row, size_t column);

enum db_mode { DB_WRITE, DB_READ_ONLY };

/*
 * Opens `url`: "sqlite:PATH", a bare path, or ":memory:". Sets WAL, synchronous=FULL,
 * foreign keys, busy_timeout 0, secure_delete; file mode 0600. The text of an error
 * never carries a password.
 */
MUST_CHECK bool db_open(struct db **db, const char *url, enum db_mode mode,
                        struct err *err);
void db_close(struct db *db); /* accepts NULL */

MUST_CHECK bool db_begin(struct db *db, struct err *err); /* BEGIN IMMEDIATE */
MUST_CHECK bool db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db); /* fine without a transaction */
MUST_CHECK bool db_savepoint(struct db *db, struct err *err);
MUST_CHECK bool db_release(struct db *db, struct err *err);
void db_rollback_savepoint(struct db *db); /* takes back and releases */

/* Binds, runs, copies all rows into the arena. `rows` may be NULL where none are
 * wanted. */
MUST_CHECK bool db_run(struct db *db, struct arena *arena, struct db_rows *rows,
                       struct err *err, const char *sql, struct db_args args);

/* Streams: `row_fn` sees one row at a time (values valid during the call); false stops
 * early. */
typedef bool db_row_fn(const struct db_rows *row, void *context);
MUST_CHECK bool db_each(struct db *db, struct err *err, const char *sql,
                        struct db_args args, db_row_fn *row_fn, void *context);

/* Several statements in one text (migrations): tokens are replaced, nothing is cached.
 */
MUST_CHECK bool db_script(struct db *db, const char *sql, struct err *err);

/* "ok", or the first sentence of what is wrong. */
MUST_CHECK bool db_check(struct db *db, struct arena *arena, const char **verdict,
                         struct err *err);
/* A copy of a live store beside it, made by this connection. */
MUST_CHECK bool db_backup(struct db *db, const char *path, struct err *err);
/* Moves what the write-ahead log holds into the file and empties the log. */
MUST_CHECK bool db_checkpoint(struct db *db, struct err *err);

/*
 * For the tests of commit failure: the n-th call from now on (begin, run, each,
 * savepoint, release, commit) fails with ERR_AGAIN, once. 0 switches it off.
 */
void db_fail_after(struct db *db, int64_t calls);
