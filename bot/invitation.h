/*
 * Where the bot goes: into a channel only by an invitation that the platform's settings
 * allow, never into one that is encrypted, and never back by itself. An invitation is a
 * wish like any other, so it is tried in good order and is done once.
 */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"

/* CHAT_INVITED. */
MUST_CHECK bool invitation_event(struct turn *turn, const struct chat_event *event,
                                 struct err *err);

/* Out of a channel that is encrypted, with a word to whoever brought us there. */
MUST_CHECK bool invitation_leave_sealed(struct turn *turn,
                                        const struct chat_event *event,
                                        struct err *err);
