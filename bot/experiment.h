/*
 * Experiments and risky steps: what is tried, and how it went, both outcomes thanked
 * alike; and what somebody is about to do, with the three questions it is worth.
 */
#pragma once

#include "bot/command.h"
#include "store/tries.h"

/* The verbs. Each answers the speaker. */
MUST_CHECK bool experiment_begin(struct turn *turn, const struct command_call *call,
                                 const char *text, struct err *err);
/* result NULL: nothing more was said. */
MUST_CHECK bool experiment_end(struct turn *turn, const struct command_call *call,
                               int64_t n, enum try_outcome outcome, const char *result,
                               struct err *err);
MUST_CHECK bool experiment_warn(struct turn *turn, const struct command_call *call,
                                const char *text, struct err *err);

/* "It worked: the queue falls", "It did not work", "not known yet", without a full
 * stop. */
const char *experiment_outcome(struct arena *arena, const struct try *try);
