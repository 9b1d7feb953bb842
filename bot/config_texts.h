/*
 * The file of texts that the settings name: what the bot says, in other words. Each
 * entry gives a text as `muster check --texts` lists it, and what to say instead.
 */
#pragma once

#include "bot/base/arena.h"
#include "bot/base/err.h"

/* Reads it and puts the texts in place, for as long as the arena lives. ERR_BROKEN:
 * "FILE:LINE: what is wrong": a text the bot does not have, or values that don't fit.
 */
MUST_CHECK bool config_texts_load(struct arena *arena, const char *path,
                                  struct err *err);
/* All texts as such a file, to standard output. */
void config_texts_list(struct arena *arena);
