/* role: give somebody a role; it holds at once. */
#include "bot/roles.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return role_give(turn, call, call->args[0].text, call->args[1].person, err);
}

const struct command role_command = {
    .name = "role",
    .summary = "give somebody a role; it holds at once",
    .example = "role scribe @bo",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "ROLE", .kind = ARG_ROLE},
                 {.name = "@who", .kind = ARG_PERSON}},
        .run = run,
    }},
};
