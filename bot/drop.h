/* Taking back: an entry of one's own is struck out, and what it stands for is in no
 * draft any more. */
#pragma once

#include "bot/command.h"

/* n is the entry's number in `timeline`. */
MUST_CHECK bool drop_entry(struct turn *turn, const struct command_call *call,
                           int64_t n, struct err *err);
