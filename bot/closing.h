/*
 * The end of an incident and the ways back: confirm, resolve, reopen, cancel.
 */
#pragma once

#include "bot/command.h"

MUST_CHECK bool closing_confirm(struct turn *turn, const struct command_call *call,
                                const char *why, struct err *err);
MUST_CHECK bool closing_resolve(struct turn *turn, const struct command_call *call,
                                const char *text, struct err *err);
MUST_CHECK bool closing_reopen(struct turn *turn, const struct command_call *call,
                               const char *why, struct err *err);
MUST_CHECK bool closing_cancel(struct turn *turn, const struct command_call *call,
                               const char *why, struct err *err);

/* After it was resolved or cancelled: no open offers and no pages are left. A nudge
 * looks by itself whether it is over. */
MUST_CHECK bool closing_call_off(struct turn *turn, const struct incident *incident,
                                 struct err *err);
