/*
 * `release @who`: whoever has done enough is thanked and free. Their roles end, their
 * open tasks wait for somebody, nothing that was offered to them waits any more, and
 * they are named for nothing until they take something on again.
 */
#pragma once

#include "bot/command.h"

MUST_CHECK bool release_person(struct turn *turn, const struct command_call *call,
                               const struct person *person, struct err *err);

/* Whoever leaves a private incident, or is taken out of its channel, is free as well:
 * otherwise what was offered to them before would let them in again, and the reminders
 * of their role would go on telling them of it. In others nothing happens. */
MUST_CHECK bool release_who_left(struct turn *turn, const struct incident *incident,
                                 const struct person *person, struct err *err);
