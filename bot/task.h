/*
 * Tasks: one name, one yes. Offering, the answers, the end; the card of a task, changed
 * in place. What happens in silence or past its time is bot/nudges.c's affair.
 */
#pragma once

#include "bot/command.h"
#include "store/tasks.h"

/* due_ms TIME_NONE: no time was given. All of these answer the speaker. */
MUST_CHECK bool task_give(struct turn *turn, const struct command_call *call,
                          const struct person *person, const char *what, int64_t due_ms,
                          struct err *err);
/* Task n to somebody else; to the one who has it, with another time. */
MUST_CHECK bool task_give_again(struct turn *turn, const struct command_call *call,
                                const struct person *person, int64_t n, int64_t due_ms,
                                struct err *err);
MUST_CHECK bool task_say_yes(struct turn *turn, const struct command_call *call,
                             const struct incident *incident, const struct task *task,
                             struct err *err);
/* Leaves no trace in public but that the task waits for somebody. */
MUST_CHECK bool task_say_no(struct turn *turn, const struct command_call *call,
                            const struct incident *incident, const struct task *task,
                            struct err *err);
MUST_CHECK bool task_end(struct turn *turn, const struct command_call *call,
                         const struct incident *incident, const struct task *task,
                         const char *result, struct err *err);
/* The task as `viewer_id` (0: all) may see it: one that was declined is with its person
 * still until all see that it is not, but for them and whoever leads
 * (bot/task_seen.c). */
MUST_CHECK bool task_as_seen(struct turn *turn, int64_t viewer_id, struct task *task,
                             struct err *err);
MUST_CHECK bool tasks_as_seen(struct turn *turn, int64_t incident_id, int64_t viewer_id,
                              struct tasks *tasks, struct err *err);
MUST_CHECK bool task_show_all(struct turn *turn, const struct command_call *call,
                              struct err *err);
