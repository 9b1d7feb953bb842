/* try: an experiment; worked and no say how it went. */
#include "bot/experiment.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return experiment_begin(turn, call, call->args[0].text, err);
}

const struct command try_command = {
    .name = "try",
    .summary = "an experiment: what is tried, to see whether it helps",
    .example = "try two more workers",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .is_talk = true,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
