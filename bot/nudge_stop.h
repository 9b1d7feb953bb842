/*
 * How people put a reminder off or stop it: `snooze 30m`, `never`. The last one is
 * meant: in an incident's channel the channel's, else the speaker's own; a button means
 * the reminder it stands under, and nothing once that one is over. Both hold for
 * its kind, in its incident, for whoever it goes to; `snooze` takes a `never` back.
 */
#pragma once

#include "bot/command.h"

MUST_CHECK bool nudge_snooze(struct turn *turn, const struct command_call *call,
                             int64_t until_ms, struct err *err);
MUST_CHECK bool nudge_never(struct turn *turn, const struct command_call *call,
                            struct err *err);
