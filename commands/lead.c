/* lead: take command, or offer to where somebody has it. */
#include "bot/roles.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return role_lead(turn, call, err);
}

const struct command lead_command = {
    .name = "lead",
    .summary = "lead this incident; where somebody does, they are asked",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.run = run}},
};
