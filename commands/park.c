/* park: a side problem, put aside until afterwards. */
#include "bot/park.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return park_put(turn, call, call->args[0].text, err);
}

const struct command park_command = {
    .name = "park",
    .summary = "put a side problem aside until afterwards",
    .example = "park the log disk is nearly full",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
