/* change: a deploy, flag or setting somebody changed. */
#include "bot/command.h"
#include "bot/recorder.h"
#include "bot/say.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "change",
                                        .text = call->args[0].text},
                         NULL, err) &&
           say_made(turn, call,
                    say_note(turn, "Change at %s, %s: %s. Turned back? Note it again.",
                             say_when(turn, turn->now_ms),
                             say_person(turn, call->speaker->id),
                             say_brief(turn, call->args[0].text)),
                    err);
}

const struct command change_command = {
    .name = "change",
    .summary = "a deploy, a flag, a setting: what was changed",
    .example = "change checkout 5.2 is deployed",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
