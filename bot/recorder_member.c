/*
 * Who came and who left, where a platform tells it in two ways that bear different ids
 * (as it happens, and in the history), and long after it was.
 */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/recorder.h"

#define TWICE_MS (2 * TIME_SECOND_MS) /* nobody comes twice as fast */
#define LATE_MS  TIME_MINUTE_MS

bool recorder_member_told(struct turn *turn, const struct entry *entry, bool *is_told,
                          struct err *err)
{
    return timeline_has_near(turn->store, entry, TWICE_MS, is_told, err);
}

/* Heard late, others may have been heard before it: the newest counts. */
bool recorder_member_gone(struct turn *turn, const struct entry *entry, struct err *err)
{
    const char *newest = entry->kind;

    if (turn->now_ms - entry->at_ms > LATE_MS &&
        !timeline_newest_kind(turn->store, entry, &newest, err)) {
        return false;
    }
    return !text_equal(newest, "left") ||
           member_leave(turn->store, entry->incident_id, entry->person_id, turn->now_ms,
                        err);
}
