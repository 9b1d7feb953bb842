/*
 * Telling others: inside updates to the announcement channel, outside ones to the
 * channel of the settings, and the cadence at which an inside one is due. When the next
 * is due is incident_next_update (bot/incident.h), which lives in update.c, too.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/command.h"

MUST_CHECK bool update_inside(struct turn *turn, const struct command_call *call,
                              const char *text, struct err *err);
MUST_CHECK bool update_outside(struct turn *turn, const struct command_call *call,
                               const char *text, struct err *err);

/* Sets the reminder for the next due moment, or clears it where none is due. */
MUST_CHECK bool update_arm(struct turn *turn, const struct incident *incident,
                           struct err *err);
/* "Next by 03:42 CET (dani)", or "" where none is due. `lead` is its first words. */
MUST_CHECK bool update_next(struct turn *turn, const struct incident *incident,
                            const char *lead, const char **text, struct err *err);

extern const struct alarm_kind update_due_alarm; /* "update-due" */
