/* feel: how it felt, without a name. */
#include "bot/feeling.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return feeling_keep(turn, call, call->args[0].text, err);
}

const struct command feel_command = {
    .name = "feel",
    .summary = "how it felt; kept without your name",
    .example = "feel tired, and glad of the help",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .is_private = true,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
