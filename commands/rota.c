/* rota: who takes turns, when it is handed over, and where nobody is on call. */
#include "bot/rota_view.h"
#include "bot/say.h"
#include "bot/service_word.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct refusal refusal = {0};
    struct service *service;

    if (!call->args[0].is_given) {
        return rota_show_all(turn, call, err);
    }
    if (!service_word_read(turn, call, call->args[0].text, &service, &refusal, err)) {
        return false;
    }
    return service == NULL ? say_refusal(turn, call, &refusal, err)
                           : rota_show(turn, call, service, err);
}

const struct command rota_command = {
    .name = "rota",
    .summary = "who takes turns at a service, hand-overs, gaps",
    .example = "rota checkout",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .is_look = true,
    .forms = {{.args = {{.name = "SERVICE", .kind = ARG_WORD, .flags = ARG_OPTIONAL}},
               .run = run}},
};
