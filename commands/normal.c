/* normal: all is well again. */
#include "bot/base/time.h"
#include "bot/moment.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    int64_t at_ms = call->args[0].is_given ? call->args[0].number : TIME_NONE;

    return moment_set(turn, call, MOMENT_NORMAL, at_ms, call->args[1].text, err);
}

const struct command normal_command = {
    .name = "normal",
    .summary = "all is well again; without a time: now",
    .example = "normal 14:05 the queue is empty",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .is_talk = true,
    .forms = {{
        .args = {{.name = "TIME", .kind = ARG_TIME, .flags = ARG_OPTIONAL},
                 {.name = "HOW", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
        .run = run,
    }},
};
