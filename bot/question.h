/*
 * Private questions: who asked whom, and the answer back to the asker alone. Nobody
 * else ever learns of it.
 */
#pragma once

#include "bot/command.h"
#include "bot/turn.h"

/* person NULL: the rule chooses, a buddy first. Answers the speaker in private. */
MUST_CHECK bool question_ask(struct turn *turn, const struct command_call *call,
                             const struct person *person, const char *text,
                             struct err *err);

/* A direct message that is no verb: if this person has a question to answer, it is the
 * answer. */
MUST_CHECK bool question_answer(struct turn *turn, const struct command_call *call,
                                const char *text, bool *is_answer, struct err *err);
