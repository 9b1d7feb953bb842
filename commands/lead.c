/* lead: take command, or offer to where somebody has it. */
#include "bot/roles.h"
#include "bot/say.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return role_lead(turn, call, err);
}

/* "lead @bo" is for bo to say yes to. */
static bool run_other(struct turn *turn, const struct command_call *call,
                      struct err *err)
{
    const struct person *who = call->args[0].person;

    return who->id == call->speaker->id
               ? role_lead(turn, call, err)
               : say_private(turn, call,
                             say_note(turn,
                                      "That is for oneself. For %s: %s. "
                                      "Nothing was changed.",
                                      say_person(turn, who->id),
                                      note_command(turn->arena, "role commander @%s",
                                                   who->handle)),
                             err);
}

const struct command lead_command = {
    .name = "lead",
    .summary = "lead this incident; where somebody does, they are asked",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.run = run},
              {.args = {{.name = "@who", .kind = ARG_PERSON}},
               .is_variant = true,
               .run = run_other}},
};
