/* surprise: what nobody had expected. */
#include "bot/lesson.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return lesson_give(turn, call, LESSON_SURPRISE, call->args[0].text, err);
}

const struct command surprise_command = {
    .name = "surprise",
    .summary = "what nobody had expected",
    .example = "surprise the cache hid it for an hour",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
