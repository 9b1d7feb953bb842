/*
 * For whoever answered in other words than the bot hears: what waits for their answer,
 * and how it is given. "Page 4 (inc-42) waits for your answer: `ack` or `cant`".
 */
#pragma once

#include "bot/command.h"

/* A page, else a task, else what was offered to them; in an incident's channel of that
 * incident. *words NULL: nothing waits. */
MUST_CHECK bool waiting_way(struct turn *turn, const struct command_call *call,
                            const char **words, struct err *err);
