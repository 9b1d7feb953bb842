/*
 * Events in which nobody speaks: who did it may not be known, or not be anybody we want
 * to know; or they use what only some platforms have.
 */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"

bool dispatch_is_wordless(enum chat_kind kind);
/* Once, however often it comes. */
MUST_CHECK bool dispatch_wordless(struct turn *turn, const struct chat_event *event,
                                  struct err *err);
