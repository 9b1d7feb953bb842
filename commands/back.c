/* back: the break is over; what was covered comes back. */
#include "bot/pause.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return pause_back(turn, call, err);
}

const struct command back_command = {
    .name = "back",
    .summary = "back from a break, with what was covered",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.run = run}},
};
