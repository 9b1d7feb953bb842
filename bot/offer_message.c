/* The part of bot/offers.h about the message that somebody was asked with. */
#include "bot/action.h"
#include "bot/base/phrase.h"
#include "bot/offers.h"
#include "bot/say.h"
#include "store/incidents.h"
#include "store/outbox.h"

bool offer_ask(struct turn *turn, const struct incident *incident,
               const struct offer *offer, struct note *note, struct err *err)
{
    int64_t row;

    return say_direct(turn, incident, offer->to_id, note, &row, err) &&
           offer_set_message(turn->store, offer->id, row, err);
}

static const char *ending(struct turn *turn, enum offer_state state)
{
    const char *now = say_clock(turn, turn->now_ms);

    switch (state) {
    case OFFER_ACCEPTED: return arena_printf(turn->arena, "You said yes at %s.", now);
    case OFFER_DECLINED:
        return arena_printf(turn->arena, "You said not now at %s.", now);
    case OFFER_OPEN:
    case OFFER_LAPSED:
    case OFFER_WITHDRAWN: break;
    }
    return arena_printf(turn->arena, "It waited for your yes until %s.", now);
}

static bool close_message(struct turn *turn, const struct offer *offer,
                          enum offer_state state, struct err *err)
{
    struct incident *incident;
    struct outbox_row *row;
    struct action action = {0};
    struct note *note;

    if (offer->message_row == 0) {
        return true;
    }
    if (!incident_find(turn->store, offer->incident_id, &incident, err) ||
        !outbox_find(turn->store, offer->message_row, &row, err)) {
        return false;
    }
    if (incident == NULL || row == NULL ||
        !action_from_json(turn->arena, row->body, &action) || action.note == NULL) {
        return true; /* its words are gone */
    }
    note = note_without_choices(action.note);
    note_context(note, "%s", ending(turn, state));
    return say_amend(turn, incident, row->id, note, true, err);
}

bool offer_end(struct turn *turn, const struct offer *offer, enum offer_state state,
               bool *settled, struct err *err)
{
    return offer_settle(turn->store, offer->id, state, turn->now_ms, settled, err) &&
           (!*settled || close_message(turn, offer, state, err));
}
