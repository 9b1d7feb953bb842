/* handoff: offer command to somebody, with a brief; it moves on their yes. */
#include "bot/handoff.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return handoff_offer(turn, call, call->args[0].person, call->args[1].text, err);
}

const struct command handoff_command = {
    .name = "handoff",
    .summary = "offer command, with a brief from the record",
    .example = "handoff @bo you know payments",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "@who", .kind = ARG_PERSON},
                 {.name = "NOTE", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
        .run = run,
    }},
};
