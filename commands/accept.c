/* accept: yes to what was offered to you. */
#include "bot/offers.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return offer_accept(turn, call, command_number(&call->args[0]), err);
}

const struct command accept_command = {
    .name = "accept",
    .summary = "yes to what was offered to you",
    .example = "accept 3",
    .stage = STAGE_LEAD,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL}},
               .run = run},
              {.args = {{.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL},
                        {.name = "TEXT", .kind = ARG_REST}},
               .is_variant = true,
               .run = run}},
};
