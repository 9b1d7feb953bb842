#include "bot/task.h"

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/choice.h"
#include "bot/incident.h"
#include "bot/nudges.h"
#include "bot/pause.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/say.h"
#include "bot/task_card.h"

static bool refuse_closed(struct turn *turn, const struct command_call *call,
                          struct err *err)
{
    return say_private(turn, call,
                       say_note(turn, "%s is %s. No task was made. Not over: %s",
                                say_ref(turn, call->incident),
                                incident_state_words(call->incident->state),
                                note_command(turn->arena, "reopen WHY")),
                       err);
}

/* What was done is said in the incident's channel; elsewhere the speaker is told. */
static bool say_done(struct turn *turn, const struct command_call *call,
                     const struct incident *incident, struct note *note,
                     const char *elsewhere, struct err *err)
{
    return say_incident(turn, incident, note, NULL, err) &&
           (call->is_in_channel ||
            say_private(turn, call,
                        say_drill(turn, incident, say_note(turn, "%s", elsewhere)),
                        err));
}

/* A new card in the channel, the clocks that go with it, and the headline. */
static bool post_offer(struct turn *turn, const struct command_call *call,
                       const struct task *task, struct err *err)
{
    const struct incident *incident = call->incident;
    int64_t row;

    return say_incident(turn, incident, task_card(turn, task), &row, err) &&
           task_set_card(turn->store, task, row, err) &&
           nudges_on_offer(turn, task, err) &&
           incident_refresh(turn, incident->id, err) &&
           (call->is_in_channel ||
            say_private(turn, call,
                        say_note(turn, "Task %lld of %s is offered to %s in %s.",
                                 (long long)task->n, say_ref(turn, incident),
                                 task->owner, say_link(turn, incident)),
                        err));
}

bool task_give(struct turn *turn, const struct command_call *call,
               const struct person *person, const char *what, int64_t due_ms,
               struct err *err)
{
    struct task task = {
        .incident_id = call->incident->id,
        .what = what,
        .owner_id = person->id,
        .owner = person->handle,
        .giver_id = call->speaker->id,
        .due_ms = due_ms,
        .made_ms = turn->now_ms,
        .offered_ms = turn->now_ms,
        .acked_ms = TIME_NONE,
        .done_ms = TIME_NONE,
    };

    if (!incident_is_open(call->incident)) {
        return refuse_closed(turn, call, err);
    }
    return incident_next_n(turn->store, task.incident_id, &task.n, err) &&
           task_insert(turn->store, &task, err) &&
           incident_bring_in(turn, call->incident, person->id, err) &&
           recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "task",
                                        .subject = task.n,
                                        .text = task_record(turn, &task)},
                         NULL, err) &&
           post_offer(turn, call, &task, err);
}

/* Their own task, with another time: nobody is asked anew. */
static bool move_due(struct turn *turn, const struct command_call *call,
                     struct task *task, struct err *err)
{
    const char *record;

    record = arena_exact(turn->arena, "task %lld, %s: by %s", (long long)task->n,
                         task->owner,
                         time_clock(turn->arena, task->due_ms, turn_zone(turn)));
    return task_set_due(turn->store, task, task->due_ms, err) &&
           nudges_on_due(turn, task, err) && choice_taken(turn, call, err) &&
           recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "task",
                                        .subject = task->n,
                                        .text = record},
                         NULL, err) &&
           say_amend(turn, call->incident, task->card_row, task_card(turn, task), true,
                     err) &&
           say_done(turn, call, call->incident,
                    say_note(turn, "Task %lld, %s: now by %s.", (long long)task->n,
                             note_words(turn->arena, task->owner),
                             say_when(turn, task->due_ms)),
                    arena_printf(turn->arena, "Task %lld of %s: now by %s.",
                                 (long long)task->n, say_ref(turn, call->incident),
                                 say_when(turn, task->due_ms)),
                    err);
}

static bool refuse_again(struct turn *turn, const struct command_call *call,
                         const struct task *task, int64_t n, struct err *err)
{
    struct note *note;

    if (task == NULL) {
        note = say_note(turn, "There is no task %lld in %s. Those there are: %s",
                        (long long)n, say_ref(turn, call->incident),
                        note_command(turn->arena, "tasks"));
    } else if (task->state == TASK_DONE) {
        note = say_note(turn, "Task %lld is done since %s. Nothing was changed.",
                        (long long)n, say_when(turn, task->done_ms));
    } else {
        note = say_note(turn, "Task %lld is with %s already. Nothing was changed.",
                        (long long)n, note_words(turn->arena, task->owner));
    }
    return say_private(turn, call, note, err);
}

bool task_give_again(struct turn *turn, const struct command_call *call,
                     const struct person *person, int64_t n, int64_t due_ms,
                     struct err *err)
{
    struct task *task;
    bool moved;

    if (!incident_is_open(call->incident)) {
        return refuse_closed(turn, call, err);
    }
    if (!task_find(turn->store, call->incident->id, n, &task, err)) {
        return false;
    }
    if (task == NULL || task->state == TASK_DONE ||
        (task->owner_id == person->id && due_ms == TIME_NONE &&
         task->state == TASK_ACKED)) {
        return refuse_again(turn, call, task, n, err);
    }
    if (due_ms != TIME_NONE) {
        task->due_ms = due_ms;
    } else if (task->due_ms != TIME_NONE && task->due_ms <= turn->now_ms) {
        task->due_ms = TIME_NONE;
    }
    if (task->owner_id == person->id && task->state == TASK_ACKED) {
        return move_due(turn, call, task, err);
    }
    if (!task_offer(turn->store, task, person->id, turn->now_ms, &moved, err) ||
        !task_set_due(turn->store, task, task->due_ms, err) ||
        !say_amend(turn, call->incident, task->card_row, task_card_moved(turn, task),
                   true, err)) {
        return false;
    }
    task->owner_id = person->id;
    task->owner = person->handle;
    task->state = TASK_OPEN;
    return incident_bring_in(turn, call->incident, person->id, err) &&
           recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "task",
                                        .subject = task->n,
                                        .text = task_record(turn, task)},
                         NULL, err) &&
           post_offer(turn, call, task, err) && choice_taken(turn, call, err);
}

static bool refuse_yes(struct turn *turn, const struct command_call *call,
                       const struct task *task, struct err *err)
{
    const char *ref = call->is_in_channel ? ""
                                          : arena_printf(turn->arena, "inc-%lld ",
                                                         (long long)task->incident_id);
    struct note *note;

    if (task->state == TASK_DONE) {
        note = say_note(turn, "Task %lld is done since %s. Nothing was changed.",
                        (long long)task->n, say_when(turn, task->done_ms));
    } else if (task->owner_id == call->speaker->id) {
        note = say_note(
            turn, "You said yes to task %lld %s. When it is done: %s",
            (long long)task->n, say_at(turn, task->acked_ms),
            note_command(turn->arena, "done %s%lld RESULT", ref, (long long)task->n));
    } else {
        note =
            say_note(turn, "Task %lld is with %s. Nothing was changed. To take it: %s",
                     (long long)task->n, note_words(turn->arena, task->owner),
                     note_command(turn->arena, "task %s@%s %lld", ref,
                                  call->speaker->handle, (long long)task->n));
    }
    return say_private(turn, call, note, err);
}

/* In the channel the changed card is the answer; elsewhere it is not seen. */
static bool confirm_yes(struct turn *turn, const struct command_call *call,
                        const struct incident *incident, const struct task *task,
                        struct err *err)
{
    return call->is_in_channel ||
           say_private(
               turn, call,
               say_drill(
                   turn, incident,
                   say_note(turn, "%s is yours (%s). When it is done: %s",
                            task_words(turn, task), say_ref(turn, incident),
                            note_command(turn->arena, "done inc-%lld %lld RESULT",
                                         (long long)incident->id, (long long)task->n))),
               err);
}

bool task_say_yes(struct turn *turn, const struct command_call *call,
                  const struct incident *incident, const struct task *task,
                  struct err *err)
{
    struct task *now;
    bool moved;

    if (!task_ack(turn->store, task, call->speaker->id, turn->now_ms, &moved, err) ||
        !task_find(turn->store, incident->id, task->n, &now, err)) {
        return false;
    }
    if (!moved) {
        return refuse_yes(turn, call, now, err);
    }
    return nudges_on_yes(turn, now, err) &&
           pause_wake(turn, incident, call->speaker->id, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "task",
                                        .subject = now->n,
                                        .text = arena_exact(
                                            turn->arena, "%s said yes to task %lld",
                                            now->owner, (long long)now->n)},
                         NULL, err) &&
           say_amend(turn, incident, now->card_row, task_card(turn, now), false, err) &&
           confirm_yes(turn, call, incident, now, err);
}

bool task_say_no(struct turn *turn, const struct command_call *call,
                 const struct incident *incident, const struct task *task,
                 struct err *err)
{
    struct task *now;
    bool moved;

    if (!task_decline(turn->store, task, call->speaker->id, turn->now_ms, &moved,
                      err) ||
        !task_find(turn->store, incident->id, task->n, &now, err)) {
        return false;
    }
    if (!moved) {
        return say_private(turn, call,
                           say_note(turn,
                                    "Task %lld is not with you. Nothing was changed.",
                                    (long long)task->n),
                           err);
    }
    return say_private(turn, call,
                       say_note(turn,
                                "Noted, and nobody is told who said no. Thank you for "
                                "saying so. Task %lld waits for somebody.",
                                (long long)now->n),
                       err) &&
           nudges_on_no(turn, incident, now, err);
}

bool task_end(struct turn *turn, const struct command_call *call,
              const struct incident *incident, const struct task *task,
              const char *result, struct err *err)
{
    struct arena *arena = turn->arena;
    struct task ended = *task;
    struct task *now;
    const char *words, *record;
    bool moved;

    ended.result = result;
    if (!task_finish(turn->store, &ended, call->speaker->id, turn->now_ms, &moved,
                     err) ||
        !task_find(turn->store, incident->id, task->n, &now, err)) {
        return false;
    }
    if (!moved) {
        return refuse_yes(turn, call, now, err);
    }
    words = result == NULL ? "" : arena_printf(arena, ": %s", say_brief(turn, result));
    record = result == NULL
                 ? arena_exact(arena, "task %lld done", (long long)now->n)
                 : arena_exact(arena, "task %lld done: %s", (long long)now->n, result);
    return nudges_on_end(turn, now, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "task",
                                        .subject = now->n,
                                        .text = record},
                         NULL, err) &&
           say_amend(turn, incident, now->card_row, task_card(turn, now), true, err) &&
           retro_refresh(turn, incident, RETRO_ALL, err) &&
           say_done(turn, call, incident,
                    say_note(turn, "Task %lld done, %s%s%s", (long long)now->n,
                             note_words(arena, call->speaker->handle), words,
                             result == NULL ? "." : ""),
                    arena_printf(arena, "Task %lld of %s is done. Thank you.",
                                 (long long)now->n, say_ref(turn, incident)),
                    err) &&
           incident_refresh(turn, incident->id, err);
}
