#include "bot/alarm.h"

bool alarm_after(struct turn *turn, const struct alarm *name, int64_t after_ms,
                 struct err *err)
{
    struct alarm alarm = *name;

    alarm.set_ms = turn->now_ms;
    alarm.due_ms = turn->now_ms + after_ms;
    if (after_ms <= 0) {
        return true;
    }
    turn->wants_ticker = true;
    return alarm_set(turn->store, &alarm, err);
}

/* The latest of what was asked about this kind and about all kinds. */
static bool find_quiet(struct turn *turn, const struct alarm *alarm, int64_t person_id,
                       int64_t *until_ms, struct err *err)
{
    int64_t of_all;

    if (!quiet_until(turn->store, alarm->kind, alarm->incident_id, person_id, until_ms,
                     err) ||
        !quiet_until(turn->store, "all", alarm->incident_id, person_id, &of_all, err)) {
        return false;
    }
    if (of_all > *until_ms) {
        *until_ms = of_all;
    }
    return true;
}

bool nudge_may(struct turn *turn, const struct alarm *alarm, int64_t person_id,
               bool *may, struct err *err)
{
    struct nudge nudge = {
        .kind = alarm->kind,
        .incident_id = alarm->incident_id,
        .subject = alarm->subject,
        .person_id = person_id,
        .sent_ms = turn->now_ms,
    };
    int64_t until_ms;

    if (!find_quiet(turn, alarm, person_id, &until_ms, err)) {
        return false;
    }
    *may = until_ms <= turn->now_ms;
    if (*may) {
        return nudge_note(turn->store, &nudge, err);
    }
    if (until_ms == INT64_MAX) {
        return true;
    }
    return alarm_after(turn, alarm, until_ms - turn->now_ms, err);
}
