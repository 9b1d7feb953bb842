/*
 * Redaction: words that should not have been written are taken out for good, of the
 * timeline and all that was made of it, of the index, of what the bot said, and of the
 * file. The fact stays: that something was there, and who took it out.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/command.h"

/* The verb. Answers the speaker. */
MUST_CHECK bool redact_run(struct turn *turn, const struct command_call *call,
                           int64_t n, struct err *err);

/* Words where a number is wanted: most likely the secret itself, so they are not said
 * again, and the line that has them is named. */
MUST_CHECK bool redact_refuse_words(struct turn *turn, const struct command_call *call,
                                    struct err *err);

/* What was taken out leaves the index, too; a large one a step at a time. */
MUST_CHECK bool redact_purge(struct turn *turn, struct err *err);

extern const struct alarm_kind redact_purge_alarm; /* "redact-purge" */
