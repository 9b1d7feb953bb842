/* at: an entry for a time that has passed. */
#include "bot/command.h"
#include "bot/moment.h"
#include "bot/recorder.h"
#include "bot/say.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    int64_t at_ms = call->args[0].number;
    int64_t n;

    if (at_ms > turn->now_ms) {
        return say_private(
            turn, call,
            say_note(turn, "That time is still to come. Nothing was changed."), err);
    }
    return recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "note",
                                        .at_ms = at_ms,
                                        .text = call->args[1].text},
                         &n, err) &&
           say_private(turn, call,
                       say_note(turn, "Noted for %s. Take it out: %s",
                                moment_near(turn, at_ms, call->zone),
                                note_command(turn->arena, "drop %lld", (long long)n)),
                       err);
}

const struct command at_command = {
    .name = "at",
    .summary = "write down something that happened earlier",
    .example = "at 14:05 the first customer called",
    .stage = STAGE_RECORD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{
        .args = {{.name = "TIME", .kind = ARG_TIME},
                 {.name = "TEXT", .kind = ARG_REST}},
        .run = run,
    }},
};
