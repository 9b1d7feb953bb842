/*
 * The short way of most that is heard: somebody known says something, to the others, in
 * a channel where they are, and it goes on the timeline. Whatever asks for more than
 * that goes the long way (bot/dispatch.c), which does the same.
 */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"
#include "store/inbox.h"

/* *is_done false: nothing was done, take the long way. */
MUST_CHECK bool talk_hear(struct turn *turn, const struct chat_event *event,
                          bool *is_done, struct err *err);
/* By what a message is known to be on the timeline, or heard; one that is read up again
 * by the first alone. */
struct inbox_message talk_message(const struct chat_event *event);
