/*
 * Those who do not work on an incident but want to know how it stands: a private
 * message when its title, state, severity or lead changes, and each inside update.
 * Nothing else, and never the same twice.
 */
#pragma once

#include "bot/command.h"
#include "bot/note.h"

/* The verbs. */
MUST_CHECK bool subscribers_add(struct turn *turn, const struct command_call *call,
                                struct err *err);
MUST_CHECK bool subscribers_remove(struct turn *turn, const struct command_call *call,
                                   struct err *err);

/* It may have changed (bot/headline.c calls this): whoever has not heard, does now. */
MUST_CHECK bool subscribers_look(struct turn *turn, const struct incident *incident,
                                 struct err *err);
/* An inside update for all of them; *count: to how many it went. */
MUST_CHECK bool subscribers_update(struct turn *turn, const struct incident *incident,
                                   const char *words, int64_t *count, struct err *err);
