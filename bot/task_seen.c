/* A task as those see it who were not told of a no: nothing is seen of it before the
 * silence would have been told. */
#include <string.h>

#include "bot/base/time.h"
#include "bot/nudges.h"
#include "bot/roles.h"
#include "bot/task.h"
#include "store/timeline.h"

/* The last one it was offered to; NULL: nobody. */
static bool last_offer(struct turn *turn, const struct task *task,
                       struct task_offer **offer, struct err *err)
{
    struct task_offers offers;

    if (!task_offers_list(turn->store, task->incident_id, task->n, &offers, err)) {
        return false;
    }
    *offer = offers.count == 0 ? NULL : &offers.all[offers.count - 1];
    return true;
}

/* When they had said yes to it, before their no; TIME_NONE: they had not. */
static bool find_yes(struct turn *turn, const struct task *task,
                     const struct task_offer *offer, int64_t *at_ms, struct err *err)
{
    struct entries entries;

    *at_ms = TIME_NONE;
    if (!timeline_select(turn->store, task->incident_id, "task", &entries, err)) {
        return false;
    }
    for (size_t i = 0; i < entries.count; i++) {
        const struct entry *entry = &entries.all[i];

        if (entry->subject == task->n && entry->person_id == offer->person_id &&
            entry->at_ms >= offer->offered_ms &&
            strstr(entry->text, " said yes to task ") != NULL) {
            *at_ms = entry->at_ms;
        }
    }
    return true;
}

/* Whoever said no knows, and whoever leads was told. */
static bool is_told(struct turn *turn, const struct task *task, int64_t viewer_id,
                    const struct task_offer *offer, bool *told, struct err *err)
{
    struct person *leader;

    if (!role_holder(turn, task->incident_id, NULL, &leader, err)) {
        return false;
    }
    *told = viewer_id != 0 && (viewer_id == offer->person_id ||
                               (leader != NULL && viewer_id == leader->id));
    return true;
}

bool task_as_seen(struct turn *turn, int64_t viewer_id, struct task *task,
                  struct err *err)
{
    struct task_offer *offer = NULL;
    struct alarm *standing;
    int64_t yes_ms;
    bool told;

    if (task->owner_id != 0 || task->state != TASK_OPEN) {
        return true;
    }
    if (!alarm_find(turn->store, nudges_task_free_alarm.name, task->incident_id,
                    task->n, &standing, err) ||
        !last_offer(turn, task, &offer, err)) {
        return false;
    }
    if (standing == NULL || offer == NULL) {
        return true;
    }
    if (!is_told(turn, task, viewer_id, offer, &told, err) ||
        !find_yes(turn, task, offer, &yes_ms, err)) {
        return false;
    }
    if (!told) {
        task->owner_id = offer->person_id;
        task->owner = offer->handle;
        task->state = yes_ms == TIME_NONE ? TASK_OPEN : TASK_ACKED;
        task->acked_ms = yes_ms;
    }
    return true;
}

bool tasks_as_seen(struct turn *turn, int64_t incident_id, int64_t viewer_id,
                   struct tasks *tasks, struct err *err)
{
    if (!tasks_list(turn->store, incident_id, tasks, err)) {
        return false;
    }
    for (size_t i = 0; i < tasks->count; i++) {
        if (!task_as_seen(turn, viewer_id, &tasks->all[i], err)) {
            return false;
        }
    }
    return true;
}
