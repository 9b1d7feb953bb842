/* followup: an action after the incident, with an owner; and done. */
#include "bot/followup.h"

#include "bot/base/time.h"
#include "bot/say.h"

static bool done(struct turn *turn, const struct command_call *call, struct err *err)
{
    return followup_done(turn, call, call->args[1].number, call->args[2].text, err);
}

static bool done_then(struct turn *turn, const struct command_call *call,
                      struct err *err)
{
    return followup_done(turn, call, call->args[0].number, call->args[2].text, err);
}

/* A day is said by the speaker's calendar and shown by the house's: "friday" said in
 * Sydney must not be a Thursday in London. */
static int64_t due_of(struct turn *turn, const struct command_call *call,
                      const struct command_value *due)
{
    struct time_parts parts;

    if (!due->is_day) {
        return due->is_given ? due->number : TIME_NONE;
    }
    time_split(NULL, due->number, call->zone, &parts);
    return time_join(&parts, turn_zone(turn));
}

static bool give_to(struct turn *turn, const struct command_call *call, struct err *err)
{
    return followup_move(turn, call, call->args[0].number, call->args[1].person,
                         due_of(turn, call, &call->args[2]), err);
}

static bool put_off(struct turn *turn, const struct command_call *call, struct err *err)
{
    return followup_move(turn, call, call->args[0].number, NULL,
                         due_of(turn, call, &call->args[1]), err);
}

/* `done` needs no incident, so the verb asks for none; this form does. */
static bool give(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct followup_wish wish = {
        .owner = call->args[0].person,
        .what = call->args[1].text,
        .due_ms = due_of(turn, call, &call->args[2]),
        .why = call->args[3].text,
        .stops = call->args[4].text,
    };

    if (call->incident == NULL) {
        return say_private(
            turn, call,
            say_note(turn, "Which incident? No follow-up was made. %s",
                     note_command(turn->arena, "followup inc-N @who WHAT due WHEN")),
            err);
    }
    return followup_give(turn, call, &wish, err);
}

const struct command followup_command = {
    .name = "followup",
    .summary = "an action for afterwards",
    .example = "followup @bo alert on a full queue due friday why nobody saw it",
    .stage = STAGE_LEARN,
    .scope = COMMAND_ANYWHERE,
    .main_form = 4,
    .forms = {{
                  .args = {{.name = "done", .kind = ARG_CHOICE, .words = "done"},
                           {.name = "N", .kind = ARG_NUMBER},
                           {.name = "RESULT", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
                  .summary = "it is done",
                  .run = done,
              },
              {
                  .args = {{.name = "N", .kind = ARG_NUMBER},
                           {.name = "WHEN",
                            .kind = ARG_WHEN,
                            .flags = ARG_BY,
                            .after = "due"}},
                  .summary = "another day",
                  .undone = "Nothing was changed.",
                  .run = put_off,
              },
              {
                  .args = {{.name = "N", .kind = ARG_NUMBER},
                           {.name = "@who", .kind = ARG_PERSON},
                           {.name = "WHEN",
                            .kind = ARG_WHEN,
                            .flags = ARG_OPTIONAL | ARG_BY,
                            .after = "due"}},
                  .summary = "somebody else's",
                  .undone = "Nothing was changed.",
                  .run = give_to,
              },
              {
                  .args = {{.name = "N", .kind = ARG_NUMBER},
                           {.name = "done", .kind = ARG_CHOICE, .words = "done"},
                           {.name = "RESULT", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
                  .is_variant = true,
                  .run = done_then,
              },
              {
                  .args = {{.name = "@who", .kind = ARG_PERSON},
                           {.name = "WHAT", .kind = ARG_REST},
                           {.name = "WHEN",
                            .kind = ARG_WHEN,
                            .flags = ARG_OPTIONAL | ARG_BY,
                            .after = "due"},
                           {.name = "WHY",
                            .kind = ARG_REST,
                            .flags = ARG_OPTIONAL,
                            .after = "why"},
                           {.name = "WHAT",
                            .kind = ARG_REST,
                            .flags = ARG_OPTIONAL,
                            .after = "stops"}},
                  .undone = "No follow-up was made.",
                  .run = give,
              }},
};
