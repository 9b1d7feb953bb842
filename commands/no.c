/* no: an experiment did not do what it was to do; worth as much as one that did. */
#include "bot/experiment.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return experiment_end(turn, call, call->args[0].number, TRY_DID_NOT,
                          call->args[1].text, err);
}

const struct command no_command = {
    .name = "no",
    .summary = "try N did not work; worth knowing, too",
    .example = "no 4 it is still slow",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .is_talk = true,
    .forms = {{.args = {{.name = "N", .kind = ARG_NUMBER},
                        {.name = "TEXT", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
