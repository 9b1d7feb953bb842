#include "bot/roles.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/brief.h"
#include "bot/care.h"
#include "bot/handoff.h"
#include "bot/incident.h"
#include "bot/pause.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "bot/update.h"
#include "store/holds.h"

#define LED_LIMIT 20 /* open incidents of one person that are looked at */

/* Who raised it, unless they rest, or were released: then they are asked for nothing.
 */
static bool raiser_find(struct turn *turn, const struct incident *incident,
                        struct person **person, struct err *err)
{
    bool rests;

    if (!pause_rests(turn, incident->id, incident->declared_by, &rests, err)) {
        return false;
    }
    return rests || person_find(turn->store, incident->declared_by, person, err);
}

bool role_informer(struct turn *turn, const struct incident *incident,
                   struct person **person, struct err *err)
{
    const char *communications = role_communications(turn);
    *person = NULL;
    if (communications != NULL &&
        !role_holder(turn, incident->id, communications, person, err)) {
        return false;
    }
    if (*person == NULL && !role_holder(turn, incident->id, NULL, person, err)) {
        return false;
    }
    return *person != NULL || raiser_find(turn, incident, person, err);
}

/* "marek led for 1 h 4 min: thank you. marek gets no more nudges." */
static const char *thanks_for(struct turn *turn, const struct hold *hold)
{
    return arena_printf(
        turn->arena, " %s led for %s: thank you. %s gets no more nudges.", hold->handle,
        time_span(turn->arena, turn->now_ms - hold->from_ms), hold->handle);
}

static bool command_told(struct turn *turn, const struct command_call *call,
                         const struct incident *incident, const struct hold *before,
                         int64_t to_id, struct err *err)
{
    const char *since = say_clock(turn, turn->now_ms);
    struct note *note;
    if (before != NULL) {
        note = say_note(turn, "%s leads since %s.%s", say_person(turn, to_id), since,
                        thanks_for(turn, before));
    } else {
        note = say_note(turn, "%s leads since %s. To pass it on: %s",
                        say_person(turn, to_id), since,
                        note_command(turn->arena, "handoff @who"));
    }
    bool is_answer =
        call != NULL && call->is_in_channel && call->incident->id == incident->id;
    return is_answer ? say_here(turn, call, note, err)
                     : say_incident(turn, incident, note, NULL, err);
}

/* The card goes where they just typed; where somebody else did, to their direct
 * conversation. */
static bool first_aid_given(struct turn *turn, const struct command_call *call,
                            const struct incident *incident, int64_t to_id,
                            struct err *err)
{
    bool is_theirs = call != NULL && call->speaker->id == to_id;
    struct note *note;
    if (!brief_first_aid(turn, incident, to_id, !is_theirs || !call->is_in_channel,
                         &note, err)) {
        return false;
    }
    return is_theirs ? say_private(turn, call, note, err)
                     : say_direct(turn, incident, to_id, note, NULL, err);
}

/* Ends one hold and begins the next, in this one transaction. */
static bool hold_passed(struct turn *turn, const struct hold *before, struct hold *next,
                        struct err *err)
{
    bool done = true;
    if (before != NULL && !hold_end(turn->store, before, turn->now_ms, &done, err)) {
        return false;
    }
    if (done && !hold_begin(turn->store, next, &done, err)) {
        return false;
    }
    return done || err_set(err, ERR_AGAIN, "a role changed hands meanwhile");
}

static bool recorded(struct turn *turn, const struct incident *incident,
                     const struct hold *hold, struct err *err)
{
    const char *person = say_person(turn, hold->person_id);
    bool is_command = text_same(hold->role, role_commander(turn));
    const struct fact fact = {
        .person_id = hold->person_id,
        .kind = "role",
        .text = is_command ? arena_exact(turn->arena, "%s leads", person)
                           : arena_exact(turn->arena, "%s: %s", person, hold->role),
    };

    return recorder_fact(turn, incident, &fact, NULL, err) &&
           incident_bring_in(turn, incident, hold->person_id, err) &&
           pause_wake(turn, incident, hold->person_id, err) &&
           (!is_command || (handoff_withdraw(turn, incident, err) &&
                            care_on_commander(turn, incident, hold->person_id, err)));
}

bool role_pass(struct turn *turn, const struct incident *incident,
               const struct hold *before, struct hold *next, struct err *err)
{
    return hold_passed(turn, before, next, err) && recorded(turn, incident, next, err);
}

bool role_move_command(struct turn *turn, const struct command_call *call,
                       const struct incident *incident, int64_t to_id, bool *moved,
                       struct err *err)
{
    struct hold hold = {.incident_id = incident->id,
                        .role = role_commander(turn),
                        .person_id = to_id,
                        .from_ms = turn->now_ms};
    struct hold *before;
    *moved = false;
    if (!hold_find(turn->store, incident->id, hold.role, &before, err)) {
        return false;
    }
    if (before != NULL && before->person_id == to_id) {
        return true;
    }
    *moved = true;
    return role_pass(turn, incident, before, &hold, err) &&
           command_told(turn, call, incident, before, to_id, err) &&
           first_aid_given(turn, call, incident, to_id, err) &&
           care_ask_expert(turn, incident, to_id, err) &&
           incident_refresh(turn, incident->id, err);
}

bool role_refuse_closed(struct turn *turn, const struct command_call *call,
                        bool *refused, struct err *err)
{
    const struct incident *incident = call->incident;
    *refused = !incident_is_open(incident);
    if (!*refused) {
        return true;
    }
    struct note *note = say_note(
        turn, "%s is %s, so nobody needs to lead it. Nothing was changed. Not over: %s",
        say_ref(turn, incident), incident_state_words(incident->state),
        note_command(turn->arena, "reopen WHY"));
    return say_private(turn, call, note, err);
}

bool role_tell_same(struct turn *turn, const struct command_call *call,
                    const struct hold *hold, struct err *err)
{
    bool is_theirs = hold->person_id == call->speaker->id;
    const char *who = is_theirs ? PHRASE("You") : say_person(turn, hold->person_id);
    const char *what =
        text_same(hold->role, role_commander(turn))
            ? (is_theirs ? PHRASE("lead") : PHRASE("leads"))
            : arena_printf(turn->arena, "%s %s",
                           is_theirs ? PHRASE("have") : PHRASE("has"), hold->role);
    struct note *note = say_note(turn, "%s %s already, since %s. Nothing was changed.",
                                 who, what, say_when(turn, hold->from_ms));
    return say_private(turn, call, note, err);
}

static bool commander_given(struct turn *turn, const struct command_call *call,
                            const struct person *person, struct err *err)
{
    bool moved;
    if (!role_move_command(turn, call, call->incident, person->id, &moved, err)) {
        return false;
    }
    if (call->is_in_channel || call->speaker->id == person->id) {
        return true;
    }
    return say_private(turn, call,
                       say_note(turn, "%s leads %s since %s.", person->handle,
                                say_ref(turn, call->incident),
                                say_clock(turn, turn->now_ms)),
                       err);
}

/* Whoever is covered for and types `lead` is back; anybody else asks. */
static bool covered_lead(struct turn *turn, const struct command_call *call,
                         const struct hold *hold, struct err *err)
{
    struct person *holder = NULL;
    struct pause *pause;
    if (!pause_find(turn->store, call->incident->id, call->speaker->id, &pause, err)) {
        return false;
    }
    if (pause != NULL && pause->id == hold->pause_id) {
        return pause_back(turn, call, err);
    }
    return person_find(turn->store, hold->person_id, &holder, err) &&
           handoff_ask(turn, call, holder, err);
}

/* Command is passed on with a yes where somebody has it, and given where nobody has. */
static bool commander_wanted(struct turn *turn, const struct command_call *call,
                             const struct person *person, struct err *err)
{
    struct hold *hold;
    struct person *holder = NULL;
    if (!hold_find(turn->store, call->incident->id, role_commander(turn), &hold, err)) {
        return false;
    }
    if (hold == NULL) {
        return commander_given(turn, call, person, err);
    }
    if (hold->person_id == person->id) {
        return role_tell_same(turn, call, hold, err);
    }
    if (hold->pause_id != 0 && person->id == call->speaker->id) {
        return covered_lead(turn, call, hold, err);
    }
    if (person->id != call->speaker->id) {
        return handoff_offer(turn, call, person, NULL, err);
    }
    return person_find(turn->store, hold->person_id, &holder, err) &&
           handoff_ask(turn, call, holder, err);
}

bool role_lead(struct turn *turn, const struct command_call *call, struct err *err)
{
    bool refused;
    return role_refuse_closed(turn, call, &refused, err) &&
           (refused || commander_wanted(turn, call, call->speaker, err));
}

/* "dani: communications since 02:49 CET (was pia). The update due by … is dani's." */
static bool role_told(struct turn *turn, const struct command_call *call,
                      const struct hold *before, const struct hold *hold,
                      const struct person *person, struct err *err)
{
    const char *who = person->id == call->speaker->id
                          ? person->handle
                          : note_mention(turn->arena, person->id, person->handle);
    const char *was =
        before == NULL ? "" : arena_printf(turn->arena, " (was %s)", before->handle);
    const char *communications = role_communications(turn);
    const char *duty = "";
    int64_t due_ms;
    if (!update_next_due(turn, call->incident, &due_ms, err)) {
        return false;
    }
    if (due_ms != TIME_NONE && communications != NULL &&
        text_same(hold->role, communications)) {
        duty = arena_printf(turn->arena, " The update due by %s is %s's.",
                            say_when(turn, due_ms), person->handle);
    }
    struct note *note = say_note(turn, "%s: %s since %s%s.%s Undo: %s", who, hold->role,
                                 say_clock(turn, turn->now_ms), was, duty,
                                 note_command(turn->arena, "release @%s",
                                              note_words(turn->arena, person->handle)));
    return say_made(turn, call, note, err);
}

static bool role_passed(struct turn *turn, const struct command_call *call,
                        const char *role, const struct person *person, struct err *err)
{
    const struct incident *incident = call->incident;
    struct hold hold = {.incident_id = incident->id,
                        .role = role,
                        .person_id = person->id,
                        .from_ms = turn->now_ms};
    struct hold *before;
    if (!hold_find(turn->store, incident->id, role, &before, err)) {
        return false;
    }
    if (before != NULL && before->person_id == person->id) {
        return role_tell_same(turn, call, before, err);
    }
    return role_pass(turn, incident, before, &hold, err) &&
           role_told(turn, call, before, &hold, person, err) &&
           incident_refresh(turn, incident->id, err);
}

bool role_give(struct turn *turn, const struct command_call *call, const char *role,
               const struct person *person, struct err *err)
{
    bool refused;
    if (!role_refuse_closed(turn, call, &refused, err)) {
        return false;
    }
    if (refused) {
        return true;
    }
    return text_same(role, role_commander(turn))
               ? commander_wanted(turn, call, person, err)
               : role_passed(turn, call, role, person, err);
}

bool role_list(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct text line;
    text_init(&line, turn->arena);
    for (size_t i = 0; i < turn->config->role_count; i++) {
        const char *role = turn->config->roles[i];
        struct hold *hold;
        if (!hold_find(turn->store, call->incident->id, role, &hold, err)) {
            return false;
        }
        text_addf(&line, i == 0 ? "%s " : "; %s ", role);
        if (hold == NULL) {
            text_add(&line, PHRASE("nobody"));
        } else {
            text_addf(&line, "%s since %s", hold->handle,
                      say_when(turn, hold->from_ms));
        }
    }
    const char *ref = say_ref(turn, call->incident);
    const char *give = call->is_in_channel
                           ? note_command(turn->arena, "role ROLE @who")
                           : note_command(turn->arena, "role %s ROLE @who", ref);
    struct note *note =
        say_note(turn, "Roles in %s: %s. To give one: %s", ref, line.data, give);
    return say_here(turn, call, note, err);
}

bool role_note_led(struct turn *turn, int64_t person_id, struct note *note,
                   struct err *err)
{
    struct incidents mine;

    if (!incidents_list(turn->store, INCIDENTS_MINE, person_id, LED_LIMIT, &mine,
                        err)) {
        return false;
    }
    for (size_t i = 0; i < mine.count; i++) {
        struct person *leader = NULL;

        if (!role_holder(turn, mine.all[i]->id, NULL, &leader, err)) {
            return false;
        }
        if (leader != NULL && leader->id == person_id) {
            note_line(note, "You lead %s: %s", say_ref(turn, mine.all[i]),
                      note_command(turn->arena, "handoff inc-%lld @who",
                                   (long long)mine.all[i]->id));
        }
    }
    return true;
}
