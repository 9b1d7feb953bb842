/*
 * The store as a whole: opening it in the one right way (lock, schema, migrations), and
 * the handle that every noun of this folder takes. What a row means is the affair of
 * its own file.
 */
#pragma once

#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "store/db.h"

struct store {
    struct db *db;
    struct arena *arena; /* where rows go: the turn's, set by bot/turn.c */
    char *path;          /* NULL in memory */
    int lock_fd;         /* -1 where none is held */
};

/* What store_open answers beside ok: the caller picks an exit status by it. */
enum store_verdict { STORE_OK, STORE_HELD, STORE_NEWER, STORE_FAILED };

/*
 * For writing: takes PATH.lock (flock; the file holds pid and start time of the
 * holder), opens, checks application id, keeps PATH.before-N beside it if migrations
 * are due, checks integrity then, and migrates. STORE_HELD: err names the holder.
 * STORE_NEWER: one sentence. `url` NULL or ":memory:" is a private store in memory.
 */
MUST_CHECK enum store_verdict store_open(struct store *store, const char *url,
                                         struct err *err);

/* For reading only, beside a running bot; no lock, no migration. */
MUST_CHECK enum store_verdict store_open_to_read(struct store *store, const char *url,
                                                 struct err *err);
void store_close(struct store *store);

/* A short name for db_run on the turn's arena. */
MUST_CHECK bool store_run(struct store *store, struct db_rows *rows, struct err *err,
                          const char *sql, struct db_args args);
