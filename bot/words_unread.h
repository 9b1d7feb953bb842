/*
 * A time that was typed and could not be read stays in the words, so that nothing is
 * lost; so does a second command in one message. Whoever typed it is told, so that
 * nobody counts on what did not happen.
 */
#pragma once

#include "bot/words.h"

/* Where the words before an absent WHEN hold its `after` word and what looks like a
 * time
 * ("in 10m please", "due next week"): that, cut; NULL where nothing does. */
const char *words_unread(struct turn *turn, const struct command_call *call,
                         const struct command_arg *args);

/* Do they begin with what was meant as a past time, whether it can be read or not?
 * "2.41", "20 minutes ago", "around 3pm"; "3 customers called" do not. */
bool words_are_like_past(const char *at);

/* Tells the speaker, where there is one (call->unread). */
MUST_CHECK bool words_tell_unread(struct turn *turn, const struct command_call *call,
                                  struct err *err);

/* Tells the speaker, where a second command stands in the message. */
MUST_CHECK bool words_tell_second(struct turn *turn, const struct command_call *call,
                                  struct err *err);
