/* drop: takes back an entry of one's own. */
#include "bot/drop.h"

#include "bot/command.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return drop_entry(turn, call, call->args[0].number, err);
}

const struct command drop_command = {
    .name = "drop",
    .summary = "take back an entry of your own, by its number in the timeline",
    .example = "drop 12",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "N", .kind = ARG_NUMBER}}, .run = run}},
};
