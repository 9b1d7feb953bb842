/* confirm: a suspected incident is real, and perhaps how grave it is. */
#include "bot/base/phrase.h"
#include "bot/closing.h"
#include "bot/severity.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return closing_confirm(turn, call, call->args[0].text, err);
}

static bool run_level(struct turn *turn, const struct command_call *call,
                      struct err *err)
{
    const char *level = call->args[0].text, *why = call->args[1].text;
    struct command_call then = *call;

    if (call->incident->state != INCIDENT_SUSPECTED) {
        return severity_set(turn, call, level, why, false, err);
    }
    if (!closing_confirm(turn, call, why, err)) {
        return false;
    }
    return incident_find(turn->store, call->incident->id, &then.incident, err) &&
           (severity_is_said(turn, then.incident, level, why) ||
            severity_set(turn, &then, level, why, false, err));
}

const struct command confirm_command = {
    .name = "confirm",
    .summary = "a suspected incident is real",
    .example = "confirm two customers called",
    .stage = STAGE_START,
    .scope = COMMAND_IN_INCIDENT,
    .main_form = 1,
    .forms = {{.args = {{.name = "LEVEL", .kind = ARG_SEVERITY},
                        {.name = "WHY", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .summary = PHRASE_LATER("real, and how grave it is"),
               .run = run_level},
              {.args = {{.name = "WHY", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
