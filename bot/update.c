#include "bot/update.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "bot/subscribers.h"
#include "bot/wording_hint.h"
#include "store/updates.h"

#define DUE_ALARM "update-due"

bool update_next_due(struct turn *turn, const struct incident *incident,
                     int64_t *due_ms, struct err *err)
{
    int64_t every_ms = severity_update_ms(turn->config, incident->severity);
    int64_t count, last_ms;

    *due_ms = TIME_NONE;
    if (every_ms <= 0 || !incident_is_open(incident)) {
        return true;
    }
    if (!updates_last(turn->store, incident->id, UPDATE_INSIDE, &count, &last_ms,
                      err)) {
        return false;
    }
    *due_ms = (count > 0 ? last_ms : incident->declared_ms) + every_ms;
    return true;
}

/* One overdue already (the severity rose) leaves a minute to write it. */
bool update_arm(struct turn *turn, const struct incident *incident, struct err *err)
{
    int64_t due_ms;

    if (!alarm_clear(turn->store, DUE_ALARM, incident->id, 0, err) ||
        !update_next_due(turn, incident, &due_ms, err)) {
        return false;
    }
    if (due_ms == TIME_NONE) {
        return true;
    }
    int64_t wait_ms = due_ms - turn->now_ms;
    return alarm_after(turn,
                       &(struct alarm){.kind = DUE_ALARM, .incident_id = incident->id},
                       wait_ms > 0 ? wait_ms : TIME_MINUTE_MS, err);
}

/* " (dani)": whose it is, where somebody took it on; declaring alone takes on nothing.
 */
static bool owner_words(struct turn *turn, const struct incident *incident,
                        const char **words, struct err *err)
{
    const char *communications = role_communications(turn);
    struct person *owner = NULL;

    if (communications != NULL &&
        !role_holder(turn, incident->id, communications, &owner, err)) {
        return false;
    }
    if (owner == NULL && !role_holder(turn, incident->id, NULL, &owner, err)) {
        return false;
    }
    *words = owner == NULL ? ""
                           : arena_printf(turn->arena, " (%s)",
                                          note_words(turn->arena, owner->handle));
    return true;
}

bool update_next(struct turn *turn, const struct incident *incident, const char *lead,
                 const char **text, struct err *err)
{
    const char *owner;
    int64_t due_ms;

    *text = "";
    if (!update_next_due(turn, incident, &due_ms, err) ||
        !owner_words(turn, incident, &owner, err)) {
        return false;
    }
    if (due_ms != TIME_NONE) {
        *text =
            arena_printf(turn->arena, "%s %s %s%s", lead,
                         due_ms < turn->now_ms ? PHRASE("was due by") : PHRASE("by"),
                         say_when(turn, due_ms), owner);
    }
    return true;
}

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
        !update_next_due(turn, incident, &update.due_ms, err)) {
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
    bool is_unknown = config_level_rank(turn->config, incident->severity) <= 0;
    const char *words =
        arena_printf(turn->arena, "%s %s, %s: %s", say_ref(turn, incident),
                     note_words(turn->arena, incident->title),
                     is_unknown ? "severity unknown" : incident->severity,
                     note_words(turn->arena, text));

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

/* Looks whether one is due now. *incident NULL: none is (or not yet: set again). */
static bool due_find(struct turn *turn, const struct alarm *alarm,
                     struct incident **incident, struct err *err)
{
    int64_t due_ms;

    if (!incident_find(turn->store, alarm->incident_id, incident, err)) {
        return false;
    }
    if (*incident == NULL) {
        return true;
    }
    if (!update_next_due(turn, *incident, &due_ms, err)) {
        return false;
    }
    if (due_ms != TIME_NONE && due_ms <= turn->now_ms) {
        return true;
    }
    const struct incident *later = *incident;
    *incident = NULL;
    return due_ms == TIME_NONE || update_arm(turn, later, err);
}

static bool due_again(struct turn *turn, const struct incident *incident,
                      struct err *err)
{
    return alarm_after(turn,
                       &(struct alarm){.kind = DUE_ALARM, .incident_id = incident->id},
                       severity_update_ms(turn->config, incident->severity), err);
}

static bool due_told(struct turn *turn, const struct incident *incident,
                     struct err *err)
{
    int64_t every_ms = severity_update_ms(turn->config, incident->severity);
    bool is_unknown = config_level_rank(turn->config, incident->severity) <= 0;
    struct person *owner;
    int64_t count, last_ms;

    if (!role_informer(turn, incident, &owner, err) ||
        !updates_last(turn->store, incident->id, UPDATE_INSIDE, &count, &last_ms,
                      err)) {
        return false;
    }
    const char *last =
        count > 0 ? arena_printf(turn->arena, "last one %s", say_when(turn, last_ms))
                  : arena_printf(turn->arena, "none yet, declared %s",
                                 say_when(turn, incident->declared_ms));
    struct note *note =
        say_note(turn, "Inside update due, %s: every %s at %s, %s. %s. Later: %s",
                 owner == NULL ? PHRASE("somebody")
                               : note_mention(turn->arena, owner->id, owner->handle),
                 time_span(turn->arena, every_ms),
                 is_unknown ? PHRASE("unknown severity") : incident->severity, last,
                 note_command(turn->arena, "update in TEXT"),
                 note_command(turn->arena, "snooze 30m"));
    return say_incident(turn, incident, note, NULL, err);
}

static bool due_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                    struct err *err)
{
    struct incident *incident;
    bool may;

    (void)late_ms; /* the last one's moment says it */
    if (!due_find(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!nudge_may(turn, alarm, 0, &may, err)) {
        return false;
    }
    return !may || (due_told(turn, incident, err) && due_again(turn, incident, err));
}

static bool due_missed(struct turn *turn, const struct alarm *alarm, const char **line,
                       struct err *err)
{
    struct incident *incident;
    const char *owner;

    if (!due_find(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!owner_words(turn, incident, &owner, err)) {
        return false;
    }
    *line = arena_printf(turn->arena, "inside update, due by %s%s. %s",
                         say_when(turn, alarm->due_ms), owner,
                         note_command(turn->arena, "update in TEXT"));
    return due_again(turn, incident, err);
}

const struct alarm_kind update_due_alarm = {
    .name = DUE_ALARM,
    .what = "an update is due",
    .run = due_run,
    .missed = due_missed,
};
