/*
 * Who is told of words that stop people from looking further (bot/wording.h): whoever
 * wrote them, in private, unless they switched it off; and a kind word after
 * self-blame, for those who asked for it. Nothing is changed, and nobody else hears.
 */
#pragma once

#include "bot/command.h"
#include "bot/wording.h"

/* After a draft of the speaker's was taken in. */
MUST_CHECK bool wording_hint(struct turn *turn, const struct command_call *call,
                             const char *text, enum wording_reader reader,
                             struct err *err);
/* After somebody said something in an incident's channel. At most once a day. */
MUST_CHECK bool wording_answer_kindly(struct turn *turn,
                                      const struct incident *incident,
                                      const struct person *who, const char *text,
                                      struct err *err);
