/* snooze: the last reminder here comes again later. */
#include "bot/base/time.h"
#include "bot/nudge_stop.h"

#define USUAL_MS (30 * TIME_MINUTE_MS)

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    int64_t until_ms =
        call->args[0].is_given ? call->args[0].number : turn->now_ms + USUAL_MS;

    return nudge_snooze(turn, call, until_ms, err);
}

const struct command snooze_command = {
    .name = "snooze",
    .summary = "the last reminder here comes again later",
    .example = "snooze 30m",
    .stage = STAGE_LEAD,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "30m", .kind = ARG_WHEN, .flags = ARG_OPTIONAL}},
               .run = run},
              {.args = {{.name = "30m", .kind = ARG_WHEN, .after = "until"}},
               .is_variant = true,
               .run = run}},
};
