/*
 * "ack", "!ack", "inc ack": a yes that no command line holds. Said in an incident's
 * channel by somebody something waits for, it is answered once for each thing, in
 * private, with how it is said so that it counts. So is whatever else is said there by
 * somebody whom a page still calls.
 */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"
#include "store/incidents.h"
#include "store/people.h"

bool plain_yes_is_meant(const char *text);

MUST_CHECK bool plain_yes_answer(struct turn *turn, const struct incident *incident,
                                 const struct person *who,
                                 const struct chat_event *event, struct err *err);
