/* duplicate-of: it is the same as another one, where it goes on. */
#include "bot/kinship.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return kinship_duplicate(turn, call, call->args[0].incident, err);
}

const struct command duplicate_of_command = {
    .name = "duplicate-of",
    .summary = "the same as another one: closes this, says where to go on",
    .example = "duplicate-of inc-1",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "inc-N", .kind = ARG_INCIDENT}}, .run = run}},
};
