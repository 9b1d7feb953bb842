#include "bot/waiting_way.h"

#include "bot/base/phrase.h"
#include "bot/offers.h"
#include "bot/say.h"
#include "store/pages.h"
#include "store/tasks.h"

/* The first task that nobody said yes to yet, or NULL. */
static const struct task *open_task(const struct tasks *tasks)
{
    for (size_t i = 0; i < tasks->count; i++) {
        if (tasks->all[i].state == TASK_OPEN) {
            return &tasks->all[i];
        }
    }
    return NULL;
}

static const char *numbered(struct turn *turn, const char *what, int64_t n,
                            int64_t incident_id)
{
    return arena_printf(
        turn->arena, "%s %lld (inc-%lld) waits for your answer: %s or %s", what,
        (long long)n, (long long)incident_id, note_command(turn->arena, "ack"),
        note_command(turn->arena, "cant"));
}

bool waiting_way(struct turn *turn, const struct command_call *call, const char **words,
                 struct err *err)
{
    int64_t incident_id = call->incident == NULL ? 0 : call->incident->id;
    const struct task *task;
    struct tasks tasks;
    struct pages pages;
    bool is_offered;

    *words = NULL;
    if (!pages_of(turn->store, call->speaker->id, incident_id, &pages, err) ||
        !tasks_of(turn->store, call->speaker->id, incident_id, &tasks, err) ||
        !offer_waits(turn, call, &is_offered, err)) {
        return false;
    }
    task = open_task(&tasks);
    if (pages.count > 0) {
        *words =
            numbered(turn, PHRASE("Page"), pages.all[0].n, pages.all[0].incident_id);
    } else if (task != NULL) {
        *words = numbered(turn, PHRASE("Task"), task->n, task->incident_id);
    } else if (is_offered) {
        *words = arena_printf(
            turn->arena, "What was offered to you waits for your answer: %s or %s",
            note_command(turn->arena, "accept"), note_command(turn->arena, "decline"));
    }
    return true;
}
