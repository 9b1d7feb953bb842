/* resolve: it is over; asks for key moments still missing. */
#include "bot/closing.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return closing_resolve(turn, call, call->args[0].text, err);
}

const struct command resolve_command = {
    .name = "resolve",
    .summary = "it is over; asks for key moments still missing",
    .example = "resolve the index is back",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
