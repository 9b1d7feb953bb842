/* impact: five short questions, and the severity that follows from them. */
#include "bot/base/text.h"
#include "bot/impact_ask.h"

static bool run_step(struct turn *turn, const struct command_call *call,
                     struct err *err)
{
    return text_same(call->args[0].text, "set") ? impact_set(turn, call, err)
                                                : impact_pass(turn, call, err);
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return call->args[0].is_given ? impact_answer(turn, call, call->args[0].text, err)
                                  : impact_show(turn, call, err);
}

const struct command impact_command = {
    .name = "impact",
    .summary = "who is hit, and how badly: five questions, and what follows",
    .example = "impact outside 20% blocked 40m",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .main_form = 1,
    .forms = {{.args = {{.name = "step", .kind = ARG_CHOICE, .words = "set skip"}},
               .summary = "take what follows; pass over a question",
               .run = run_step},
              {.args = {{.name = "WORDS", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
