/*
 * "Who did it?" An answer that serves what the question is for: the fix, the
 * prevention, the trust of those hit. No name is in it.
 */
#pragma once

#include "bot/command.h"

MUST_CHECK bool aims_answer(struct turn *turn, const struct command_call *call,
                            struct err *err);
