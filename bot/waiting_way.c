#include "bot/waiting_way.h"

#include "bot/base/phrase.h"
#include "bot/offers.h"
#include "bot/say.h"
#include "store/pages.h"
#include "store/tasks.h"

/* The first task that nobody said yes to yet, or NULL; *count: how many there are. */
static const struct task *open_task(const struct tasks *tasks, size_t *count)
{
    const struct task *first = NULL;

    *count = 0;
    for (size_t i = 0; i < tasks->count; i++) {
        if (tasks->all[i].state == TASK_OPEN) {
            first = *count == 0 ? &tasks->all[i] : first;
            *count += 1;
        }
    }
    return first;
}

/* Where several wait, each is answered by its number. */
static const char *numbered(struct turn *turn, const char *what, int64_t n,
                            int64_t incident_id, bool is_alone)
{
    const char *behind = is_alone ? ""
                                  : arena_printf(turn->arena, " inc-%lld %lld",
                                                 (long long)incident_id, (long long)n);

    return arena_printf(turn->arena,
                        "%s %lld (inc-%lld) waits for your answer: %s or %s", what,
                        (long long)n, (long long)incident_id,
                        note_command(turn->arena, "ack%s", behind),
                        note_command(turn->arena, "cant%s", behind));
}

bool waiting_way(struct turn *turn, const struct command_call *call, const char **words,
                 struct err *err)
{
    int64_t incident_id = call->incident == NULL ? 0 : call->incident->id;
    const struct task *task;
    struct tasks tasks;
    struct pages pages;
    size_t open;
    bool is_offered;

    *words = NULL;
    if (!pages_of(turn->store, call->speaker->id, incident_id, &pages, err) ||
        !tasks_of(turn->store, call->speaker->id, incident_id, &tasks, err) ||
        !offer_waits(turn, call, &is_offered, err)) {
        return false;
    }
    task = open_task(&tasks, &open);
    if (pages.count > 0) {
        *words = numbered(turn, PHRASE("Page"), pages.all[0].n,
                          pages.all[0].incident_id, pages.count + open == 1);
    } else if (task != NULL) {
        *words = numbered(turn, PHRASE("Task"), task->n, task->incident_id, open == 1);
    } else if (is_offered) {
        *words = arena_printf(
            turn->arena, "What was offered to you waits for your answer: %s or %s",
            note_command(turn->arena, "accept"), note_command(turn->arena, "decline"));
    }
    return true;
}
