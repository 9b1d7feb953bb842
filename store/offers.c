#include "store/offers.h"

#include "bot/base/text.h"
#include "bot/base/time.h"

#define OFFER_COLUMNS                                                                  \
    "id, kind, incident_id, from_id, to_id, note, made_ms, ends_ms, state, "           \
    "settled_ms, subject, message_row"

static const char *const state_names[] = {
    [OFFER_OPEN] = "open",           [OFFER_ACCEPTED] = "accepted",
    [OFFER_DECLINED] = "declined",   [OFFER_LAPSED] = "lapsed",
    [OFFER_WITHDRAWN] = "withdrawn",
};

static enum offer_state state_from(const char *name)
{
    int state = OFFER_OPEN;

    while (!text_equal(state_names[state], name)) {
        state++;
        INSIST(state <= OFFER_WITHDRAWN);
    }
    return (enum offer_state)state;
}

static struct offer row_from(const struct db_rows *rows, size_t row)
{
    return (struct offer){
        .id = db_int(rows, row, 0),
        .kind = db_text(rows, row, 1),
        .incident_id = db_int(rows, row, 2),
        .from_id = db_int(rows, row, 3),
        .to_id = db_int(rows, row, 4),
        .note = db_text(rows, row, 5),
        .made_ms = db_time(rows, row, 6),
        .ends_ms = db_time(rows, row, 7),
        .state = state_from(db_text(rows, row, 8)),
        .settled_ms = db_time(rows, row, 9),
        .subject = db_int(rows, row, 10),
        .message_row = db_int(rows, row, 11),
    };
}

static void offers_from(struct store *store, const struct db_rows *rows,
                        struct offers *offers)
{
    offers->count = rows->count;
    offers->all = ARENA_ARRAY(store->arena, struct offer, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        offers->all[i] = row_from(rows, i);
    }
}

bool offer_insert(struct store *store, struct offer *offer, struct err *err)
{
    if (!store_insert(store, &offer->id, err,
                      "INSERT INTO offers (kind, incident_id, from_id, to_id, note, "
                      "made_ms, ends_ms, subject, state) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open')",
                      DB_ARGS(DB_TEXT(offer->kind), DB_ID(offer->incident_id),
                              DB_ID(offer->from_id), DB_INT(offer->to_id),
                              DB_TEXT(offer->note), DB_INT(offer->made_ms),
                              DB_TIME(offer->ends_ms), DB_ID(offer->subject)))) {
        return false;
    }
    offer->state = OFFER_OPEN;
    offer->settled_ms = TIME_NONE;
    return true;
}

bool offer_set_message(struct store *store, int64_t id, int64_t message_row,
                       struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE offers SET message_row = $1 WHERE id = $2",
                     DB_ARGS(DB_ID(message_row), DB_INT(id)));
}

bool offer_find(struct store *store, int64_t id, struct offer **offer, struct err *err)
{
    struct db_rows rows;
    *offer = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT " OFFER_COLUMNS " FROM offers WHERE id = $1",
                   DB_ARGS(DB_INT(id)))) {
        return false;
    }
    if (rows.count > 0) {
        *offer = ARENA_NEW(store->arena, struct offer);
        **offer = row_from(&rows, 0);
    }
    return true;
}

bool offer_settle(struct store *store, int64_t id, enum offer_state state,
                  int64_t now_ms, bool *settled, struct err *err)
{
    return store_change(
        store, settled, err,
        "UPDATE offers SET state = $1, settled_ms = $2 WHERE id = $3 "
        "AND state = 'open'",
        DB_ARGS(DB_TEXT(state_names[state]), DB_INT(now_ms), DB_INT(id)));
}

bool offers_to(struct store *store, int64_t to_id, int64_t incident_id,
               struct offers *offers, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " OFFER_COLUMNS " FROM offers WHERE to_id = $1 "
                   "AND state = 'open' AND ($2 = 0 OR incident_id = $2) ORDER BY id",
                   DB_ARGS(DB_INT(to_id), DB_INT(incident_id)))) {
        return false;
    }
    offers_from(store, &rows, offers);
    return true;
}

bool offer_last_to(struct store *store, int64_t to_id, struct offer **offer,
                   struct err *err)
{
    struct db_rows rows;
    *offer = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT " OFFER_COLUMNS " FROM offers WHERE to_id = $1 "
                   "ORDER BY id DESC LIMIT 1",
                   DB_ARGS(DB_INT(to_id)))) {
        return false;
    }
    if (rows.count > 0) {
        *offer = ARENA_NEW(store->arena, struct offer);
        **offer = row_from(&rows, 0);
    }
    return true;
}

bool offers_since(struct store *store, const struct offer *like, struct offers *offers,
                  struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " OFFER_COLUMNS " FROM offers WHERE incident_id = $1 "
                   "AND kind = $2 AND from_id = $3 AND made_ms >= $4 ORDER BY id",
                   DB_ARGS(DB_INT(like->incident_id), DB_TEXT(like->kind),
                           DB_INT(like->from_id), DB_INT(like->made_ms)))) {
        return false;
    }
    offers_from(store, &rows, offers);
    return true;
}

bool offers_of(struct store *store, int64_t incident_id, const char *kind,
               struct offers *offers, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " OFFER_COLUMNS " FROM offers WHERE incident_id = $1 "
                   "AND state = 'open' AND ($2 = '' OR kind = $2) ORDER BY id",
                   DB_ARGS(DB_INT(incident_id), DB_TEXT(text_or(kind, ""))))) {
        return false;
    }
    offers_from(store, &rows, offers);
    return true;
}

bool offers_about(struct store *store, const char *kind, int64_t subject,
                  struct offers *offers, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " OFFER_COLUMNS " FROM offers WHERE kind = $1 "
                   "AND subject = $2 ORDER BY id",
                   DB_ARGS(DB_TEXT(kind), DB_INT(subject)))) {
        return false;
    }
    offers_from(store, &rows, offers);
    return true;
}
