/* related: another incident has to do with this one; once more takes it back. */
#include "bot/kinship.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return kinship_related(turn, call, call->args[0].incident, err);
}

const struct command related_command = {
    .name = "related",
    .summary = "another one has to do with this; once more takes it back",
    .example = "related inc-1",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "inc-N", .kind = ARG_INCIDENT}}, .run = run}},
};
