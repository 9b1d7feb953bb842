/* escalate: the bot chooses whom to wake, and says why. */
#include "bot/paging.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return paging_escalate(turn, call,
                           call->args[0].is_given ? call->args[0].text : NULL, err);
}

const struct command escalate_command = {
    .name = "escalate",
    .summary = "get help: I choose by duty, skill and tie, and say why",
    .example = "escalate the database is full",
    .stage = STAGE_HELP,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "WHY", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
