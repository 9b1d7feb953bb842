/* What people filled in of a retrospective. */
#include "store/retros.h"

static struct retro_source source_from(const struct db_rows *rows, size_t row,
                                       size_t column)
{
    return (struct retro_source){
        .adapter = db_text(rows, row, column),
        .channel = db_text(rows, row, column + 1),
        .message = db_text(rows, row, column + 2),
    };
}

static bool fill_clear(struct store *store, const struct retro_fill *fill,
                       struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM retro_fills WHERE incident_id = $1 AND section = $2"
                     " AND person_id = $3",
                     DB_ARGS(DB_INT(fill->incident_id), DB_TEXT(fill->section),
                             DB_INT(fill->person_id)));
}

bool retro_fill_set(struct store *store, const struct retro_fill *fill, struct err *err)
{
    return fill_clear(store, fill, err) &&
           (*fill->text == '\0' ||
            store_run(store, NULL, err,
                      "INSERT INTO retro_fills (incident_id, section, person_id, text,"
                      " at_ms, adapter, channel, message)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                      DB_ARGS(DB_INT(fill->incident_id), DB_TEXT(fill->section),
                              DB_INT(fill->person_id), DB_TEXT(fill->text),
                              DB_TIME(fill->at_ms), DB_TEXT(fill->source.adapter),
                              DB_TEXT(fill->source.channel),
                              DB_TEXT(fill->source.message))));
}

bool retro_fills_list(struct store *store, int64_t incident_id,
                      struct retro_fills *fills, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT f.section, f.text, f.person_id, p.handle, f.at_ms,"
                   " f.adapter, f.channel, f.message FROM retro_fills f"
                   " JOIN people p ON p.id = f.person_id"
                   " WHERE f.incident_id = $1 ORDER BY f.at_ms, f.person_id",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    fills->count = rows.count;
    fills->all = ARENA_ARRAY(store->arena, struct retro_fill, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        fills->all[i] = (struct retro_fill){
            .incident_id = incident_id,
            .section = db_text(&rows, i, 0),
            .text = db_text(&rows, i, 1),
            .person_id = db_int(&rows, i, 2),
            .handle = db_text(&rows, i, 3),
            .at_ms = db_time(&rows, i, 4),
            .source = source_from(&rows, i, 5),
        };
    }
    return true;
}

bool retro_answer_set(struct store *store, const struct retro_answer *answer,
                      struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO retro_answers (incident_id, question, answer, text, person_id,"
        " at_ms, adapter, channel, message)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        " ON CONFLICT (incident_id, question) DO UPDATE SET answer = $3, text = $4,"
        " person_id = $5, at_ms = $6, adapter = $7, channel = $8, message = $9",
        DB_ARGS(DB_INT(answer->incident_id), DB_TEXT(answer->question),
                DB_TEXT(answer->answer), DB_TEXT(answer->text),
                DB_INT(answer->person_id), DB_TIME(answer->at_ms),
                DB_TEXT(answer->source.adapter), DB_TEXT(answer->source.channel),
                DB_TEXT(answer->source.message)));
}

bool retro_answers_drop(struct store *store, int64_t incident_id,
                        const struct retro_source *source, struct err *err)
{
    return store_run(store, NULL, err,
                     "DELETE FROM retro_answers WHERE incident_id = $1"
                     " AND adapter = $2 AND channel = $3 AND message = $4",
                     DB_ARGS(DB_INT(incident_id), DB_TEXT(source->adapter),
                             DB_TEXT(source->channel), DB_TEXT(source->message)));
}

bool retro_answers_list(struct store *store, int64_t incident_id,
                        struct retro_answers *answers, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT a.question, a.answer, a.text, a.person_id, p.handle,"
                   " a.at_ms, a.adapter, a.channel, a.message FROM retro_answers a "
                   "JOIN people p ON p.id = a.person_id"
                   " WHERE a.incident_id = $1 ORDER BY a.question",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    answers->count = rows.count;
    answers->all = ARENA_ARRAY(store->arena, struct retro_answer, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        answers->all[i] = (struct retro_answer){
            .incident_id = incident_id,
            .question = db_text(&rows, i, 0),
            .answer = db_text(&rows, i, 1),
            .text = db_text(&rows, i, 2),
            .person_id = db_int(&rows, i, 3),
            .handle = db_text(&rows, i, 4),
            .at_ms = db_time(&rows, i, 5),
            .source = source_from(&rows, i, 6),
        };
    }
    return true;
}
