/* gut: judgement beats the numbers. */
#include "bot/base/text.h"
#include "bot/severity.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    bool bigger = text_same(call->args[0].text, "bigger");
    const char *level = severity_step(turn->config, call->incident->severity, bigger);

    return severity_set(turn, call, level, call->args[1].text, true, err);
}

const struct command gut_command = {
    .name = "gut",
    .summary = "overrule the severity by judgement",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "how", .kind = ARG_CHOICE, .words = "bigger smaller"},
                 {.name = "WHY", .kind = ARG_REST}},
        .run = run,
    }},
};
