/* judge: how a factor contributed. */
#include "bot/factor.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return factor_judge_how(turn, call, call->args[0].number, call->args[1].text, err);
}

const struct command judge_command = {
    .name = "judge",
    .summary = "how factor N contributed",
    .example = "judge 2 direct",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "N", .kind = ARG_NUMBER},
                 {.name = "HOW", .kind = ARG_CHOICE, .words = FACTOR_JUDGED}},
        .run = run,
    }},
};
