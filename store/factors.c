#include "store/factors.h"

#define FACTOR_COLUMNS                                                                 \
    "SELECT f.incident_id, f.n, f.kind, f.text, f.person_id, p.handle, f.at_ms, "      \
    "f.held, f.entry_n, f.names, f.judged"                                             \
    " FROM factors f JOIN people p ON p.id = f.person_id"

static void factor_from(const struct db_rows *rows, size_t row, struct factor *factor)
{
    factor->incident_id = db_int(rows, row, 0);
    factor->n = db_int(rows, row, 1);
    factor->kind = db_text(rows, row, 2);
    factor->text = db_text(rows, row, 3);
    factor->person_id = db_int(rows, row, 4);
    factor->handle = db_text(rows, row, 5);
    factor->at_ms = db_time(rows, row, 6);
    factor->is_held = db_flag(rows, row, 7);
    factor->entry_n = db_int(rows, row, 8);
    factor->names_person = db_flag(rows, row, 9);
    factor->judged = db_text(rows, row, 10);
}

bool factor_insert(struct store *store, const struct factor *factor, struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO factors (incident_id, n, kind, text, person_id, at_ms,"
        " held, entry_n, names) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        DB_ARGS(DB_INT(factor->incident_id), DB_INT(factor->n), DB_TEXT(factor->kind),
                DB_TEXT(factor->text), DB_INT(factor->person_id),
                DB_TIME(factor->at_ms), DB_INT(factor->is_held), DB_ID(factor->entry_n),
                DB_INT(factor->names_person)));
}

bool factor_find(struct store *store, int64_t incident_id, int64_t n,
                 struct factor **factor, struct err *err)
{
    struct db_rows rows;

    *factor = NULL;
    if (!store_run(store, &rows, err,
                   FACTOR_COLUMNS
                   " WHERE f.incident_id = $1 AND f.n = $2 AND f.dropped_ms IS NULL",
                   DB_ARGS(DB_INT(incident_id), DB_INT(n)))) {
        return false;
    }
    if (rows.count > 0) {
        *factor = ARENA_NEW(store->arena, struct factor);
        factor_from(&rows, 0, *factor);
    }
    return true;
}

bool factor_set_kind(struct store *store, int64_t incident_id, int64_t n,
                     const char *kind, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE factors SET kind = $1 WHERE incident_id = $2 AND n = $3",
                     DB_ARGS(DB_TEXT(kind), DB_INT(incident_id), DB_INT(n)));
}

bool factor_judge(struct store *store, const struct factor *factor, const char *judged,
                  int64_t entry_n, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE factors SET judged = $1, judged_entry_n = $2"
                     " WHERE incident_id = $3 AND n = $4",
                     DB_ARGS(DB_TEXT(judged), DB_INT(entry_n),
                             DB_INT(factor->incident_id), DB_INT(factor->n)));
}

bool factor_judge_drop_entry(struct store *store, int64_t incident_id, int64_t entry_n,
                             struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE factors SET judged = NULL WHERE incident_id = $1"
                     " AND judged_entry_n = $2",
                     DB_ARGS(DB_INT(incident_id), DB_INT(entry_n)));
}

bool factor_set_names(struct store *store, const struct factor *factor,
                      bool names_person, struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE factors SET names = $1 WHERE incident_id = $2 AND n = $3",
        DB_ARGS(DB_INT(names_person), DB_INT(factor->incident_id), DB_INT(factor->n)));
}

bool factor_hold(struct store *store, const struct factor *factor, bool held,
                 struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE factors SET held = $1 WHERE incident_id = $2 AND n = $3",
        DB_ARGS(DB_INT(held), DB_INT(factor->incident_id), DB_INT(factor->n)));
}

bool factor_drop_entry(struct store *store, int64_t incident_id, int64_t entry_n,
                       int64_t now_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE factors SET dropped_ms = $1 WHERE incident_id = $2"
                     " AND entry_n = $3 AND dropped_ms IS NULL",
                     DB_ARGS(DB_TIME(now_ms), DB_INT(incident_id), DB_INT(entry_n)));
}

bool factors_list(struct store *store, int64_t incident_id, bool held,
                  struct factors *factors, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   FACTOR_COLUMNS " WHERE f.incident_id = $1 AND f.dropped_ms IS NULL"
                                  " AND f.held <= $2 ORDER BY f.n",
                   DB_ARGS(DB_INT(incident_id), DB_INT(held)))) {
        return false;
    }
    factors->count = rows.count;
    factors->all = ARENA_ARRAY(store->arena, struct factor, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        factor_from(&rows, i, &factors->all[i]);
    }
    return true;
}

bool factor_link(struct store *store, int64_t incident_id, int64_t n, int64_t because_n,
                 bool *is_new, struct err *err)
{
    return store_change(store, is_new, err,
                        "INSERT INTO factor_links (incident_id, n, because_n)"
                        " VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                        DB_ARGS(DB_INT(incident_id), DB_INT(n), DB_INT(because_n)));
}

bool factor_link_set_entry(struct store *store, int64_t incident_id, int64_t n,
                           int64_t because_n, int64_t entry_n, struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE factor_links SET entry_n = $1 WHERE incident_id = $2"
        " AND n = $3 AND because_n = $4",
        DB_ARGS(DB_INT(entry_n), DB_INT(incident_id), DB_INT(n), DB_INT(because_n)));
}

bool factor_link_drop_entry(struct store *store, int64_t incident_id, int64_t entry_n,
                            struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM factor_links WHERE incident_id = $1 AND entry_n = $2",
                     DB_ARGS(DB_INT(incident_id), DB_INT(entry_n)));
}

bool factor_links_list(struct store *store, int64_t incident_id, bool held,
                       struct factor_links *links, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT l.n, l.because_n FROM factor_links l"
                   " JOIN factors f ON f.incident_id = l.incident_id AND f.n = l.n"
                   " JOIN factors b ON b.incident_id = l.incident_id"
                   " AND b.n = l.because_n"
                   " WHERE l.incident_id = $1 AND f.dropped_ms IS NULL"
                   " AND b.dropped_ms IS NULL AND f.held <= $2 AND b.held <= $2"
                   " ORDER BY l.n, l.because_n",
                   DB_ARGS(DB_INT(incident_id), DB_INT(held)))) {
        return false;
    }
    links->count = rows.count;
    links->all = arena_alloc(store->arena, (rows.count + 1) * sizeof(*links->all));
    for (size_t i = 0; i < rows.count; i++) {
        links->all[i][0] = db_int(&rows, i, 0);
        links->all[i][1] = db_int(&rows, i, 1);
    }
    return true;
}
