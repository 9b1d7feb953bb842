/* What the bot said of words that were taken out: in its outbox, and on the platforms,
 * where a message can be changed. */
#pragma once

#include "bot/turn.h"
#include "store/incidents.h"
#include "store/redact.h"

/* Of what was queued from since_ms on, about this incident or about none. *in_file: a
 * file that is out has it, and those can't be changed. */
MUST_CHECK bool redact_said(struct turn *turn, const struct incident *incident,
                            int64_t since_ms, const struct redacted *redacted,
                            bool *in_file, struct err *err);
