/* tasks: what is open, and with whom. */
#include "bot/task.h"

const struct command tasks_command = {
    .name = "tasks",
    .summary = "what is open, who has it, what is done",
    .stage = STAGE_LEAD,
    .scope = COMMAND_IN_INCIDENT,
    .is_look = true,
    .forms = {{.run = task_show_all}},
};
