/* search: incidents and timelines that hold some words. */
#include "bot/search.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return search_show(turn, call, call->args[0].text, err);
}

const struct command search_command = {
    .name = "search",
    .summary = "incidents and timelines that hold TEXT",
    .example = "search queue is full",
    .stage = STAGE_START,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
