#include "bot/nudges.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/candidates.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/task_card.h"

#define SILENT  "task-silent"
#define OVERDUE "task-overdue"

static bool clear(struct turn *turn, const char *kind, const struct task *task,
                  struct err *err)
{
    return alarm_clear(turn->store, kind, task->incident_id, task->n, err);
}

static bool clear_silence(struct turn *turn, const struct task *task, struct err *err)
{
    return clear(turn, SILENT, task, err) &&
           clear(turn, nudges_task_free_alarm.name, task, err);
}

bool nudges_on_due(struct turn *turn, const struct task *task, struct err *err)
{
    if (!clear(turn, OVERDUE, task, err)) {
        return false;
    }
    return task->due_ms == TIME_NONE ||
           alarm_after(turn,
                       &(struct alarm){.kind = OVERDUE,
                                       .incident_id = task->incident_id,
                                       .subject = task->n},
                       task->due_ms - turn->now_ms, err);
}

bool nudges_on_offer(struct turn *turn, const struct task *task, struct err *err)
{
    return clear(turn, nudges_task_free_alarm.name, task, err) &&
           alarm_after(turn,
                       &(struct alarm){.kind = SILENT,
                                       .incident_id = task->incident_id,
                                       .subject = task->n},
                       turn->config->nudges.task_silent_ms, err) &&
           nudges_on_due(turn, task, err);
}

bool nudges_on_yes(struct turn *turn, const struct task *task, struct err *err)
{
    return clear_silence(turn, task, err);
}

bool nudges_on_end(struct turn *turn, const struct task *task, struct err *err)
{
    return clear_silence(turn, task, err) && clear(turn, OVERDUE, task, err);
}

/* One thing to tell about a task: to the commander in private, else to the channel. */
struct telling {
    const struct incident *incident;
    const struct task *task;
    const struct person *commander; /* NULL: the channel is told */
    struct candidates next;         /* the first is offered; may be empty */
};

/* Whoever had it already is not asked again; nor is the commander, who is told. */
static bool find_next(struct turn *turn, struct telling *telling, struct err *err)
{
    const struct task *task = telling->task;
    struct candidates_wish wish = {
        .incident = telling->incident,
        .asker_id = telling->commander == NULL ? 0 : telling->commander->id,
        .words = task->what,
        .only_here = true,
        .pool = ESCALATION_ANYBODY,
    };
    struct task_offers offers;
    int64_t *skip;

    if (!task_offers_list(turn->store, task->incident_id, task->n, &offers, err)) {
        return false;
    }
    skip = ARENA_ARRAY(turn->arena, int64_t, offers.count + 1);
    for (size_t i = 0; i < offers.count; i++) {
        skip[i] = offers.all[i].person_id;
    }
    wish.skip = skip;
    wish.skip_count = offers.count;
    return candidates_find(turn, &wish, &telling->next, err);
}

/* The commander gets it unless the task is theirs: then the others should see it. */
static bool find_reader(struct turn *turn, struct telling *telling, struct err *err)
{
    struct person *commander = NULL;

    if (!role_holder(turn, telling->incident->id, NULL, &commander, err)) {
        return false;
    }
    telling->commander = commander != NULL && commander->id != telling->task->owner_id
                             ? commander
                             : NULL;
    return true;
}

/* "inc-42 " where the command is read in a direct message. */
static const char *ref_words(struct turn *turn, const struct telling *telling)
{
    return telling->commander == NULL
               ? ""
               : arena_printf(turn->arena, "%s ", say_ref(turn, telling->incident));
}

static const char *next_words(struct turn *turn, const struct telling *telling)
{
    const struct candidate *next = telling->next.all;

    return telling->next.count == 0
               ? PHRASE("Nobody else is here.")
               : arena_printf(turn->arena, "Next could be %s: %s.", next->handle,
                              escalation_reasons_here(turn->arena, next));
}

static void add_ways(struct turn *turn, const struct telling *telling,
                     struct note *note)
{
    struct arena *arena = turn->arena;
    const char *ref = ref_words(turn, telling);
    const struct task *task = telling->task;
    struct text line;

    text_init(&line, arena);
    if (telling->next.count > 0) {
        const char *handle = telling->next.all[0].handle;
        const char *offer =
            arena_exact(arena, "task %s@%s %lld", ref, handle, (long long)task->n);

        text_addf(&line, "Offer it: %s. ", note_command(arena, "%s", offer));
        note_choice(note, arena_printf(arena, "Offer to %s", handle), "%s", offer);
    } else {
        text_addf(&line, "Bring somebody in: %s. ",
                  note_command(arena, "escalate %sWHY", ref));
    }
    if (task->owner != NULL) {
        const char *page =
            arena_exact(arena, "page %s@%s", ref, note_words(arena, task->owner));

        text_addf(&line, "Wake %s: %s. ", note_words(arena, task->owner),
                  note_command(arena, "%s", page));
        note_choice(note,
                    arena_printf(arena, "Page %s", note_words(arena, task->owner)),
                    "%s", page);
    }
    text_addf(&line, "Later: %s. No more of these: %s",
              note_command(arena, "snooze 30m"), note_command(arena, "never"));
    note_line(note, "%s", line.data);
    nudge_choice(note, SILENT, task->n, "30m");
}

static bool tell(struct turn *turn, const struct telling *telling, const char *what,
                 struct err *err)
{
    const struct incident *incident = telling->incident;
    const char *where =
        telling->commander == NULL
            ? PHRASE("Task")
            : arena_printf(turn->arena, "%s, task", say_ref(turn, incident));
    struct note *note = say_note(
        turn, "%s %lld (%s): %s %s", where, (long long)telling->task->n,
        note_words(turn->arena, text_brief(turn->arena, telling->task->what, 80)), what,
        next_words(turn, telling));

    add_ways(turn, telling, note);
    return telling->commander == NULL
               ? say_incident(turn, incident, note, NULL, err)
               : say_direct(turn, incident, telling->commander->id, note, NULL, err);
}

/* What the alarm of a task says: silence, or that nobody has it. */
static bool tell_waiting(struct turn *turn, const struct alarm *alarm,
                         struct telling *telling, const char *what, struct err *err)
{
    bool may;

    if (!find_reader(turn, telling, err) ||
        !nudge_may(turn, alarm, telling->commander == NULL ? 0 : telling->commander->id,
                   &may, err)) {
        return false;
    }
    return !may || (find_next(turn, telling, err) && tell(turn, telling, what, err));
}

/* How long until its silence is told; what was told already, or was said yes to, begins
 * anew. */
static bool silence_left(struct turn *turn, const struct task *task, int64_t *left_ms,
                         struct err *err)
{
    struct alarm *standing;

    if (!alarm_find(turn->store, SILENT, task->incident_id, task->n, &standing, err)) {
        return false;
    }
    *left_ms = standing == NULL || standing->due_ms <= turn->now_ms
                   ? turn->config->nudges.task_silent_ms
                   : standing->due_ms - turn->now_ms;
    return true;
}

bool nudges_on_no(struct turn *turn, const struct incident *incident,
                  const struct task *task, struct err *err)
{
    struct telling telling = {.incident = incident, .task = task};
    const struct alarm alarm = {
        .kind = SILENT,
        .incident_id = incident->id,
        .subject = task->n,
        .set_ms = turn->now_ms,
        .due_ms = turn->now_ms,
    };
    int64_t left_ms;

    if (!silence_left(turn, task, &left_ms, err) || !clear_silence(turn, task, err) ||
        !clear(turn, OVERDUE, task, err) ||
        !nudges_free_later(turn, incident, task, left_ms, err) ||
        !find_reader(turn, &telling, err)) {
        return false;
    }
    return telling.commander == NULL
               ? alarm_after(turn, &alarm, left_ms, err)
               : tell_waiting(turn, &alarm, &telling, PHRASE("it waits for somebody."),
                              err);
}

bool nudges_find_task(struct turn *turn, const struct alarm *alarm,
                      struct incident **incident, struct task **task, struct err *err)
{
    *task = NULL;
    if (!incident_find(turn->store, alarm->incident_id, incident, err)) {
        return false;
    }
    if (*incident == NULL || !incident_is_open(*incident)) {
        return true;
    }
    return task_find(turn->store, alarm->incident_id, alarm->subject, task, err);
}

/* Nobody owed an answer while it was over. */
static int64_t silent_since(const struct incident *incident, const struct task *task)
{
    int64_t opened_ms = incident_opened_ms(incident);

    return task->offered_ms > opened_ms ? task->offered_ms : opened_ms;
}

static bool run_silent(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                       struct err *err)
{
    struct telling telling = {0};
    struct incident *incident;
    struct task *task;

    if (!nudges_find_task(turn, alarm, &incident, &task, err)) {
        return false;
    }
    if (task == NULL || task->state != TASK_OPEN) {
        return true;
    }
    telling.incident = incident;
    telling.task = task;
    const char *what =
        task->owner_id == 0
            ? PHRASE("it waits for somebody.")
            : arena_printf(
                  turn->arena, "%s has not answered for %s.%s",
                  note_words(turn->arena, task->owner),
                  time_span(turn->arena, turn->now_ms - silent_since(incident, task)),
                  say_late(turn, late_ms));
    return tell_waiting(turn, alarm, &telling, what, err);
}

static bool missed_silent(struct turn *turn, const struct alarm *alarm,
                          const char **line, struct err *err)
{
    struct incident *incident;
    struct task *task;

    *line = NULL;
    if (!nudges_find_task(turn, alarm, &incident, &task, err)) {
        return false;
    }
    if (task == NULL || task->state != TASK_OPEN) {
        return true;
    }
    if (task->owner_id == 0) {
        *line = arena_printf(
            turn->arena, "task %lld waits for somebody. Offer it: %s",
            (long long)task->n,
            note_command(turn->arena, "task @who %lld", (long long)task->n));
    } else {
        *line = arena_printf(
            turn->arena, "task %lld, no answer from %s by %s. Offer it again: %s",
            (long long)task->n, note_words(turn->arena, task->owner),
            say_when(turn, alarm->due_ms),
            note_command(turn->arena, "task @who %lld", (long long)task->n));
    }
    return true;
}

static bool run_overdue(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                        struct err *err)
{
    struct arena *arena = turn->arena;
    struct incident *incident;
    struct task *task;
    struct note *note;
    const char *owner;
    bool may;

    if (!nudges_find_task(turn, alarm, &incident, &task, err)) {
        return false;
    }
    if (task == NULL || task->state == TASK_DONE || task->owner_id == 0) {
        return true;
    }
    if (!nudge_may(turn, alarm, 0, &may, err)) {
        return false;
    }
    if (!may) {
        return true;
    }
    owner = note_words(arena, task->owner);
    note = say_note(turn, "Task %lld, %s, by %s: %s More time, help, or done?%s",
                    (long long)task->n, note_mention(arena, task->owner_id, owner),
                    say_when(turn, task->due_ms), task_sentence(turn, task->what),
                    say_late(turn, late_ms));
    note_line(note, "%s, %s, or %s. %s",
              note_command(arena, "task @%s %lld in 10m", owner, (long long)task->n),
              note_command(arena, "escalate WHY"),
              note_command(arena, "done %lld RESULT", (long long)task->n),
              nudge_ways(turn));
    note_choice(note, "10 min more", "task @%s %lld in 10m", owner, (long long)task->n);
    nudge_choice(note, OVERDUE, task->n, "30m");
    return say_incident(turn, incident, note, NULL, err);
}

static bool missed_overdue(struct turn *turn, const struct alarm *alarm,
                           const char **line, struct err *err)
{
    struct incident *incident;
    struct task *task;

    *line = NULL;
    if (!nudges_find_task(turn, alarm, &incident, &task, err)) {
        return false;
    }
    if (task != NULL && task->state != TASK_DONE && task->owner_id != 0) {
        *line = arena_printf(
            turn->arena, "task %lld, %s, due by %s. When it is done: %s",
            (long long)task->n, note_words(turn->arena, task->owner),
            say_when(turn, task->due_ms),
            note_command(turn->arena, "done %lld RESULT", (long long)task->n));
    }
    return true;
}

const struct alarm_kind nudges_task_silent_alarm = {
    .name = SILENT,
    .what = "a task without an answer",
    .run = run_silent,
    .missed = missed_silent,
    .holds = nudges_silence_holds,
};

const struct alarm_kind nudges_task_overdue_alarm = {
    .name = OVERDUE,
    .what = "a task past its time",
    .is_dated = true,
    .run = run_overdue,
    .missed = missed_overdue,
    .holds = nudges_overdue_holds,
};
