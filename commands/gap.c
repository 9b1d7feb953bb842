/* gap: what nobody watches, or can do. */
#include "bot/lesson.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return lesson_give(turn, call, LESSON_GAP, call->args[0].text, err);
}

const struct command gap_command = {
    .name = "gap",
    .summary = "a blind spot: what nobody watches, or can do",
    .example = "gap nobody watches the queue",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
