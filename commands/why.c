/* why: a new factor behind another. */
#include "bot/factor.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return factor_why(turn, call, call->args[0].number, call->args[1].text, err);
}

const struct command why_command = {
    .name = "why",
    .summary = "what made factor N possible: a new factor behind it",
    .example = "why 1 nobody was trained for it",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "N", .kind = ARG_NUMBER}, {.name = "TEXT", .kind = ARG_REST}},
        .run = run,
    }},
};
