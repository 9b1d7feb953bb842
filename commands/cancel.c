/* cancel: it was nothing: thanks whoever raised it. */
#include "bot/closing.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return closing_cancel(turn, call, call->args[0].text, err);
}

const struct command cancel_command = {
    .name = "cancel",
    .summary = "it was nothing: thanks whoever raised it",
    .example = "cancel it was a test alert",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "WHY", .kind = ARG_REST}}, .run = run}},
};
