/* break: a while off; somebody covers from their yes on. */
#include "bot/pause.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return pause_take(turn, call, call->args[0].number - turn->now_ms,
                      call->args[1].person, err);
}

const struct command break_command = {
    .name = "break",
    .summary = "rest a while; somebody covers from their yes on",
    .example = "break 20m @bo",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "20m", .kind = ARG_WHEN},
                        {.name = "@who", .kind = ARG_PERSON, .flags = ARG_OPTIONAL}},
               .run = run},
              {.args = {{.name = "20m", .kind = ARG_WHEN, .after = "until"},
                        {.name = "@who", .kind = ARG_PERSON, .flags = ARG_OPTIONAL}},
               .is_variant = true,
               .run = run}},
};
