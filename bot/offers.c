#include "bot/offers.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/choice.h"
#include "bot/incident.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/waiting_way.h"

#define LATELY_MS (10 * TIME_MINUTE_MS)

static const struct offer_kind *kind_find(const char *name)
{
    for (size_t i = 0; offer_table[i] != NULL; i++) {
        if (text_equal(offer_table[i]->name, name)) {
            return offer_table[i];
        }
    }
    return NULL;
}

/* In an incident's channel: its offers, and those of no incident. Where an incident is
 * named: its own. Else all. With N: that one. */
static bool is_meant(const struct command_call *call, const struct offer *offer,
                     int64_t n)
{
    if (kind_find(offer->kind) == NULL || (n != 0 && offer->id != n)) {
        return false;
    }
    if (call->incident == NULL || offer->incident_id == call->incident->id) {
        return true;
    }
    return call->is_in_channel && offer->incident_id == 0;
}

static bool offers_meant(struct turn *turn, const struct command_call *call, int64_t n,
                         struct offers *meant, struct err *err)
{
    struct offers all;
    if (!offers_to(turn->store, call->speaker->id, 0, &all, err)) {
        return false;
    }
    meant->count = 0;
    meant->all = ARENA_ARRAY(turn->arena, struct offer, all.count);
    for (size_t i = 0; i < all.count; i++) {
        if (is_meant(call, &all.all[i], n)) {
            meant->all[meant->count++] = all.all[i];
        }
    }
    return true;
}

bool offer_leader(struct turn *turn, const struct offer *offer, const char **words,
                  struct err *err)
{
    struct person *holder = NULL;
    if (!role_holder(turn, offer->incident_id, NULL, &holder, err)) {
        return false;
    }
    if (holder != NULL) {
        *words =
            arena_printf(turn->arena, "%s leads inc-%lld", say_person(turn, holder->id),
                         (long long)offer->incident_id);
    }
    return true;
}

/* What was offered to them a moment ago, and is settled without them: how it stands. */
static bool late_words(struct turn *turn, const struct command_call *call,
                       const char **words, struct err *err)
{
    const struct offer_kind *kind;
    struct incident *incident;
    struct offer *offer;
    bool is_visible = true;
    *words = NULL;
    if (!offer_last_to(turn->store, call->speaker->id, &offer, err)) {
        return false;
    }
    if (offer == NULL || !is_meant(call, offer, 0) ||
        (offer->state != OFFER_LAPSED && offer->state != OFFER_WITHDRAWN) ||
        offer->settled_ms < turn->now_ms - LATELY_MS) {
        return true;
    }
    if (offer->incident_id != 0 &&
        (!incident_find(turn->store, offer->incident_id, &incident, err) ||
         !incident_is_visible(turn, incident, call->speaker->id, &is_visible, err))) {
        return false;
    }
    kind = kind_find(offer->kind);
    return !is_visible || kind->stands == NULL || kind->stands(turn, offer, words, err);
}

static bool none_told(struct turn *turn, const struct command_call *call, int64_t n,
                      struct err *err)
{
    const char *late, *way;
    if (!late_words(turn, call, &late, err) || !waiting_way(turn, call, &way, err)) {
        return false;
    }
    struct note *note =
        late != NULL
            ? say_note(turn,
                       "That waits for your yes no more: %s. Nothing was changed.",
                       late)
        : n != 0
            ? say_note(turn, "No offer %s waits for you. Nothing was changed.",
                       command_number_typed(turn->arena, &call->args[0], n))
            : say_note(turn,
                       "No offer waits for your yes here. Nothing was changed.%s%s",
                       way == NULL ? "" : " ", text_or(way, ""));
    return say_private(turn, call, note, err);
}

/* Which one: `accept 5` (lead inc-42, asked by marek); … */
static bool several_told(struct turn *turn, const struct command_call *call,
                         const struct offers *meant, struct err *err)
{
    struct text line;
    text_init(&line, turn->arena);
    for (size_t i = 0; i < meant->count; i++) {
        const struct offer *offer = &meant->all[i];
        text_addf(&line, "%s %s (%s", i == 0 ? "" : ";",
                  note_command(turn->arena, "%s %lld", call->command->name,
                               (long long)offer->id),
                  phrase_of(kind_find(offer->kind)->what));
        if (offer->incident_id != 0) {
            text_addf(&line, " inc-%lld", (long long)offer->incident_id);
        }
        if (offer->from_id != 0) {
            text_addf(&line, ", asked by %s", say_person(turn, offer->from_id));
        }
        text_add(&line, ")");
    }
    return say_private(turn, call,
                       say_note(turn, "%zu offers wait for you. Which one:%s",
                                meant->count, line.data),
                       err);
}

/* The offers that the call may mean, and the one if it is only one (else NULL, and the
 * speaker was told). */
static bool offer_settled(struct turn *turn, const struct command_call *call, int64_t n,
                          enum offer_state state, struct offer **offer, struct err *err)
{
    struct offers meant;
    bool settled;
    *offer = NULL;
    if (!offers_meant(turn, call, n, &meant, err)) {
        return false;
    }
    if (meant.count == 0) {
        return none_told(turn, call, n, err);
    }
    if (meant.count > 1) {
        return several_told(turn, call, &meant, err);
    }
    if (!offer_end(turn, &meant.all[0], state, &settled, err)) {
        return false;
    }
    if (!settled) {
        return none_told(turn, call, n, err);
    }
    *offer = &meant.all[0];
    return true;
}

bool offer_waits(struct turn *turn, const struct command_call *call, bool *waits,
                 struct err *err)
{
    struct offers meant;
    if (!offers_meant(turn, call, 0, &meant, err)) {
        return false;
    }
    *waits = false;
    for (size_t i = 0; i < meant.count; i++) {
        *waits = *waits || meant.all[i].incident_id != 0;
    }
    return true;
}

bool offer_accept(struct turn *turn, const struct command_call *call, int64_t n,
                  struct err *err)
{
    struct offer *offer;
    return offer_settled(turn, call, n, OFFER_ACCEPTED, &offer, err) &&
           (offer == NULL || (kind_find(offer->kind)->accept(turn, call, offer, err) &&
                              choice_taken(turn, call, err)));
}

bool offer_decline(struct turn *turn, const struct command_call *call, int64_t n,
                   struct err *err)
{
    struct offer *offer;
    return offer_settled(turn, call, n, OFFER_DECLINED, &offer, err) &&
           (offer == NULL || (kind_find(offer->kind)->decline(turn, call, offer, err) &&
                              choice_taken(turn, call, err)));
}
