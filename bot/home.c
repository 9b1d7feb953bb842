#include "bot/home.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/say.h"
#include "bot/say_put.h"
#include "bot/severity.h"
#include "store/followups.h"
#include "store/tasks.h"

#define SHOWN_MOST  10
#define LOOKED_MOST 200
#define WORDS_RUNES 120

static const char *brief(struct turn *turn, const char *words)
{
    return note_words(turn->arena, text_brief(turn->arena, words, WORDS_RUNES));
}

static void add_end(struct note *note, size_t count, size_t shown, const char *none)
{
    if (count == 0) {
        note_line(note, "%s", none);
    } else if (count > shown) {
        note_line(note, "And more.");
    }
}

static bool add_incidents(struct turn *turn, struct note *note, int64_t person_id,
                          struct err *err)
{
    struct incidents open;
    size_t shown = 0;

    if (!incidents_list(turn->store, INCIDENTS_OPEN, person_id, SHOWN_MOST + 1, &open,
                        err)) {
        return false;
    }
    note_heading(note, "Open incidents");
    for (; shown < open.count && shown < SHOWN_MOST; shown++) {
        const struct incident *incident = open.all[shown];

        note_line(note, "%s %s: %s, %s, declared %s. %s", say_ref(turn, incident),
                  brief(turn, incident->title), incident_state_words(incident->state),
                  severity_words(turn, incident), say_when(turn, incident->declared_ms),
                  say_link(turn, incident));
    }
    add_end(note, open.count, shown, PHRASE("None."));
    return true;
}

static bool add_tasks(struct turn *turn, struct note *note, int64_t person_id,
                      struct err *err)
{
    struct tasks tasks;
    size_t shown = 0;

    if (!tasks_of(turn->store, person_id, 0, &tasks, err)) {
        return false;
    }
    note_heading(note, "Your tasks");
    for (; shown < tasks.count && shown < SHOWN_MOST; shown++) {
        const struct task *task = &tasks.all[shown];

        note_line(
            note, "inc-%lld, task %lld: %s (%s%s%s)", (long long)task->incident_id,
            (long long)task->n, brief(turn, task->what),
            task->state == TASK_OPEN ? PHRASE("waits for your yes") : PHRASE("yours"),
            task->due_ms == TIME_NONE ? "" : PHRASE(", due "),
            task->due_ms == TIME_NONE ? "" : say_when(turn, task->due_ms));
    }
    add_end(note, tasks.count, shown, PHRASE("None."));
    return true;
}

static bool add_followups(struct turn *turn, struct note *note, int64_t person_id,
                          struct err *err)
{
    struct followups open;
    size_t mine = 0, shown = 0;

    if (!followups_open(turn->store, person_id, LOOKED_MOST, &open, err)) {
        return false;
    }
    note_heading(note, "Your follow-ups");
    for (size_t i = 0; i < open.count; i++) {
        const struct followup *followup = &open.all[i];

        if (followup->owner_id != person_id) {
            continue;
        }
        mine++;
        if (shown == SHOWN_MOST) {
            continue;
        }
        shown++;
        note_line(note, "%lld: %s%s%s (inc-%lld)", (long long)followup->id,
                  brief(turn, followup->what),
                  followup->due_ms == TIME_NONE ? "" : PHRASE(", due "),
                  followup->due_ms == TIME_NONE ? "" : say_when(turn, followup->due_ms),
                  (long long)followup->incident_id);
    }
    add_end(note, mine, shown, PHRASE("None."));
    return true;
}

static bool draw(struct turn *turn, int64_t person_id, struct note *note,
                 struct err *err)
{
    if (!add_incidents(turn, note, person_id, err) ||
        !add_tasks(turn, note, person_id, err) ||
        !add_followups(turn, note, person_id, err)) {
        return false;
    }
    note_context(note,
                 "As of %s. Come back for how it stands then; what you can type: %s",
                 say_clock(turn, turn->now_ms), note_command(turn->arena, "help"));
    /* A command without a verb opens the form. */
    note_choice(note, "Declare an incident", " ");
    return true;
}

bool home_event(struct turn *turn, const struct chat_event *event, struct err *err)
{
    struct action action = {.kind = ACTION_HOME, .note = note_create(turn->arena)};
    struct person *person = NULL;
    struct outbox_row row = {.adapter = event->place.adapter};
    bool is_replaced;

    if (!person_meet(turn->store,
                     &(struct account){.adapter = event->place.adapter,
                                       .external = event->who.id,
                                       .name = event->who.name,
                                       .zone = event->who.zone},
                     &person, err) ||
        !draw(turn, person->id, action.note, err)) {
        return false;
    }
    row.person_id = person->id;
    row.lane = arena_printf(turn->arena, "h%lld", (long long)person->id);
    row.kind = action_kind_name(action.kind);
    row.body = action_to_json(turn->arena, &action);
    if (!outbox_replace(turn->store, &row, &is_replaced, err)) {
        return false;
    }
    return is_replaced || say_put(turn, &row, &action, err);
}
