/* summary: what it is about, in a sentence or two. */
#include "bot/describe.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return describe_summary(turn, call, call->args[0].text, err);
}

const struct command summary_command = {
    .name = "summary",
    .summary = "what it is about, in a sentence or two",
    .example = "summary orders wait in the queue, none is lost",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
