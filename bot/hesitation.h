/*
 * Words behind a step that take it back, put it off or ask: "resolve not yet",
 * "mitigated in a minute", "normal, is it?". Such a step is announced to all; it is
 * better to ask once more.
 */
#pragma once

#include "bot/command.h"

/* words may be NULL. */
bool hesitation_is(const char *words);
/* Asks the speaker alone; nothing was changed. */
MUST_CHECK bool hesitation_ask(struct turn *turn, const struct command_call *call,
                               struct err *err);
