#include "store/migrate.h"

#include "bot/base/time.h"
#include "store/db_engine.h"

/* "MUST" in the file's head says that a database is ours (`file` shows it too). */
#define MIGRATE_OWNER 0x4d555354

static const char history_table[] = "CREATE TABLE IF NOT EXISTS schema_version ("
                                    "version BIGINT PRIMARY KEY, "
                                    "name TEXT NOT NULL, "
                                    "applied_at_ms BIGINT NOT NULL)";

int migrate_newest(const struct migration *table)
{
    int newest = 0;
    for (; table->version != 0; table++) {
        INSIST(table->version > newest);
        newest = table->version;
    }
    return newest;
}

static bool history_newest(struct db *db, int *version, struct err *err)
{
    struct db_rows rows;
    struct arena *arena = arena_create();
    bool ok = db_run(db, arena, &rows, err, "SELECT max(version) FROM schema_version",
                     DB_NO_ARGS);
    if (ok) {
        *version = (int)db_int(&rows, 0, 0);
    }
    arena_destroy(arena);
    return ok;
}

bool migrate_version(struct db *db, int *version, struct err *err)
{
    int64_t owner;
    bool is_empty;
    *version = 0;
    if (!db_owner(db, &owner, &is_empty, err)) {
        return false;
    }
    if (owner == 0 && is_empty) {
        return true;
    }
    if (owner != MIGRATE_OWNER) {
        return err_set(err, ERR_BROKEN, "this database belongs to another program");
    }
    return history_newest(db, version, err);
}

static bool migration_record(struct db *db, const struct migration *migration,
                             struct err *err)
{
    return db_run(db, NULL, NULL, err,
                  "INSERT INTO schema_version (version, name, applied_at_ms)"
                  " VALUES ($1, $2, $3)",
                  DB_ARGS(DB_INT(migration->version), DB_TEXT(migration->name),
                          DB_TIME(time_now_ms())));
}

static bool migration_run(struct db *db, const struct migration *migration,
                          struct err *err)
{
    struct err why;
    return db_script(db, migration->sql, &why) ||
           err_set(err, why.kind, "migration %s failed: %s", migration->name, why.text);
}

static const struct migration *table_end(const struct migration *table)
{
    while (table->version != 0) {
        table++;
    }
    return table;
}

static bool migrations_apply(struct db *db, const struct migration *table,
                             int from_version, struct err *err)
{
    const char *schema = from_version == 0 ? table_end(table)->sql : NULL;

    if (!db_set_owner(db, MIGRATE_OWNER, err) || !db_script(db, history_table, err) ||
        (schema != NULL && !db_script(db, schema, err))) {
        return false;
    }
    for (; table->version != 0; table++) {
        if (table->version > from_version &&
            ((schema == NULL && !migration_run(db, table, err)) ||
             !migration_record(db, table, err))) {
            return false;
        }
    }
    return true;
}

/* All or none: a store half way between two programs is never seen, and a new one costs
 * one commit. */
bool migrate_up(struct db *db, const struct migration *table, int from_version,
                struct err *err)
{
    bool ok = db_begin(db, err) && migrations_apply(db, table, from_version, err) &&
              db_commit(db, err);
    if (!ok) {
        db_rollback(db);
    }
    return ok;
}
