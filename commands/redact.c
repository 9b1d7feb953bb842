/* redact: words that should not be here, out for good. */
#include "bot/redact.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return redact_run(turn, call, call->args[0].number, err);
}

static bool run_words(struct turn *turn, const struct command_call *call,
                      struct err *err)
{
    return redact_refuse_words(turn, call, err);
}

const struct command redact_command = {
    .name = "redact",
    .summary = "take the words of entry N out for good: a secret",
    .example = "redact 12",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "N", .kind = ARG_NUMBER}}, .run = run},
              {.args = {{.name = "TEXT", .kind = ARG_REST}},
               .is_variant = true,
               .run = run_words}},
};
