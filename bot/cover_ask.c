/* The asking: which of the duties of somebody who is away, and whom. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/candidates.h"
#include "bot/cover_inner.h"
#include "bot/duty.h"
#include "bot/say.h"
#include "store/covers.h"
#include "store/rota.h"
#include "store/services.h"

#define ASKED 3 /* at once */
#define SPANS 200

const char *cover_service(struct turn *turn, int64_t service_id)
{
    struct service *service = NULL;
    struct err err;

    return service_find(turn->store, service_id, &service, &err) && service != NULL
               ? note_words(turn->arena, service->name)
               : PHRASE("a service that is gone");
}

bool cover_shifts(struct turn *turn, const struct cover *cover,
                  struct duty_span **shifts, size_t *count, struct err *err)
{
    struct duty_span *spans = ARENA_ARRAY(turn->arena, struct duty_span, SPANS);
    int64_t from_ms = cover->from_ms > turn->now_ms ? cover->from_ms : turn->now_ms;
    struct rota rota;
    size_t all;

    *shifts = spans;
    *count = 0;
    if (!rota_read(turn->store, cover->service_id, turn->now_ms, &rota, err)) {
        return false;
    }
    all = duty_spans(&rota, from_ms, cover->to_ms, spans, SPANS);
    for (size_t i = 0; i < all; i++) {
        if (spans[i].person_id == cover->person_id) {
            spans[(*count)++] = spans[i];
        }
    }
    return true;
}

/* The reader's own hour beside it, where that is another one. */
static const char *when(struct turn *turn, int64_t at_ms, int64_t reader_id)
{
    const char *zone = NULL;
    struct err err;

    if (!person_zone(turn->store, reader_id, "", &zone, &err) || zone == NULL) {
        return say_when(turn, at_ms);
    }
    return arena_printf(turn->arena, "%s%s", say_when(turn, at_ms),
                        time_there(turn->arena, at_ms, zone, turn_zone(turn)));
}

const char *cover_span(struct turn *turn, const struct cover *cover, int64_t reader_id)
{
    const char *to = when(turn, cover->to_ms, reader_id);
    struct duty_span *shifts;
    struct err err;
    size_t count;

    if (!cover_shifts(turn, cover, &shifts, &count, &err)) {
        count = 0;
    }
    if (count <= 1 && cover->from_ms <= turn->now_ms) {
        return arena_printf(turn->arena, "until %s", to);
    }
    return arena_printf(
        turn->arena, "%sfrom %s until %s",
        count <= 1 ? "" : arena_printf(turn->arena, "for %zu shifts ", count),
        cover->from_ms <= turn->now_ms ? PHRASE("now")
                                       : when(turn, cover->from_ms, reader_id),
        to);
}

/* Those asked before, so that nobody is asked twice. */
static bool asked_before(struct turn *turn, const struct cover *cover, int64_t **ids,
                         size_t *count, struct err *err)
{
    struct offers offers;

    if (!offers_about(turn->store, COVER_OFFER, cover->id, &offers, err)) {
        return false;
    }
    *ids = ARENA_ARRAY(turn->arena, int64_t, offers.count + 1);
    *count = offers.count;
    for (size_t i = 0; i < offers.count; i++) {
        (*ids)[i] = offers.all[i].to_id;
    }
    return true;
}

static bool ask_one(struct turn *turn, const char *adapter, const struct cover *cover,
                    const struct candidate *candidate, struct err *err)
{
    struct offer offer = {
        .kind = COVER_OFFER,
        .from_id = cover->person_id,
        .to_id = candidate->person_id,
        .subject = cover->id,
        .made_ms = turn->now_ms,
        .ends_ms = cover->to_ms,
    };
    struct note *note;

    if (!offer_insert(turn->store, &offer, err)) {
        return false;
    }
    note = say_note(turn, "%s is away. Could you be on call for %s %s?",
                    say_person(turn, cover->person_id),
                    cover_service(turn, cover->service_id),
                    cover_span(turn, cover, offer.to_id));
    note_line(note, "Yes: %s. No: %s, no reason needed, nobody is told.",
              note_command(turn->arena, "accept %lld", (long long)offer.id),
              note_command(turn->arena, "decline %lld", (long long)offer.id));
    note_choice(note, "Yes", "accept %lld", (long long)offer.id);
    note_choice(note, "No", "decline %lld", (long long)offer.id);
    return say_direct_on(turn, adapter, offer.to_id, note, err);
}

bool cover_ask_next(struct turn *turn, const char *adapter, const struct cover *cover,
                    const char **names, struct err *err)
{
    struct candidates_wish wish = {
        .adapter = adapter,
        .asker_id = cover->person_id,
        .service_id = cover->service_id,
        .only_awake = true,
        .pool = ESCALATION_FITTING,
    };
    struct candidates found;
    int64_t *skip;
    struct text list;

    *names = NULL;
    if (!asked_before(turn, cover, &skip, &wish.skip_count, err)) {
        return false;
    }
    wish.skip = skip;
    if (!candidates_find(turn, &wish, &found, err)) {
        return false;
    }
    wish.only_awake = false;
    if (found.count == 0 && !candidates_find(turn, &wish, &found, err)) {
        return false;
    }
    text_init(&list, turn->arena);
    for (size_t i = 0; i < found.count && i < ASKED; i++) {
        if (!ask_one(turn, adapter, cover, &found.all[i], err)) {
            return false;
        }
        text_addf(&list, "%s%s", i == 0 ? "" : ", ", found.all[i].handle);
    }
    *names = found.count == 0 ? NULL : list.data;
    return true;
}

const char *cover_by_name(struct turn *turn, int64_t service_id)
{
    return note_command(turn->arena, "oncall %s @who until WHEN",
                        cover_service(turn, service_id));
}

static bool ask_for(struct turn *turn, const struct command_call *call,
                    struct cover *cover, struct note *note, struct err *err)
{
    const char *service = cover_service(turn, cover->service_id);
    const char *names;

    if (!cover_insert(turn->store, cover, err) ||
        !cover_ask_next(turn, call->event->place.adapter, cover, &names, err)) {
        return false;
    }
    if (names == NULL) {
        bool moved;

        note_line(note,
                  "You are on call for %s %s, and I know nobody to ask. By name: %s",
                  service, cover_span(turn, cover, cover->person_id),
                  cover_by_name(turn, cover->service_id));
        return cover_withdraw(turn->store, cover->id, turn->now_ms, &moved, err);
    }
    note_line(
        note,
        "You are on call for %s %s: asked %s to take it over. It stays yours until "
        "one says yes. By name: %s",
        service, cover_span(turn, cover, cover->person_id), names,
        cover_by_name(turn, cover->service_id));
    return true;
}

/* Is somebody asked for this time already? */
static bool is_asked(const struct covers *covers, const struct cover *cover)
{
    for (size_t i = 0; i < covers->count; i++) {
        const struct cover *other = &covers->all[i];

        if (other->service_id == cover->service_id && other->state == COVER_OPEN &&
            other->to_ms >= cover->to_ms) {
            return true;
        }
    }
    return false;
}

/* One request for all duties of theirs in that time. */
static bool ask_service(struct turn *turn, const struct command_call *call,
                        int64_t service_id, int64_t until_ms, struct note *note,
                        struct err *err)
{
    struct cover cover = {
        .service_id = service_id,
        .person_id = call->speaker->id,
        .from_ms = turn->now_ms,
        .to_ms = until_ms,
        .made_ms = turn->now_ms,
    };
    struct duty_span *shifts;
    struct covers covers;
    size_t count;

    if (!covers_of(turn->store, call->speaker->id, turn->now_ms, &covers, err) ||
        !cover_shifts(turn, &cover, &shifts, &count, err)) {
        return false;
    }
    if (count == 0) {
        return true;
    }
    cover.from_ms = shifts[0].from_ms;
    cover.to_ms = shifts[count - 1].to_ms;
    return is_asked(&covers, &cover) || ask_for(turn, call, &cover, note, err);
}

/* Without an end nobody can be asked for a time: the duty that runs is named. */
static bool name_duty(struct turn *turn, const struct command_call *call,
                      int64_t service_id, struct note *note, struct err *err)
{
    struct duty duty;

    if (!duty_now(turn, service_id, turn->now_ms, &duty, err)) {
        return false;
    }
    if (duty.person_id == call->speaker->id) {
        note_line(note,
                  "You are on call for %s. With a time (%s) I ask others to take it "
                  "over. By name: %s",
                  cover_service(turn, service_id),
                  note_command(turn->arena, "away UNTIL"),
                  cover_by_name(turn, service_id));
    }
    return true;
}

bool cover_ask(struct turn *turn, const struct command_call *call, int64_t until_ms,
               struct note *note, struct err *err)
{
    struct services all;

    if (!services_all(turn->store, &all, err)) {
        return false;
    }
    for (size_t i = 0; i < all.count; i++) {
        int64_t id = all.all[i].id;

        if (until_ms == INT64_MAX ? !name_duty(turn, call, id, note, err)
                                  : !ask_service(turn, call, id, until_ms, note, err)) {
            return false;
        }
    }
    return true;
}
