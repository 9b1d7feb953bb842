#include "bot/pause.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/roles.h"
#include "bot/say.h"

/* Nobody needs to cover for one without a role: they rest at once. */
static bool rest_at_once(struct turn *turn, const struct command_call *call,
                         int64_t length_ms, struct err *err)
{
    const struct incident *incident = call->incident;
    int64_t until_ms = turn->now_ms + length_ms;

    return member_rest(turn->store, incident->id, call->speaker->id, until_ms, err) &&
           say_private(
               turn, call,
               say_note(turn,
                        "You hold no role in %s, so nobody needs to cover. "
                        "Until %s%s I name you for nothing here. Back before: "
                        "%s",
                        say_ref(turn, incident), say_when(turn, until_ms),
                        time_there(turn->arena, until_ms, call->zone, turn_zone(turn)),
                        note_command(turn->arena, "back")),
               err);
}

static bool record(struct turn *turn, const struct incident *incident,
                   int64_t person_id, const char *text, struct err *err)
{
    return recorder_fact(
        turn, incident,
        &(struct fact){.person_id = person_id, .kind = "role", .text = text}, NULL,
        err);
}

/* One by name: all hear who is asked, as with a hand-over. */
static bool ask_named(struct turn *turn, const struct command_call *call,
                      const struct pause *pause, const struct person *deputy,
                      struct err *err)
{
    int64_t lapse_ms = turn->config->nudges.handoff_lapse_ms;
    const char *to = say_person(turn, deputy->id);

    return pause_ask(turn, call->incident, pause, deputy->id, lapse_ms, err) &&
           say_made(
               turn, call,
               say_note(turn,
                        "%s would like a break of %s: %s is asked to cover, with a "
                        "brief. Nothing changes until %s accepts. Unanswered at %s: "
                        "the break is off.",
                        say_person(turn, pause->person_id),
                        time_span(turn->arena, pause->length_ms), to, to,
                        say_when(turn, turn->now_ms + lapse_ms)),
               err);
}

static bool ask_chosen(struct turn *turn, const struct command_call *call,
                       const struct pause *pause, struct err *err)
{
    bool asked;
    struct note *note = say_note(
        turn,
        "%s would like a break of %s. I ask who can cover, one at a time. Nothing "
        "changes until somebody accepts. Off: %s",
        say_person(turn, pause->person_id), time_span(turn->arena, pause->length_ms),
        note_command(turn->arena, "back"));

    return say_made(turn, call, note, err) &&
           pause_ask_next(turn, call->incident, pause, &asked, err);
}

static bool ask_anew(struct turn *turn, const struct command_call *call,
                     int64_t length_ms, const struct person *deputy, struct err *err)
{
    const struct incident *incident = call->incident;
    struct pause pause = {
        .incident_id = incident->id,
        .person_id = call->speaker->id,
        .by_choice = deputy == NULL,
        .length_ms = length_ms,
        .asked_ms = turn->now_ms,
        .from_ms = TIME_NONE,
    };

    return pause_insert(turn->store, &pause, err) &&
           record(turn, incident, pause.person_id,
                  arena_exact(turn->arena, "%s would like a break of %s",
                              call->speaker->handle, time_span(turn->arena, length_ms)),
                  err) &&
           (deputy == NULL ? ask_chosen(turn, call, &pause, err)
                           : ask_named(turn, call, &pause, deputy, err));
}

/* Already on it: it ends later, or sooner. */
static bool move_end(struct turn *turn, const struct command_call *call,
                     struct pause *pause, int64_t length_ms, struct err *err)
{
    int64_t until_ms = turn->now_ms + length_ms;

    pause->length_ms = until_ms - pause->from_ms;
    return pause_set_length(turn->store, pause->id, pause->length_ms, err) &&
           member_rest(turn->store, pause->incident_id, pause->person_id, until_ms,
                       err) &&
           pause_watch(turn, pause, err) &&
           say_made(turn, call,
                    say_note(turn, "%s is on a break until %s now, and %s covers.",
                             say_person(turn, pause->person_id),
                             say_when(turn, until_ms),
                             say_person(turn, pause->deputy_id)),
                    err);
}

/* Does somebody hold a role here for another who rests? */
static bool covers(struct turn *turn, int64_t incident_id, int64_t person_id,
                   bool *covers, struct err *err)
{
    struct holds holds;

    *covers = false;
    if (!holds_list(turn->store, incident_id, true, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        *covers = *covers ||
                  (holds.all[i].person_id == person_id && holds.all[i].pause_id != 0);
    }
    return true;
}

static bool take(struct turn *turn, const struct command_call *call, int64_t length_ms,
                 const struct person *deputy, struct err *err)
{
    const struct incident *incident = call->incident;
    const char *roles;
    struct pause *pause;
    bool leads, is_deputy;

    if (!pause_find(turn->store, incident->id, call->speaker->id, &pause, err) ||
        !pause_roles(turn, incident->id, call->speaker->id, &roles, &leads, err) ||
        !covers(turn, incident->id, call->speaker->id, &is_deputy, err)) {
        return false;
    }
    if (pause != NULL && pause->from_ms != TIME_NONE) {
        return move_end(turn, call, pause, length_ms, err);
    }
    if (is_deputy) {
        return say_unchanged(turn, call,
                             arena_printf(turn->arena,
                                          "You cover for somebody. To pass it on: %s.",
                                          note_command(turn->arena, "handoff @who")),
                             err);
    }
    if (pause != NULL && (!pause_withdraw(turn, incident, pause, err) ||
                          !pause_end(turn->store, pause->id, turn->now_ms, err))) {
        return false;
    }
    return *roles == '\0' ? rest_at_once(turn, call, length_ms, err)
                          : ask_anew(turn, call, length_ms, deputy, err);
}

bool pause_take(struct turn *turn, const struct command_call *call, int64_t length_ms,
                const struct person *deputy, struct err *err)
{
    bool refused;

    if (!role_refuse_closed(turn, call, &refused, err)) {
        return false;
    }
    if (refused) {
        return true;
    }
    if (length_ms <= 0) {
        return say_unchanged(turn, call, PHRASE("That moment is past."), err);
    }
    if (deputy != NULL && deputy->id == call->speaker->id) {
        return say_unchanged(turn, call, PHRASE("That is you. Somebody else covers."),
                             err);
    }
    return take(turn, call, length_ms, deputy, err);
}

bool pause_wake(struct turn *turn, const struct incident *incident, int64_t person_id,
                struct err *err)
{
    struct pause *pause;

    if (!member_rest(turn->store, incident->id, person_id, TIME_NONE, err) ||
        !pause_find(turn->store, incident->id, person_id, &pause, err)) {
        return false;
    }
    return pause == NULL || pause->from_ms == TIME_NONE ||
           pause_end(turn->store, pause->id, turn->now_ms, err);
}

bool pause_rests(struct turn *turn, int64_t incident_id, int64_t person_id, bool *rests,
                 struct err *err)
{
    struct people resting;

    *rests = false;
    if (!members_resting(turn->store, incident_id, turn->now_ms, &resting, err)) {
        return false;
    }
    for (size_t i = 0; i < resting.count; i++) {
        *rests = *rests || resting.all[i].id == person_id;
    }
    return true;
}

bool pause_on_close(struct turn *turn, const struct incident *incident, struct err *err)
{
    struct pauses pauses;

    if (!pauses_open(turn->store, incident->id, &pauses, err)) {
        return false;
    }
    for (size_t i = 0; i < pauses.count; i++) {
        const struct pause *pause = &pauses.all[i];

        if (!pause_withdraw(turn, incident, pause, err) ||
            !pause_end(turn->store, pause->id, turn->now_ms, err) ||
            !member_rest(turn->store, incident->id, pause->person_id, TIME_NONE, err)) {
            return false;
        }
    }
    return true;
}

/* Takes back what is still held for them; *led_ms: how long somebody led meanwhile,
 * TIME_NONE: command is no longer held for them. */
static bool take_back(struct turn *turn, const struct incident *incident,
                      const struct pause *pause, int64_t *led_ms, struct err *err)
{
    struct holds holds;

    *led_ms = TIME_NONE;
    if (!holds_list(turn->store, incident->id, true, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        const struct hold *held = &holds.all[i];
        struct hold next = {.incident_id = incident->id,
                            .role = held->role,
                            .person_id = pause->person_id,
                            .from_ms = turn->now_ms};

        if (held->pause_id != pause->id) {
            continue;
        }
        if (text_same(held->role, role_commander(turn))) {
            *led_ms = turn->now_ms - held->from_ms;
        }
        if (!role_pass(turn, incident, held, &next, err)) {
            return false;
        }
    }
    return true;
}

/* "marek leads again since 04:10 CET. wen led for 18 min meanwhile: thank you." */
static const char *back_words(struct turn *turn, const struct pause *pause,
                              const char *roles, bool leads, int64_t led_ms)
{
    struct arena *arena = turn->arena;
    const char *person = say_person(turn, pause->person_id);
    const char *deputy = say_person(turn, pause->deputy_id);
    const char *since = say_clock(turn, turn->now_ms);

    if (led_ms != TIME_NONE) {
        return arena_printf(arena,
                            "%s leads again since %s. %s led for %s meanwhile: thank "
                            "you. %s gets no more nudges.",
                            person, since, deputy, time_span(arena, led_ms), deputy);
    }
    if (*roles != '\0') {
        return arena_printf(arena, "%s is back since %s, with: %s. Thank you, %s.",
                            person, since, leads ? PHRASE("the lead") : roles, deputy);
    }
    return arena_printf(arena, "%s is back since %s. Roles went on meanwhile: %s.",
                        person, since, note_command(arena, "roles"));
}

static bool come_back(struct turn *turn, const struct command_call *call,
                      const struct pause *pause, struct err *err)
{
    const struct incident *incident = call->incident;
    const char *roles;
    int64_t led_ms;
    bool leads;

    if (!pause_wake(turn, incident, pause->person_id, err) ||
        !take_back(turn, incident, pause, &led_ms, err) ||
        !pause_roles(turn, incident->id, pause->person_id, &roles, &leads, err)) {
        return false;
    }
    return say_made(turn, call,
                    say_note(turn, "%s Meanwhile: %s",
                             back_words(turn, pause, roles, leads, led_ms),
                             note_command(turn->arena, "catchup")),
                    err) &&
           incident_refresh(turn, incident->id, err);
}

/* Before anybody said yes. */
static bool call_off(struct turn *turn, const struct command_call *call,
                     const struct pause *pause, struct err *err)
{
    return pause_withdraw(turn, call->incident, pause, err) &&
           pause_end(turn->store, pause->id, turn->now_ms, err) &&
           say_made(turn, call,
                    say_note(turn, "The break of %s is off. Nothing was changed.",
                             say_person(turn, pause->person_id)),
                    err);
}

static bool no_break(struct turn *turn, const struct command_call *call,
                     struct err *err)
{
    const struct incident *incident = call->incident;
    bool rests;

    if (!pause_rests(turn, incident->id, call->speaker->id, &rests, err)) {
        return false;
    }
    if (rests) {
        return member_rest(turn->store, incident->id, call->speaker->id, TIME_NONE,
                           err) &&
               say_private(turn, call,
                           say_note(turn, "You are back in %s. So far: %s",
                                    say_ref(turn, incident),
                                    note_command(turn->arena, "catchup")),
                           err);
    }
    return say_unchanged(turn, call,
                         arena_printf(turn->arena, "You are on no break in %s.",
                                      say_ref(turn, incident)),
                         err);
}

bool pause_back(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct pause *pause;

    if (!pause_find(turn->store, call->incident->id, call->speaker->id, &pause, err)) {
        return false;
    }
    if (pause == NULL) {
        return no_break(turn, call, err);
    }
    return pause->from_ms == TIME_NONE ? call_off(turn, call, pause, err)
                                       : come_back(turn, call, pause, err);
}
