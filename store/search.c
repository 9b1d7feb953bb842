#include "store/search.h"

#include "store/search_engine.h"

#define STEP_ENTRIES 1000  /* put in by one statement: bounds what it holds at once */
#define SEEN_MOST    20000 /* looked at among what matches, seen by the asker or not */

static bool indexed_until(struct store *store, int64_t *id, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err, "SELECT indexed_id FROM search_state",
                   DB_NO_ARGS)) {
        return false;
    }
    *id = db_int(&rows, 0, 0);
    return true;
}

/* Up to `limit` entries behind after_id: *last_id is the last of them, after_id where
 * there is none. */
static bool step_end(struct store *store, int64_t after_id, int64_t limit,
                     int64_t *last_id, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT COALESCE(MAX(n.id), $1) FROM (SELECT id FROM timeline "
                   "WHERE id > $1 ORDER BY id LIMIT $2) n",
                   DB_ARGS(DB_INT(after_id), DB_INT(limit)))) {
        return false;
    }
    *last_id = db_int(&rows, 0, 0);
    return true;
}

bool search_keep_up(struct store *store, int64_t limit, bool *is_behind,
                    struct err *err)
{
    int64_t after_id, last_id;

    *is_behind = false;
    if (!indexed_until(store, &after_id, err)) {
        return false;
    }
    for (; limit > 0; limit -= STEP_ENTRIES) {
        int64_t step = limit < STEP_ENTRIES ? limit : STEP_ENTRIES;

        if (!step_end(store, after_id, step, &last_id, err)) {
            return false;
        }
        if (last_id == after_id) {
            return true;
        }
        if (!search_engine_put_all(store, after_id, last_id, err) ||
            !store_run(store, NULL, err, "UPDATE search_state SET indexed_id = $1",
                       DB_ARGS(DB_INT(last_id)))) {
            return false;
        }
        after_id = last_id;
    }
    if (!step_end(store, after_id, 1, &last_id, err)) {
        return false;
    }
    *is_behind = last_id > after_id;
    return true;
}

bool search_change(struct store *store, int64_t entry_id, const char *now,
                   struct err *err)
{
    int64_t until;

    if (!indexed_until(store, &until, err)) {
        return false;
    }
    if (entry_id > until) {
        return true; /* it goes in with the words it has then */
    }
    return search_engine_take(store, entry_id, err) &&
           store_run(store, NULL, err,
                     "UPDATE search_state SET to_purge = 1 "
                     "WHERE to_purge <> 1",
                     DB_NO_ARGS) &&
           (now == NULL || search_engine_put(store, entry_id, now, err));
}

/* TO_PURGE: words were taken out since the last step; PURGING: it goes on. */
enum { PURGED, TO_PURGE, PURGING };

bool search_purge(struct store *store, bool *done, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err, "SELECT to_purge FROM search_state",
                   DB_NO_ARGS)) {
        return false;
    }
    *done = db_int(&rows, 0, 0) == PURGED;
    return *done ||
           (search_engine_purge(store, db_int(&rows, 0, 0) == TO_PURGE, done, err) &&
            store_run(store, NULL, err, "UPDATE search_state SET to_purge = $1",
                      DB_ARGS(DB_INT(*done ? PURGED : PURGING))));
}

/* One walk through what matches. */
struct walk {
    struct store *store;
    const struct search_wish *wish;
    struct search_hits *hits;
    int64_t *entries; /* the id of each hit */
    int64_t seen;
};

static bool take_row(const struct db_rows *row, void *context)
{
    struct walk *walk = context;
    const struct search_wish *wish = walk->wish;
    struct search_hits *hits = walk->hits;
    const char *handle = db_text(row, 0, 4);

    walk->seen += 1;
    hits->is_more = walk->seen > SEEN_MOST;
    if (hits->is_more || !db_flag(row, 0, 5) ||
        (wish->incident_id != 0 && wish->incident_id != db_int(row, 0, 1))) {
        return !hits->is_more;
    }
    if ((int64_t)hits->count == wish->limit) {
        hits->is_more = true;
        return false;
    }
    walk->entries[hits->count] = db_int(row, 0, 0);
    hits->all[hits->count++] = (struct search_hit){
        .incident_id = db_int(row, 0, 1),
        .n = db_int(row, 0, 2),
        .at_ms = db_time(row, 0, 3),
        .handle = arena_copy(walk->store->arena, handle),
    };
    return true;
}

static bool find_by(struct store *store, const struct search_wish *wish,
                    const char *query, struct search_hits *hits, struct err *err)
{
    struct walk walk = {.store = store, .wish = wish, .hits = hits};

    hits->count = 0;
    hits->is_more = false;
    walk.entries = ARENA_ARRAY(store->arena, int64_t, (size_t)wish->limit);
    if (!search_engine_find(store, query, wish->person_id, take_row, &walk, err)) {
        return false;
    }
    /* That there is much which they may not see is nothing to be told. */
    hits->is_more = hits->is_more && hits->count > 0;
    for (size_t i = 0; i < hits->count; i++) {
        if (!search_engine_excerpt(store, query, walk.entries[i], &hits->all[i].excerpt,
                                   err)) {
            return false;
        }
    }
    return true;
}

bool search_find(struct store *store, const struct search_wish *wish,
                 struct search_hits *hits, struct err *err)
{
    const char *whole = search_engine_query(store->arena, wish->words);
    const char *begun;

    INSIST(wish->limit > 0);
    *hits = (struct search_hits){0};
    if (whole == NULL) {
        return true;
    }
    hits->all = ARENA_ARRAY(store->arena, struct search_hit, (size_t)wish->limit);
    if (!search_keep_up(store, wish->new_most, &hits->is_behind, err) ||
        !find_by(store, wish, whole, hits, err)) {
        return false;
    }
    if (hits->count > 0) {
        return true;
    }
    return search_engine_query_begun(store, wish->words, &begun, err) &&
           (begun == NULL || find_by(store, wish, begun, hits, err));
}
