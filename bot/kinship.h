/*
 * Incidents that have to do with each other: a duplicate, which is closed and says
 * where to go on, and related ones. A private one is never named where others read:
 * neither in a channel nor on a timeline but its own.
 */
#pragma once

#include "bot/command.h"

/* Closes the call's incident, since `other` is the same. Answers the speaker. */
MUST_CHECK bool kinship_duplicate(struct turn *turn, const struct command_call *call,
                                  const struct incident *other, struct err *err);
/* Says that they have to do with each other; once more takes it back. */
MUST_CHECK bool kinship_related(struct turn *turn, const struct command_call *call,
                                const struct incident *other, struct err *err);
