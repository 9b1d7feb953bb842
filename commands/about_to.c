/* about-to: a risky step, said aloud before it is done. */
#include "bot/experiment.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return experiment_warn(turn, call, call->args[0].text, err);
}

const struct command about_to_command = {
    .name = "about-to",
    .summary = "a risky step, said aloud before it is done",
    .example = "about-to restart the primary database",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
