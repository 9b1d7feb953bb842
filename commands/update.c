/* update: words for those inside, or for those outside. */
#include "bot/update.h"

#include "bot/base/text.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const char *text = call->args[1].text;

    return text_equal(call->args[0].text, "in") ? update_inside(turn, call, text, err)
                                                : update_outside(turn, call, text, err);
}

const struct command update_command = {
    .name = "update",
    .summary = "tell those inside, or those outside, how it stands",
    .example = "update in the cause is found, 20 more minutes",
    .stage = STAGE_TELL,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "where",
                  .kind = ARG_CHOICE,
                  .words = "in out",
                  .also = "inside outside"},
                 {.name = "TEXT", .kind = ARG_REST}},
        .run = run,
    }},
};
