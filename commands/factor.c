/* factor: what contributed, by kind; with a number for the text, another kind for it.
 */
#include "bot/factor.h"

#include <stdlib.h>

#include "bot/base/text.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const char *kind = call->args[0].text;
    const char *text = call->args[1].text;

    return text_is_number(text)
               ? factor_rekind(turn, call, strtoll(text, NULL, 10), kind, err)
               : factor_give(turn, call, kind, text, err);
}

const struct command factor_command = {
    .name = "factor",
    .summary = "a contributing factor; a number for TEXT: another kind for it",
    .example = "factor technical the index was dropped",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "KIND", .kind = ARG_CHOICE, .words = FACTOR_KINDS},
                 {.name = "TEXT", .kind = ARG_REST}},
        .run = run,
    }},
};
