/* A private word, as `feel` or `declare --private`, that was said where all can read
 * it. */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"
#include "store/incidents.h"
#include "store/people.h"

/* Takes the message out of the incident's channel where the platform lets us; where it
 * is another channel (incident NULL) only its writer can. Either way they are told, and
 * how it goes unread. `line` is the command in it. */
MUST_CHECK bool aloud_take_out(struct turn *turn, const struct chat_event *event,
                               const struct person *speaker,
                               const struct incident *incident, const char *line,
                               struct err *err);
