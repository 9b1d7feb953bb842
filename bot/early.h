/*
 * A button pressed, or a check mark put, under a message of ours in the moment it got
 * out, or while its answer was lost: the platform has not told yet how it is called
 * there. The choice waits in the store until it has.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/chat.h"

/* event: CHAT_REACTED by the check mark, or CHAT_CHOSE, whose line was run already.
 * Nothing is kept where no message is under way: then it is none of ours. */
MUST_CHECK bool early_hold(struct turn *turn, const struct chat_event *event,
                           struct err *err);

#define EARLY_ALARM "early" /* subject: the choice that is kept */
extern const struct alarm_kind early_alarm;
