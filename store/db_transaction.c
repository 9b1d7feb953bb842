/* The part of store/db.h about transactions; and the failures that tests ask for. */
#include "store/db.h"
#include "store/db_engine.h"

void db_fail_after(struct db *db, int64_t calls)
{
    db->calls_to_failure = calls;
}

bool db_is_to_fail(const struct db *db)
{
    return db->calls_to_failure > 0;
}

bool db_call_may_go(struct db *db, struct err *err)
{
    if (db->calls_to_failure > 0 && --db->calls_to_failure == 0) {
        db->has_failed = db->begun;
        return err_set(err, ERR_AGAIN, "the store failed because a test asked it to");
    }
    /* Otherwise each write after the loss would be a transaction of its own. */
    if (db->begun && !db_is_in_transaction(db)) {
        return err_set(err, ERR_AGAIN,
                       "the transaction was lost: nothing of it was kept");
    }
    return true;
}

/* A failure that would pass with time must not be overlooked: see db_commit. */
static bool seen(struct db *db, bool ok, const struct err *err)
{
    db->has_failed = db->has_failed || (!ok && db->begun && err->kind == ERR_AGAIN);
    return ok;
}

bool db_run(struct db *db, struct arena *arena, struct db_rows *rows, struct err *err,
            const char *sql, struct db_args args)
{
    return seen(db,
                db_call_may_go(db, err) &&
                    db_run_uncounted(db, arena, rows, err, sql, args),
                err);
}

bool db_each(struct db *db, struct err *err, const char *sql, struct db_args args,
             db_row_fn *row_fn, void *context)
{
    return seen(db,
                db_call_may_go(db, err) &&
                    db_each_uncounted(db, err, sql, args, row_fn, context),
                err);
}

bool db_insert(struct db *db, int64_t *id, struct err *err, const char *sql,
               struct db_args args)
{
    struct db_rows rows;

    if (!db_run(db, NULL, &rows, err, sql, args)) {
        return false;
    }
    INSIST(rows.changed == 1);
    *id = db_last_id(db);
    return true;
}

static bool word_run(struct db *db, struct err *err, const char *sql)
{
    return db_run_uncounted(db, NULL, NULL, err, sql, DB_NO_ARGS);
}

bool db_begin(struct db *db, struct err *err)
{
    INSIST(!db->begun);
    db->has_failed = false;
    db->begun =
        db_call_may_go(db, err) &&
        word_run(db, err, db->mode == DB_READ_ONLY ? "BEGIN" : "BEGIN IMMEDIATE");
    return db->begun;
}

bool db_commit(struct db *db, struct err *err)
{
    INSIST(db->begun);
    /* Somebody may not have looked at what a call answered; what it would have said is
     * lost. */
    if (db->has_failed) {
        return err_set(err, ERR_AGAIN, "a call failed, so nothing of it is kept");
    }
    bool ok = db_call_may_go(db, err) && db_is_in_place(db, err) &&
              word_run(db, err, "COMMIT");
    db->begun = !ok;
    return ok;
}

void db_rollback(struct db *db)
{
    struct err ignored;
    db->begun = false;
    if (db_is_in_transaction(db)) {
        bool ok = word_run(db, &ignored, "ROLLBACK");
        INSIST(ok || !db_is_in_transaction(db));
    }
}

bool db_savepoint(struct db *db, struct err *err)
{
    INSIST(db->begun);
    return db_call_may_go(db, err) && word_run(db, err, "SAVEPOINT cause");
}

bool db_release(struct db *db, struct err *err)
{
    INSIST(db->begun);
    return db_call_may_go(db, err) && word_run(db, err, "RELEASE cause");
}

void db_rollback_savepoint(struct db *db)
{
    struct err ignored;

    /* Where it can't be taken back, the transaction holds it: see db_commit. */
    if (db_is_in_transaction(db) && (!word_run(db, &ignored, "ROLLBACK TO cause") ||
                                     !word_run(db, &ignored, "RELEASE cause"))) {
        db->has_failed = true;
    }
}
