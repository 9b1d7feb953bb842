/* detected: when and how it was noticed. */
#include "bot/base/time.h"
#include "bot/moment.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    int64_t at_ms = call->args[0].is_given ? call->args[0].number : TIME_NONE;

    return moment_set(turn, call, MOMENT_DETECTED, at_ms, call->args[1].text, err);
}

const struct command detected_command = {
    .name = "detected",
    .summary = "when it was noticed, and how; without a time: when it was declared",
    .example = "detected 14:05 by an alert",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .is_talk = true,
    .forms = {{
        .args = {{.name = "TIME", .kind = ARG_TIME, .flags = ARG_OPTIONAL},
                 {.name = "HOW", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
        .run = run,
    }},
};
