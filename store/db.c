#include "store/db.h"

#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "store/db_engine.h"

struct db_value db_text_value(const char *text)
{
    if (text == NULL) {
        return DB_NULL;
    }
    return (struct db_value){.type = DB_TYPE_TEXT, .text = text};
}

struct db_value db_time_value(int64_t at_ms)
{
    return at_ms == TIME_NONE ? DB_NULL : DB_INT(at_ms);
}

struct db_value db_id_value(int64_t id)
{
    return id == 0 ? DB_NULL : DB_INT(id);
}

static const struct db_value *value_at(const struct db_rows *rows, size_t row,
                                       size_t column)
{
    INSIST(row < rows->count && column < rows->columns);
    return &rows->values[row * rows->columns + column];
}

int64_t db_int(const struct db_rows *rows, size_t row, size_t column)
{
    const struct db_value *value = value_at(rows, row, column);
    INSIST(value->type != DB_TYPE_TEXT);
    return value->number;
}

int64_t db_time(const struct db_rows *rows, size_t row, size_t column)
{
    return db_is_null(rows, row, column) ? TIME_NONE : db_int(rows, row, column);
}

bool db_flag(const struct db_rows *rows, size_t row, size_t column)
{
    return db_int(rows, row, column) != 0;
}

const char *db_text(const struct db_rows *rows, size_t row, size_t column)
{
    const struct db_value *value = value_at(rows, row, column);
    INSIST(value->type != DB_TYPE_INT);
    return value->text;
}

bool db_is_null(const struct db_rows *rows, size_t row, size_t column)
{
    return value_at(rows, row, column)->type == DB_TYPE_NULL;
}

/* Adds what the token at the brace stands for; how long the token is. */
static size_t token_expand(struct text *text, const char *brace,
                           const struct db_dialect *dialect)
{
    const struct {
        const char *token, *meaning;
    } tokens[] = {{"{id}", dialect->identity},
                  {"{row}", dialect->row},
                  {"{lock}", dialect->lock},
                  {"{search}", dialect->search}};
    for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
        size_t length = strlen(tokens[i].token);
        if (strncmp(brace, tokens[i].token, length) == 0) {
            text_add(text, tokens[i].meaning);
            return length;
        }
    }
    text_add_n(text, brace, 1);
    return 1;
}

const char *db_expand(struct arena *arena, const char *sql,
                      const struct db_dialect *dialect)
{
    struct text text;
    text_init(&text, arena);
    for (const char *brace = strchr(sql, '{'); brace != NULL;
         brace = strchr(sql, '{')) {
        text_add_n(&text, sql, (size_t)(brace - sql));
        sql = brace + token_expand(&text, brace, dialect);
    }
    text_add(&text, sql);
    return text.data;
}

/* How long the scheme of `scheme://…` is; 0 for a path. */
static size_t scheme_length(const char *url)
{
    size_t length = strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789+.-");
    return strncmp(url + length, "://", 3) == 0 ? length : 0;
}

bool db_url_path(const char *url, const char **path, struct err *err)
{
    *path = NULL;
    if (strncmp(url, "sqlite:", 7) == 0) {
        url += 7;
    } else if (text_starts(url, "postgresql://") || text_starts(url, "postgres://")) {
        return err_set(err, ERR_DENIED,
                       "this build has no PostgreSQL: give the path of an SQLite file");
    } else if (scheme_length(url) > 0) {
        return err_set(err, ERR_DENIED, "a store is a path or sqlite:PATH, not %.*s://",
                       (int)scheme_length(url), url);
    }
    if (url[0] == '\0') {
        return err_set(err, ERR_DENIED, "the path of the store is empty");
    }
    *path = strcmp(url, ":memory:") == 0 ? NULL : url;
    return true;
}

static bool watch(struct db **db, const char *path, struct err *err)
{
    if (path == NULL || (*db)->mode == DB_READ_ONLY || db_watch_store(*db, path, err)) {
        return true;
    }
    db_close(*db);
    *db = NULL;
    return false;
}

bool db_open(struct db **db, const char *url, enum db_mode mode, struct err *err)
{
    const char *path;
    *db = NULL;
    return db_url_path(url, &path, err) &&
           (path == NULL || db_file_prepare(path, mode, err)) &&
           db_sqlite_open(db, path, mode, err) && watch(db, path, err);
}
