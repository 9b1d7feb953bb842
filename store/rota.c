#include "store/rota.h"

static bool order_read(struct store *store, struct rota *rota, struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT CASE WHEN p.retired_ms IS NULL THEN p.id ELSE 0 END "
                   "FROM rota_people r JOIN people p ON p.id = r.person_id "
                   "WHERE r.service_id = $1 ORDER BY r.position",
                   DB_ARGS(DB_INT(rota->service_id)))) {
        return false;
    }
    rota->person_count = rows.count;
    rota->people = ARENA_ARRAY(store->arena, int64_t, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        rota->people[i] = db_int(&rows, i, 0);
    }
    return true;
}

static bool overrides_read(struct store *store, int64_t now_ms, struct rota *rota,
                           struct err *err)
{
    struct db_rows rows;
    if (!store_run(store, &rows, err,
                   "SELECT CASE WHEN p.retired_ms IS NULL THEN p.id ELSE 0 END, "
                   "o.from_ms, o.to_ms FROM rota_overrides o "
                   "JOIN people p ON p.id = o.person_id WHERE o.service_id = $1 "
                   "AND o.to_ms > $2 ORDER BY o.from_file DESC, o.id",
                   DB_ARGS(DB_INT(rota->service_id), DB_INT(now_ms)))) {
        return false;
    }
    rota->override_count = rows.count;
    rota->overrides = ARENA_ARRAY(store->arena, struct rota_override, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        rota->overrides[i] = (struct rota_override){
            .person_id = db_int(&rows, i, 0),
            .from_ms = db_int(&rows, i, 1),
            .to_ms = db_int(&rows, i, 2),
        };
    }
    return true;
}

bool rota_read(struct store *store, int64_t service_id, int64_t now_ms,
               struct rota *rota, struct err *err)
{
    struct db_rows rows;
    *rota = (struct rota){.service_id = service_id};
    if (!store_run(store, &rows, err,
                   "SELECT shift_ms, from_ms, zone FROM rotas WHERE service_id = $1",
                   DB_ARGS(DB_INT(service_id)))) {
        return false;
    }
    if (rows.count > 0) {
        rota->shift_ms = db_int(&rows, 0, 0);
        rota->from_ms = db_int(&rows, 0, 1);
        rota->zone = db_text(&rows, 0, 2);
    }
    return order_read(store, rota, err) && overrides_read(store, now_ms, rota, err);
}

static bool override_insert(struct store *store, int64_t service_id,
                            const struct rota_override *override, bool from_file,
                            struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO rota_overrides (service_id, person_id, from_ms, "
                     "to_ms, from_file) VALUES ($1, $2, $3, $4, $5)",
                     DB_ARGS(DB_INT(service_id), DB_INT(override->person_id),
                             DB_INT(override->from_ms), DB_INT(override->to_ms),
                             DB_INT(from_file)));
}

static bool rota_clear(struct store *store, int64_t service_id, struct err *err)
{
    return store_run(store, NULL, err, "DELETE FROM rotas WHERE service_id = $1",
                     DB_ARGS(DB_INT(service_id))) &&
           store_run(store, NULL, err, "DELETE FROM rota_people WHERE service_id = $1",
                     DB_ARGS(DB_INT(service_id))) &&
           store_run(store, NULL, err,
                     "DELETE FROM rota_overrides WHERE service_id = $1 "
                     "AND from_file = 1",
                     DB_ARGS(DB_INT(service_id)));
}

bool rota_put(struct store *store, const struct rota *rota, struct err *err)
{
    if (!rota_clear(store, rota->service_id, err) ||
        !store_run(store, NULL, err,
                   "INSERT INTO rotas (service_id, shift_ms, from_ms, zone) "
                   "VALUES ($1, $2, $3, $4)",
                   DB_ARGS(DB_INT(rota->service_id), DB_INT(rota->shift_ms),
                           DB_INT(rota->from_ms), DB_TEXT(rota->zone)))) {
        return false;
    }
    for (size_t i = 0; i < rota->person_count; i++) {
        if (!store_run(store, NULL, err,
                       "INSERT INTO rota_people (service_id, position, person_id) "
                       "VALUES ($1, $2, $3)",
                       DB_ARGS(DB_INT(rota->service_id), DB_INT((int64_t)i),
                               DB_INT(rota->people[i])))) {
            return false;
        }
    }
    for (size_t i = 0; i < rota->override_count; i++) {
        if (!override_insert(store, rota->service_id, &rota->overrides[i], true, err)) {
            return false;
        }
    }
    return true;
}

bool rota_override(struct store *store, int64_t service_id,
                   const struct rota_override *override, struct err *err)
{
    return override_insert(store, service_id, override, false, err);
}

bool rotas_clear(struct store *store, struct err *err)
{
    return store_run(store, NULL, err, "DELETE FROM rota_people", DB_NO_ARGS) &&
           store_run(store, NULL, err, "DELETE FROM rotas", DB_NO_ARGS) &&
           store_run(store, NULL, err, "DELETE FROM rota_overrides WHERE from_file = 1",
                     DB_NO_ARGS);
}
