/* gut: judgement beats the numbers. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/say.h"
#include "bot/severity.h"

static bool refuse(struct turn *turn, const struct command_call *call,
                   const char *level, bool bigger, struct err *err)
{
    return say_private(turn, call,
                       say_note(turn, "%s is the %s there is. Nothing was changed.",
                                level, bigger ? PHRASE("highest") : PHRASE("lowest")),
                       err);
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    bool bigger = text_same(call->args[0].text, "bigger");
    const struct incident *incident = call->incident;
    const char *level = severity_step(turn->config, incident->severity, bigger);

    return text_equal(level, incident->severity) && incident->severity_by_judgement
               ? refuse(turn, call, level, bigger, err)
               : severity_set(turn, call, level, call->args[1].text, true, err);
}

const struct command gut_command = {
    .name = "gut",
    .summary = "overrule the severity by judgement",
    .example = "gut bigger the phones do not stop",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "how", .kind = ARG_CHOICE, .words = "bigger smaller"},
                 {.name = "WHY", .kind = ARG_REST}},
        .run = run,
    }},
};
