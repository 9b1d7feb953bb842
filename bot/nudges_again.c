/* Nudges about tasks that begin anew: command went to another, or the incident did. */
#include "bot/base/time.h"
#include "bot/nudges.h"

/* Unless it is told soon anyway: what was put off, was so by the one before. */
static bool watch_silence(struct turn *turn, const struct task *task, struct err *err)
{
    const char *kind = nudges_task_silent_alarm.name;
    int64_t after_ms = turn->config->nudges.task_silent_ms;
    struct alarm *standing;

    if (!alarm_find(turn->store, kind, task->incident_id, task->n, &standing, err)) {
        return false;
    }
    if (after_ms <= 0 ||
        (standing != NULL && standing->due_ms - turn->now_ms <= after_ms)) {
        return true;
    }
    return alarm_clear(turn->store, kind, task->incident_id, task->n, err) &&
           alarm_after(turn,
                       &(struct alarm){.kind = kind,
                                       .incident_id = task->incident_id,
                                       .subject = task->n},
                       after_ms, err);
}

/* Those whose silence was told to the one before, and those that wait for somebody: the
 * new one hears of each, too. */
bool nudges_on_commander(struct turn *turn, const struct incident *incident,
                         int64_t person_id, struct err *err)
{
    struct tasks tasks;

    if (person_id == 0) {
        return true;
    }
    if (!tasks_list(turn->store, incident->id, &tasks, err)) {
        return false;
    }
    for (size_t i = 0; i < tasks.count; i++) {
        const struct task *task = &tasks.all[i];

        if (task->state == TASK_OPEN && task->owner_id != person_id &&
            !watch_silence(turn, task, err)) {
            return false;
        }
    }
    return true;
}

/* At its time; where that passed while the incident was closed, at once. */
static bool watch_due(struct turn *turn, const struct task *task, struct err *err)
{
    int64_t after_ms = task->due_ms - turn->now_ms;

    return task->due_ms == TIME_NONE ||
           alarm_after(turn,
                       &(struct alarm){.kind = nudges_task_overdue_alarm.name,
                                       .incident_id = task->incident_id,
                                       .subject = task->n},
                       after_ms > 0 ? after_ms : 1, err);
}

bool nudges_on_reopen(struct turn *turn, const struct incident *incident,
                      struct err *err)
{
    struct tasks tasks;

    if (!tasks_list(turn->store, incident->id, &tasks, err)) {
        return false;
    }
    for (size_t i = 0; i < tasks.count; i++) {
        const struct task *task = &tasks.all[i];

        if (task->state != TASK_DONE &&
            (!watch_due(turn, task, err) ||
             (task->state == TASK_OPEN && !watch_silence(turn, task, err)))) {
            return false;
        }
    }
    return true;
}
