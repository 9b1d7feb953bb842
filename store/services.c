#include "store/services.h"

#include "bot/base/text.h"
#include "store/people_rows.h"

#define SERVICE_COLUMNS "s.id, s.name, s.team, s.retired_ms"

static void services_from(struct store *store, const struct db_rows *rows,
                          struct services *services)
{
    services->count = rows->count;
    services->all = ARENA_ARRAY(store->arena, struct service, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        services->all[i] = (struct service){
            .id = db_int(rows, i, 0),
            .name = db_text(rows, i, 1),
            .team = db_text(rows, i, 2),
            .is_retired = !db_is_null(rows, i, 3),
        };
    }
}

static bool services_read(struct store *store, struct services *services,
                          struct err *err, const char *sql, struct db_args args)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    services_from(store, &rows, services);
    return true;
}

bool service_find(struct store *store, int64_t id, struct service **service,
                  struct err *err)
{
    struct services found;
    if (!services_read(store, &found, err,
                       "SELECT " SERVICE_COLUMNS " FROM services s WHERE s.id = $1",
                       DB_ARGS(DB_INT(id)))) {
        return false;
    }
    *service = found.count == 0 ? NULL : &found.all[0];
    return true;
}

bool service_match(struct store *store, const char *word, struct service **service,
                   struct err *err)
{
    struct services found;
    if (!services_read(store, &found, err,
                       "SELECT " SERVICE_COLUMNS " FROM services s "
                       "WHERE s.retired_ms IS NULL AND (s.name_key = $1 OR EXISTS "
                       "(SELECT 1 FROM service_words w WHERE w.service_id = s.id "
                       "AND w.kind = 'alias' AND LOWER(w.word) = $1)) "
                       "ORDER BY CASE WHEN s.name_key = $1 THEN 0 ELSE 1 END, s.id "
                       "LIMIT 1",
                       DB_ARGS(DB_TEXT(text_lower(store->arena, word))))) {
        return false;
    }
    *service = found.count == 0 ? NULL : &found.all[0];
    return true;
}

bool services_all(struct store *store, struct services *services, struct err *err)
{
    return services_read(store, services, err,
                         "SELECT " SERVICE_COLUMNS " FROM services s "
                         "WHERE s.retired_ms IS NULL ORDER BY s.name_key",
                         DB_NO_ARGS);
}

static bool texts_read(struct store *store, struct service_texts *texts,
                       struct err *err, const char *sql, struct db_args args)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    texts->count = rows.count;
    texts->all = ARENA_ARRAY(store->arena, const char *, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        texts->all[i] = db_text(&rows, i, 0);
    }
    return true;
}

bool service_words(struct store *store, int64_t id, const char *kind,
                   struct service_texts *words, struct err *err)
{
    return texts_read(store, words, err,
                      "SELECT word FROM service_words WHERE service_id = $1 "
                      "AND kind = $2 ORDER BY word",
                      DB_ARGS(DB_INT(id), DB_TEXT(kind)));
}

bool service_links(struct store *store, int64_t id, const char *kind,
                   struct service_texts *urls, struct err *err)
{
    return texts_read(store, urls, err,
                      "SELECT url FROM service_links WHERE service_id = $1 "
                      "AND kind = $2 ORDER BY position, url",
                      DB_ARGS(DB_INT(id), DB_TEXT(kind)));
}

bool service_owners(struct store *store, int64_t id, struct people *owners,
                    struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT " PERSON_COLUMNS " FROM service_owners o "
                   "JOIN people p ON p.id = o.person_id AND p.retired_ms IS NULL "
                   "WHERE o.service_id = $1 ORDER BY o.position, p.id",
                   DB_ARGS(DB_INT(id)))) {
        return false;
    }
    people_from(store, &rows, owners);
    return true;
}

bool service_renew(struct store *store, const char *name, const char *team, int64_t *id,
                   struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "INSERT INTO services (name, name_key, team) VALUES ($1, $2, $3) "
                   "ON CONFLICT (name_key) DO UPDATE SET name = $1, team = $3, "
                   "retired_ms = NULL RETURNING id",
                   DB_ARGS(DB_TEXT(name), DB_TEXT(text_lower(store->arena, name)),
                           DB_TEXT(team)))) {
        return false;
    }
    *id = db_int(&rows, 0, 0);
    return store_run(store, NULL, err,
                     "DELETE FROM service_words WHERE service_id = $1",
                     DB_ARGS(DB_INT(*id))) &&
           store_run(store, NULL, err,
                     "DELETE FROM service_links WHERE service_id = $1",
                     DB_ARGS(DB_INT(*id))) &&
           store_run(store, NULL, err,
                     "DELETE FROM service_owners WHERE service_id = $1",
                     DB_ARGS(DB_INT(*id)));
}

bool service_add_word(struct store *store, int64_t id, const char *kind,
                      const char *word, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO service_words (service_id, kind, word) "
                     "VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                     DB_ARGS(DB_INT(id), DB_TEXT(kind), DB_TEXT(word)));
}

bool service_add_link(struct store *store, int64_t id, const char *kind,
                      const char *url, int64_t position, struct err *err)
{
    return store_run(
        store, NULL, err,
        "INSERT INTO service_links (service_id, kind, url, position) "
        "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        DB_ARGS(DB_INT(id), DB_TEXT(kind), DB_TEXT(url), DB_INT(position)));
}

bool service_add_owner(struct store *store, int64_t id, int64_t person_id,
                       int64_t position, struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO service_owners (service_id, person_id, position) "
                     "VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                     DB_ARGS(DB_INT(id), DB_INT(person_id), DB_INT(position)));
}

bool services_retire(struct store *store, int64_t now_ms, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE services SET retired_ms = $1 WHERE retired_ms IS NULL",
                     DB_ARGS(DB_INT(now_ms)));
}
