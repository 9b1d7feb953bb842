/* status: the headline card. */
#include "bot/command.h"
#include "bot/incident.h"
#include "bot/say.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct note *card;

    return incident_card(turn, call->incident, &card, err) &&
           say_here(turn, call, card, err);
}

const struct command status_command = {
    .name = "status",
    .summary = "the headline of an incident: state, who leads, what is open",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .is_look = true,
    .forms = {{.run = run}},
};
