#include "bot/handoff.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/brief.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "store/holds.h"

#define OFFER_KIND  "handoff"
#define LAPSE_ALARM "handoff-lapse"

/* Whoever was asked to lead, and is not asked any more, need not wonder. */
static bool past_told(struct turn *turn, const struct incident *incident,
                      const struct offer *offer, struct err *err)
{
    struct person *holder;
    if (!role_holder(turn, incident->id, NULL, &holder, err)) {
        return false;
    }
    if (holder != NULL && holder->id == offer->to_id) {
        return true;
    }
    struct note *note = say_note(
        turn, "%s: the hand-over to you is taken back. Nothing is asked of you.",
        say_ref(turn, incident));
    return say_direct(turn, incident, offer->to_id, note, NULL, err);
}

/* What was declined is waited for no more either: it would lapse for all to see, where
 * one that nobody answered does not. */
static bool offers_withdrawn(struct turn *turn, const struct incident *incident,
                             struct err *err)
{
    struct offers offers;
    if (!offers_of(turn->store, incident->id, OFFER_KIND, &offers, err) ||
        !alarms_clear(turn->store, LAPSE_ALARM, incident->id, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        const struct offer *offer = &offers.all[i];
        bool settled;
        if (!offer_end(turn, offer, OFFER_WITHDRAWN, &settled, err) ||
            !past_told(turn, incident, offer, err)) {
            return false;
        }
    }
    return true;
}

bool handoff_withdraw(struct turn *turn, const struct incident *incident,
                      struct err *err)
{
    return offers_withdrawn(turn, incident, err) &&
           handoff_withdraw_question(turn, incident, err);
}

static bool offer_told(struct turn *turn, const struct command_call *call,
                       const struct hold *hold, const struct offer *offer,
                       struct err *err)
{
    const char *to = say_person(turn, offer->to_id);
    bool is_own = call->speaker->id == hold->person_id;
    const char *holder = is_own
                             ? hold->handle
                             : note_mention(turn->arena, hold->person_id, hold->handle);
    const char *by = is_own ? ""
                            : arena_printf(turn->arena, " by %s",
                                           say_person(turn, call->speaker->id));
    const char *end =
        offer->ends_ms == TIME_NONE
            ? ""
            : arena_printf(turn->arena, " Unanswered at %s: it stays with %s.",
                           say_when(turn, offer->ends_ms), hold->handle);
    return say_made(turn, call,
                    say_note(turn,
                             "Hand-over to %s offered%s, with a brief. %s leads until "
                             "%s accepts.%s",
                             to, by, holder, to, end),
                    err);
}

static bool offer_made(struct turn *turn, const struct command_call *call,
                       const struct hold *hold, const struct person *to,
                       const char *words, struct err *err)
{
    const struct incident *incident = call->incident;
    int64_t lapse_ms = turn->config->nudges.handoff_lapse_ms;
    struct offer offer = {.kind = OFFER_KIND,
                          .incident_id = incident->id,
                          .from_id = call->speaker->id,
                          .to_id = to->id,
                          .note = words,
                          .made_ms = turn->now_ms,
                          .ends_ms =
                              lapse_ms > 0 ? turn->now_ms + lapse_ms : TIME_NONE};
    struct note *brief;
    const char *fact = arena_exact(turn->arena, "hand-over to %s offered", to->handle);
    return offer_insert(turn->store, &offer, err) &&
           alarm_after(turn,
                       &(struct alarm){.kind = LAPSE_ALARM,
                                       .incident_id = incident->id,
                                       .subject = offer.id},
                       lapse_ms, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = call->speaker->id,
                                        .kind = "role",
                                        .text = fact},
                         NULL, err) &&
           incident_bring_in(turn, incident, to->id, err) &&
           offer_told(turn, call, hold, &offer, err) &&
           brief_handoff(turn, incident, &offer, &brief, err) &&
           offer_ask(turn, incident, &offer, brief, err);
}

/* The same person asked again is not asked twice; *again says so. */
static bool again_told(struct turn *turn, const struct command_call *call,
                       const struct person *to, bool *again, struct err *err)
{
    struct offers offers;
    if (!offers_of(turn->store, call->incident->id, OFFER_KIND, &offers, err)) {
        return false;
    }
    *again = offers.count > 0 && offers.all[0].to_id == to->id;
    if (!*again) {
        return true;
    }
    struct note *note =
        say_note(turn, "%s was asked %s and has not answered yet. Nothing was changed.",
                 to->handle, say_at(turn, offers.all[0].made_ms));
    return say_private(turn, call, note, err);
}

static bool nobody_leads_told(struct turn *turn, const struct command_call *call,
                              const struct person *to, struct err *err)
{
    struct note *note = say_note(
        turn, "Nobody leads %s, so there is nothing to hand over. At once: %s",
        say_ref(turn, call->incident),
        note_command(turn->arena, "role %s @%s", role_commander(turn), to->handle));
    return say_private(turn, call, note, err);
}

bool handoff_offer(struct turn *turn, const struct command_call *call,
                   const struct person *to, const char *words, struct err *err)
{
    struct hold *hold;
    struct person *holder;
    bool done;
    if (!role_refuse_closed(turn, call, &done, err) ||
        !hold_find(turn->store, call->incident->id, role_commander(turn), &hold, err)) {
        return false;
    }
    if (done) {
        return true;
    }
    if (hold == NULL) {
        return nobody_leads_told(turn, call, to, err);
    }
    if (hold->person_id == to->id) {
        return role_tell_same(turn, call, hold, err);
    }
    if (to->id == call->speaker->id) {
        return person_find(turn->store, hold->person_id, &holder, err) &&
               handoff_ask(turn, call, holder, err);
    }
    return again_told(turn, call, to, &done, err) &&
           (done || (offers_withdrawn(turn, call->incident, err) &&
                     offer_made(turn, call, hold, to, words, err)));
}

static bool offer_accepted(struct turn *turn, const struct command_call *call,
                           const struct offer *offer, struct err *err)
{
    struct incident *incident;
    bool moved;
    if (!incident_find(turn->store, offer->incident_id, &incident, err) ||
        !alarm_clear(turn->store, LAPSE_ALARM, offer->incident_id, offer->id, err) ||
        !role_move_command(turn, call, incident, offer->to_id, &moved, err)) {
        return false;
    }
    return moved ||
           say_private(turn, call,
                       say_note(turn, "You lead %s already.", say_ref(turn, incident)),
                       err);
}

/* Only the one who asked hears of it. The alarm stays: when it ends, it ends for all to
 * see as it would have without an answer. */
static bool offer_declined(struct turn *turn, const struct command_call *call,
                           const struct offer *offer, struct err *err)
{
    struct incident *incident;
    struct person *holder;
    if (!incident_find(turn->store, offer->incident_id, &incident, err) ||
        !role_holder(turn, offer->incident_id, NULL, &holder, err)) {
        return false;
    }
    const char *ref = say_ref(turn, incident);
    const char *leads = holder == NULL ? PHRASE("Nobody leads")
                        : holder->id == offer->from_id
                            ? PHRASE("You lead on")
                            : arena_printf(turn->arena, "%s leads on", holder->handle);
    struct note *answer =
        say_note(turn, "Thank you for saying so. Only %s is told, without a reason.",
                 say_person(turn, offer->from_id));
    struct note *news =
        say_note(turn, "%s: %s can't take it just now. %s. To ask another: %s", ref,
                 say_person(turn, offer->to_id), leads,
                 note_command(turn->arena, "handoff %s @who", ref));
    return say_private(turn, call, answer, err) &&
           say_direct(turn, incident, offer->from_id, news, NULL, err);
}

const struct offer_kind handoff_offer_kind = {
    .name = OFFER_KIND,
    .what = "lead",
    .accept = offer_accepted,
    .decline = offer_declined,
    .stands = offer_leader,
};

static bool lapse_told(struct turn *turn, const struct incident *incident,
                       const struct offer *offer, const struct hold *hold,
                       int64_t late_ms, struct err *err)
{
    const char *to = say_person(turn, offer->to_id);
    struct note *note = say_note(
        turn, "Hand-over to %s has lapsed: it stays with %s.%s To offer it again: %s",
        to, note_mention(turn->arena, hold->person_id, hold->handle),
        say_late(turn, late_ms), note_command(turn->arena, "handoff @who"));
    const char *fact = arena_exact(turn->arena, "hand-over to %s lapsed, %s leads on",
                                   to, hold->handle);
    return recorder_fact(turn, incident, &(struct fact){.kind = "role", .text = fact},
                         NULL, err) &&
           say_incident(turn, incident, note, NULL, err);
}

/* A declined offer ends as an unanswered one does, unless command has moved since; so
 * does one to somebody who was released meanwhile. */
static bool lapse_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                      struct err *err)
{
    struct offer *offer;
    struct incident *incident;
    struct hold *hold;
    bool settled;
    if (!offer_find(turn->store, alarm->subject, &offer, err) ||
        !incident_find(turn->store, alarm->incident_id, &incident, err) ||
        !hold_find(turn->store, alarm->incident_id, role_commander(turn), &hold, err)) {
        return false;
    }
    bool is_settled = offer != NULL && (offer->state == OFFER_DECLINED ||
                                        offer->state == OFFER_WITHDRAWN);
    if (offer == NULL || incident == NULL || hold == NULL ||
        (offer->state != OFFER_OPEN && !is_settled) ||
        (is_settled && hold->from_ms > offer->made_ms)) {
        return true;
    }
    return offer_end(turn, offer, OFFER_LAPSED, &settled, err) &&
           lapse_told(turn, incident, offer, hold, late_ms, err);
}

/* Declined or not: that must not be told apart. */
bool handoff_lapse(struct turn *turn, const struct incident *incident, int64_t to_id,
                   struct err *err)
{
    struct offer *offer;
    struct alarm *alarm = NULL;
    bool taken;
    if (!offer_last_to(turn->store, to_id, &offer, err) ||
        (offer != NULL &&
         !alarm_find(turn->store, LAPSE_ALARM, incident->id, offer->id, &alarm, err))) {
        return false;
    }
    return alarm == NULL || (alarm_take(turn->store, alarm, &taken, err) &&
                             lapse_run(turn, alarm, 0, err));
}

const struct alarm_kind handoff_lapse_alarm = {
    .name = LAPSE_ALARM,
    .acts = true,
    .run = lapse_run,
};
