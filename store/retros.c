#include "store/retros.h"

bool retro_find(struct store *store, int64_t incident_id, struct retro **retro,
                struct err *err)
{
    struct db_rows rows;

    *retro = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT state, drafted_ms, published_ms, published_by FROM retros"
                   " WHERE incident_id = $1",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    if (rows.count > 0) {
        *retro = ARENA_NEW(store->arena, struct retro);
        **retro = (struct retro){
            .incident_id = incident_id,
            .state = db_text(&rows, 0, 0),
            .drafted_ms = db_time(&rows, 0, 1),
            .published_ms = db_time(&rows, 0, 2),
            .published_by = db_int(&rows, 0, 3),
        };
    }
    return true;
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
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "UPDATE retros SET state = 'published', published_ms = $1,"
                   " published_by = $2 WHERE incident_id = $3 AND state = 'draft'",
                   DB_ARGS(DB_TIME(now_ms), DB_INT(person_id), DB_INT(incident_id)))) {
        return false;
    }
    *published = rows.changed > 0;
    return true;
}

bool retro_section_fill(struct store *store, const struct retro_section *section,
                        struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO retro_sections (incident_id, section, text,"
                     " person_id, at_ms) VALUES ($1, $2, $3, $4, $5)"
                     " ON CONFLICT (incident_id, section)"
                     " DO UPDATE SET text = $3, person_id = $4, at_ms = $5",
                     DB_ARGS(DB_INT(section->incident_id), DB_TEXT(section->section),
                             DB_TEXT(section->text), DB_INT(section->person_id),
                             DB_TIME(section->at_ms)));
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
                   "SELECT s.section, s.text, s.person_id, p.handle, s.at_ms,"
                   " s.post_row FROM retro_sections s"
                   " JOIN people p ON p.id = s.person_id"
                   " WHERE s.incident_id = $1 ORDER BY s.section",
                   DB_ARGS(DB_INT(incident_id)))) {
        return false;
    }
    sections->count = rows.count;
    sections->all = ARENA_ARRAY(store->arena, struct retro_section, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        sections->all[i] = (struct retro_section){
            .incident_id = incident_id,
            .section = db_text(&rows, i, 0),
            .text = db_text(&rows, i, 1),
            .person_id = db_int(&rows, i, 2),
            .handle = db_text(&rows, i, 3),
            .at_ms = db_time(&rows, i, 4),
            .post_row = db_int(&rows, i, 5),
        };
    }
    return true;
}
