/* reopen: it is not over after all. */
#include "bot/closing.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return closing_reopen(turn, call, call->args[0].text, err);
}

const struct command reopen_command = {
    .name = "reopen",
    .summary = "it is not over after all",
    .example = "reopen customers call again",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "WHY", .kind = ARG_REST}}, .run = run}},
};
