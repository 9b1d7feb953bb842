/*
 * A command line on its way to its verb: which incident it is about, what its words
 * mean, and the sentence for the person where one of them does not fit.
 */
#pragma once

#include "bot/command.h"
#include "bot/turn.h"

/* call has everything but command, arguments and a named incident; a line that is no
 * verb may be the answer to a private question. */
MUST_CHECK bool dispatch_line(struct turn *turn, struct command_call *call,
                              const char *line, struct err *err);
