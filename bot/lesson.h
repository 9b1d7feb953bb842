/*
 * What else was learned: what went well, what surprised, what nobody watches. Kept with
 * the factors, each under a timeline entry by which it can be taken back.
 */
#pragma once

#include "bot/command.h"

enum lesson_kind { LESSON_WELL, LESSON_SURPRISE, LESSON_GAP };

/* "done, ann" behind the verb: what was said is "well done, ann". Other words as they
 * are. Pure. */
const char *lesson_well(struct arena *arena, const char *text);

/* The verbs. Each answers the speaker. */
MUST_CHECK bool lesson_give(struct turn *turn, const struct command_call *call,
                            enum lesson_kind kind, const char *text, struct err *err);
