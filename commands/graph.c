/* graph: the contributing factors as a tree. */
#include "bot/factor.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return factor_draw(turn, call, err);
}

const struct command graph_command = {
    .name = "graph",
    .summary = "the contributing factors as a tree",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .is_look = true,
    .forms = {{.run = run}},
};
