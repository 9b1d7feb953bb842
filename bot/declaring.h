/*
 * A command without a verb, where the platform can open a window: the form that
 * declares an incident. It is a wish like any other, in a lane of its own; where it
 * comes too late to be opened, the words to type are said instead.
 */
#pragma once

#include "bot/command.h"
#include "bot/turn.h"
#include "store/outbox.h"

/* *is_asked false: no form can be opened for this call. */
MUST_CHECK bool declaring_ask(struct turn *turn, const struct command_call *call,
                              bool *is_asked, struct err *err);
/* The form of this row will never open. */
MUST_CHECK bool declaring_instead(struct turn *turn, const struct outbox_row *row,
                                  struct err *err);
