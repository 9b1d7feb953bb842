/* decline: no, without a reason and without a trace in public. */
#include "bot/offers.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return offer_decline(turn, call, command_number(&call->args[0]), err);
}

const struct command decline_command = {
    .name = "decline",
    .summary = "no, not now; only who asked is told, without a reason",
    .example = "decline 3",
    .stage = STAGE_LEAD,
    .scope = COMMAND_ANYWHERE,
    .is_private = true,
    .forms = {{.args = {{.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL}},
               .run = run},
              {.args = {{.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL},
                        {.name = "TEXT", .kind = ARG_REST}},
               .is_variant = true,
               .run = run}},
};
