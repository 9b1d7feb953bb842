/*
 * What happens when a task is not answered, or is past its time: the alarms, whom they
 * tell, and the next candidate. The hooks are called by bot/task.c in the turn of the
 * change.
 */
#pragma once

#include "bot/alarm.h"
#include "store/incidents.h"
#include "store/tasks.h"

MUST_CHECK bool nudges_on_offer(struct turn *turn, const struct task *task,
                                struct err *err);
MUST_CHECK bool nudges_on_yes(struct turn *turn, const struct task *task,
                              struct err *err);
/* Tells the commander, or the channel, that it waits for somebody, and who could be
 * next. Who said no is told to nobody. */
MUST_CHECK bool nudges_on_no(struct turn *turn, const struct incident *incident,
                             const struct task *task, struct err *err);
MUST_CHECK bool nudges_on_due(struct turn *turn, const struct task *task,
                              struct err *err);
MUST_CHECK bool nudges_on_end(struct turn *turn, const struct task *task,
                              struct err *err);

/* Command went to person_id: open nudges move along. */
MUST_CHECK bool nudges_on_commander(struct turn *turn, const struct incident *incident,
                                    int64_t person_id, struct err *err);
/* The incident, which was closed, is open again: nobody was reminded meanwhile. */
MUST_CHECK bool nudges_on_reopen(struct turn *turn, const struct incident *incident,
                                 struct err *err);

extern const struct alarm_kind nudges_task_silent_alarm;  /* "task-silent" */
extern const struct alarm_kind nudges_task_overdue_alarm; /* "task-overdue" */
