/* catchup: how it stands, for a latecomer, in private. */
#include "bot/brief.h"
#include "bot/say.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct note *note;

    return brief_catchup(turn, call->incident, call->speaker->id, &note, err) &&
           say_private(turn, call, note, err);
}

const struct command catchup_command = {
    .name = "catchup",
    .summary = "what a latecomer wants to know, in private",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .is_look = true,
    .forms = {{.run = run}},
};
