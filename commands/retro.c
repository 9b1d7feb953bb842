/* retro: the retrospective, drafted, filled in by hand, published by a person. */
#include "bot/retro.h"

#include "bot/base/time.h"
#include "bot/retro_record.h"

static bool draft(struct turn *turn, const struct command_call *call, struct err *err)
{
    return retro_say_draft(turn, call, err);
}

static bool publish(struct turn *turn, const struct command_call *call, struct err *err)
{
    return call->args[1].is_given ? retro_send_outside(turn, call, err)
                                  : retro_send(turn, call, err);
}

static bool outside(struct turn *turn, const struct command_call *call, struct err *err)
{
    return retro_say_outside(turn, call, err);
}

static bool fill(struct turn *turn, const struct command_call *call, struct err *err)
{
    return retro_take(turn, call, call->args[0].text, call->args[1].text, err);
}

static bool own(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct command_value *due = &call->args[2];

    return retro_own(turn, call, call->args[1].person,
                     due->is_given ? due->number : TIME_NONE, err);
}

const struct command retro_command = {
    .name = "retro",
    .summary = "draft the retrospective from the record",
    .example = "retro messages data lost no, private data seen no, money wrong no",
    .stage = STAGE_LEARN,
    .scope = COMMAND_IN_INCIDENT,
    .main_form = 4,
    .forms = {{
                  .args = {{.name = "SECTION",
                            .kind = ARG_CHOICE,
                            .words = RETRO_SECTION_WORDS},
                           {.name = "TEXT", .kind = ARG_REST}},
                  .summary = "fill in a section of it, or say it another way",
                  .run = fill,
              },
              {
                  .args = {{.name = "publish", .kind = ARG_CHOICE, .words = "publish"},
                           {.name = "outside",
                            .kind = ARG_CHOICE,
                            .flags = ARG_OPTIONAL,
                            .words = "outside"}},
                  .summary = "publish it: a person does, never the bot",
                  .run = publish,
              },
              {
                  .args = {{.name = "outside", .kind = ARG_CHOICE, .words = "outside"}},
                  .summary = "what those outside may read, and what was left out",
                  .run = outside,
              },
              {
                  .args = {{.name = "owner", .kind = ARG_CHOICE, .words = "owner"},
                           {.name = "@who", .kind = ARG_PERSON},
                           {.name = "WHEN",
                            .kind = ARG_WHEN,
                            .flags = ARG_OPTIONAL,
                            .after = "due"}},
                  .summary = "whose it is, and by when",
                  .run = own,
              },
              {.run = draft}},
};
