/* The part of store/factors.h about what else was learned. */
#include "store/factors.h"

bool lesson_insert(struct store *store, const struct lesson *lesson, struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO lessons (incident_id, kind, text, person_id, at_ms, entry_n)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        DB_ARGS(DB_INT(lesson->incident_id), DB_TEXT(lesson->kind),
                DB_TEXT(lesson->text), DB_INT(lesson->person_id),
                DB_TIME(lesson->at_ms), DB_ID(lesson->entry_n)));
}

bool lesson_drop_entry(struct store *store, int64_t incident_id, int64_t entry_n,
                       int64_t now_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE lessons SET dropped_ms = $1 WHERE incident_id = $2"
                     " AND entry_n = $3 AND dropped_ms IS NULL",
                     DB_ARGS(DB_TIME(now_ms), DB_INT(incident_id), DB_INT(entry_n)));
}

bool lessons_list(struct store *store, int64_t incident_id, const char *kind,
                  struct lessons *lessons, struct err *err)
{
    struct db_rows rows;

    if (!store_run(
            store, &rows, err,
            "SELECT l.incident_id, l.kind, l.text, l.person_id, p.handle, l.at_ms,"
            " l.entry_n FROM lessons l JOIN people p ON p.id = l.person_id"
            " WHERE l.incident_id = $1 AND l.kind = $2 AND l.dropped_ms IS NULL"
            " ORDER BY l.id",
            DB_ARGS(DB_INT(incident_id), DB_TEXT(kind)))) {
        return false;
    }
    lessons->count = rows.count;
    lessons->all = ARENA_ARRAY(store->arena, struct lesson, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        lessons->all[i] = (struct lesson){
            .incident_id = db_int(&rows, i, 0),
            .kind = db_text(&rows, i, 1),
            .text = db_text(&rows, i, 2),
            .person_id = db_int(&rows, i, 3),
            .handle = db_text(&rows, i, 4),
            .at_ms = db_time(&rows, i, 5),
            .entry_n = db_int(&rows, i, 6),
        };
    }
    return true;
}
