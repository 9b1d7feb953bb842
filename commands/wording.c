/* wording: whether the bot tells one, in private, where a draft blames somebody. */
#include "bot/wishes.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return wish_switch(turn, call, WISH_WORDING, call->args[0].text, err);
}

const struct command wording_command = {
    .name = "wording",
    .summary = "the check of words in drafts, for yourself",
    .example = "wording off",
    .stage = STAGE_LEARN,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "how",
                         .kind = ARG_CHOICE,
                         .flags = ARG_OPTIONAL,
                         .words = "on off"}},
               .run = run}},
};
