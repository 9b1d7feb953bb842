/* A task that nobody has since its person said no: when all see that. */
#include "bot/nudges.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "bot/task_card.h"

static bool show(struct turn *turn, const struct incident *incident,
                 const struct task *task, struct err *err)
{
    const char *fact =
        arena_exact(turn->arena, "task %lld waits for somebody", (long long)task->n);

    return recorder_fact(
               turn, incident,
               &(struct fact){.kind = "task", .subject = task->n, .text = fact}, NULL,
               err) &&
           say_amend(turn, incident, task->card_row, task_card(turn, task), false, err);
}

bool nudges_free_later(struct turn *turn, const struct incident *incident,
                       const struct task *task, int64_t after_ms, struct err *err)
{
    return after_ms <= 0
               ? show(turn, incident, task, err)
               : alarm_after(turn,
                             &(struct alarm){.kind = nudges_task_free_alarm.name,
                                             .incident_id = incident->id,
                                             .subject = task->n},
                             after_ms, err);
}

static bool run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                struct err *err)
{
    struct incident *incident;
    struct task *task;

    (void)late_ms;
    if (!incident_find(turn->store, alarm->incident_id, &incident, err) ||
        !task_find(turn->store, alarm->incident_id, alarm->subject, &task, err)) {
        return false;
    }
    return incident == NULL || task == NULL || task->state != TASK_OPEN ||
           task->owner_id != 0 || show(turn, incident, task, err);
}

const struct alarm_kind nudges_task_free_alarm = {
    .name = "task-free",
    .acts = true,
    .run = run,
};
