/* done: the end of a task, with its result; withdraws a page or a parked thing, too. */
#include "bot/base/text.h"
#include "bot/paging.h"
#include "bot/park.h"
#include "bot/task.h"
#include "bot/waiting.h"

static bool end_one(struct turn *turn, const struct command_call *call, int64_t n,
                    const char *result, struct err *err)
{
    struct waiting found;

    if (!waiting_find(turn, call, n, WAITING_END, &found, err)) {
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

/* `done 1 2` ends both. */
static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const char *result = call->args[1].is_given ? call->args[1].text : NULL;
    int64_t first = command_number(&call->args[0]);
    int64_t more[WAITING_NUMBERS];
    size_t count =
        call->args[0].is_given ? waiting_numbers(text_or(result, ""), more) : 0;

    if (!end_one(turn, call, first, count == 0 ? result : NULL, err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (more[i] != first &&
            !end_one(turn, call, more[i] == 0 ? -1 : more[i], NULL, err)) {
            return false;
        }
    }
    return true;
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
