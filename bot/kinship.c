#include "bot/kinship.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/closing.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "store/relations.h"
#include "store/tasks.h"
#include "store/ties.h"

/* "inc-3 orders late" */
static const char *name_of(struct turn *turn, const struct incident *incident)
{
    return arena_exact(turn->arena, "%s %s", say_ref(turn, incident),
                       note_words(turn->arena, incident->title));
}

static bool record(struct turn *turn, const struct incident *incident,
                   int64_t person_id, const char *text, struct err *err)
{
    return recorder_fact(
        turn, incident,
        &(struct fact){.person_id = person_id, .kind = "related", .text = text}, NULL,
        err);
}

/* Whoever was at work in the one goes on in the other: ", tove and bo are in". */
static bool bring_over(struct turn *turn, const struct command_call *call,
                       const struct incident *other, const char **words,
                       struct err *err)
{
    struct ties ties;
    int64_t *ids;

    *words = "";
    if (other->is_private || !incident_is_open(other)) {
        return true;
    }
    if (!ties_at_work(turn->store, call->incident->id, &ties, err)) {
        return false;
    }
    ids = ARENA_ARRAY(turn->arena, int64_t, ties.count);
    for (size_t i = 0; i < ties.count; i++) {
        ids[i] = ties.all[i].person_id;
        if (!incident_bring_in(turn, other, ids[i], err)) {
            return false;
        }
    }
    if (ties.count > 0) {
        *words =
            arena_printf(turn->arena, ", %s %s in", say_people(turn, ids, ties.count),
                         ties.count == 1 ? PHRASE("is") : PHRASE("are"));
    }
    return true;
}

/* "a duplicate of inc-3 orders late, active: go on in #inc-3-orders-late" */
static const char *where_to(struct turn *turn, const struct incident *other)
{
    if (other->is_private) {
        return PHRASE("a duplicate of another incident");
    }
    if (incident_is_open(other)) {
        return arena_printf(turn->arena, "a duplicate of %s, %s: go on in %s",
                            name_of(turn, other), incident_state_words(other->state),
                            say_link(turn, other));
    }
    return arena_printf(turn->arena, "a duplicate of %s, which is %s",
                        name_of(turn, other), incident_state_words(other->state));
}

/* " Still open: 1 task (`tasks inc-3`).", or "": nobody is reminded of what stays in a
 * channel that is closed. */
static bool left_words(struct turn *turn, const struct incident *incident,
                       const char **words, struct err *err)
{
    int64_t open, done;

    if (!tasks_count(turn->store, incident->id, &open, &done, err)) {
        return false;
    }
    *words = open == 0 ? ""
                       : arena_printf(turn->arena, " Still open: %lld task%s (%s).",
                                      (long long)open, open == 1 ? "" : "s",
                                      note_command(turn->arena, "tasks %s",
                                                   say_ref(turn, incident)));
    return true;
}

/* Where the other is over, too: how to look at it, and what if it is not. */
static void add_other(struct turn *turn, const struct incident *other,
                      struct note *note)
{
    const char *ref = say_ref(turn, other);

    if (!other->is_private && !incident_is_open(other)) {
        note_line(note, "Its record: %s. Not over: %s",
                  note_command(turn->arena, "status %s", ref),
                  note_command(turn->arena, "reopen %s WHY", ref));
    }
}

static bool tell_here(struct turn *turn, const struct command_call *call,
                      const struct incident *other, const char *brought,
                      const char *left, struct err *err)
{
    const struct incident *incident = call->incident;
    struct note *note = say_note(
        turn, "Closed at %s, %s, as %s%s.%s", say_when(turn, turn->now_ms),
        say_person(turn, call->speaker->id), where_to(turn, other), brought, left);

    add_other(turn, other, note);
    note_line(note, "Thank you, %s, for raising it. Not the same after all: %s",
              say_person(turn, incident->declared_by),
              note_command(turn->arena, "reopen %s WHY", say_ref(turn, incident)));
    return say_made(turn, call, note, err) &&
           (!other->is_private ||
            say_private(turn, call,
                        say_note(turn,
                                 "%s is private, so it is not named here, and nobody "
                                 "was brought in. Whoever should go on there: %s",
                                 say_ref(turn, other),
                                 note_command(turn->arena, "invite %s @who",
                                              say_ref(turn, other))),
                        err)) &&
           say_announce(turn, incident,
                        say_note(turn, "%s is closed: %s.", name_of(turn, incident),
                                 where_to(turn, other)),
                        err);
}

/* A private one is not named to those of the other. */
static bool tell_there(struct turn *turn, const struct command_call *call,
                       const struct incident *other, const char *left, struct err *err)
{
    const struct incident *incident = call->incident;
    const char *ref = say_ref(turn, incident);

    return incident->is_private ||
           (record(turn, other, call->speaker->id,
                   arena_exact(turn->arena, "%s is a duplicate of this", ref), err) &&
            say_incident(
                turn, other,
                say_note(turn, "%s is the same as this one, %s. Its record: %s%s%s",
                         name_of(turn, incident), say_person(turn, call->speaker->id),
                         note_command(turn->arena, "timeline %s all", ref),
                         *left == '\0' ? "" : ".", left),
                NULL, err));
}

static const char *why_not(struct turn *turn, const struct command_call *call,
                           const struct incident *other)
{
    if (other->id == call->incident->id) {
        return PHRASE("That is this incident itself.");
    }
    return other->state == INCIDENT_CANCELLED
               ? arena_printf(turn->arena, "%s is cancelled: nobody goes on there.",
                              say_ref(turn, other))
               : NULL;
}

bool kinship_duplicate(struct turn *turn, const struct command_call *call,
                       const struct incident *other, struct err *err)
{
    const struct incident *incident = call->incident;
    const char *why = why_not(turn, call, other);
    struct relation relation = {
        .incident_id = incident->id,
        .other_id = other->id,
        .kind = RELATION_DUPLICATE,
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
    };
    struct incident_step step = {
        .to = INCIDENT_CANCELLED,
        .person_id = call->speaker->id,
        .text = other->is_private ? "closed as a duplicate"
                                  : arena_exact(turn->arena, "closed: duplicate of %s",
                                                say_ref(turn, other)),
    };
    struct refusal refusal = {0};
    const char *brought, *left;
    bool is_new;

    if (why != NULL) {
        return say_unchanged(turn, call, why, err);
    }
    if (!incident_change_state(turn, incident, &step, &refusal, err)) {
        return false;
    }
    if (refusal.text != NULL) {
        return say_refusal(turn, call, &refusal, err);
    }
    return relation_add(turn->store, &relation, &is_new, err) &&
           closing_call_off(turn, incident, err) &&
           bring_over(turn, call, other, &brought, err) &&
           left_words(turn, incident, &left, err) &&
           tell_here(turn, call, other, brought, left, err) &&
           tell_there(turn, call, other, left, err) &&
           incident_refresh(turn, incident->id, err);
}

/* In the channel of `incident`, of `other`; where both may be named there. */
static bool tell_related(struct turn *turn, const struct incident *incident,
                         const struct incident *other, bool is_new, int64_t person_id,
                         struct err *err)
{
    const char *name = name_of(turn, other);
    const char *who = say_person(turn, person_id);
    struct note *note =
        is_new ? say_note(turn, "Related, %s: %s, %s, %s. Not so: %s", who, name,
                          incident_state_words(other->state), say_link(turn, other),
                          note_command(turn->arena, "related %s", say_ref(turn, other)))
               : say_note(turn, "Not related any more, %s: %s.", who, name);

    return other->is_private ||
           (record(
                turn, incident, person_id,
                arena_exact(turn->arena, "%s %s",
                            is_new ? "related:" : "not related:", say_ref(turn, other)),
                err) &&
            say_incident(turn, incident, note, NULL, err));
}

/* What the speaker is told where the channel hears nothing, or is another one. */
static bool answer_related(struct turn *turn, const struct command_call *call,
                           const struct incident *other, bool is_new, struct err *err)
{
    if (call->is_in_channel && !other->is_private) {
        return true;
    }
    return say_private(
        turn, call,
        say_note(turn, "%s: %s and %s%s.",
                 is_new ? PHRASE("Noted as related") : PHRASE("Not related any more"),
                 say_ref(turn, call->incident), say_ref(turn, other),
                 other->is_private
                     ? PHRASE(". The other is private, so nothing is said here")
                     : ""),
        err);
}

bool kinship_related(struct turn *turn, const struct command_call *call,
                     const struct incident *other, struct err *err)
{
    const struct incident *incident = call->incident;
    bool is_older = incident->id < other->id;
    struct relation relation = {
        .incident_id = is_older ? incident->id : other->id,
        .other_id = is_older ? other->id : incident->id,
        .kind = RELATION_RELATED,
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
    };
    bool is_new, was_there;

    if (other->id == incident->id) {
        return say_unchanged(turn, call, PHRASE("That is this incident itself."), err);
    }
    if (!relation_add(turn->store, &relation, &is_new, err) ||
        (!is_new && !relation_remove(turn->store, &relation, &was_there, err))) {
        return false;
    }
    return tell_related(turn, incident, other, is_new, call->speaker->id, err) &&
           tell_related(turn, other, incident, is_new, call->speaker->id, err) &&
           answer_related(turn, call, other, is_new, err) &&
           incident_refresh(turn, incident->id, err) &&
           incident_refresh(turn, other->id, err);
}
