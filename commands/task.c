/* task: one person, one thing to do, one yes. */
#include "bot/task.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/time.h"

/* A number alone is a task there is: it is offered to somebody else. */
static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct person *person = call->args[0].person;
    const char *what = call->args[1].text;
    int64_t due_ms = call->args[2].is_given ? call->args[2].number : TIME_NONE;

    if (strlen(what) < 10 && strspn(what, "0123456789") == strlen(what)) {
        return task_give_again(turn, call, person, strtoll(what, NULL, 10), due_ms,
                               err);
    }
    return task_give(turn, call, person, what, due_ms, err);
}

const struct command task_command = {
    .name = "task",
    .summary = "one person, one thing to do; a number offers it anew",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .forms = {{.args = {{.name = "@who", .kind = ARG_PERSON},
                        {.name = "WHAT", .kind = ARG_REST},
                        {.name = "10m",
                         .kind = ARG_WHEN,
                         .flags = ARG_OPTIONAL,
                         .after = "in"}},
               .undone = "No task was made.",
               .run = run}},
};
