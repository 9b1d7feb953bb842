/* Reminders of a task that were sent: is it still as they say? */
#include "bot/base/time.h"
#include "bot/nudges.h"
#include "bot/roles.h"

/* Not said yes to, nor offered anew since; and whoever was told leads still. */
bool nudges_silence_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                          struct err *err)
{
    struct incident *incident;
    struct person *leader;
    struct task *task;

    if (!nudges_find_task(turn, sent, &incident, &task, err) ||
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
    struct incident *incident;
    struct task *task;

    if (!nudges_find_task(turn, sent, &incident, &task, err)) {
        return false;
    }
    *holds = task != NULL && task->state != TASK_DONE && task->owner_id != 0 &&
             task->due_ms != TIME_NONE && task->due_ms <= sent->set_ms;
    return true;
}
