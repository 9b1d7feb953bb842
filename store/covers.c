#include "store/covers.h"

#include "bot/base/text.h"
#include "bot/base/time.h"

#define COVER_COLUMNS                                                                  \
    "id, service_id, person_id, from_ms, to_ms, state, made_ms, cover_id, settled_ms"

static const char *const state_names[] = {
    [COVER_OPEN] = "open",
    [COVER_TAKEN] = "taken",
    [COVER_WITHDRAWN] = "withdrawn",
};

static enum cover_state state_from(const char *name)
{
    size_t state = 0;
    while (!text_equal(state_names[state], name)) {
        state++;
        INSIST(state < sizeof(state_names) / sizeof(state_names[0]));
    }
    return (enum cover_state)state;
}

static void covers_from(struct store *store, const struct db_rows *rows,
                        struct covers *covers)
{
    covers->count = rows->count;
    covers->all = ARENA_ARRAY(store->arena, struct cover, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        covers->all[i] = (struct cover){
            .id = db_int(rows, i, 0),
            .service_id = db_int(rows, i, 1),
            .person_id = db_int(rows, i, 2),
            .from_ms = db_int(rows, i, 3),
            .to_ms = db_int(rows, i, 4),
            .state = state_from(db_text(rows, i, 5)),
            .made_ms = db_int(rows, i, 6),
            .cover_id = db_int(rows, i, 7),
            .settled_ms = db_time(rows, i, 8),
        };
    }
}

bool cover_insert(struct store *store, struct cover *cover, struct err *err)
{
    cover->state = COVER_OPEN;
    cover->settled_ms = TIME_NONE;
    return store_insert(store, &cover->id, err,
                        "INSERT INTO covers (service_id, person_id, from_ms, to_ms, "
                        "made_ms, state) VALUES ($1, $2, $3, $4, $5, 'open')",
                        DB_ARGS(DB_INT(cover->service_id), DB_INT(cover->person_id),
                                DB_INT(cover->from_ms), DB_INT(cover->to_ms),
                                DB_INT(cover->made_ms)));
}

bool cover_find(struct store *store, int64_t id, struct cover **cover, struct err *err)
{
    struct covers found;
    struct db_rows rows;

    *cover = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT " COVER_COLUMNS " FROM covers WHERE id = $1",
                   DB_ARGS(DB_INT(id)))) {
        return false;
    }
    covers_from(store, &rows, &found);
    if (found.count > 0) {
        *cover = &found.all[0];
    }
    return true;
}

bool cover_take(struct store *store, int64_t id, int64_t person_id, int64_t now_ms,
                bool *taken, struct err *err)
{
    return store_change(
        store, taken, err,
        "UPDATE covers SET state = 'taken', cover_id = $1, settled_ms = $2 "
        "WHERE id = $3 AND state = 'open'",
        DB_ARGS(DB_INT(person_id), DB_INT(now_ms), DB_INT(id)));
}

bool cover_withdraw(struct store *store, int64_t id, int64_t now_ms, bool *moved,
                    struct err *err)
{
    return store_change(store, moved, err,
                        "UPDATE covers SET state = 'withdrawn', settled_ms = $1 "
                        "WHERE id = $2 AND state = 'open'",
                        DB_ARGS(DB_INT(now_ms), DB_INT(id)));
}

bool covers_of(struct store *store, int64_t person_id, int64_t now_ms,
               struct covers *covers, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT " COVER_COLUMNS " FROM covers WHERE person_id = $1 "
                   "AND to_ms > $2 AND state <> 'withdrawn' ORDER BY id",
                   DB_ARGS(DB_INT(person_id), DB_INT(now_ms)))) {
        return false;
    }
    covers_from(store, &rows, covers);
    return true;
}
