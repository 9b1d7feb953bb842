/*
 * Which incident a line is about: `inc-42` behind the verb, else the channel's, else,
 * in a direct conversation, the speaker's only open one.
 */
#pragma once

#include "bot/command.h"
#include "bot/turn.h"

/* Sets call->incident, and moves *rest behind a reference. *is_answered: it is none
 * that the speaker can see, or could be several; they are told. */
MUST_CHECK bool dispatch_incident(struct turn *turn, struct command_call *call,
                                  const char **rest, bool *is_answered,
                                  struct err *err);
