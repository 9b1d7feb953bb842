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
/* Tells the commander that it waits for somebody, and who could be next. All others see
 * that when the silence would have been told, so that a no looks like silence; who said
 * no is told to nobody. */
MUST_CHECK bool nudges_on_no(struct turn *turn, const struct incident *incident,
                             const struct task *task, struct err *err);
/* The part of it that all see (bot/nudges_free.c); after_ms 0 or less: now. */
MUST_CHECK bool nudges_free_later(struct turn *turn, const struct incident *incident,
                                  const struct task *task, int64_t after_ms,
                                  struct err *err);
MUST_CHECK bool nudges_on_due(struct turn *turn, const struct task *task,
                              struct err *err);
MUST_CHECK bool nudges_on_end(struct turn *turn, const struct task *task,
                              struct err *err);

/* The task an alarm is about; NULL where its incident is closed, or there is none. */
MUST_CHECK bool nudges_find_task(struct turn *turn, const struct alarm *alarm,
                                 struct incident **incident, struct task **task,
                                 struct err *err);
/* Does what was told of a task still hold? (bot/nudges_hold.c) */
MUST_CHECK bool nudges_silence_holds(struct turn *turn, const struct alarm *sent,
                                     bool *holds, struct err *err);
MUST_CHECK bool nudges_overdue_holds(struct turn *turn, const struct alarm *sent,
                                     bool *holds, struct err *err);

/* Command went to person_id: open nudges move along. */
MUST_CHECK bool nudges_on_commander(struct turn *turn, const struct incident *incident,
                                    int64_t person_id, struct err *err);
/* The incident, which was closed, is open again: nobody was reminded meanwhile. */
MUST_CHECK bool nudges_on_reopen(struct turn *turn, const struct incident *incident,
                                 struct err *err);

extern const struct alarm_kind nudges_task_free_alarm;    /* "task-free" */
extern const struct alarm_kind nudges_task_silent_alarm;  /* "task-silent" */
extern const struct alarm_kind nudges_task_overdue_alarm; /* "task-overdue" */
