/* The part of bot/handoff.h where somebody asks for command: silence is a yes. */
#include "bot/base/phrase.h"
#include "bot/base/time.h"
#include "bot/handoff.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/roles.h"
#include "bot/say.h"

#define QUESTION_KIND  "lead"
#define QUESTION_ALARM "lead-question"

bool handoff_withdraw_question(struct turn *turn, const struct incident *incident,
                               struct err *err)
{
    struct offers offers;
    if (!offers_of(turn->store, incident->id, QUESTION_KIND, &offers, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        bool settled;
        if (!offer_end(turn, &offers.all[i], OFFER_WITHDRAWN, &settled, err) ||
            !alarm_clear(turn->store, QUESTION_ALARM, incident->id, offers.all[i].id,
                         err)) {
            return false;
        }
    }
    return true;
}

/* Whoever was offered the lead and types `lead` means yes. *taken says so. */
static bool offer_taken(struct turn *turn, const struct command_call *call, bool *taken,
                        struct err *err)
{
    struct offers offers;
    *taken = false;
    if (!offers_of(turn->store, call->incident->id, handoff_offer_kind.name, &offers,
                   err)) {
        return false;
    }
    if (offers.count == 0 || offers.all[0].to_id != call->speaker->id) {
        return true;
    }
    return offer_end(turn, &offers.all[0], OFFER_ACCEPTED, taken, err) &&
           handoff_offer_kind.accept(turn, call, &offers.all[0], err);
}

/* One question at a time; *again: one is open, and the speaker was told. */
static bool again_told(struct turn *turn, const struct command_call *call,
                       const struct person *holder, bool *again, struct err *err)
{
    struct offers offers;
    if (!offers_of(turn->store, call->incident->id, QUESTION_KIND, &offers, err)) {
        return false;
    }
    *again = offers.count > 0;
    if (!*again) {
        return true;
    }
    const struct offer *offer = &offers.all[0];
    const char *asker = offer->from_id == call->speaker->id
                            ? PHRASE("you")
                            : say_person(turn, offer->from_id);
    struct note *note =
        say_note(turn,
                 "%s was asked for the lead %s already, by %s. Nothing was "
                 "changed.",
                 holder->handle, say_at(turn, offer->made_ms), asker);
    return say_private(turn, call, note, err);
}

static const char *silence_of(struct turn *turn, const struct command_call *call,
                              int64_t ends_ms)
{
    return ends_ms == TIME_NONE
               ? ""
               : arena_printf(turn->arena, " No answer by %s: %s leads.",
                              say_clock(turn, ends_ms), call->speaker->handle);
}

static bool question_put(struct turn *turn, const struct command_call *call,
                         const struct person *holder, const struct offer *offer,
                         struct err *err)
{
    const struct incident *incident = call->incident;
    const char *asker = call->speaker->handle;
    const char *silence = silence_of(turn, call, offer->ends_ms);
    struct note *all =
        say_note(turn, "%s offers to lead. %s leads until %s says yes.%s", asker,
                 holder->handle, holder->handle, silence);
    struct note *one = say_note(turn, "%s offers to lead %s %s in your place.%s", asker,
                                say_ref(turn, incident),
                                note_words(turn->arena, incident->title), silence);
    note_line(one, "Yes: %s. Not now: %s, no reason needed.",
              note_command(turn->arena, "accept"),
              note_command(turn->arena, "decline"));
    note_choice(one, "Yes", "accept %s", say_ref(turn, incident));
    note_choice(one, "Not now", "decline %s", say_ref(turn, incident));
    return say_made(turn, call, all, err) && offer_ask(turn, incident, offer, one, err);
}

bool handoff_ask(struct turn *turn, const struct command_call *call,
                 const struct person *holder, struct err *err)
{
    const struct incident *incident = call->incident;
    int64_t wait_ms = turn->config->nudges.lead_question_ms;
    struct offer offer = {.kind = QUESTION_KIND,
                          .incident_id = incident->id,
                          .from_id = call->speaker->id,
                          .to_id = holder->id,
                          .made_ms = turn->now_ms,
                          .ends_ms = wait_ms > 0 ? turn->now_ms + wait_ms : TIME_NONE};
    const char *fact = arena_exact(turn->arena, "%s offered to lead, %s was asked",
                                   call->speaker->handle, holder->handle);
    bool done;
    if (!offer_taken(turn, call, &done, err)) {
        return false;
    }
    if (done) {
        return true;
    }
    if (!again_told(turn, call, holder, &done, err)) {
        return false;
    }
    return done || (offer_insert(turn->store, &offer, err) &&
                    alarm_after(turn,
                                &(struct alarm){.kind = QUESTION_ALARM,
                                                .incident_id = incident->id,
                                                .subject = offer.id},
                                wait_ms, err) &&
                    incident_bring_in(turn, incident, call->speaker->id, err) &&
                    recorder_fact(turn, incident,
                                  &(struct fact){.person_id = call->speaker->id,
                                                 .kind = "role",
                                                 .text = fact},
                                  NULL, err) &&
                    question_put(turn, call, holder, &offer, err));
}

static bool question_accepted(struct turn *turn, const struct command_call *call,
                              const struct offer *offer, struct err *err)
{
    struct incident *incident;
    bool moved;
    if (!incident_find(turn->store, offer->incident_id, &incident, err) ||
        !role_move_command(turn, call, incident, offer->from_id, &moved, err)) {
        return false;
    }
    bool is_answered = moved && call->is_in_channel && call->incident != NULL &&
                       call->incident->id == incident->id;
    return is_answered || say_private(turn, call,
                                      say_note(turn, "%s leads %s now.",
                                               say_person(turn, offer->from_id),
                                               say_ref(turn, incident)),
                                      err);
}

static bool question_declined(struct turn *turn, const struct command_call *call,
                              const struct offer *offer, struct err *err)
{
    struct incident *incident;
    if (!incident_find(turn->store, offer->incident_id, &incident, err) ||
        !alarm_clear(turn->store, QUESTION_ALARM, offer->incident_id, offer->id, err)) {
        return false;
    }
    struct note *answer = say_note(turn, "You lead on. Only %s is told.",
                                   say_person(turn, offer->from_id));
    struct note *news =
        say_note(turn, "%s: %s leads on for now. Thank you for offering.",
                 say_ref(turn, incident), say_person(turn, offer->to_id));
    return say_private(turn, call, answer, err) &&
           say_direct(turn, incident, offer->from_id, news, NULL, err);
}

const struct offer_kind handoff_question_kind = {
    .name = QUESTION_KIND,
    .what = "pass on the lead of",
    .accept = question_accepted,
    .decline = question_declined,
    .stands = offer_leader,
};

/* Silence is a yes: command must not hang on someone who is not there. */
static bool question_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                         struct err *err)
{
    struct offer *offer;
    struct incident *incident;
    bool settled, moved;
    if (!offer_find(turn->store, alarm->subject, &offer, err) ||
        !incident_find(turn->store, alarm->incident_id, &incident, err)) {
        return false;
    }
    if (offer == NULL || incident == NULL) {
        return true;
    }
    if (!offer_end(turn, offer, OFFER_LAPSED, &settled, err)) {
        return false;
    }
    if (!settled) {
        return true;
    }
    struct note *late =
        say_note(turn, "No answer from %s by %s. This comes %s late.",
                 say_person(turn, offer->to_id), say_when(turn, alarm->due_ms),
                 time_span(turn->arena, late_ms));
    return (late_ms <= 0 || say_incident(turn, incident, late, NULL, err)) &&
           role_move_command(turn, NULL, incident, offer->from_id, &moved, err);
}

const struct alarm_kind handoff_question_alarm = {
    .name = QUESTION_ALARM,
    .acts = true,
    .run = question_run,
};
