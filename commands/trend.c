/* trend: what incidents have in common, by service and factor. */
#include "bot/trend.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return trend_show(turn, call, err);
}

const struct command trend_command = {
    .name = "trend",
    .summary = "incidents by service and factor, never by person",
    .stage = STAGE_LEARN,
    .scope = COMMAND_ANYWHERE,
    .is_look = true,
    .forms = {{.run = run}},
};
