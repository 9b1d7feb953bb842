/* ask: a private question, to one's buddy where nobody is named. */
#include "bot/question.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    return question_ask(turn, call,
                        call->args[0].is_given ? call->args[0].person : NULL,
                        call->args[1].text, err);
}

const struct command ask_command = {
    .name = "ask",
    .summary = "ask somebody in private; without a name, your buddy",
    .example = "ask @bo has the queue ever been this long?",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .is_private = true,
    .forms = {{.args = {{.name = "@who", .kind = ARG_PERSON, .flags = ARG_OPTIONAL},
                        {.name = "QUESTION", .kind = ARG_REST}},
               .undone = "Nobody was asked.",
               .run = run}},
};
