#include "store/choices.h"

/* Every query gives id, person_id, kind and word. */
static bool read_choices(struct store *store, const char *sql, struct db_args args,
                         struct choices *choices, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    choices->count = rows.count;
    choices->all = ARENA_ARRAY(store->arena, struct choice, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        choices->all[i] = (struct choice){
            .id = db_int(&rows, i, 0),
            .person_id = db_int(&rows, i, 1),
            .kind = db_text(&rows, i, 2),
            .word = db_text(&rows, i, 3),
        };
    }
    return true;
}

bool choices_skills(struct store *store, struct choices *choices, struct err *err)
{
    return read_choices(store,
                        "SELECT 0, k.person_id, NULL, k.name FROM skills k "
                        "JOIN people p ON p.id = k.person_id AND p.retired_ms IS NULL "
                        "WHERE k.from_file <> 2 ORDER BY k.person_id, k.name",
                        DB_NO_ARGS, choices, err);
}

bool choices_services(struct store *store, struct choices *choices, struct err *err)
{
    return read_choices(
        store,
        "SELECT id, 0, 'name', name FROM services WHERE retired_ms IS NULL "
        "UNION ALL SELECT id, 0, 'team', team FROM services "
        "WHERE retired_ms IS NULL AND team IS NOT NULL "
        "UNION ALL SELECT w.service_id, 0, w.kind, w.word FROM service_words w "
        "JOIN services s ON s.id = w.service_id AND s.retired_ms IS NULL "
        "ORDER BY 1, 3 DESC, 4",
        DB_NO_ARGS, choices, err);
}

bool choices_owners(struct store *store, struct choices *choices, struct err *err)
{
    return read_choices(store,
                        "SELECT service_id, person_id, NULL, NULL FROM service_owners "
                        "ORDER BY service_id, position",
                        DB_NO_ARGS, choices, err);
}

bool choices_rotas(struct store *store, struct choices *choices, struct err *err)
{
    return read_choices(store,
                        "SELECT service_id, person_id, NULL, NULL FROM rota_people "
                        "ORDER BY service_id, position",
                        DB_NO_ARGS, choices, err);
}

bool choices_buddies(struct store *store, struct choices *choices, struct err *err)
{
    return read_choices(store,
                        "SELECT person_id, buddy_id, NULL, NULL FROM buddies "
                        "ORDER BY person_id, position, buddy_id",
                        DB_NO_ARGS, choices, err);
}

bool choices_open_tasks(struct store *store, int64_t incident_id,
                        struct choices *choices, struct err *err)
{
    return read_choices(store,
                        "SELECT COUNT(*), t.owner_id, NULL, NULL FROM tasks t "
                        "JOIN incidents i ON i.id = t.incident_id "
                        "AND i.state IN ('suspected', 'active', 'mitigated') "
                        "AND (i.private = 0 OR i.id = $1) WHERE t.state <> 'done' "
                        "AND t.owner_id IS NOT NULL GROUP BY t.owner_id",
                        DB_ARGS(DB_INT(incident_id)), choices, err);
}
