#include "store/retros.h"

bool retro_find(struct store *store, int64_t incident_id, struct retro **retro,
                struct err *err)
{
    struct db_rows rows;

    *retro = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT r.state, r.owner_id, p.handle, r.due_ms, r.drafted_ms,"
                   " r.published_ms, r.published_by, r.outside_text, r.outside_ms"
                   " FROM retros r LEFT JOIN people p ON p.id = r.owner_id"
                   " WHERE r.incident_id = $1",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    if (rows.count > 0) {
        *retro = ARENA_NEW(store->arena, struct retro);
        **retro = (struct retro){
            .incident_id = incident_id,
            .state = db_text(&rows, 0, 0),
            .owner_id = db_int(&rows, 0, 1),
            .owner = db_text(&rows, 0, 2),
            .due_ms = db_time(&rows, 0, 3),
            .drafted_ms = db_time(&rows, 0, 4),
            .published_ms = db_time(&rows, 0, 5),
            .published_by = db_int(&rows, 0, 6),
            .outside_text = db_text(&rows, 0, 7),
            .outside_ms = db_time(&rows, 0, 8),
        };
    }
    return true;
}

bool retro_plan(struct store *store, int64_t incident_id, int64_t owner_id,
                int64_t due_ms, struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO retros (incident_id, state, owner_id, due_ms)"
        " VALUES ($1, 'due', $2, $3) ON CONFLICT (incident_id)"
        " DO UPDATE SET owner_id = COALESCE(retros.owner_id, $2), due_ms = $3,"
        " state = CASE WHEN retros.state = 'published' THEN 'due'"
        " ELSE retros.state END",
        DB_ARGS(DB_INT(incident_id), DB_ID(owner_id), DB_TIME(due_ms)));
}

bool retro_give(struct store *store, int64_t incident_id, int64_t owner_id,
                int64_t due_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO retros (incident_id, state, owner_id, due_ms)"
                     " VALUES ($1, 'due', $2, $3) ON CONFLICT (incident_id)"
                     " DO UPDATE SET owner_id = $2,"
                     " due_ms = COALESCE($3, retros.due_ms)",
                     DB_ARGS(DB_INT(incident_id), DB_ID(owner_id), DB_TIME(due_ms)));
}

bool retro_begin(struct store *store, int64_t incident_id, int64_t now_ms,
                 struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO retros (incident_id, state, drafted_ms)"
                     " VALUES ($1, 'draft', $2) ON CONFLICT (incident_id)"
                     " DO UPDATE SET state = 'draft', drafted_ms = $2,"
                     " published_ms = NULL, published_by = NULL",
                     DB_ARGS(DB_INT(incident_id), DB_TIME(now_ms)));
}

bool retro_publish(struct store *store, int64_t incident_id, int64_t person_id,
                   int64_t now_ms, bool *published, struct err *err)
{
    return store_change(
        store, published, err,
        "UPDATE retros SET state = 'published', published_ms = $1,"
        " published_by = $2 WHERE incident_id = $3 AND state = 'draft'",
        DB_ARGS(DB_TIME(now_ms), DB_INT(person_id), DB_INT(incident_id)));
}

bool retro_show_outside(struct store *store, int64_t incident_id, const char *text,
                        struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO retros (incident_id, state, outside_text)"
                     " VALUES ($1, 'due', $2) ON CONFLICT (incident_id)"
                     " DO UPDATE SET outside_text = $2",
                     DB_ARGS(DB_INT(incident_id), DB_TEXT(text)));
}

bool retro_publish_outside(struct store *store, int64_t incident_id, int64_t person_id,
                           int64_t now_ms, struct err *err)
{
    return store_run(
        store, NULL, err,
        "UPDATE retros SET outside_ms = $1, outside_by = $2 WHERE incident_id = $3",
        DB_ARGS(DB_TIME(now_ms), DB_INT(person_id), DB_INT(incident_id)));
}

bool retro_section_post(struct store *store, const struct retro_section *section,
                        struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO retro_sections (incident_id, section, text,"
                     " person_id, at_ms, post_row) VALUES ($1, $2, '', $3, $4, $5)"
                     " ON CONFLICT (incident_id, section)"
                     " DO UPDATE SET post_row = $5",
                     DB_ARGS(DB_INT(section->incident_id), DB_TEXT(section->section),
                             DB_INT(section->person_id), DB_TIME(section->at_ms),
                             DB_ID(section->post_row)));
}

bool retro_sections_list(struct store *store, int64_t incident_id,
                         struct retro_sections *sections, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT section, person_id, at_ms, post_row FROM retro_sections"
                   " WHERE incident_id = $1 ORDER BY section",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    sections->count = rows.count;
    sections->all = ARENA_ARRAY(store->arena, struct retro_section, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        sections->all[i] = (struct retro_section){
            .incident_id = incident_id,
            .section = db_text(&rows, i, 0),
            .person_id = db_int(&rows, i, 1),
            .at_ms = db_time(&rows, i, 2),
            .post_row = db_int(&rows, i, 3),
        };
    }
    return true;
}
