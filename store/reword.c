#include "store/reword.h"

#include "store/breath.h"

#define IN_BREATH(table, column, moment)                                               \
    "UPDATE " table " SET " column " = $4 WHERE incident_id = $1 AND " moment          \
    " = $2 AND " column " = $3"

static const char *const columns[] = {BREATH_WORDS(IN_BREATH)};

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
