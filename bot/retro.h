/*
 * The retrospective as people use it: drafted into the incident's channel, filled in by
 * hand, published by a person and never by the bot. What it says is made in
 * bot/retro_compose.h.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/command.h"

/* The verbs. Each answers the speaker. */
MUST_CHECK bool retro_say_draft(struct turn *turn, const struct command_call *call,
                                struct err *err);
MUST_CHECK bool retro_take(struct turn *turn, const struct command_call *call,
                           const char *section, const char *text, struct err *err);
MUST_CHECK bool retro_send(struct turn *turn, const struct command_call *call,
                           struct err *err);

extern const struct alarm_kind retro_due_alarm; /* "retro-due", set on resolve */
