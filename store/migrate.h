/*
 * The schema's history. CMake turns store/migrations/NNNN_name.sql, sorted, into
 * migration_table (generated). Forward only: a database newer than this program is
 * refused in one sentence. A new one gets store/schema.sql, where they all lead, at
 * once: for each column that is added SQLite reads the whole schema anew, a millisecond
 * each.
 */
#pragma once

#include "bot/base/err.h"
#include "store/db.h"

struct migration {
    int version;
    const char *name;
    const char *sql;
};

extern const struct migration migration_table[]; /* versions go up; ends with version 0,
                                                    whose sql is the schema */

int migrate_newest(const struct migration *table);
/* 0 for an empty database. ERR_BROKEN where it is not ours (application id). */
MUST_CHECK bool migrate_version(struct db *db, int *version, struct err *err);
/* Applies what is newer than from_version, or the schema, where there is one, to an
 * empty database (0); recorded in schema_version: all of it or, where one fails,
 * nothing. */
MUST_CHECK bool migrate_up(struct db *db, const struct migration *table,
                           int from_version, struct err *err);
