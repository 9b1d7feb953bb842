/* cant: no to a task or a page, without a reason and without a trace in public. */
#include "bot/paging.h"
#include "bot/task.h"
#include "bot/waiting.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct waiting found;

    if (!waiting_find(turn, call, command_number(&call->args[0]), WAITING_NO, &found,
                      err)) {
        return false;
    }
    if (found.task != NULL) {
        return task_say_no(turn, call, found.incident, found.task, err);
    }
    return found.page == NULL ||
           paging_decline(turn, call, found.incident, found.page, err);
}

const struct command cant_command = {
    .name = "cant",
    .summary = "no to a task or a page; no reason needed, nobody is told",
    .example = "cant 3",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .is_private = true,
    .forms = {{.args = {{.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL},
                        {.name = "TEXT", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
