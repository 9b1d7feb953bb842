/*
 * SQLite behind store/db.h: one connection in one thread; statements are prepared once
 * and kept by the address of their text. What SQLite is asked in SQL (PRAGMA, VACUUM)
 * is in db_sqlite_upkeep.c.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "bot/base/text.h"
#include "store/db.h"
#include "store/db_engine.h"

/* What is beyond is prepared each time. Twice as many places keep a search short. */
#define STATEMENTS_MAX   512
#define STATEMENT_PLACES 1024

/* Longer texts and rows are refused. */
#define LENGTH_MAX_BYTES (16 * 1024 * 1024)

struct statement {
    const char *sql; /* the key; NULL where it is not kept */
    char *text;      /* what stood there when it was prepared */
    sqlite3_stmt *handle;
    bool is_busy;
    int parameters;       /* SQLite numbers them by appearance … */
    size_t values_wanted; /* the highest $n */
    size_t slots[];       /* … parameter i takes values[slots[i - 1]] */
};

struct db_sqlite {
    sqlite3 *handle;
    size_t statements_kept;
    struct statement *statements[STATEMENT_PLACES];
};

static bool io_error(struct db *db, struct err *err)
{
    int number = sqlite3_system_errno(db->sqlite->handle);
    if (number == ENOSPC || number == EDQUOT) {
        return err_set(err, ERR_AGAIN, "the disk is full");
    }
    return err_set(err, ERR_AGAIN, "the disk failed: %s",
                   number != 0 ? strerror(number) : sqlite3_errmsg(db->sqlite->handle));
}

/* The last error of the connection as a sentence; false. */
static bool db_error(struct db *db, struct err *err)
{
    int code = sqlite3_extended_errcode(db->sqlite->handle) & 0xff;
    const char *detail = sqlite3_errmsg(db->sqlite->handle);
    INSIST(code != SQLITE_NOMEM);
    switch (code) {
    case SQLITE_FULL: return err_set(err, ERR_AGAIN, "the disk is full");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return io_error(db, err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(err, ERR_AGAIN, "the store is in use by somebody else");
    case SQLITE_ABORT:
        return err_set(err, ERR_AGAIN, "the store was interrupted: %s", detail);
    case SQLITE_CORRUPT:
        return err_set(err, ERR_BROKEN, "the store is damaged: %s", detail);
    case SQLITE_NOTADB: return err_set(err, ERR_BROKEN, "the file is not a database");
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
        return err_set(err, ERR_DENIED, "the store refuses: %s", detail);
    case SQLITE_TOOBIG:
        return err_set(err, ERR_DENIED, "the store takes at most %d MiB at once",
                       LENGTH_MAX_BYTES / (1024 * 1024));
    case SQLITE_READONLY:
        return err_set(err, ERR_DENIED, "the store is open for reading only");
    default:
        return err_set(err, ERR_BROKEN, "the store does not understand: %s", detail);
    }
}

static sqlite3_stmt *handle_prepare(struct db *db, const char *sql)
{
    sqlite3_stmt *handle = NULL;
    const char *tail = NULL;
    const char *text = db_expand(db->scratch, sql, &db_sqlite_dialect);
    if (sqlite3_prepare_v3(db->sqlite->handle, text, -1, SQLITE_PREPARE_PERSISTENT,
                           &handle, &tail) == SQLITE_OK) {
        INSIST(handle != NULL && tail[strspn(tail, "; \t\n")] == '\0');
    }
    arena_reset(db->scratch);
    return handle;
}

static void slots_fill(struct statement *statement)
{
    for (int i = 1; i <= statement->parameters; i++) {
        const char *name = sqlite3_bind_parameter_name(statement->handle, i);
        INSIST(name != NULL && name[0] == '$');
        long number = strtol(name + 1, NULL, 10);
        INSIST(number >= 1 && number <= 1000);
        statement->slots[i - 1] = (size_t)number - 1;
        if ((size_t)number > statement->values_wanted) {
            statement->values_wanted = (size_t)number;
        }
    }
}

static struct statement *statement_create(struct db *db, const char *sql,
                                          struct err *err)
{
    sqlite3_stmt *handle = handle_prepare(db, sql);
    if (handle == NULL) {
        (void)db_error(db, err);
        return NULL;
    }
    int parameters = sqlite3_bind_parameter_count(handle);
    struct statement *statement =
        calloc(1, sizeof(*statement) + (size_t)parameters * sizeof(size_t));
    INSIST(statement != NULL);
    statement->handle = handle;
    statement->parameters = parameters;
    statement->text = text_keep(sql);
    slots_fill(statement);
    return statement;
}

static void statement_destroy(struct statement *statement)
{
    if (statement != NULL) {
        (void)sqlite3_finalize(statement->handle);
        free(statement->text);
        free(statement);
    }
}

/* The place where this text is or would be kept. Texts differ in address by a few bytes
 * only, so the bits are stirred (Knuth's multiplier). */
static struct statement **place_find(struct db *db, const char *sql)
{
    size_t place = (size_t)(((uint64_t)(uintptr_t)sql * 0x9e3779b97f4a7c15u) >> 32);
    place %= STATEMENT_PLACES;
    while (db->sqlite->statements[place] != NULL &&
           db->sqlite->statements[place]->sql != sql) {
        place = (place + 1) % STATEMENT_PLACES;
    }
    return &db->sqlite->statements[place];
}

/* A statement for one run, to be given back. One that is busy (a callback of db_each
 * asks the same again) gets a twin that is not kept. */
static struct statement *statement_take(struct db *db, const char *sql, struct err *err)
{
    struct statement **place = place_find(db, sql);
    struct statement *statement = *place;
    INSIST(statement == NULL || strcmp(statement->text, sql) == 0);
    if (statement == NULL || statement->is_busy) {
        statement = statement_create(db, sql, err);
        if (statement != NULL && *place == NULL &&
            db->sqlite->statements_kept < STATEMENTS_MAX) {
            statement->sql = sql;
            *place = statement;
            db->sqlite->statements_kept++;
        }
    }
    if (statement != NULL) {
        statement->is_busy = true;
    }
    return statement;
}

static void statement_give_back(struct statement *statement)
{
    (void)sqlite3_reset(statement->handle); /* repeats the error already told */
    (void)sqlite3_clear_bindings(statement->handle);
    statement->is_busy = false;
    if (statement->sql == NULL) {
        statement_destroy(statement);
    }
}

static int value_bind(sqlite3_stmt *handle, int parameter, const struct db_value *value)
{
    switch (value->type) {
    case DB_TYPE_NULL: return sqlite3_bind_null(handle, parameter);
    case DB_TYPE_INT: return sqlite3_bind_int64(handle, parameter, value->number);
    case DB_TYPE_TEXT:
        return sqlite3_bind_text(handle, parameter, value->text, -1, SQLITE_STATIC);
    }
    INSIST(!"a type of value");
    return SQLITE_MISUSE;
}

static int statement_bind(struct statement *statement, struct db_args args)
{
    INSIST(args.count == statement->values_wanted);
    int code = SQLITE_OK;
    for (int i = 1; code == SQLITE_OK && i <= statement->parameters; i++) {
        code = value_bind(statement->handle, i, &args.values[statement->slots[i - 1]]);
    }
    return code;
}

/* The value points into the statement until its next step. */
static struct db_value column_value(sqlite3_stmt *handle, int column)
{
    int type = sqlite3_column_type(handle, column);
    if (type == SQLITE_NULL) {
        return DB_NULL;
    }
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
        return DB_INT(sqlite3_column_int64(handle, column));
    }
    const char *text = (const char *)sqlite3_column_text(handle, column);
    INSIST(text != NULL); /* out of memory */
    return (struct db_value){.type = DB_TYPE_TEXT, .text = text};
}

static void rows_add(struct db_rows *rows, size_t *capacity, struct arena *arena,
                     sqlite3_stmt *handle)
{
    if (rows->count == *capacity) {
        *capacity = *capacity == 0 ? 2 : *capacity * 2;
        struct db_value *values =
            ARENA_ARRAY(arena, struct db_value, *capacity * rows->columns);
        if (rows->count > 0) {
            memcpy(values, rows->values,
                   rows->count * rows->columns * sizeof(struct db_value));
        }
        rows->values = values;
    }
    struct db_value *row = &rows->values[rows->count * rows->columns];
    for (size_t column = 0; column < rows->columns; column++) {
        row[column] = column_value(handle, (int)column);
        if (row[column].type == DB_TYPE_TEXT) {
            int length_bytes = sqlite3_column_bytes(handle, (int)column);
            row[column].text =
                arena_copy_n(arena, row[column].text, (size_t)length_bytes);
        }
    }
    rows->count++;
}

static int rows_read(struct db_rows *rows, struct arena *arena, sqlite3_stmt *handle)
{
    size_t capacity = 0;
    int code = sqlite3_step(handle);
    if (rows != NULL) {
        rows->columns = (size_t)sqlite3_column_count(handle);
    }
    while (code == SQLITE_ROW) {
        if (rows != NULL) {
            rows_add(rows, &capacity, arena, handle);
        }
        code = sqlite3_step(handle);
    }
    return code;
}

bool db_run_uncounted(struct db *db, struct arena *arena, struct db_rows *rows,
                      struct err *err, const char *sql, struct db_args args)
{
    if (rows != NULL) {
        *rows = (struct db_rows){.count = 0};
    }
    struct statement *statement = statement_take(db, sql, err);
    if (statement == NULL) {
        return false;
    }
    int touched_before = sqlite3_total_changes(db->sqlite->handle);
    int code = statement_bind(statement, args);
    if (code == SQLITE_OK) {
        code = rows_read(rows, arena, statement->handle);
    }
    bool ok = code == SQLITE_DONE || db_error(db, err);
    if (ok && rows != NULL &&
        sqlite3_total_changes(db->sqlite->handle) != touched_before) {
        rows->changed = sqlite3_changes(db->sqlite->handle);
    }
    statement_give_back(statement);
    return ok;
}

static int rows_stream(sqlite3_stmt *handle, db_row_fn *row_fn, void *context)
{
    int code = sqlite3_step(handle);
    struct db_rows row = {.count = 1, .columns = (size_t)sqlite3_column_count(handle)};
    row.values = calloc(row.columns + 1, sizeof(struct db_value));
    INSIST(row.values != NULL);
    while (code == SQLITE_ROW) {
        for (size_t column = 0; column < row.columns; column++) {
            row.values[column] = column_value(handle, (int)column);
        }
        code = row_fn(&row, context) ? sqlite3_step(handle) : SQLITE_DONE;
    }
    free(row.values);
    return code;
}

bool db_each_uncounted(struct db *db, struct err *err, const char *sql,
                       struct db_args args, db_row_fn *row_fn, void *context)
{
    struct statement *statement = statement_take(db, sql, err);
    if (statement == NULL) {
        return false;
    }
    int code = statement_bind(statement, args);
    if (code == SQLITE_OK) {
        code = rows_stream(statement->handle, row_fn, context);
    }
    bool ok = code == SQLITE_DONE || db_error(db, err);
    statement_give_back(statement);
    return ok;
}

bool db_script(struct db *db, const char *sql, struct err *err)
{
    const char *text = db_expand(db->scratch, sql, &db_sqlite_dialect);
    bool ok = sqlite3_exec(db->sqlite->handle, text, NULL, NULL, NULL) == SQLITE_OK ||
              db_error(db, err);
    arena_reset(db->scratch);
    return ok;
}

int64_t db_last_id(struct db *db)
{
    return sqlite3_last_insert_rowid(db->sqlite->handle);
}

bool db_is_in_transaction(struct db *db)
{
    return sqlite3_get_autocommit(db->sqlite->handle) == 0;
}

/* Debian's SQLite reads a name that begins with "file:" as a URI; a path is not one. */
static int handle_open(struct db *db, const char *path)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= db->mode == DB_READ_ONLY ? SQLITE_OPEN_READONLY
                                      : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const char *name = path == NULL ? ":memory:" : path;
    if (path != NULL && path[0] != '/') {
        name = arena_printf(db->scratch, "./%s", path);
    }
    return sqlite3_open_v2(name, &db->sqlite->handle, flags,
                           db->mode == DB_READ_ONLY ? NULL : db_sqlite_vfs());
}

static void handle_guard(sqlite3 *handle)
{
    (void)sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, LENGTH_MAX_BYTES);
    /* A misspelt "column" is an error, not a text; nobody edits the schema's own table.
     */
    (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

bool db_sqlite_open(struct db **db, const char *path, enum db_mode mode,
                    struct err *err)
{
    /* Without its statistics SQLite takes no lock at each malloc. Refused once it runs:
     * fine. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    struct db *new = calloc(1, sizeof(*new));
    struct db_sqlite *sqlite = calloc(1, sizeof(*sqlite));
    INSIST(new != NULL &&sqlite != NULL);
    *new = (struct db){.mode = mode, .scratch = arena_create(), .sqlite = sqlite};
    bool ok = handle_open(new, path) == SQLITE_OK || db_error(new, err);
    if (ok) {
        handle_guard(new->sqlite->handle);
        ok = db_sqlite_settle(new, path, err);
    }
    if (!ok) {
        db_close(new);
        new = NULL;
    }
    *db = new;
    return ok;
}

void db_close(struct db *db)
{
    if (db == NULL) {
        return;
    }
    for (size_t place = 0; place < STATEMENT_PLACES; place++) {
        statement_destroy(db->sqlite->statements[place]);
    }
    INSIST(sqlite3_close(db->sqlite->handle) == SQLITE_OK);
    db_watch_end(db);
    arena_destroy(db->scratch);
    free(db->sqlite);
    free(db);
}
