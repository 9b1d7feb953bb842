/* who-did-it: three answers that help, and no name. */
#include "bot/aims.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return aims_answer(turn, call, err);
}

const struct command who_did_it_command = {
    .name = "who-did-it",
    .summary = "short answers for whoever asks, in private",
    .stage = STAGE_TELL,
    .scope = COMMAND_IN_INCIDENT,
    .is_look = true,
    .is_private = true,
    .forms = {{.run = run}},
};
