#include "bot/followup.h"

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/park.h"
#include "bot/recorder.h"
#include "bot/retro.h"
#include "bot/say.h"
#include "bot/wording_hint.h"

#define FACT       "followup"
#define OVERDUE    "followup-overdue"
#define WHAT_RUNES 240

const char *followup_due(struct turn *turn, int64_t due_ms)
{
    return due_ms == TIME_NONE
               ? ""
               : arena_exact(
                     turn->arena, ", due %s",
                     time_day_near(turn->arena, due_ms, turn->now_ms, turn_zone(turn)));
}

const char *followup_line(struct turn *turn, const struct followup *followup)
{
    return arena_printf(
        turn->arena, "%lld, %s%s: %s", (long long)followup->id,
        note_words(turn->arena, followup->owner), say_due(turn, followup->due_ms),
        note_words(turn->arena, text_brief(turn->arena, followup->what, WHAT_RUNES)));
}

bool followup_tell_owner(struct turn *turn, const struct incident *incident,
                         const struct followup *followup, int64_t from_id,
                         struct err *err)
{
    if (followup->owner_id == from_id) {
        return true;
    }
    return say_direct(turn, incident, followup->owner_id,
                      say_note(turn, "Follow-up %s. From %s, after %s. Done: %s",
                               followup_line(turn, followup), say_person(turn, from_id),
                               say_ref(turn, incident),
                               note_command(turn->arena, "followup done %lld",
                                            (long long)followup->id)),
                      NULL, err);
}

bool followup_arm(struct turn *turn, const struct followup *followup, struct err *err)
{
    return followup->due_ms == TIME_NONE ||
           alarm_after(turn,
                       &(struct alarm){.kind = OVERDUE,
                                       .incident_id = followup->incident_id,
                                       .subject = followup->id,
                                       .person_id = followup->owner_id},
                       followup->due_ms - turn->now_ms, err);
}

static bool record(struct turn *turn, const struct command_call *call,
                   struct followup *followup, struct err *err)
{
    return recorder_fact(turn, call->incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = FACT,
                                        .subject = followup->id,
                                        .text = arena_exact(
                                            turn->arena, "follow-up %lld, %s%s: %s",
                                            (long long)followup->id, followup->owner,
                                            followup_due(turn, followup->due_ms),
                                            followup->what)},
                         &followup->entry_n, err) &&
           followup_set_entry(turn->store, followup->id, followup->entry_n, err);
}

static bool refuse_outside(struct turn *turn, const struct command_call *call,
                           const struct person *owner, struct err *err)
{
    const char *handle = note_words(turn->arena, owner->handle);

    return say_private(
        turn, call,
        say_note(turn, "%s is not in %s, which is private. No follow-up was made. %s",
                 handle, say_ref(turn, call->incident),
                 note_command(turn->arena, "invite @%s", owner->handle)),
        err);
}

static bool refuse_parked(struct turn *turn, const struct command_call *call,
                          const char *n, struct err *err)
{
    return say_private(turn, call,
                       say_note(turn,
                                "Nothing is parked under %s in %s. No follow-up was "
                                "made. What is: %s",
                                n, say_ref(turn, call->incident),
                                note_command(turn->arena, "tasks")),
                       err);
}

static const char *ask_when(struct turn *turn, const struct followup *followup)
{
    return followup->due_ms != TIME_NONE
               ? ""
               : arena_printf(turn->arena, " By when? %s. Done:",
                              note_command(turn->arena, "followup %lld due WHEN",
                                           (long long)followup->id));
}

/* Written down, armed and told; `parked` (may be NULL) is what it was before. */
static bool make(struct turn *turn, const struct command_call *call,
                 struct followup *followup, const struct parked *parked,
                 struct err *err)
{
    const char *was = parked == NULL ? ""
                                     : arena_printf(turn->arena, " (was parked %lld)",
                                                    (long long)parked->n);

    return followup_insert(turn->store, followup, err) &&
           record(turn, call, followup, err) && followup_arm(turn, followup, err) &&
           (parked == NULL || park_becomes(turn, call, parked, followup->id, err)) &&
           say_made(turn, call,
                    say_note(turn, "Follow-up %s%s.%s %s",
                             followup_line(turn, followup), was,
                             ask_when(turn, followup),
                             note_command(turn->arena, "followup done %lld",
                                          (long long)followup->id)),
                    err) &&
           followup_tell_owner(turn, call->incident, followup, followup->maker_id, err);
}

bool followup_give(struct turn *turn, const struct command_call *call,
                   const struct followup_wish *wish, struct err *err)
{
    struct parked *parked;
    bool in, is_number;
    struct followup followup = {
        .incident_id = call->incident->id,
        .what = wish->what,
        .owner_id = wish->owner->id,
        .owner = wish->owner->handle,
        .maker_id = call->speaker->id,
        .due_ms = wish->due_ms,
        .why = wish->why,
        .stops = wish->stops,
        .made_ms = turn->now_ms,
    };

    /* It would be told to its owner, and a private incident to its members alone. */
    if (!incident_is_visible(turn, call->incident, wish->owner->id, &in, err)) {
        return false;
    }
    if (!in) {
        return refuse_outside(turn, call, wish->owner, err);
    }
    if (!park_find(turn, call->incident, wish->what, &parked, &is_number, err)) {
        return false;
    }
    if (is_number && parked == NULL) {
        return refuse_parked(turn, call, wish->what, err);
    }
    followup.what = parked == NULL ? wish->what : parked->text;
    return make(turn, call, &followup, parked, err) &&
           retro_refresh(turn, call->incident, RETRO_BIT(RETRO_FOLLOWUPS), err) &&
           wording_hint(turn, call, wish->why, WORDING_INSIDE, err);
}

bool followup_find_visible(struct turn *turn, int64_t id, int64_t person_id,
                           struct followup **followup, struct incident **incident,
                           struct err *err)
{
    bool is_visible = true;

    *incident = NULL;
    if (!followup_find(turn->store, id, followup, err)) {
        return false;
    }
    if (*followup == NULL) {
        return true;
    }
    if (!incident_find(turn->store, (*followup)->incident_id, incident, err) ||
        !incident_is_visible(turn, *incident, person_id, &is_visible, err)) {
        return false;
    }
    if (!is_visible) {
        *followup = NULL;
    }
    return true;
}

bool followup_refuse(struct turn *turn, const struct command_call *call, int64_t id,
                     struct err *err)
{
    return say_private(turn, call,
                       say_note(turn,
                                "There is no follow-up %lld that you can see. Those "
                                "you can: %s",
                                (long long)id, note_command(turn->arena, "followups")),
                       err);
}

bool followup_tell(struct turn *turn, const struct command_call *call,
                   const struct incident *incident, struct note *note, struct err *err)
{
    if (call->event->place.is_direct || !call->is_in_channel ||
        call->incident->id != incident->id) {
        return say_private(turn, call, note, err);
    }
    return say_here(turn, call, note, err);
}

bool followup_done(struct turn *turn, const struct command_call *call, int64_t id,
                   const char *result, struct err *err)
{
    struct followup *followup;
    struct incident *incident;
    const char *colon = text_is_empty(result) ? "" : ": ";
    bool is_done;

    if (!followup_find_visible(turn, id, call->speaker->id, &followup, &incident,
                               err)) {
        return false;
    }
    if (followup == NULL) {
        return followup_refuse(turn, call, id, err);
    }
    if (!followup_finish(turn->store, id, result, turn->now_ms, &is_done, err)) {
        return false;
    }
    if (!is_done) {
        return say_private(
            turn, call,
            say_note(turn, "Follow-up %lld is done already. Nothing was changed.",
                     (long long)id),
            err);
    }
    return alarm_clear(turn->store, OVERDUE, incident->id, id, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = FACT,
                                        .subject = id,
                                        .text = arena_exact(
                                            turn->arena, "follow-up %lld is done%s%s",
                                            (long long)id, colon, text_or(result, ""))},
                         NULL, err) &&
           followup_tell(
               turn, call, incident,
               say_note(turn,
                        "Follow-up %lld done, %s%s%s. Thank you. Seen later "
                        "whether it helped: %s, or no",
                        (long long)id, say_person(turn, call->speaker->id), colon,
                        say_brief(turn, text_or(result, "")),
                        note_command(turn->arena, "verify %lld yes", (long long)id)),
               err);
}

/* Still open and in the record; else NULL. */
static bool find_open(struct turn *turn, const struct alarm *alarm,
                      struct followup **followup, struct err *err)
{
    if (!followup_find(turn->store, alarm->subject, followup, err)) {
        return false;
    }
    if (*followup != NULL && !text_equal((*followup)->state, "open")) {
        *followup = NULL;
    }
    return true;
}

static struct note *overdue_note(struct turn *turn, const struct incident *incident,
                                 const struct followup *followup)
{
    struct note *note = say_note(
        turn, "Follow-up %s. From %s. Done: %s. Later: %s. Off: %s",
        followup_line(turn, followup), say_ref(turn, incident),
        note_command(turn->arena, "followup done %lld", (long long)followup->id),
        note_command(turn->arena, "snooze 3d"), note_command(turn->arena, "never"));

    note_choice(note, "Done", "followup done %lld", (long long)followup->id);
    nudge_choice(note, OVERDUE, followup->id, "3d");
    return note;
}

static bool overdue_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                        struct err *err)
{
    struct followup *followup;
    struct incident *incident;
    bool may;

    (void)late_ms;
    if (!find_open(turn, alarm, &followup, err)) {
        return false;
    }
    if (followup == NULL) {
        return true;
    }
    if (!nudge_may(turn, alarm, followup->owner_id, &may, err) ||
        !incident_find(turn->store, followup->incident_id, &incident, err)) {
        return false;
    }
    return !may || say_direct(turn, incident, followup->owner_id,
                              overdue_note(turn, incident, followup), NULL, err);
}

static bool overdue_missed(struct turn *turn, const struct alarm *alarm,
                           const char **line, struct err *err)
{
    struct followup *followup;

    *line = NULL;
    if (!find_open(turn, alarm, &followup, err)) {
        return false;
    }
    if (followup != NULL) {
        *line = arena_printf(
            turn->arena, "follow-up %s. %s", followup_line(turn, followup),
            note_command(turn->arena, "followup done %lld", (long long)followup->id));
    }
    return true;
}

static bool overdue_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                          struct err *err)
{
    struct followup *followup;

    if (!find_open(turn, sent, &followup, err)) {
        return false;
    }
    *holds = followup != NULL && followup->owner_id == sent->person_id;
    return true;
}

const struct alarm_kind followup_overdue_alarm = {
    .name = OVERDUE,
    .what = "a follow-up past its date",
    .is_dated = true,
    .run = overdue_run,
    .missed = overdue_missed,
    .holds = overdue_holds,
};
