#include "bot/task_card.h"

#include <string.h>

#include "bot/base/time.h"
#include "bot/say.h"

const char *task_sentence(struct turn *turn, const char *words)
{
    const char *shown = say_brief(turn, words);
    size_t length = strlen(shown);

    return length > 0 && strchr(".?!:", shown[length - 1]) != NULL
               ? shown
               : arena_printf(turn->arena, "%s.", shown);
}

/* "Task 2, tove, by 03:00 CET: " */
static const char *opening(struct turn *turn, const struct task *task,
                           const char *owner)
{
    const char *due =
        task->due_ms == TIME_NONE
            ? ""
            : arena_printf(turn->arena, ", by %s", say_when(turn, task->due_ms));

    return arena_printf(turn->arena, "Task %lld%s%s%s: ", (long long)task->n,
                        owner == NULL ? "" : ", ", owner == NULL ? "" : owner, due);
}

static const char *owner_words(struct turn *turn, const struct task *task)
{
    return task->owner == NULL ? NULL : note_words(turn->arena, task->owner);
}

const char *task_words(struct turn *turn, const struct task *task)
{
    return arena_printf(turn->arena, "%s%s",
                        opening(turn, task, owner_words(turn, task)),
                        note_words(turn->arena, task->what));
}

/* A mention rings, so it stands only where a yes is waited for. */
static struct note *card_offered(struct turn *turn, const struct task *task)
{
    struct arena *arena = turn->arena;
    const char *owner = owner_words(turn, task);
    struct note *note = say_note(
        turn, "%s%s Waits for %s: %s. Can't: tell me, `cant %lld`",
        opening(turn, task, note_mention(arena, task->owner_id, owner)),
        task_sentence(turn, task->what), owner,
        note_command(arena, "ack %lld", (long long)task->n), (long long)task->n);

    note_choice(note, "Yes", "ack inc-%lld %lld", (long long)task->incident_id,
                (long long)task->n);
    note_choice(note, "Can't", "cant inc-%lld %lld", (long long)task->incident_id,
                (long long)task->n);
    return note;
}

struct note *task_card(struct turn *turn, const struct task *task)
{
    const char *start = opening(turn, task, owner_words(turn, task));
    const char *what = task_sentence(turn, task->what);

    switch (task->state) {
    case TASK_OPEN:
        return task->owner_id != 0
                   ? card_offered(turn, task)
                   : say_note(turn, "%s%s Waits for somebody: %s", start, what,
                              note_command(turn->arena, "task @who %lld",
                                           (long long)task->n));
    case TASK_ACKED:
        return say_note(turn, "%s%s %s said yes at %s.", start, what,
                        owner_words(turn, task), say_clock_bare(turn, task->acked_ms));
    case TASK_DONE:
        return say_note(turn, "%s%s Done at %s.", start, what,
                        say_clock_bare(turn, task->done_ms));
    }
    return NULL;
}

struct note *task_card_moved(struct turn *turn, const struct task *task)
{
    return say_note(turn, "Task %lld: %s It was offered anew at %s.",
                    (long long)task->n, task_sentence(turn, task->what),
                    say_clock_bare(turn, turn->now_ms));
}

const char *task_record(struct turn *turn, const struct task *task)
{
    const char *due =
        task->due_ms == TIME_NONE
            ? ""
            : arena_exact(turn->arena, ", by %s",
                          time_clock(turn->arena, task->due_ms, turn_zone(turn)));

    return arena_exact(turn->arena, "task %lld for %s%s: %s", (long long)task->n,
                       task->owner, due, task->what);
}
