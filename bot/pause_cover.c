/* A break that somebody covers: the roles go over, and come back in time. */
#include "bot/base/time.h"
#include "bot/brief.h"
#include "bot/incident.h"
#include "bot/pause.h"
#include "bot/roles.h"
#include "bot/say.h"

#define OVER_ALARM "break-over"

bool pause_watch(struct turn *turn, const struct pause *pause, struct err *err)
{
    return alarm_after(turn,
                       &(struct alarm){.kind = OVER_ALARM,
                                       .incident_id = pause->incident_id,
                                       .subject = pause->id},
                       pause->from_ms + pause->length_ms - turn->now_ms, err);
}

static bool roles_given(struct turn *turn, const struct incident *incident,
                        const struct pause *pause, int64_t deputy_id, struct err *err)
{
    struct holds holds;

    if (!holds_list(turn->store, incident->id, true, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        const struct hold *held = &holds.all[i];
        struct hold next = {.incident_id = incident->id,
                            .role = held->role,
                            .person_id = deputy_id,
                            .from_ms = turn->now_ms,
                            .pause_id = pause->id};

        if (held->person_id == pause->person_id &&
            !role_pass(turn, incident, held, &next, err)) {
            return false;
        }
    }
    return true;
}

static const char *cover_words(struct turn *turn, const struct pause *pause,
                               const char *roles, bool leads)
{
    const char *until = say_when(turn, pause->from_ms + pause->length_ms);
    const char *deputy = say_person(turn, pause->deputy_id);
    const char *person = say_person(turn, pause->person_id);

    return leads
               ? arena_printf(turn->arena,
                              "%s leads since %s, for %s, who is on a break until "
                              "%s. Back before: %s",
                              deputy, say_clock(turn, turn->now_ms), person, until,
                              note_command(turn->arena, "back"))
               : arena_printf(turn->arena,
                              "%s covers for %s (%s) until %s. Back before: %s", deputy,
                              person, roles, until, note_command(turn->arena, "back"));
}

/* The card of first aid for whoever leads now; for other roles a word. */
static bool deputy_told(struct turn *turn, const struct command_call *call,
                        const struct incident *incident, const struct pause *pause,
                        bool leads, struct err *err)
{
    struct note *note;

    if (leads) {
        return brief_first_aid(turn, incident, pause->deputy_id, !call->is_in_channel,
                               &note, err) &&
               say_private(turn, call, note, err);
    }
    return call->is_in_channel ||
           say_private(turn, call,
                       say_note(turn, "You cover for %s in %s. Thank you.",
                                say_person(turn, pause->person_id),
                                say_ref(turn, incident)),
                       err);
}

static bool covered_told(struct turn *turn, const struct command_call *call,
                         const struct incident *incident, const struct pause *pause,
                         struct note *note, struct err *err)
{
    bool is_there = call->is_in_channel && call->incident->id == incident->id;

    (void)pause;
    return is_there ? say_here(turn, call, note, err)
                    : say_incident(turn, incident, note, NULL, err);
}

bool pause_covered(struct turn *turn, const struct command_call *call,
                   const struct incident *incident, struct pause *pause,
                   int64_t deputy_id, struct err *err)
{
    int64_t until_ms = turn->now_ms + pause->length_ms;
    const char *roles;
    bool leads, begun;

    if (!pause_roles(turn, incident->id, pause->person_id, &roles, &leads, err) ||
        !pause_begin(turn->store, pause->id, deputy_id, turn->now_ms, &begun, err)) {
        return false;
    }
    INSIST(begun); /* looked at in this turn */
    pause->deputy_id = deputy_id;
    pause->from_ms = turn->now_ms;
    return roles_given(turn, incident, pause, deputy_id, err) &&
           member_rest(turn->store, incident->id, pause->person_id, until_ms, err) &&
           pause_watch(turn, pause, err) &&
           covered_told(turn, call, incident, pause,
                        say_note(turn, "%s", cover_words(turn, pause, roles, leads)),
                        err) &&
           deputy_told(turn, call, incident, pause, leads, err) &&
           incident_refresh(turn, incident->id, err);
}

/* The break an alarm speaks of, where it lasts; NULL else. */
static bool find_lasting(struct turn *turn, const struct alarm *alarm,
                         struct incident **incident, struct pause **pause,
                         struct err *err)
{
    struct pauses pauses;

    *pause = NULL;
    if (!incident_find(turn->store, alarm->incident_id, incident, err) ||
        !pauses_open(turn->store, alarm->incident_id, &pauses, err)) {
        return false;
    }
    for (size_t i = 0; i < pauses.count; i++) {
        if (pauses.all[i].id == alarm->subject && pauses.all[i].from_ms != TIME_NONE) {
            *pause = &pauses.all[i];
        }
    }
    return true;
}

/* Does anybody cover still? What went on to somebody else meanwhile, or ended, is
 * covered no more. */
static bool find_cover(struct turn *turn, const struct pause *pause, bool *is_covered,
                       struct err *err)
{
    struct holds holds;

    *is_covered = false;
    if (!holds_list(turn->store, pause->incident_id, true, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        *is_covered = *is_covered || holds.all[i].pause_id == pause->id;
    }
    return true;
}

/* "wen covers until you say `back`", or that nobody does. */
static const char *till_when(struct turn *turn, const char *ref,
                             const struct pause *pause, bool is_covered)
{
    const char *back = note_command(turn->arena, "back %s", ref);

    return is_covered
               ? arena_printf(turn->arena, "%s covers until you say %s",
                              say_person(turn, pause->deputy_id), back)
               : arena_printf(turn->arena,
                              "Your roles went on meanwhile: %s. When you are back: %s",
                              note_command(turn->arena, "roles %s", ref), back);
}

/* Nobody is fetched back: whoever covers goes on until the other says so. */
static bool over_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                     struct err *err)
{
    struct incident *incident;
    struct pause *pause;
    bool may, is_covered;

    (void)late_ms;
    if (!find_lasting(turn, alarm, &incident, &pause, err)) {
        return false;
    }
    if (pause == NULL) {
        return true;
    }
    if (!nudge_may(turn, alarm, pause->person_id, &may, err) ||
        !find_cover(turn, pause, &is_covered, err)) {
        return false;
    }
    const char *ref = say_ref(turn, incident);
    struct note *note = say_note(turn, "%s: your break of %s is over. %s", ref,
                                 time_span(turn->arena, pause->length_ms),
                                 till_when(turn, ref, pause, is_covered));
    note_line(note, "Longer: %s. For good: %s. %s",
              note_command(turn->arena, "break %s 20m", ref),
              note_command(turn->arena, "release %s @%s", ref,
                           say_person(turn, pause->person_id)),
              nudge_ways(turn));
    note_choice(note, "I am back", "back %s", ref);
    nudge_choice(note, OVER_ALARM, pause->id, "30m");
    return !may || say_direct(turn, incident, pause->person_id, note, NULL, err);
}

static bool over_missed(struct turn *turn, const struct alarm *alarm, const char **line,
                        struct err *err)
{
    struct incident *incident;
    struct pause *pause;
    bool is_covered;

    if (!find_lasting(turn, alarm, &incident, &pause, err)) {
        return false;
    }
    if (pause == NULL) {
        return true;
    }
    if (!find_cover(turn, pause, &is_covered, err)) {
        return false;
    }
    const char *who = say_person(turn, pause->person_id);
    const char *until = say_when(turn, pause->from_ms + pause->length_ms);
    const char *back = note_command(turn->arena, "back");

    *line =
        is_covered
            ? arena_printf(turn->arena, "the break of %s, until %s. %s covers until %s",
                           who, until, say_person(turn, pause->deputy_id), back)
            : arena_printf(turn->arena, "the break of %s, until %s. %s", who, until,
                           back);
    return true;
}

static bool over_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                       struct err *err)
{
    struct incident *incident;
    struct pause *pause;

    if (!find_lasting(turn, sent, &incident, &pause, err)) {
        return false;
    }
    *holds = pause != NULL;
    return true;
}

const struct alarm_kind pause_over_alarm = {
    .name = OVER_ALARM,
    .what = "a break that is over",
    .run = over_run,
    .missed = over_missed,
    .holds = over_holds,
};
