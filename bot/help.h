/* Help by state: outside an incident how to declare, inside what is useful now. All
 * from the table. */
#pragma once

#include "bot/command.h"
#include "bot/note.h"

/* about: NULL or "" (what is useful now), "all", or a verb. */
struct note *help_for(struct turn *turn, const struct command_call *call,
                      const char *about);
