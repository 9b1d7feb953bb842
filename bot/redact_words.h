/* Taking words out of what the bot said of them. */
#pragma once

#include "bot/action.h"
#include "bot/base/arena.h"

/* What stands in their place. */
#define REDACTED "(redacted)"

/*
 * `text` without what it repeats of `words`: all of them; or their beginning, cut
 * short, of at least 12 bytes; or any run of at least 24 bytes, as an answer to a
 * search has it. Runs begin and end with whole words. NULL: nothing is repeated.
 */
const char *redact_text(struct arena *arena, const char *text, const char *words);

/* Likewise in everything an action says. False: nothing is repeated. */
bool redact_action(struct arena *arena, struct action *action, const char *const *words,
                   size_t count);
