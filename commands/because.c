/* because: one factor stands behind another. */
#include "bot/factor.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return factor_because(turn, call, call->args[0].number, call->args[1].number, err);
}

const struct command because_command = {
    .name = "because",
    .summary = "factor N happened because of factor M",
    .example = "because 2 1",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "N", .kind = ARG_NUMBER}, {.name = "M", .kind = ARG_NUMBER}},
        .run = run,
    }},
};
