/* release: thank somebody who has done enough; roles, tasks and nudges end. */
#include "bot/release.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return release_person(turn, call, call->args[0].person, err);
}

const struct command release_command = {
    .name = "release",
    .summary = "thank somebody: their roles, tasks and nudges end",
    .example = "release @bo",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "@who", .kind = ARG_PERSON}}, .run = run}},
};
