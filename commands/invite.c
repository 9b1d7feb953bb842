/* invite: brings someone in; the only door into a private incident. */
#include "bot/command.h"
#include "bot/incident.h"
#include "bot/say.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct person *who = call->args[0].person;
    bool is_member;

    if (!member_is(turn->store, call->incident->id, who->id, &is_member, err)) {
        return false;
    }
    if (is_member) {
        return say_private(turn, call,
                           say_note(turn, "%s is in already. Nothing was changed.",
                                    say_person(turn, who->id)),
                           err);
    }
    return incident_bring_in(turn, call->incident, who->id, err) &&
           say_made(turn, call,
                    say_note(turn, "%s is in, brought by %s.",
                             say_person(turn, who->id),
                             say_person(turn, call->speaker->id)),
                    err);
}

const struct command invite_command = {
    .name = "invite",
    .summary = "bring someone in",
    .example = "invite @bo",
    .stage = STAGE_HELP,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "@who", .kind = ARG_PERSON}}, .run = run}},
};
