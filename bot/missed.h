/*
 * Reminders that passed while the bot was away: gathered by incident during one turn,
 * told in one message each.
 */
#pragma once

#include "bot/alarm.h"

#define MISSED_INCIDENTS 32
#define MISSED_LINES     8

struct missed_incident {
    int64_t incident_id;
    const char *lines[MISSED_LINES];
    size_t count, more;
};

struct missed {
    int64_t down_since_ms; /* TIME_NONE: not known, or told already */
    struct missed_incident incidents[MISSED_INCIDENTS];
    size_t count;
};

/* At the begin of a turn. */
void missed_begin(struct missed *missed);
MUST_CHECK bool missed_add(struct missed *missed, struct turn *turn,
                           const struct alarm_kind *kind, const struct alarm *alarm,
                           struct err *err);
/* At its end: one message an incident. */
MUST_CHECK bool missed_tell(struct missed *missed, struct turn *turn, struct err *err);
