/* retro: the retrospective, drafted, filled in by hand, published by a person. */
#include "bot/retro.h"

#include "bot/retro_record.h"

static bool draft(struct turn *turn, const struct command_call *call, struct err *err)
{
    return retro_say_draft(turn, call, err);
}

static bool publish(struct turn *turn, const struct command_call *call, struct err *err)
{
    return retro_send(turn, call, err);
}

static bool fill(struct turn *turn, const struct command_call *call, struct err *err)
{
    return retro_take(turn, call, call->args[0].text, call->args[1].text, err);
}

const struct command retro_command = {
    .name = "retro",
    .summary = "draft the retrospective from the record",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .main_form = 2,
    .forms = {{
                  .args = {{.name = "SECTION",
                            .kind = ARG_CHOICE,
                            .words = RETRO_SECTION_WORDS},
                           {.name = "TEXT", .kind = ARG_REST}},
                  .summary = "fill in a section of it, or say it another way",
                  .run = fill,
              },
              {
                  .args = {{.name = "publish", .kind = ARG_CHOICE, .words = "publish"}},
                  .summary = "publish it: a person does, never the bot",
                  .run = publish,
              },
              {.run = draft}},
};
