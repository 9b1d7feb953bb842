/* subscribe: private messages when this incident changes. */
#include "bot/subscribers.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return subscribers_add(turn, call, err);
}

const struct command subscribe_command = {
    .name = "subscribe",
    .summary = "private messages when this incident changes",
    .stage = STAGE_TELL,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.run = run}},
};
