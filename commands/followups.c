/* followups: those of the incident, or the open ones of all. */
#include "bot/followup.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return followup_show(turn, call, err);
}

const struct command followups_command = {
    .name = "followups",
    .summary = "the list of actions for afterwards",
    .stage = STAGE_LEARN,
    .scope = COMMAND_ANYWHERE,
    .is_look = true,
    .forms = {{.run = run}},
};
