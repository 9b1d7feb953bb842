#include "store/impacts.h"

bool impact_put(struct store *store, const struct impact_row *row, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO impacts (incident_id, question, word, person_id, "
                     "at_ms) VALUES ($1, $2, $3, $4, $5) "
                     "ON CONFLICT (incident_id, question) DO UPDATE SET "
                     "word = excluded.word, person_id = excluded.person_id, "
                     "at_ms = excluded.at_ms",
                     DB_ARGS(DB_INT(row->incident_id), DB_TEXT(row->question),
                             DB_TEXT(row->word), DB_INT(row->person_id),
                             DB_INT(row->at_ms)));
}

bool impacts_list(struct store *store, int64_t incident_id, struct impact_rows *list,
                  struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT question, word, person_id, at_ms FROM impacts "
                   "WHERE incident_id = $1 ORDER BY question",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    list->count = rows.count;
    list->all = ARENA_ARRAY(store->arena, struct impact_row, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        list->all[i] = (struct impact_row){
            .incident_id = incident_id,
            .question = db_text(&rows, i, 0),
            .word = db_text(&rows, i, 1),
            .person_id = db_int(&rows, i, 2),
            .at_ms = db_int(&rows, i, 3),
        };
    }
    return true;
}

bool quiet_invite_add(struct store *store, int64_t incident_id, int64_t person_id,
                      struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO quiet_invites (incident_id, person_id) "
                     "VALUES ($1, $2) ON CONFLICT DO NOTHING",
                     DB_ARGS(DB_INT(incident_id), DB_INT(person_id)));
}

bool quiet_invite_take(struct store *store, int64_t incident_id, int64_t person_id,
                       bool *was_there, struct err *err)
{
    return store_change(store, was_there, err,
                        "DELETE FROM quiet_invites WHERE incident_id = $1 "
                        "AND person_id = $2",
                        DB_ARGS(DB_INT(incident_id), DB_INT(person_id)));
}
