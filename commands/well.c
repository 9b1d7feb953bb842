/* well: what went well. */
#include "bot/lesson.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return lesson_give(turn, call, LESSON_WELL,
                       lesson_well(turn->arena, call->args[0].text), err);
}

const struct command well_command = {
    .name = "well",
    .summary = "what went well",
    .example = "well the alert came at once",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
