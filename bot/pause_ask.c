/* Whom to ask to cover for somebody who takes a break, and what becomes of a no and of
 * silence. */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/brief.h"
#include "bot/candidates.h"
#include "bot/incident.h"
#include "bot/pause.h"
#include "bot/roles.h"
#include "bot/say.h"

#define OFFER_KIND   "break"
#define SILENT_ALARM "break-silent"
#define ASKED_MOST   3 /* by choice */

bool pause_roles(struct turn *turn, int64_t incident_id, int64_t person_id,
                 const char **roles, bool *leads, struct err *err)
{
    struct holds holds;
    struct text text;

    *leads = false;
    text_init(&text, turn->arena);
    text_add(&text, "");
    if (!holds_list(turn->store, incident_id, true, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        const struct hold *hold = &holds.all[i];

        if (hold->person_id == person_id) {
            text_addf(&text, "%s%s", text.length_bytes > 0 ? ", " : "",
                      note_words(turn->arena, hold->role));
            *leads = *leads || text_same(hold->role, role_commander(turn));
        }
    }
    *roles = text.data;
    return true;
}

/* All that were made for this break, in order. */
static bool offers_for(struct turn *turn, const struct pause *pause,
                       struct offers *offers, struct err *err)
{
    const struct offer like = {
        .incident_id = pause->incident_id,
        .kind = OFFER_KIND,
        .from_id = pause->person_id,
        .made_ms = pause->asked_ms,
    };

    return offers_since(turn->store, &like, offers, err);
}

bool pause_ask(struct turn *turn, const struct incident *incident,
               const struct pause *pause, int64_t to_id, int64_t wait_ms,
               struct err *err)
{
    struct offer offer = {
        .kind = OFFER_KIND,
        .incident_id = incident->id,
        .from_id = pause->person_id,
        .to_id = to_id,
        .made_ms = turn->now_ms,
        .ends_ms = wait_ms > 0 ? turn->now_ms + wait_ms : TIME_NONE,
    };
    struct note *brief;

    return offer_insert(turn->store, &offer, err) &&
           alarm_after(turn,
                       &(struct alarm){.kind = SILENT_ALARM,
                                       .incident_id = incident->id,
                                       .subject = offer.id},
                       wait_ms, err) &&
           incident_bring_in(turn, incident, to_id, err) &&
           brief_cover(turn, incident, &offer, pause, &brief, err) &&
           offer_ask(turn, incident, &offer, brief, err);
}

/* Of those here, else of all who fit; a private incident stays among its own. */
static bool choose(struct turn *turn, const struct incident *incident,
                   const struct pause *pause, const struct offers *asked,
                   struct candidates *candidates, struct err *err)
{
    int64_t *skip = ARENA_ARRAY(turn->arena, int64_t, asked->count + 1);
    struct candidates_wish wish = {
        .incident = incident,
        .asker_id = pause->person_id,
        .skip = skip,
        .skip_count = asked->count,
        .only_here = true,
        .pool = ESCALATION_ANYBODY,
    };

    for (size_t i = 0; i < asked->count; i++) {
        skip[i] = asked->all[i].to_id;
    }
    if (asked->count >= ASKED_MOST) {
        candidates->count = 0;
        return true;
    }
    if (!candidates_find(turn, &wish, candidates, err)) {
        return false;
    }
    if (candidates->count > 0 || incident->is_private) {
        return true;
    }
    wish.only_here = false;
    wish.pool = ESCALATION_FITTING;
    return candidates_find(turn, &wish, candidates, err);
}

/* The one who would like to rest hears who is asked and why; nobody else does. */
static bool asked_told(struct turn *turn, const struct incident *incident,
                       const struct pause *pause, const struct candidate *candidate,
                       int64_t wait_ms, struct err *err)
{
    const char *why = candidate->is_here
                          ? escalation_reasons_here(turn->arena, candidate)
                          : escalation_reasons(turn->arena, candidate, "; ");

    return say_direct(turn, incident, pause->person_id,
                      say_note(turn,
                               "%s: %s is asked to cover (%s). No answer by %s: the "
                               "next is asked.",
                               say_ref(turn, incident), candidate->handle, why,
                               say_when(turn, turn->now_ms + wait_ms)),
                      NULL, err);
}

/* Others may be here: no more than three are asked, so that a break stays one. */
static bool nobody_told(struct turn *turn, const struct incident *incident,
                        const struct pause *pause, size_t asked, struct err *err)
{
    const char *ref = say_ref(turn, incident);
    struct note *note =
        asked < ASKED_MOST
            ? say_note(turn,
                       "%s: I know nobody else to ask about covering, so the break is "
                       "off.",
                       ref)
            : say_note(turn,
                       "%s: %zu were asked to cover, nobody said yes, so the break is "
                       "off.",
                       ref, asked);

    note_line(note, "By name: %s. Bring somebody in: %s",
              note_command(turn->arena, "break %s 20m @who", ref),
              note_command(turn->arena, "page %s SERVICE WHY", ref));
    return pause_end(turn->store, pause->id, turn->now_ms, err) &&
           say_direct(turn, incident, pause->person_id, note, NULL, err);
}

bool pause_ask_next(struct turn *turn, const struct incident *incident,
                    const struct pause *pause, bool *asked, struct err *err)
{
    int64_t wait_ms = turn->config->nudges.lead_question_ms;
    struct offers offers;
    struct candidates candidates;

    *asked = false;
    if (!offers_for(turn, pause, &offers, err) ||
        !choose(turn, incident, pause, &offers, &candidates, err)) {
        return false;
    }
    if (candidates.count == 0) {
        return nobody_told(turn, incident, pause, offers.count, err);
    }
    *asked = true;
    return pause_ask(turn, incident, pause, candidates.all[0].person_id, wait_ms,
                     err) &&
           asked_told(turn, incident, pause, &candidates.all[0], wait_ms, err);
}

bool pause_withdraw(struct turn *turn, const struct incident *incident,
                    const struct pause *pause, struct err *err)
{
    struct offers offers;

    if (!offers_for(turn, pause, &offers, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        const struct offer *offer = &offers.all[i];
        bool settled;

        if (!alarm_clear(turn->store, SILENT_ALARM, incident->id, offer->id, err) ||
            !offer_end(turn, offer, OFFER_WITHDRAWN, &settled, err)) {
            return false;
        }
        if (settled && !say_direct(turn, incident, offer->to_id,
                                   say_note(turn,
                                            "%s: no cover is needed any more. Nothing "
                                            "is asked of you.",
                                            say_ref(turn, incident)),
                                   NULL, err)) {
            return false;
        }
    }
    return true;
}

/* The break this offer was made for, if it still waits for a yes. */
static bool find_waiting(struct turn *turn, const struct offer *offer,
                         struct incident **incident, struct pause **pause,
                         struct err *err)
{
    *pause = NULL;
    if (!incident_find(turn->store, offer->incident_id, incident, err)) {
        return false;
    }
    if (*incident == NULL || !incident_is_open(*incident)) {
        return true;
    }
    if (!pause_find(turn->store, offer->incident_id, offer->from_id, pause, err)) {
        return false;
    }
    if (*pause != NULL &&
        ((*pause)->from_ms != TIME_NONE || (*pause)->asked_ms > offer->made_ms)) {
        *pause = NULL;
    }
    return true;
}

static bool accepted(struct turn *turn, const struct command_call *call,
                     const struct offer *offer, struct err *err)
{
    struct incident *incident;
    struct pause *pause;

    if (!alarm_clear(turn->store, SILENT_ALARM, offer->incident_id, offer->id, err) ||
        !find_waiting(turn, offer, &incident, &pause, err)) {
        return false;
    }
    if (pause == NULL) {
        return say_private(
            turn, call,
            say_note(turn, "No cover is needed any more. Thank you all the same."),
            err);
    }
    return pause_covered(turn, call, incident, pause, offer->to_id, err);
}

/* By name: whoever asked hears of it, and the offer ends for all to see as it would
 * have without an answer. By choice: the next is asked, and nobody is told why. */
static bool declined(struct turn *turn, const struct command_call *call,
                     const struct offer *offer, struct err *err)
{
    struct incident *incident;
    struct pause *pause;
    bool asked;

    if (!find_waiting(turn, offer, &incident, &pause, err)) {
        return false;
    }
    const char *from = say_person(turn, offer->from_id);
    bool is_named = pause != NULL && !pause->by_choice;
    struct note *answer =
        is_named ? say_note(turn,
                            "Thank you for saying so. Only %s is told, without a "
                            "reason.",
                            from)
                 : say_note(turn, "Thank you for saying so. Nobody is told.");
    if (!say_private(turn, call, answer, err) || pause == NULL) {
        return pause == NULL;
    }
    if (!is_named) {
        return alarm_clear(turn->store, SILENT_ALARM, incident->id, offer->id, err) &&
               pause_ask_next(turn, incident, pause, &asked, err);
    }
    const char *ref = say_ref(turn, incident);
    return say_direct(turn, incident, offer->from_id,
                      say_note(turn,
                               "%s: %s can't cover just now. To ask another: %s, or "
                               "let me choose: %s",
                               ref, say_person(turn, offer->to_id),
                               note_command(turn->arena, "break %s 20m @who", ref),
                               note_command(turn->arena, "break %s 20m", ref)),
                      NULL, err);
}

const struct offer_kind pause_offer_kind = {
    .name = OFFER_KIND,
    .what = "cover in",
    .accept = accepted,
    .decline = declined,
    .stands = offer_leader,
};

/* The break of somebody who asked one by name is off, for all to see. */
static bool lapse(struct turn *turn, const struct incident *incident,
                  const struct pause *pause, int64_t late_ms, struct err *err)
{
    const char *person = say_person(turn, pause->person_id);
    const char *late = say_late(turn, late_ms);

    return pause_end(turn->store, pause->id, turn->now_ms, err) &&
           say_incident(turn, incident,
                        say_note(turn,
                                 "No cover for a break of %s yet: all stays as it "
                                 "is.%s To ask again: %s",
                                 person, late,
                                 note_command(turn->arena, "break 20m @who")),
                        NULL, err);
}

/* Acts: the next is asked, or the break is off. */
static bool silent_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                       struct err *err)
{
    struct offer *offer;
    struct incident *incident;
    struct pause *pause;
    bool settled, asked;

    if (!offer_find(turn->store, alarm->subject, &offer, err)) {
        return false;
    }
    if (offer == NULL || !find_waiting(turn, offer, &incident, &pause, err)) {
        return offer == NULL;
    }
    if (!offer_end(turn, offer, OFFER_LAPSED, &settled, err)) {
        return false;
    }
    if (pause == NULL) {
        return true;
    }
    return pause->by_choice ? pause_ask_next(turn, incident, pause, &asked, err)
                            : lapse(turn, incident, pause, late_ms, err);
}

const struct alarm_kind pause_silent_alarm = {
    .name = SILENT_ALARM,
    .acts = true,
    .run = silent_run,
};
