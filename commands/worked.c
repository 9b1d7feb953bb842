/* worked: an experiment did what it was to do. */
#include "bot/experiment.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return experiment_end(turn, call, call->args[0].number, TRY_WORKED,
                          call->args[1].text, err);
}

const struct command worked_command = {
    .name = "worked",
    .summary = "try N worked",
    .example = "worked 4 the queue is empty",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .is_talk = true,
    .forms = {{.args = {{.name = "N", .kind = ARG_NUMBER},
                        {.name = "TEXT", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
