/* roles: who holds which. */
#include "bot/roles.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return role_list(turn, call, err);
}

const struct command roles_command = {
    .name = "roles",
    .summary = "who holds which role, since when",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .is_look = true,
    .forms = {{.run = run}},
};
