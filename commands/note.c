/* note: an entry of one's own. */
#include "bot/command.h"
#include "bot/recorder.h"
#include "bot/say.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    int64_t n;

    return recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "note",
                                        .text = call->args[0].text},
                         &n, err) &&
           say_private(turn, call,
                       say_note(turn, "Noted at %s. Take it out: %s",
                                say_when(turn, turn->now_ms),
                                note_command(turn->arena, "drop %lld", (long long)n)),
                       err);
}

const struct command note_command_of = {
    .name = "note",
    .summary = "write something down",
    .example = "note the queue is empty again",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "TEXT", .kind = ARG_REST}}, .run = run}},
};
