/*
 * "Add to the timeline", said of somebody's message. In an incident's channel it marks
 * a key moment, as a pushpin does; elsewhere it becomes an entry of the incident that
 * whoever asked is in.
 */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"

/* CHAT_KEPT. */
MUST_CHECK bool keep_event(struct turn *turn, const struct chat_event *event,
                           struct err *err);
