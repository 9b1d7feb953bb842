/* Does Slack take a token? Asked once, for `muster check`. */
#pragma once

#include "bot/base/arena.h"
#include "bot/config.h"

/* Calls `method` with the token. NULL: Slack said ok; else what is wrong, for people,
 * without the token. */
const char *check_slack_ask(struct arena *arena, const struct config *config,
                            const char *method, const char *token);
