/* never: no more reminders of the kind of the last one here. */
#include "bot/nudge_stop.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return nudge_never(turn, call, err);
}

const struct command never_command = {
    .name = "never",
    .summary = "no more reminders like the last one here",
    .stage = STAGE_LEAD,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.run = run}},
};
