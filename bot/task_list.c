/* `tasks`: what is open, who has it, what was parked; one line each. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/say.h"
#include "bot/task.h"
#include "bot/task_card.h"
#include "store/parked.h"

#define LINES_OPEN 8

static const char *state_words(struct turn *turn, const struct task *task)
{
    if (task->owner_id == 0) {
        return PHRASE("waits for somebody");
    }
    return task->state == TASK_ACKED
               ? arena_printf(turn->arena, "yes at %s",
                              say_clock_bare(turn, task->acked_ms))
               : arena_printf(turn->arena, "waits for %s",
                              note_words(turn->arena, task->owner));
}

static void add_open(struct turn *turn, struct note *note, const struct tasks *tasks,
                     size_t open)
{
    size_t listed = 0;

    for (size_t i = 0; i < tasks->count && listed < LINES_OPEN; i++) {
        const struct task *task = &tasks->all[i];

        if (task->state != TASK_DONE) {
            note_line(note, "%s (%s)", task_words(turn, task), state_words(turn, task));
            listed++;
        }
    }
    if (open > listed) {
        note_line(note, "And %zu more.", open - listed);
    }
}

static void add_done(struct turn *turn, struct note *note, const struct tasks *tasks)
{
    struct text line;

    text_init(&line, turn->arena);
    for (size_t i = 0; i < tasks->count; i++) {
        const struct task *task = &tasks->all[i];

        if (task->state == TASK_DONE) {
            text_addf(&line, "%s%lld %s",
                      line.length_bytes > 0 ? "; " : PHRASE("Done: "),
                      (long long)task->n,
                      note_words(turn->arena, text_brief(turn->arena, task->what, 40)));
        }
    }
    if (line.length_bytes > 0) {
        note_context(note, "%s", line.data);
    }
}

static void add_parked(struct turn *turn, struct note *note,
                       const struct parked_list *parked)
{
    struct text line;

    text_init(&line, turn->arena);
    for (size_t i = 0; i < parked->count; i++) {
        text_addf(
            &line, "%s%lld %s", i == 0 ? PHRASE("Parked: ") : "; ",
            (long long)parked->all[i].n,
            note_words(turn->arena, text_brief(turn->arena, parked->all[i].text, 40)));
    }
    if (parked->count > 0) {
        note_context(note, "%s", line.data);
    }
}

bool task_show_all(struct turn *turn, const struct command_call *call, struct err *err)
{
    const char *ref = say_ref(turn, call->incident);
    struct tasks tasks;
    struct parked_list parked;
    struct note *note;
    size_t open = 0;

    if (!tasks_as_seen(turn, call->incident->id, call->speaker->id, &tasks, err) ||
        !parked_list(turn->store, call->incident->id, &parked, err)) {
        return false;
    }
    for (size_t i = 0; i < tasks.count; i++) {
        open += tasks.all[i].state != TASK_DONE;
    }
    note = tasks.count == 0
               ? say_note(turn, "%s has no tasks yet. One task, one name, one yes: %s",
                          ref, note_command(turn->arena, "task @who WHAT in 10m"))
               : say_note(turn, "Tasks of %s: %zu open, %zu done.", ref, open,
                          tasks.count - open);
    add_open(turn, note, &tasks, open);
    add_done(turn, note, &tasks);
    add_parked(turn, note, &parked);
    return say_private(turn, call, note, err);
}
