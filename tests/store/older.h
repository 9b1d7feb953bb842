/*
 * A store as it was before a migration, to see what that makes of it.
 */
#pragma once

#include "store/migrate.h"
#include "store/store.h"
#include "tests/store/folder.h"

#define OLDER_MOST 100 /* migrations */

/* Opened as if the first migration with that in its name, and those behind it, were
 * still to come. */
static inline void older_open(struct store *store, const char *path,
                              const char *migration)
{
    struct migration before[OLDER_MOST] = {{0, NULL, NULL}};
    struct err err;

    for (size_t i = 0; strstr(migration_table[i].name, migration) == NULL; i++) {
        before[i] = migration_table[i];
    }
    assert_int_equal(store_open_with(store, path, before, &err), STORE_OK);
}
