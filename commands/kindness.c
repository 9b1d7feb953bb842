/* kindness: whether the bot answers one, in private, after self-blame. */
#include "bot/wishes.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return wish_switch(turn, call, WISH_KINDNESS, call->args[0].text, err);
}

const struct command kindness_command = {
    .name = "kindness",
    .summary = "a kind word when you blame yourself, for yourself",
    .example = "kindness on",
    .stage = STAGE_LEARN,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "how",
                         .kind = ARG_CHOICE,
                         .flags = ARG_OPTIONAL,
                         .words = "on off"}},
               .run = run}},
};
