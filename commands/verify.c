/* verify: a follow-up that is done, looked at again: did it help? */
#include "bot/base/text.h"
#include "bot/followup.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return followup_look(turn, call, call->args[0].number,
                         text_same(call->args[1].text, "yes"), call->args[2].text, err);
}

const struct command verify_command = {
    .name = "verify",
    .summary = "a follow-up that is done, looked at again: did it help?",
    .example = "verify 2 yes no alert since",
    .stage = STAGE_LEARN,
    .scope = COMMAND_ANYWHERE,
    .forms = {{
        .args = {{.name = "N", .kind = ARG_NUMBER},
                 {.name = "helped", .kind = ARG_CHOICE, .words = "yes no"},
                 {.name = "TEXT", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
        .run = run,
    }},
};
