/* Reminders of a task that were sent: is it still as they say? */
#include "bot/base/time.h"
#include "bot/nudges.h"
#include "bot/roles.h"

/* The task, where its incident is open; NULL else. */
static bool subject_find(struct turn *turn, const struct alarm *sent,
                         struct task **task, struct err *err)
{
    struct incident *incident;

    *task = NULL;
    if (!incident_find(turn->store, sent->incident_id, &incident, err)) {
        return false;
    }
    return incident == NULL || !incident_is_open(incident) ||
           task_find(turn->store, sent->incident_id, sent->subject, task, err);
}

/* Not said yes to, nor offered anew since; and whoever was told leads still. */
bool nudges_silence_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                          struct err *err)
{
    struct person *leader;
    struct task *task;

    if (!subject_find(turn, sent, &task, err) ||
        !role_holder(turn, sent->incident_id, NULL, &leader, err)) {
        return false;
    }
    *holds =
        task != NULL && task->state == TASK_OPEN && task->offered_ms <= sent->set_ms &&
        (sent->person_id == 0 || (leader != NULL && leader->id == sent->person_id));
    return true;
}

/* Neither done nor given more time. */
bool nudges_overdue_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                          struct err *err)
{
    struct task *task;

    if (!subject_find(turn, sent, &task, err)) {
        return false;
    }
    *holds = task != NULL && task->state != TASK_DONE && task->owner_id != 0 &&
             task->due_ms != TIME_NONE && task->due_ms <= sent->set_ms;
    return true;
}
