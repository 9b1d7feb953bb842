/* timeline: read it in chat. */
#include "bot/base/text.h"
#include "bot/command.h"
#include "bot/say.h"
#include "bot/timeline_view.h"

static bool view(struct turn *turn, const struct command_call *call, const char *which,
                 int64_t limit, struct err *err)
{
    struct note *note;

    return timeline_view(turn, call->incident, which, limit, &note, err) &&
           say_private(turn, call, note, err);
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return view(turn, call, text_or(call->args[0].text, "key"), 0, err);
}

static bool run_last(struct turn *turn, const struct command_call *call,
                     const struct command_value *n, struct err *err)
{
    if (n->is_given && n->number == 0) {
        return say_private(turn, call,
                           say_note(turn, "Last 0 would show nothing. %s",
                                    note_command(turn->arena, "timeline last 20")),
                           err);
    }
    return view(turn, call, "last", n->is_given ? n->number : 20, err);
}

static bool run_last_n(struct turn *turn, const struct command_call *call,
                       struct err *err)
{
    return run_last(turn, call, &call->args[1], err);
}

static bool run_n(struct turn *turn, const struct command_call *call, struct err *err)
{
    return run_last(turn, call, &call->args[0], err);
}

const struct command timeline_command = {
    .name = "timeline",
    .summary = "read the timeline: key moments, or all",
    .example = "timeline last 20",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .is_look = true,
    .forms = {{.args = {{.name = "which",
                         .kind = ARG_CHOICE,
                         .flags = ARG_OPTIONAL,
                         .words = "key all"}},
               .run = run},
              {.args = {{.name = "last", .kind = ARG_CHOICE, .words = "last"},
                        {.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL}},
               .summary = "its last entries; without a number: 20",
               .run = run_last_n},
              {.args = {{.name = "N", .kind = ARG_NUMBER}},
               .is_variant = true,
               .run = run_n}},
};
