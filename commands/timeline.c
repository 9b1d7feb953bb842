/* timeline: read it in chat. */
#include "bot/base/text.h"
#include "bot/command.h"
#include "bot/say.h"
#include "bot/timeline_view.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const char *which =
        text_or(call->args[0].text, call->args[1].is_given ? "last" : "key");
    int64_t limit = call->args[1].is_given ? call->args[1].number : 20;
    struct note *note;

    if (call->args[1].is_given && limit == 0) {
        note = say_note(turn, "Last 0 would show nothing. %s",
                        note_command(turn->arena, "timeline last 20"));
        return say_private(turn, call, note, err);
    }
    return timeline_view(turn, call->incident, which, limit, &note, err) &&
           say_private(turn, call, note, err);
}

const struct command timeline_command = {
    .name = "timeline",
    .summary = "read the timeline: key moments, all, or the last N",
    .example = "timeline last 20",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .is_look = true,
    .forms = {{
        .args = {{.name = "which",
                  .kind = ARG_CHOICE,
                  .flags = ARG_OPTIONAL,
                  .words = "key all last"},
                 {.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL}},
        .run = run,
    }},
};
