/*
 * The store as a whole: opening it in the one right way (lock, schema, migrations), and
 * the handle that every noun of this folder takes. What a row means is the affair of
 * its own file.
 */
#pragma once

#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "store/db.h"
#include "store/migrate.h"

struct digest;

struct store {
    struct db *db;
    struct arena *arena;   /* where rows go: the turn's, set by bot/turn.c */
    char *path;            /* the file itself, links followed; NULL in memory */
    int lock_fd;           /* -1 where none is held */
    char *sessions;        /* of a store in memory: what else is PATH.session */
    bool is_new;           /* made by this opening: nobody had it before */
    struct digest *digest; /* for the chain (store/chain.h) */
    enum { FORMER_UNSEEN, FORMER_NONE, FORMER_SOME } former; /* of store/former.c */
};

/* What store_open answers beside ok: the caller picks an exit status by it. */
enum store_verdict { STORE_OK, STORE_HELD, STORE_OLDER, STORE_NEWER, STORE_FAILED };

/*
 * For writing: takes PATH.lock (flock; the file holds pid and start time of the
 * holder), makes a store where there is none (as PATH.part, then moved: whole or not
 * there), opens, checks application id, keeps PATH.before-N beside it if migrations
 * are due (N is the version they lead to), checks integrity then, and migrates.
 * STORE_HELD: err names the holder. STORE_NEWER: one sentence; neither such a file nor
 * another program's is touched. `url` NULL or ":memory:" is a private store in memory.
 * store_close is fine after a failure, and may be called twice.
 */
MUST_CHECK enum store_verdict store_open(struct store *store, const char *url,
                                         struct err *err);
/* The same with other migrations, for the tests of migrating. */
MUST_CHECK enum store_verdict store_open_with(struct store *store, const char *url,
                                              const struct migration *migrations,
                                              struct err *err);

/* ERR_GONE: there is none yet, which store_open would make. */
MUST_CHECK bool store_is_there(const char *url, struct err *err);

/* For reading only, beside a running bot or without one; no lock, no migration: a store
 * of an older schema is refused too, as STORE_OLDER. */
MUST_CHECK enum store_verdict store_open_to_read(struct store *store, const char *url,
                                                 struct err *err);
void store_close(struct store *store);

/* A short name for db_run on the turn's arena. */
MUST_CHECK bool store_run(struct store *store, struct db_rows *rows, struct err *err,
                          const char *sql, struct db_args args);
/* The same, by predicate: was anything changed? */
MUST_CHECK bool store_change(struct store *store, bool *changed, struct err *err,
                             const char *sql, struct db_args args);
/* Does the query find a row? */
MUST_CHECK bool store_has(struct store *store, bool *has, struct err *err,
                          const char *sql, struct db_args args);
/* And one for db_insert. */
MUST_CHECK bool store_insert(struct store *store, int64_t *id, struct err *err,
                             const char *sql, struct db_args args);
