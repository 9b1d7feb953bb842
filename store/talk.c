#include "store/talk.h"

bool talk_find(struct store *store, const struct inbox_message *message,
               const char *external, struct talk **talk, struct err *err)
{
    struct db_rows rows;

    *talk = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT i.id, c.n, c.hash, p.id, "
                   "CASE WHEN p.handle = d.external THEN 1 ELSE 0 END, "
                   "CASE WHEN EXISTS (SELECT 1 FROM inbox "
                   "WHERE adapter = $1 AND event = $3) THEN 1 ELSE 0 END, "
                   "CASE WHEN EXISTS (SELECT 1 FROM page_calls k JOIN pages g "
                   "ON g.incident_id = k.incident_id AND g.n = k.n "
                   "WHERE k.person_id = p.id AND k.incident_id = i.id "
                   "AND k.answered_ms IS NULL AND g.state = 'open') "
                   "THEN 1 ELSE 0 END "
                   "FROM incidents i CROSS JOIN identities d "
                   "CROSS JOIN people p CROSS JOIN members m CROSS JOIN chains c "
                   "WHERE i.adapter = $1 AND i.channel = $2 "
                   "AND d.adapter = $1 AND d.external = $4 AND p.id = d.person_id "
                   "AND m.incident_id = i.id AND m.person_id = p.id "
                   "AND m.left_ms IS NULL AND c.incident_id = i.id",
                   DB_ARGS(DB_TEXT(message->adapter), DB_TEXT(message->channel),
                           DB_TEXT(message->event), DB_TEXT(external)))) {
        return false;
    }
    if (rows.count > 0) {
        *talk = ARENA_NEW(store->arena, struct talk);
        **talk = (struct talk){.incident_id = db_int(&rows, 0, 0),
                               .person_id = db_int(&rows, 0, 3),
                               .is_nameless = db_flag(&rows, 0, 4),
                               .is_heard = db_flag(&rows, 0, 5),
                               .is_paged = db_flag(&rows, 0, 6)};
        chain_tail_read(&(*talk)->tail, db_int(&rows, 0, 1), db_text(&rows, 0, 2));
    }
    return true;
}
