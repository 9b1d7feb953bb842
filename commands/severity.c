/* severity: set how grave it is. */
#include "bot/severity.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return severity_set(turn, call, call->args[0].text, call->args[1].text, false, err);
}

const struct command severity_command = {
    .name = "severity",
    .summary = "say how grave it is; unknown is an answer",
    .example = "severity sev2 half the shop is hit",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "LEVEL", .kind = ARG_SEVERITY},
                 {.name = "WHY", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
        .run = run,
    }},
};
