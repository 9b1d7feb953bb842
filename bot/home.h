/*
 * The bot's own page, as one person sees it: open incidents, their tasks, their
 * follow-ups. Drawn when they look at it.
 */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"

/* CHAT_VISITED. */
MUST_CHECK bool home_event(struct turn *turn, const struct chat_event *event,
                           struct err *err);
