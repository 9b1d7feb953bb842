#include "bot/update.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "bot/subscribers.h"
#include "bot/wording_hint.h"
#include "store/updates.h"

/* How many there are of its audience. What was for outside is counted as one, sent or
 * not: whoever reads "Outside update 2" must not find another 2. */
static bool count_of(struct turn *turn, const struct incident *incident,
                     const char *audience, int64_t *count, struct err *err)
{
    bool is_inside = text_equal(audience, UPDATE_INSIDE);
    int64_t unsent = 0, last_ms;

    if (!updates_last(turn->store, incident->id,
                      is_inside ? UPDATE_INSIDE : UPDATE_OUTSIDE, count, &last_ms,
                      err) ||
        (!is_inside && !updates_last(turn->store, incident->id, UPDATE_UNSENT, &unsent,
                                     &last_ms, err))) {
        return false;
    }
    *count += unsent;
    return true;
}

/* Writes it down. *n is its number among those of its audience. */
static bool keep(struct turn *turn, const struct command_call *call,
                 const char *audience, const char *text, int64_t *n, struct err *err)
{
    const struct incident *incident = call->incident;
    struct update update = {.incident_id = incident->id,
                            .at_ms = turn->now_ms,
                            .audience = audience,
                            .person_id = call->speaker->id,
                            .text = text,
                            .due_ms = TIME_NONE};

    if (text_equal(audience, UPDATE_INSIDE) &&
        !update_due_now(turn, incident, &update, err)) {
        return false;
    }
    return update_insert(turn->store, &update, err) &&
           count_of(turn, incident, audience, n, err) &&
           recorder_fact(
               turn, incident,
               &(struct fact){.person_id = call->speaker->id,
                              .kind = "update",
                              .subject = *n,
                              .text = arena_exact(turn->arena, "%s update %lld: %s",
                                                  audience, (long long)*n, text)},
               NULL, err);
}

/* Typed elsewhere, the incident's channel has not seen the words yet. */
static bool tell_kept(struct turn *turn, const struct command_call *call,
                      const char *answer, const char *text, struct err *err)
{
    struct note *note = say_note(turn, "%s", answer);

    if (call->is_in_channel) {
        return say_here(turn, call, note, err);
    }
    struct note *with_words = note;
    note = say_note(turn, "%s: %s", say_ref(turn, call->incident), answer);
    note_line(with_words, "%s: \"%s\"", say_person(turn, call->speaker->id),
              note_words(turn->arena, text));
    return say_incident(turn, call->incident, with_words, NULL, err) &&
           say_private(turn, call, note, err);
}

/* "inc-42 orders stuck, sev2: 212 orders wait": to the announcement channel, and to the
 * subscribers; *count of them. */
static bool announced(struct turn *turn, const struct incident *incident,
                      const char *text, int64_t *count, struct err *err)
{
    const char *words =
        arena_printf(turn->arena, "%s %s, %s: %s", say_ref(turn, incident),
                     note_words(turn->arena, incident->title),
                     severity_recorded(turn, incident), note_words(turn->arena, text));

    return say_announce(turn, incident, say_note(turn, "%s", words), err) &&
           subscribers_update(turn, incident, words, count, err);
}

/* Where it went: ": #incidents, 2 subscribers", or why it stays here. */
static const char *inside_place(struct turn *turn, const struct incident *incident,
                                int64_t subscribers)
{
    const char *why_not = incident->is_private ? PHRASE("the incident is private")
                          : text_is_empty(turn->config->announce)
                              ? PHRASE("the settings name no channel for it (announce)")
                              : NULL;
    const char *them =
        subscribers == 0
            ? ""
            : arena_printf(turn->arena, "%s%lld subscriber%s",
                           why_not == NULL ? ", " : PHRASE(" and "),
                           (long long)subscribers, subscribers == 1 ? "" : "s");

    return why_not == NULL
               ? arena_printf(turn->arena, ": %s%s", turn->config->announce, them)
               : arena_printf(turn->arena, ", for this channel%s only: %s", them,
                              why_not);
}

bool update_inside(struct turn *turn, const struct command_call *call, const char *text,
                   struct err *err)
{
    const struct incident *incident = call->incident;
    const char *next;
    int64_t n, subscribers;

    if (!keep(turn, call, UPDATE_INSIDE, text, &n, err) ||
        !announced(turn, incident, text, &subscribers, err) ||
        !update_arm(turn, incident, err) ||
        !update_next(turn, incident, PHRASE("Next"), &next, err)) {
        return false;
    }
    const char *note = arena_printf(
        turn->arena,
        "Inside update %lld sent at %s%s.%s%s%s To correct it, send another.",
        (long long)n, say_clock(turn, turn->now_ms),
        inside_place(turn, incident, subscribers), *next == '\0' ? "" : " ", next,
        *next == '\0' ? "" : ".");
    return tell_kept(turn, call, note, text, err) &&
           incident_refresh(turn, incident->id, err);
}

bool update_outside(struct turn *turn, const struct command_call *call,
                    const char *text, struct err *err)
{
    const struct incident *incident = call->incident;
    const char *place = turn->config->announce_outside;
    const char *why_not =
        incident->is_drill     ? PHRASE("this is a drill")
        : incident->is_private ? PHRASE("the incident is private")
        : text_is_empty(place)
            ? PHRASE("the settings name no channel for it (announce_outside)")
            : NULL;
    int64_t n;

    if (!keep(turn, call, why_not == NULL ? UPDATE_OUTSIDE : UPDATE_UNSENT, text, &n,
              err)) {
        return false;
    }
    if (why_not != NULL) {
        const char *note = arena_printf(
            turn->arena,
            "Outside update %lld is on record at %s, but went nowhere: %s.",
            (long long)n, say_clock(turn, turn->now_ms), why_not);
        return tell_kept(turn, call, note, text, err) &&
               wording_hint(turn, call, text, WORDING_OUTSIDE, err);
    }
    const char *note = arena_printf(
        turn->arena, "Outside update %lld sent at %s: %s. To correct it, send another.",
        (long long)n, say_clock(turn, turn->now_ms), place);
    return say_channel(turn, incident, place,
                       say_note(turn, "%s", note_words(turn->arena, text)), err) &&
           tell_kept(turn, call, note, text, err) &&
           wording_hint(turn, call, text, WORDING_OUTSIDE, err);
}
