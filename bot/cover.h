/*
 * Somebody on call who is away asks others to take it over: two or three are asked, the
 * first yes has it, a no leaves no trace. Until then nothing changes.
 */
#pragma once

#include "bot/command.h"
#include "bot/note.h"
#include "bot/offers.h"

/* The speaker is away until a moment (INT64_MAX: no end is known): for each duty of
 * theirs in that time others are asked. Adds what comes of it to the note. */
MUST_CHECK bool cover_ask(struct turn *turn, const struct command_call *call,
                          int64_t until_ms, struct note *note, struct err *err);
/* The speaker is back: what nobody has taken yet is not needed any more. */
MUST_CHECK bool cover_end(struct turn *turn, const struct command_call *call,
                          struct note *note, struct err *err);

extern const struct offer_kind cover_offer_kind; /* "cover" */
