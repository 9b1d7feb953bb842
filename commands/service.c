/* service: sets what an incident is on; alone it lists them. */
#include "bot/describe.h"
#include "bot/say.h"
#include "bot/service_word.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct refusal refusal = {0};
    struct service *service;

    if (!call->args[0].is_given) {
        return describe_services(turn, call, err);
    }
    if (!service_word_read(turn, call, call->args[0].text, &service, &refusal, err)) {
        return false;
    }
    if (service == NULL) {
        return say_refusal(turn, call, &refusal, err);
    }
    return call->incident == NULL ? describe_known_service(turn, call, service, err)
                                  : describe_service(turn, call, service, err);
}

const struct command service_command = {
    .name = "service",
    .summary = "what it is on; alone: all services, who has them, what is open",
    .example = "service checkout",
    .stage = STAGE_RECORD,
    .scope = COMMAND_ANYWHERE,
    .is_look = true,
    .forms = {{.args = {{.name = "S", .kind = ARG_WORD, .flags = ARG_OPTIONAL}},
               .run = run}},
};
