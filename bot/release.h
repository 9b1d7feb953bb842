/*
 * `release @who`: whoever has done enough is thanked and free. Their roles end, their
 * open tasks wait for somebody, nothing that was offered to them waits any more, and
 * they are named for nothing until they take something on again.
 */
#pragma once

#include "bot/command.h"

MUST_CHECK bool release_person(struct turn *turn, const struct command_call *call,
                               const struct person *person, struct err *err);
