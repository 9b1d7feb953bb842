/* done: the end of a task, with its result; withdraws a page or a parked thing, too. */
#include "bot/paging.h"
#include "bot/park.h"
#include "bot/task.h"
#include "bot/waiting.h"

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const char *result = call->args[1].is_given ? call->args[1].text : NULL;
    struct waiting found;

    if (!waiting_find(turn, call, command_number(&call->args[0]), WAITING_END, &found,
                      err)) {
        return false;
    }
    if (found.task != NULL) {
        return task_end(turn, call, found.incident, found.task, result, err);
    }
    if (found.parked != NULL) {
        return park_end(turn, call, found.parked, err);
    }
    return found.page == NULL ||
           paging_withdraw(turn, call, found.incident, found.page, err);
}

const struct command done_command = {
    .name = "done",
    .summary = "a task is done; withdraws a page or a parked thing, too",
    .example = "done 3 the index is back",
    .stage = STAGE_LEAD,
    .scope = COMMAND_ANYWHERE,
    .forms = {{.args = {{.name = "N", .kind = ARG_NUMBER, .flags = ARG_OPTIONAL},
                        {.name = "RESULT", .kind = ARG_REST, .flags = ARG_OPTIONAL}},
               .run = run}},
};
