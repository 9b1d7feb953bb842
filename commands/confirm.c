/* confirm: a suspected incident is real. */
#include "bot/closing.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return closing_confirm(turn, call, call->args[0].text, err);
}

const struct command confirm_command = {
    .name = "confirm",
    .summary = "a suspected incident is real",
    .example = "confirm two customers called",
    .stage = STAGE_START,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "WHY", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
