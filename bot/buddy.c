#include "bot/buddy.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/say.h"
#include "store/buddies.h"

#define OFFER_KIND "buddy"

static bool tell(struct turn *turn, const struct command_call *call,
                 const char *sentence, struct err *err)
{
    return say_private(turn, call, say_note(turn, "%s", sentence), err);
}

static bool end_it(struct turn *turn, const struct command_call *call,
                   const struct person *who, struct err *err)
{
    return buddy_end(turn->store, call->speaker->id, who->id, err) &&
           tell(turn, call,
                arena_printf(turn->arena,
                             "You and %s are no buddies any more. Offer it again: %s",
                             say_person(turn, who->id),
                             note_command(turn->arena, "buddy @%s", who->handle)),
                err);
}

/* An offer from one person to another that still waits, or NULL. */
static bool find_open(struct turn *turn, int64_t from_id, int64_t to_id,
                      const struct offer **open, struct err *err)
{
    struct offers offers;

    *open = NULL;
    if (!offers_to(turn->store, to_id, 0, &offers, err)) {
        return false;
    }
    for (size_t i = 0; i < offers.count; i++) {
        const struct offer *offer = &offers.all[i];

        if (text_equal(offer->kind, OFFER_KIND) && offer->from_id == from_id) {
            *open = offer;
        }
    }
    return true;
}

static bool make(struct turn *turn, const struct command_call *call,
                 const struct person *who, struct err *err)
{
    struct offer offer = {
        .kind = OFFER_KIND,
        .from_id = call->speaker->id,
        .to_id = who->id,
        .made_ms = turn->now_ms,
        .ends_ms = TIME_NONE,
    };
    const char *speaker = say_person(turn, call->speaker->id);
    struct note *note = say_note(
        turn, "%s would like to be your buddy: someone to ask without shame. %s or %s",
        speaker, note_command(turn->arena, "accept"),
        note_command(turn->arena, "decline"));

    note_line(note, "Yes holds both ways. No needs no reason.");
    return offer_insert(turn->store, &offer, err) &&
           say_direct_by(turn, call, who->id, note, err) &&
           tell(turn, call,
                arena_printf(turn->arena,
                             "Asked %s. You are buddies once %s says yes. Nobody else "
                             "sees it.",
                             say_person(turn, who->id), say_person(turn, who->id)),
                err);
}

static bool join_up(struct turn *turn, const struct command_call *call, int64_t one_id,
                    int64_t other_id, struct err *err)
{
    return buddy_agree(turn->store, one_id, other_id, err) &&
           buddy_add(turn->store, one_id, other_id, turn->now_ms, false, err) &&
           buddy_add(turn->store, other_id, one_id, turn->now_ms, false, err) &&
           tell(turn, call,
                arena_printf(
                    turn->arena, "You and %s are buddies. To ask: %s. To end it: %s",
                    say_person(turn, one_id), note_command(turn->arena, "ask QUESTION"),
                    note_command(turn->arena, "buddy @%s", say_person(turn, one_id))),
                err) &&
           say_direct_by(turn, call, one_id,
                         say_note(turn, "%s said yes: you are buddies.",
                                  say_person(turn, other_id)),
                         err);
}

bool buddy_offer(struct turn *turn, const struct command_call *call,
                 const struct person *who, struct err *err)
{
    const struct offer *mine, *theirs;
    bool is_mine, is_theirs, settled;

    if (who->id == call->speaker->id) {
        return tell(turn, call, PHRASE("That is you. A buddy is somebody else."), err);
    }
    if (!buddy_is(turn->store, call->speaker->id, who->id, &is_mine, err) ||
        !buddy_is(turn->store, who->id, call->speaker->id, &is_theirs, err) ||
        !find_open(turn, call->speaker->id, who->id, &mine, err) ||
        !find_open(turn, who->id, call->speaker->id, &theirs, err)) {
        return false;
    }
    if (is_mine && is_theirs) {
        return end_it(turn, call, who, err);
    }
    if (theirs != NULL && /* both have asked: that is a yes */
        !offer_end(turn, theirs, OFFER_ACCEPTED, &settled, err)) {
        return false;
    }
    if (is_theirs || theirs != NULL) {
        return join_up(turn, call, who->id, call->speaker->id, err);
    }
    if (mine != NULL) {
        return tell(turn, call,
                    arena_printf(turn->arena, "%s was asked %s. Nothing was changed.",
                                 say_person(turn, who->id),
                                 say_at(turn, mine->made_ms)),
                    err);
    }
    return make(turn, call, who, err);
}

static bool accepted(struct turn *turn, const struct command_call *call,
                     const struct offer *offer, struct err *err)
{
    return join_up(turn, call, offer->from_id, offer->to_id, err);
}

/* A no is cheap: whoever asked hears nothing of it. */
static bool declined(struct turn *turn, const struct command_call *call,
                     const struct offer *offer, struct err *err)
{
    (void)offer;
    return tell(turn, call, PHRASE("Fine. Nobody is told."), err);
}

/* Those who may ask one by the directory's word alone: nobody has to be. */
static bool add_one_sided(struct turn *turn, const struct command_call *call,
                          struct note *note, struct err *err)
{
    struct people people;

    if (!buddies_one_sided(turn->store, call->speaker->id, &people, err)) {
        return false;
    }
    for (size_t i = 0; i < people.count; i++) {
        const char *who = note_words(turn->arena, people.all[i].handle);

        note_line(
            note,
            "By the directory you are %s's buddy. Both ways: %s; once more ends it.",
            who, note_command(turn->arena, "buddy @%s", people.all[i].handle));
    }
    return true;
}

bool buddy_list(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct people buddies;
    struct text text;
    struct note *note;

    if (!buddies_of(turn->store, call->speaker->id, &buddies, err)) {
        return false;
    }
    text_init(&text, turn->arena);
    for (size_t i = 0; i < buddies.count; i++) {
        text_addf(&text, "%s%s", i == 0 ? "" : ", ",
                  note_words(turn->arena, buddies.all[i].handle));
    }
    note = buddies.count == 0
               ? say_note(turn, "No buddy yet: someone you may ask without shame. %s",
                          note_command(turn->arena, "buddy @who"))
               : say_note(turn, "Your %s: %s. To ask: %s",
                          buddies.count == 1 ? PHRASE("buddy") : PHRASE("buddies"),
                          text.data, note_command(turn->arena, "ask QUESTION"));
    if (!add_one_sided(turn, call, note, err)) {
        return false;
    }
    if (call->speaker->mentor_id != 0) {
        note_line(note, "Your mentor: %s.", say_person(turn, call->speaker->mentor_id));
    }
    return say_private(turn, call, note, err);
}

const struct offer_kind buddy_offer_kind = {
    .name = OFFER_KIND,
    .what = "be buddies",
    .accept = accepted,
    .decline = declined,
};
