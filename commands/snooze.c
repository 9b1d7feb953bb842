/* snooze: the last reminder here comes again later. */
#include "bot/nudge_stop.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return nudge_snooze(turn, call, call->args[0].number, err);
}

const struct command snooze_command = {
    .name = "snooze",
    .summary = "the last reminder here comes again later",
    .stage = STAGE_LEAD,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "30m", .kind = ARG_WHEN}}, .run = run}},
};
