#include "bot/cover_inner.h"
#include "bot/say.h"
#include "store/rota.h"

/* Whoever was asked and has not answered need not wonder. */
static bool release_asked(struct turn *turn, const struct command_call *call,
                          const struct cover *cover, const char *words, struct err *err)
{
    struct offers offers;
    bool settled;

    if (!offers_about(turn->store, COVER_OFFER, cover->id, &offers, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        const struct offer *offer = &offers.all[i];

        if (offer->state != OFFER_OPEN) {
            continue;
        }
        if (!offer_end(turn, offer, OFFER_WITHDRAWN, &settled, err) ||
            !say_direct_by(turn, call, offer->to_id, say_note(turn, "%s", words),
                           err)) {
            return false;
        }
    }
    return true;
}

bool cover_end(struct turn *turn, const struct command_call *call, struct note *note,
               struct err *err)
{
    struct covers covers;
    bool moved;

    if (!covers_of(turn->store, call->speaker->id, turn->now_ms, &covers, err)) {
        return false;
    }
    for (size_t i = 0; i < covers.count; i++) {
        const struct cover *cover = &covers.all[i];
        const char *service = cover_service(turn, cover->service_id);

        if (cover->state == COVER_TAKEN) {
            note_line(note,
                      "%s is on call for %s in your place %s. To take it back: %s",
                      say_person(turn, cover->cover_id), service,
                      cover_span(turn, cover, cover->person_id),
                      note_command(turn->arena, "oncall %s @%s until WHEN", service,
                                   call->speaker->handle));
            continue;
        }
        if (!cover_withdraw(turn->store, cover->id, turn->now_ms, &moved, err) ||
            !release_asked(turn, call, cover,
                           arena_printf(turn->arena,
                                        "%s is back: nobody is needed for %s any more. "
                                        "Thank you.",
                                        say_person(turn, cover->person_id), service),
                           err)) {
            return false;
        }
    }
    return true;
}

/* Somebody was first, the asker is back, or the time is over. */
static bool tell_past(struct turn *turn, const struct command_call *call,
                      const struct cover *cover, struct err *err)
{
    const char *service = cover_service(turn, cover->service_id);
    struct note *note =
        cover->state == COVER_TAKEN
            ? say_note(turn, "%s was first: nobody else is needed for %s. Thank you.",
                       say_person(turn, cover->cover_id), service)
            : say_note(turn, "Nobody is needed for %s any more. Thank you.", service);

    return say_private(turn, call, note, err);
}

/* Each shift of theirs in that time becomes the speaker's. */
static bool put_on_duty(struct turn *turn, const struct command_call *call,
                        const struct cover *cover, struct err *err)
{
    struct duty_span *shifts;
    size_t count;

    if (!cover_shifts(turn, cover, &shifts, &count, err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!rota_override(turn->store, cover->service_id,
                           &(struct rota_override){.person_id = call->speaker->id,
                                                   .from_ms = shifts[i].from_ms,
                                                   .to_ms = shifts[i].to_ms},
                           err)) {
            return false;
        }
    }
    return true;
}

static bool take_over(struct turn *turn, const struct command_call *call,
                      const struct cover *cover, struct err *err)
{
    const char *service = cover_service(turn, cover->service_id);
    const char *who = say_person(turn, call->speaker->id);
    const char *mine = cover_span(turn, cover, call->speaker->id);
    const char *theirs = cover_span(turn, cover, cover->person_id);

    return put_on_duty(turn, call, cover, err) &&
           say_private(turn, call,
                       say_note(turn,
                                "You are on call for %s %s. Thank you. Somebody "
                                "else for a while: %s",
                                service, mine, cover_by_name(turn, cover->service_id)),
                       err) &&
           say_direct_by(turn, call, cover->person_id,
                         say_note(turn, "%s takes over %s %s: you are free.", who,
                                  service, theirs),
                         err) &&
           release_asked(turn, call, cover,
                         arena_printf(turn->arena,
                                      "%s takes over %s: nobody else is needed. Thank "
                                      "you.",
                                      who, service),
                         err);
}

static bool accepted(struct turn *turn, const struct command_call *call,
                     const struct offer *offer, struct err *err)
{
    struct cover *cover;
    bool taken = false;

    if (!cover_find(turn->store, offer->subject, &cover, err)) {
        return false;
    }
    INSIST(cover != NULL);
    if (cover->to_ms > turn->now_ms &&
        !cover_take(turn->store, cover->id, call->speaker->id, turn->now_ms, &taken,
                    err)) {
        return false;
    }
    return taken ? take_over(turn, call, cover, err)
                 : tell_past(turn, call, cover, err);
}

/* Is anybody left who may still say yes? */
static bool anybody_waits(struct turn *turn, const struct cover *cover, bool *waits,
                          struct err *err)
{
    struct offers offers;

    *waits = false;
    if (!offers_about(turn->store, COVER_OFFER, cover->id, &offers, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        *waits = *waits || offers.all[i].state == OFFER_OPEN;
    }
    return true;
}

/* A no is cheap: the next few are asked, and who said it is told to nobody. */
static bool declined(struct turn *turn, const struct command_call *call,
                     const struct offer *offer, struct err *err)
{
    struct cover *cover;
    const char *names = NULL;
    bool waits;

    if (!say_private(turn, call, say_note(turn, "Fine. Nobody is told."), err) ||
        !cover_find(turn->store, offer->subject, &cover, err)) {
        return false;
    }
    INSIST(cover != NULL);
    if (cover->state != COVER_OPEN || cover->to_ms <= turn->now_ms) {
        return true;
    }
    if (!anybody_waits(turn, cover, &waits, err) ||
        (!waits &&
         !cover_ask_next(turn, call->event->place.adapter, cover, &names, err))) {
        return false;
    }
    return waits || names != NULL ||
           say_direct_by(turn, call, cover->person_id,
                         say_note(turn,
                                  "Nobody could take over %s %s: it stays with you. By "
                                  "name: %s",
                                  cover_service(turn, cover->service_id),
                                  cover_span(turn, cover, cover->person_id),
                                  cover_by_name(turn, cover->service_id)),
                         err);
}

static bool stands(struct turn *turn, const struct offer *offer, const char **words,
                   struct err *err)
{
    struct cover *cover;

    if (!cover_find(turn->store, offer->subject, &cover, err)) {
        return false;
    }
    if (cover == NULL) {
        return true;
    }
    *words = cover->state == COVER_TAKEN
                 ? arena_printf(turn->arena, "%s takes over %s",
                                say_person(turn, cover->cover_id),
                                cover_service(turn, cover->service_id))
                 : arena_printf(turn->arena, "%s stays with %s",
                                cover_service(turn, cover->service_id),
                                say_person(turn, cover->person_id));
    return true;
}

const struct offer_kind cover_offer_kind = {
    .name = COVER_OFFER,
    .what = "be on call",
    .accept = accepted,
    .decline = declined,
    .stands = stands,
};
