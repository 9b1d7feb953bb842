/* away: I am not there, until a moment or until I say it again. It takes nobody off
 * duty: others are asked to take that over. */
#include "bot/base/time.h"
#include "bot/command.h"
#include "bot/cover.h"
#include "bot/roles.h"
#include "bot/say.h"

/* The speaker's own zone: they typed it in that. */
static const char *when(struct turn *turn, const struct command_call *call,
                        int64_t at_ms)
{
    return note_moment(turn->arena, at_ms,
                       time_near(turn->arena, at_ms, turn->now_ms, call->zone));
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    bool is_timed = call->args[0].is_given;
    bool is_back = !is_timed && person_is_away(call->speaker, turn->now_ms);
    int64_t until_ms = is_back    ? TIME_NONE
                       : is_timed ? call->args[0].number
                                  : INT64_MAX;
    const char *again = note_command(turn->arena, "away");
    struct note *note;

    if (is_timed && until_ms <= turn->now_ms) {
        note = say_note(turn, "%s is past. Nothing was changed. %s",
                        when(turn, call, until_ms),
                        note_command(turn->arena, "away [UNTIL]"));
        return say_private(turn, call, note, err);
    }
    note = is_back ? say_note(turn, "You are back, and may be chosen again.")
           : is_timed
               ? say_note(turn,
                          "You are away until %s: nobody is sent to you. "
                          "Back before: %s",
                          when(turn, call, until_ms), again)
               : say_note(turn, "You are away: nobody is sent to you. Back: %s", again);
    return person_set_away(turn->store, call->speaker->id, until_ms, err) &&
           (is_back ? cover_end(turn, call, note, err)
                    : role_note_led(turn, call->speaker->id, note, err) &&
                          cover_ask(turn, call, until_ms, note, err)) &&
           say_private(turn, call, note, err);
}

const struct command away_command = {
    .name = "away",
    .summary = "say that you are not there; once more: you are back",
    .example = "away 2h",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "UNTIL", .kind = ARG_WHEN, .flags = ARG_OPTIONAL}},
               .run = run},
              {.args = {{.name = "UNTIL", .kind = ARG_WHEN, .after = "until"}},
               .is_variant = true,
               .run = run}},
};
