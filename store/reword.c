#include "store/reword.h"

#define IN_BREATH(table, column, moment)                                               \
    "UPDATE " table " SET " column " = $4 WHERE incident_id = $1 AND " moment          \
    " = $2 AND " column " = $3"

static const char *const columns[] = {
    IN_BREATH("tasks", "what", "made_ms"),
    IN_BREATH("tasks", "result", "done_ms"),
    IN_BREATH("factors", "text", "at_ms"),
    IN_BREATH("lessons", "text", "at_ms"),
    IN_BREATH("parked", "text", "made_ms"),
    IN_BREATH("tries", "text", "made_ms"),
    IN_BREATH("tries", "result", "settled_ms"),
    IN_BREATH("followups", "what", "made_ms"),
    IN_BREATH("followups", "why", "made_ms"),
    IN_BREATH("followups", "stops", "made_ms"),
    IN_BREATH("followups", "result", "done_ms"),
    IN_BREATH("followups", "verdict", "verified_ms"),
};

bool reword_breath(struct store *store, const struct entry *entry, const char *was,
                   const char *now, struct err *err)
{
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
        if (!store_run(store, NULL, err, columns[i],
                       DB_ARGS(DB_INT(entry->incident_id), DB_INT(entry->recorded_ms),
                               DB_TEXT(was), DB_TEXT(now)))) {
            return false;
        }
    }
    return true;
}
