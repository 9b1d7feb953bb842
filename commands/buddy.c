/* buddy: someone one may ask without shame. */
#include "bot/buddy.h"

#include "bot/command.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    if (!call->args[0].is_given) {
        return buddy_list(turn, call, err);
    }
    return buddy_offer(turn, call, call->args[0].person, err);
}

const struct command buddy_command = {
    .name = "buddy",
    .summary = "someone to ask without shame: yours, or offer to be one",
    .example = "buddy @bo",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .is_look = true,
    .forms = {{.args = {{.name = "@who", .kind = ARG_PERSON, .flags = ARG_OPTIONAL}},
               .run = run}},
};
