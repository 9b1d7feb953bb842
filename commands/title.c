/* title: a better name; the channel keeps its own. */
#include "bot/describe.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return describe_title(turn, call, call->args[0].text, err);
}

const struct command title_command = {
    .name = "title",
    .summary = "give it a better title",
    .example = "title orders wait in the queue",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
