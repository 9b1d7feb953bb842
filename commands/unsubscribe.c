/* unsubscribe: no more private messages about it. */
#include "bot/subscribers.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return subscribers_remove(turn, call, err);
}

const struct command unsubscribe_command = {
    .name = "unsubscribe",
    .summary = "no more private messages about it",
    .stage = STAGE_TELL,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.run = run}},
};
