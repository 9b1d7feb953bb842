/* The way of a retrospective: due, whose, published. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/retro_compose.h"
#include "bot/retro_file.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "store/feelings.h"

#define DUE  "retro-due"
#define FACT "retro"

#define OWNED "retrospective: " /* as it is recorded: whose, and by when */
#define DATED ", due "

/* Who led last, else who raised it: the retrospective is theirs until somebody says
 * otherwise. */
static bool find_owner(struct turn *turn, const struct incident *incident, int64_t *id,
                       struct err *err)
{
    struct holds holds;

    *id = incident->declared_by;
    if (!holds_list(turn->store, incident->id, false, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        if (text_equal(holds.all[i].role, role_commander(turn))) {
            *id = holds.all[i].person_id;
        }
    }
    return true;
}

static bool arm(struct turn *turn, const struct incident *incident, int64_t due_ms,
                struct err *err)
{
    return alarm_after(turn, &(struct alarm){.kind = DUE, .incident_id = incident->id},
                       due_ms - turn->now_ms, err);
}

/* Did somebody give it a date, rather than the settings? */
static bool was_dated(struct turn *turn, const struct incident *incident, bool *was,
                      struct err *err)
{
    struct entries facts;

    *was = false;
    if (!timeline_select(turn->store, incident->id, FACT, &facts, err)) {
        return false;
    }
    for (size_t i = 0; i < facts.count; i++) {
        const char *text = facts.all[i].text;

        *was = *was || (text_starts(text, OWNED) && strstr(text, DATED) != NULL);
    }
    return true;
}

/* A date that a person gave it and that lies ahead; TIME_NONE: there is none. */
static bool given_date(struct turn *turn, const struct incident *incident,
                       int64_t *due_ms, struct err *err)
{
    struct retro *retro;
    bool was;

    *due_ms = TIME_NONE;
    if (!retro_find(turn->store, incident->id, &retro, err) ||
        !was_dated(turn, incident, &was, err)) {
        return false;
    }
    if (was && retro != NULL && retro->due_ms > turn->now_ms) {
        *due_ms = retro->due_ms;
    }
    return true;
}

bool retro_plan_on_resolve(struct turn *turn, const struct incident *incident,
                           int64_t *due_ms, struct err *err)
{
    int64_t days = turn->config->nudges.retrospective_days;
    int64_t owner_id;

    if (!given_date(turn, incident, due_ms, err)) {
        return false;
    }
    if (*due_ms == TIME_NONE && days > 0) {
        *due_ms = time_add_working_days(turn->now_ms, turn_zone(turn), (int)days);
    }
    return find_owner(turn, incident, &owner_id, err) &&
           retro_plan(turn->store, incident->id, owner_id, *due_ms, err) &&
           (*due_ms == TIME_NONE || arm(turn, incident, *due_ms, err));
}

/* As say_due, for the timeline. */
static const char *due_recorded(struct turn *turn, int64_t due_ms)
{
    return due_ms == TIME_NONE
               ? ""
               : arena_exact(
                     turn->arena, DATED "%s",
                     time_day_near(turn->arena, due_ms, turn->now_ms, turn_zone(turn)));
}

bool retro_own(struct turn *turn, const struct command_call *call,
               const struct person *owner, int64_t due_ms, struct err *err)
{
    const struct incident *incident = call->incident;
    const char *handle = note_words(turn->arena, owner->handle);
    bool is_in;

    if (!incident_is_visible(turn, incident, owner->id, &is_in, err)) {
        return false;
    }
    if (!is_in) {
        return say_private(turn, call,
                           say_note(turn,
                                    "%s is not in %s, which is private. Nothing was "
                                    "changed. %s",
                                    handle, say_ref(turn, incident),
                                    note_command(turn->arena, "invite @%s", handle)),
                           err);
    }
    return retro_give(turn->store, incident->id, owner->id, due_ms, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = FACT,
                                        .text = arena_exact(
                                            turn->arena, OWNED "%s%s", owner->handle,
                                            due_recorded(turn, due_ms))},
                         NULL, err) &&
           (due_ms == TIME_NONE || arm(turn, incident, due_ms, err)) &&
           say_made(turn, call,
                    say_note(turn, "The retrospective is %s's%s. Another: %s", handle,
                             say_due(turn, due_ms),
                             note_command(turn->arena, "retro owner @who")),
                    err);
}

/* A person decides whether it is good enough; but they know what they decide. */
static bool open_words(struct turn *turn, const struct incident *incident,
                       const char **words, struct err *err)
{
    struct retro_record record;
    size_t left;

    if (!retro_record_load(turn->store, turn->config, incident, &record, err)) {
        return false;
    }
    left = retro_questions(&record);
    *words = left == 0 ? ""
                       : arena_printf(turn->arena, " %s %s open.",
                                      text_sentence(turn->arena,
                                                    retro_questions_words(turn, left)),
                                      left == 1 ? PHRASE("stays") : PHRASE("stay"));
    return true;
}

static bool tell_published(struct turn *turn, const struct command_call *call,
                           struct err *err)
{
    const struct incident *incident = call->incident;
    const char *open;
    const char *what =
        arena_printf(turn->arena, "Retrospective of %s %s published at %s, %s.",
                     say_ref(turn, incident), note_words(turn->arena, incident->title),
                     say_when(turn, turn->now_ms), say_person(turn, call->speaker->id));

    return open_words(turn, incident, &open, err) &&
           say_made(turn, call,
                    say_note(turn,
                             "%s %s is reviewed.%s Thank you, all who were there.",
                             what, say_ref(turn, incident), open),
                    err) &&
           say_announce(
               turn, incident,
               say_note(turn, "%s Read it: %s", what, say_link(turn, incident)), err);
}

static bool refuse_without_draft(struct turn *turn, const struct command_call *call,
                                 struct err *err)
{
    return say_private(turn, call,
                       say_note(turn, "There is no draft yet. Nothing was changed. %s",
                                note_command(turn->arena, "retro")),
                       err);
}

/* Once it is out, nothing tells any more whose a feeling is. */
bool retro_send(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct incident_step step = {
        .to = INCIDENT_REVIEWED,
        .person_id = call->speaker->id,
        .text = "reviewed: retrospective published",
    };
    int64_t id = call->incident->id;
    struct refusal refusal = {0};
    struct retro *retro;
    bool published;

    if (!retro_find(turn->store, id, &retro, err)) {
        return false;
    }
    if (retro == NULL || text_equal(retro->state, "due")) {
        return refuse_without_draft(turn, call, err);
    }
    if (!incident_change_state(turn, call->incident, &step, &refusal, err)) {
        return false;
    }
    if (refusal.text != NULL) {
        return say_refusal(turn, call, &refusal, err);
    }
    return retro_publish(turn->store, id, call->speaker->id, turn->now_ms, &published,
                         err) &&
           feelings_forget_writers(turn->store, id, err) &&
           alarm_clear(turn->store, DUE, id, 0, err) &&
           tell_published(turn, call, err) && retro_file(turn, id, err);
}

/* Still resolved, and not published; else NULL. */
static bool find_waiting(struct turn *turn, const struct alarm *alarm,
                         struct incident **incident, struct err *err)
{
    if (!incident_find(turn->store, alarm->incident_id, incident, err)) {
        return false;
    }
    if (*incident != NULL && (*incident)->state != INCIDENT_RESOLVED) {
        *incident = NULL;
    }
    return true;
}

static struct note *reminder(struct turn *turn, const struct incident *incident,
                             const struct retro *retro)
{
    bool is_drafted = retro != NULL && text_equal(retro->state, "draft");
    const char *owner = retro == NULL || retro->owner == NULL
                            ? PHRASE("all")
                            : note_mention(turn->arena, retro->owner_id,
                                           note_words(turn->arena, retro->owner));
    struct note *note = say_note(
        turn, "Retrospective due, %s: %s was resolved %s%s. %s. Later: %s. Off: %s",
        owner, say_ref(turn, incident), say_at(turn, incident->resolved_ms),
        is_drafted ? PHRASE(", and the draft is here") : "",
        note_command(turn->arena, is_drafted ? "retro publish" : "retro"),
        note_command(turn->arena, "snooze 1d"), note_command(turn->arena, "never"));

    nudge_choice(note, DUE, 0, "1d");
    return note;
}

static bool due_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                    struct err *err)
{
    struct incident *incident;
    struct retro *retro;
    bool may;

    (void)late_ms;
    if (!find_waiting(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!nudge_may(turn, alarm, 0, &may, err) ||
        !retro_find(turn->store, incident->id, &retro, err)) {
        return false;
    }
    return !may ||
           say_incident(turn, incident, reminder(turn, incident, retro), NULL, err);
}

static bool due_missed(struct turn *turn, const struct alarm *alarm, const char **line,
                       struct err *err)
{
    struct incident *incident;

    *line = NULL;
    if (!find_waiting(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident != NULL) {
        *line = arena_printf(turn->arena, "the retrospective, due by %s. %s",
                             say_when(turn, alarm->due_ms),
                             note_command(turn->arena, "retro"));
    }
    return true;
}

static bool due_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                      struct err *err)
{
    struct incident *incident;

    if (!find_waiting(turn, sent, &incident, err)) {
        return false;
    }
    *holds = incident != NULL;
    return true;
}

const struct alarm_kind retro_due_alarm = {
    .name = DUE,
    .what = "the retrospective is due",
    .is_dated = true,
    .run = due_run,
    .missed = due_missed,
    .holds = due_holds,
};
