/*
 * From a chat event to what it means: recorded on its incident's timeline, run as a
 * command, or taken as an answer; once, however often it comes. The one door for what
 * people do, on every platform.
 */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"

MUST_CHECK bool dispatch_event(struct turn *turn, const struct chat_event *event,
                               struct err *err);

/* The cause failed by our own fault: a word to the person, with what to look for in the
 * log. */
MUST_CHECK bool dispatch_apology(struct turn *turn, const struct chat_event *event,
                                 struct err *err);
