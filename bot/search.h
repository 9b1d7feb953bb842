/*
 * Searching: incidents by their titles, and entries of all timelines that the asker may
 * see. The answer is theirs alone.
 */
#pragma once

#include "bot/command.h"

MUST_CHECK bool search_show(struct turn *turn, const struct command_call *call,
                            const char *words, struct err *err);
