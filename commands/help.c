/* help: what is useful now; `help all` lists everything, `help VERB` explains one. */
#include "bot/help.h"

#include "bot/base/text.h"
#include "bot/command.h"
#include "bot/say.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return say_private(turn, call, help_for(turn, call, call->args[0].text), err);
}

const struct command help_command = {
    .name = "help",
    .summary = "what you can type now; `help all` lists everything",
    .example = "help task",
    .stage = STAGE_START,
    .scope = COMMAND_ANYWHERE,
    .is_look = true,
    .forms = {{
        .args = {{.name = "VERB", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
        .run = run,
    }},
};
