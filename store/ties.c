#include "store/ties.h"

/* The ties that the query finds. */
static bool find(struct store *store, struct ties *ties, struct err *err,
                 const char *sql, struct db_args args)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err, sql, args)) {
        return false;
    }
    ties->count = rows.count;
    ties->all = ARENA_ARRAY(store->arena, struct tie, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        ties->all[i] = (struct tie){
            .person_id = db_int(&rows, i, 0),
            .incident_id = db_int(&rows, i, 1),
        };
    }
    return true;
}

/* Whoever was at work in an incident, as (incident_id, person_id). */
#define WORKED                                                                         \
    "(SELECT incident_id, person_id FROM holds "                                       \
    "UNION SELECT incident_id, owner_id FROM tasks WHERE acked_ms IS NOT NULL "        \
    "UNION SELECT incident_id, giver_id FROM tasks WHERE acked_ms IS NOT NULL "        \
    "UNION SELECT incident_id, answered_by FROM pages WHERE state = 'answered' "       \
    "UNION SELECT incident_id, asker_id FROM pages WHERE state = 'answered') "

bool ties_worked(struct store *store, int64_t person_id, int64_t except_id,
                 struct ties *ties, struct err *err)
{
    return find(store, ties, err,
                "SELECT b.person_id, MAX(b.incident_id) FROM " WORKED "a JOIN " WORKED
                "b ON b.incident_id = a.incident_id "
                "JOIN incidents i ON i.id = a.incident_id AND i.private = 0 "
                "AND i.drill = 0 WHERE a.person_id = $1 AND b.person_id <> $1 "
                "AND a.incident_id <> $2 GROUP BY b.person_id "
                "ORDER BY b.person_id",
                DB_ARGS(DB_INT(person_id), DB_INT(except_id)));
}

bool ties_at_work(struct store *store, int64_t incident_id, struct ties *ties,
                  struct err *err)
{
    return find(store, ties, err,
                "SELECT declared_by, id FROM incidents WHERE id = $1 "
                "UNION SELECT person_id, incident_id FROM holds "
                "WHERE incident_id = $1 AND to_ms IS NULL "
                "UNION SELECT owner_id, incident_id FROM tasks "
                "WHERE incident_id = $1 AND state = 'acked' "
                "UNION SELECT answered_by, incident_id FROM pages "
                "WHERE incident_id = $1 AND state = 'answered' ORDER BY 1",
                DB_ARGS(DB_INT(incident_id)));
}

bool ties_answered(struct store *store, int64_t person_id, struct ties *ties,
                   struct err *err)
{
    return find(store, ties, err,
                "SELECT person_id, COALESCE(MAX(incident_id), 0) FROM questions "
                "WHERE asker_id = $1 AND state = 'answered' AND NOT EXISTS "
                "(SELECT 1 FROM incidents i "
                "WHERE i.id = questions.incident_id AND i.drill = 1) "
                "GROUP BY person_id ORDER BY person_id",
                DB_ARGS(DB_INT(person_id)));
}

bool helps_all(struct store *store, int64_t except_id, struct helps *helps,
               struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT h.service_id, h.person_id, MAX(h.incident_id) FROM ("
                   "SELECT COALESCE(p.service_id, i.service_id) AS service_id, "
                   "p.answered_by AS person_id, i.id AS incident_id FROM pages p "
                   "JOIN incidents i ON i.id = p.incident_id AND i.private = 0 "
                   "AND i.drill = 0 WHERE p.state = 'answered' UNION ALL "
                   "SELECT i.service_id, t.owner_id, i.id FROM tasks t "
                   "JOIN incidents i ON i.id = t.incident_id AND i.private = 0 "
                   "AND i.drill = 0 WHERE t.state = 'done' "
                   "AND t.acked_ms IS NOT NULL) h WHERE h.service_id IS NOT NULL AND "
                   "h.person_id IS NOT NULL "
                   "AND h.incident_id <> $1 GROUP BY h.service_id, h.person_id "
                   "ORDER BY h.service_id, h.person_id",
                   DB_ARGS(DB_INT(except_id)))) {
        return false;
    }
    helps->count = rows.count;
    helps->all = ARENA_ARRAY(store->arena, struct help, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        helps->all[i] = (struct help){
            .service_id = db_int(&rows, i, 0),
            .person_id = db_int(&rows, i, 1),
            .incident_id = db_int(&rows, i, 2),
        };
    }
    return true;
}
