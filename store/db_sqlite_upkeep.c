/*
 * What SQLite is told and asked in SQL of its own: settings, integrity, copy, whose
 * file it is.
 */
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/text.h"
#include "store/db.h"
#include "store/db_engine.h"

const struct db_dialect db_sqlite_dialect = {
    .identity = "INTEGER PRIMARY KEY AUTOINCREMENT",
    .row = "INTEGER PRIMARY KEY",
    .lock = "",
    .search = "VIRTUAL TABLE search USING fts5 (text, content = 'timeline', "
              "content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');"
              "CREATE VIRTUAL TABLE search_words USING fts5vocab (search, 'instance')",
};

/* A store of this size is written anew in a fraction of a second, within memory. */
#define SCRUB_MAX_BYTES ((int64_t)32 * 1024 * 1024)

/*
 * wal_autocheckpoint: every 4,000 pages, so that fewer than one commit in a hundred
 * pays for one. journal_size_limit: a log that once grew is cut again. temp_store: what
 * people said goes to no temporary file. synchronous=FULL in WAL is one fsync a commit:
 * what was committed is kept over a power cut
 * (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
static const char settings_of_all[] = "PRAGMA trusted_schema=OFF;"
                                      "PRAGMA cell_size_check=ON;"
                                      "PRAGMA mmap_size=0;"
                                      "PRAGMA cache_size=-2048;"
                                      "PRAGMA temp_store=MEMORY;"
                                      "PRAGMA foreign_keys=ON;";
static const char settings_of_writer[] = "PRAGMA busy_timeout=0;"
                                         "PRAGMA secure_delete=ON;"
                                         "PRAGMA journal_mode=WAL;"
                                         "PRAGMA wal_autocheckpoint=4000;"
                                         "PRAGMA journal_size_limit=33554432;";
static const char *const syncs[] = {
    [DB_WRITE] = "PRAGMA synchronous=FULL;",
    [DB_UNSYNCED] = "PRAGMA synchronous=OFF;",
    [DB_READ_ONLY] = "",
};
/* A reader is a program of its own and may wait; the loop of the bot may not. */
static const char settings_of_reader[] = "PRAGMA busy_timeout=2000;"
                                         "PRAGMA query_only=ON;";

/* The first value of the answer: a number, or a text in the scratch arena. */
static bool one_value(struct db *db, const char *sql, struct db_value *value,
                      struct err *err)
{
    struct db_rows rows;
    if (!db_run_uncounted(db, db->scratch, &rows, err, sql, DB_NO_ARGS)) {
        return false;
    }
    INSIST(rows.count == 1);
    *value = rows.values[0];
    return true;
}

static bool log_is_used(struct db *db, const char *path, struct err *err)
{
    struct db_value mode;
    if (path == NULL || db->mode == DB_READ_ONLY) {
        return true;
    }
    if (!one_value(db, "PRAGMA journal_mode", &mode, err)) {
        return false;
    }
    bool ok = text_equal(mode.text, "wal") ||
              err_set(err, ERR_DENIED,
                      "a store needs a local disk, this one shares no "
                      "memory between programs");
    arena_reset(db->scratch);
    return ok;
}

bool db_sqlite_settle(struct db *db, const char *path, struct err *err)
{
    struct db_value tables;
    bool ok =
        db_script(db, settings_of_all, err) && db_script(db, syncs[db->mode], err) &&
        db_script(db,
                  db->mode == DB_READ_ONLY ? settings_of_reader : settings_of_writer,
                  err) &&
        one_value(db, "SELECT count(*) FROM sqlite_schema", &tables, err) &&
        log_is_used(db, path, err);
    if (!ok && path != NULL) {
        struct err why = *err;
        if (db->mode == DB_READ_ONLY && why.kind == ERR_DENIED) {
            /* https://www.sqlite.org/wal.html#read_only_databases */
            return err_set(err, ERR_DENIED,
                           "cannot open the store %s: even reading needs leave to "
                           "write in its folder (the files -wal and -shm)",
                           path);
        }
        (void)err_set(err, why.kind, "cannot open the store %s: %s", path, why.text);
    }
    return ok;
}

bool db_owner(struct db *db, int64_t *owner, bool *is_empty, struct err *err)
{
    struct db_value mark, tables;
    if (!one_value(db, "PRAGMA application_id", &mark, err) ||
        !one_value(db, "SELECT count(*) FROM sqlite_schema", &tables, err)) {
        return false;
    }
    *owner = mark.number;
    *is_empty = tables.number == 0;
    return true;
}

bool db_set_owner(struct db *db, int32_t owner, struct err *err)
{
    const char *sql =
        arena_printf(db->scratch, "PRAGMA application_id=%ld", (long)owner);
    return db_script(db, sql, err);
}

/* SQLite answers in lines, the first of which may only say in which database. */
static const char *first_sentence(struct arena *arena, const char *answer)
{
    if (strncmp(answer, "***", 3) == 0) {
        answer += strcspn(answer, "\n");
        answer += strspn(answer, "\n");
    }
    return arena_copy_n(arena, answer, strcspn(answer, "\n"));
}

static bool foreign_keys_check(struct db *db, struct arena *arena, const char **verdict,
                               struct err *err)
{
    struct db_rows rows;
    if (!db_run_uncounted(db, arena, &rows, err, "PRAGMA foreign_key_check",
                          DB_NO_ARGS)) {
        return false;
    }
    if (rows.count > 0) {
        *verdict = arena_printf(arena, "a row of %s points to nothing in %s",
                                db_text(&rows, 0, 0), db_text(&rows, 0, 2));
    }
    return true;
}

bool db_check(struct db *db, struct arena *arena, const char **verdict, struct err *err)
{
    struct db_rows rows;
    bool ok = db_run_uncounted(db, arena, &rows, err, "PRAGMA integrity_check(1)",
                               DB_NO_ARGS);
    if (ok) {
        *verdict = first_sentence(arena, db_text(&rows, 0, 0));
        ok = strcmp(*verdict, "ok") != 0 || foreign_keys_check(db, arena, verdict, err);
    }
    if (!ok &&
        err->kind == ERR_BROKEN) { /* too broken to be checked is a verdict too */
        *verdict = arena_copy(arena, err->text);
        ok = true;
    }
    return ok;
}

bool db_backup(struct db *db, const char *path, struct err *err)
{
    struct arena *arena = arena_create();
    const char *part = arena_printf(arena, "%s.part", path);
    /* VACUUM INTO takes an empty file as it is, mode included, and syncs nothing. */
    bool ok = db_file_make_folders(path, err) && db_file_renew(part, err) &&
              db_run_uncounted(db, NULL, NULL, err, "VACUUM INTO $1",
                               DB_ARGS(DB_TEXT(part))) &&
              db_file_settle(part, path, err);
    if (!ok) {
        (void)unlink(part); /* what fails for want of space must not keep it */
    }
    arena_destroy(arena);
    return ok;
}

bool db_scrub(struct db *db, struct err *err)
{
    struct db_value pages, page_bytes;

    if (!one_value(db, "PRAGMA page_count", &pages, err) ||
        !one_value(db, "PRAGMA page_size", &page_bytes, err)) {
        return false;
    }
    return pages.number * page_bytes.number > SCRUB_MAX_BYTES ||
           db_run_uncounted(db, NULL, NULL, err, "VACUUM", DB_NO_ARGS);
}

bool db_checkpoint(struct db *db, struct err *err)
{
    struct db_value is_held;
    if (!one_value(db, "PRAGMA wal_checkpoint(TRUNCATE)", &is_held, err)) {
        return false;
    }
    return is_held.number == 0 ||
           err_set(err, ERR_AGAIN, "somebody still reads the store");
}
