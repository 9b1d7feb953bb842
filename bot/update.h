/*
 * Telling others: inside updates to the announcement channel, outside ones to the
 * channel of the settings, and the cadence at which an inside one is due.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/command.h"
#include "store/updates.h"

MUST_CHECK bool update_inside(struct turn *turn, const struct command_call *call,
                              const char *text, struct err *err);
MUST_CHECK bool update_outside(struct turn *turn, const struct command_call *call,
                               const char *text, struct err *err);

/* When the next inside update is due: counted from the last one, the first from
 * declared; where the severity rose since, when people were told or one cadence after
 * it rose, whatever is sooner. TIME_NONE: none is (severity without updates, or
 * closed). */
MUST_CHECK bool update_next_due(struct turn *turn, const struct incident *incident,
                                int64_t *due_ms, struct err *err);
/* Sets due_ms and is_put_off of one that is sent now: where its reminder was put off by
 * `snooze`, the moment until which it was, if that is later. */
MUST_CHECK bool update_due_now(struct turn *turn, const struct incident *incident,
                               struct update *update, struct err *err);
/* Puts on the timeline that it was, where `nudge` is the reminder of an update. */
MUST_CHECK bool update_put_off(struct turn *turn, const struct nudge *nudge,
                               int64_t until_ms, int64_t person_id, struct err *err);
/* Sets the reminder for the next due moment, or clears it where none is due. */
MUST_CHECK bool update_arm(struct turn *turn, const struct incident *incident,
                           struct err *err);
/* "Next by 03:42 CET (dani)", or "" where none is due. `lead` is its first words. */
MUST_CHECK bool update_next(struct turn *turn, const struct incident *incident,
                            const char *lead, const char **text, struct err *err);

extern const struct alarm_kind update_due_alarm; /* "update-due" */
