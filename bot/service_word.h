/*
 * Which service people mean by a word, or by where they stand; and the sentence for
 * them where it is none.
 */
#pragma once

#include "bot/command.h"
#include "store/services.h"

/* By name or alias; a NULL word means the service of the call's incident. *service is
 * NULL with refusal->text where there is none: it names the nearest, three at most. */
MUST_CHECK bool service_word_read(struct turn *turn, const struct command_call *call,
                                  const char *word, struct service **service,
                                  struct refusal *refusal, struct err *err);
