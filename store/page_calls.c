#include "store/page_calls.h"

#include <string.h>

static const char *const state_names[] = {
    [PAGE_CALL_WAITING] = "waiting", [PAGE_CALL_SILENT] = "silent",
    [PAGE_CALL_COMING] = "coming",   [PAGE_CALL_DECLINED] = "declined",
    [PAGE_CALL_OVER] = "over",
};

static enum page_call_state state_from(const char *name)
{
    int state = PAGE_CALL_WAITING;

    while (strcmp(state_names[state], name) != 0) {
        state++;
        INSIST(state <= PAGE_CALL_OVER);
    }
    return (enum page_call_state)state;
}

bool page_call_insert(struct store *store, struct page_call *call, struct err *err)
{
    return store_insert(
        store, &call->id, err,
        "INSERT INTO page_calls (incident_id, n, person_id, reason, round, "
        "state, sent_ms) VALUES ($1, $2, $3, $4, $5, 'waiting', $6)",
        DB_ARGS(DB_INT(call->incident_id), DB_INT(call->n), DB_INT(call->person_id),
                DB_TEXT(call->reason), DB_INT(call->round), DB_INT(call->sent_ms)));
}

bool page_call_set_message(struct store *store, int64_t id, int64_t message_row,
                           struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE page_calls SET message_row = $1 WHERE id = $2",
                     DB_ARGS(DB_ID(message_row), DB_INT(id)));
}

bool page_calls_silence(struct store *store, const struct page *page, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE page_calls SET state = 'silent' WHERE incident_id = $1 "
                     "AND n = $2 AND state = 'waiting'",
                     DB_ARGS(DB_INT(page->incident_id), DB_INT(page->n)));
}

bool page_calls_end(struct store *store, const struct page *page, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE page_calls SET state = 'over' WHERE incident_id = $1 "
                     "AND n = $2 AND state IN ('waiting', 'silent')",
                     DB_ARGS(DB_INT(page->incident_id), DB_INT(page->n)));
}

bool page_call_unsent(struct store *store, int64_t incident_id, int64_t message_row,
                      int64_t *n, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "UPDATE page_calls SET state = 'over' WHERE incident_id = $1 "
                   "AND message_row = $2 AND state = 'waiting' RETURNING n",
                   DB_ARGS(DB_INT(incident_id), DB_INT(message_row)))) {
        return false;
    }
    *n = rows.count > 0 ? db_int(&rows, 0, 0) : 0;
    return true;
}

bool page_call_decline(struct store *store, const struct page *page, int64_t person_id,
                       int64_t now_ms, bool *moved, struct err *err)
{
    return store_change(store, moved, err,
                        "UPDATE page_calls SET state = 'declined', answered_ms = $1 "
                        "WHERE incident_id = $2 AND n = $3 AND person_id = $4 "
                        "AND answered_ms IS NULL AND EXISTS (SELECT 1 FROM pages g "
                        "WHERE g.incident_id = $2 AND g.n = $3 AND g.state = 'open')",
                        DB_ARGS(DB_INT(now_ms), DB_INT(page->incident_id),
                                DB_INT(page->n), DB_INT(person_id)));
}

bool page_calls_list(struct store *store, const struct page *page,
                     struct page_calls *calls, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err,
                   "SELECT c.id, c.person_id, p.handle, c.reason, c.round, c.state, "
                   "c.sent_ms, c.answered_ms, c.message_row FROM page_calls c "
                   "JOIN people p ON p.id = c.person_id "
                   "WHERE c.incident_id = $1 AND c.n = $2 ORDER BY c.id",
                   DB_ARGS(DB_INT(page->incident_id), DB_INT(page->n)))) {
        return false;
    }
    calls->count = rows.count;
    calls->all = ARENA_ARRAY(store->arena, struct page_call, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        calls->all[i] = (struct page_call){
            .id = db_int(&rows, i, 0),
            .incident_id = page->incident_id,
            .n = page->n,
            .person_id = db_int(&rows, i, 1),
            .handle = db_text(&rows, i, 2),
            .reason = db_text(&rows, i, 3),
            .round = db_int(&rows, i, 4),
            .state = state_from(db_text(&rows, i, 5)),
            .sent_ms = db_int(&rows, i, 6),
            .answered_ms = db_time(&rows, i, 7),
            .message_row = db_int(&rows, i, 8),
        };
    }
    return true;
}
