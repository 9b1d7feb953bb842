/*
 * Contributing factors as people give them: named by kind, linked by what came of what,
 * and what went well. Nobody is a factor: one that names a person waits until a
 * technical or process one stands beside it. What is made of them is bot/retro.h's
 * affair.
 */
#pragma once

#include "bot/command.h"

#define FACTOR_KINDS "technical process people outside"

/* The verbs. Each answers the speaker. */
MUST_CHECK bool factor_give(struct turn *turn, const struct command_call *call,
                            const char *kind, const char *text, struct err *err);
MUST_CHECK bool factor_rekind(struct turn *turn, const struct command_call *call,
                              int64_t n, const char *kind, struct err *err);
/* n happened because of because_n. */
MUST_CHECK bool factor_because(struct turn *turn, const struct command_call *call,
                               int64_t n, int64_t because_n, struct err *err);
MUST_CHECK bool factor_went_well(struct turn *turn, const struct command_call *call,
                                 const char *text, struct err *err);

/* Is somebody's handle or name among the words? Handles in any case; a part of a name
 * only as it is written, since May and may are two words. */
MUST_CHECK bool factor_names_person(struct turn *turn, const char *text, bool *names,
                                    struct err *err);
