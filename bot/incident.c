#include "bot/incident.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/care.h"
#include "bot/lifecycle.h"
#include "bot/moment.h"
#include "bot/recorder.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "bot/severity_reach.h"

#define SLUG_BYTES  40
#define TITLE_RUNES 150
#define UNTITLED    "untitled"
#define DRILL       "drill: "

/* Whoever pastes a whole log into it says more than a title holds; a full stop that a
 * phone puts behind it would stand within our sentences. */
const char *incident_title(struct turn *turn, bool is_drill, const char *title)
{
    title = text_without_stop(turn->arena, text_brief(turn->arena, title, TITLE_RUNES));
    return !is_drill || text_starts(title, DRILL)
               ? title
               : arena_printf(turn->arena, DRILL "%s", title);
}

bool incident_title_is_cut(struct turn *turn, const char *typed)
{
    return !text_equal(text_brief(turn->arena, typed, TITLE_RUNES), typed);
}

void incident_tell_cut(struct note *note)
{
    note_line(note,
              "A title holds %d characters, so yours was cut. All you wrote is on the "
              "timeline.",
              TITLE_RUNES);
}

static struct incident *make(struct turn *turn, const struct command_call *call,
                             const struct incident_wish *wish)
{
    struct incident *incident = ARENA_NEW(turn->arena, struct incident);
    const char *title =
        incident_title(turn, wish->is_drill, text_or(wish->title, UNTITLED));
    const char *slug = text_slug(turn->arena, title, SLUG_BYTES);

    incident->title = title;
    incident->state = wish->is_suspected ? INCIDENT_SUSPECTED : INCIDENT_ACTIVE;
    incident->severity = text_or(wish->severity, turn->config->levels[0].name);
    incident->severity_person_id = call->speaker->id;
    incident->is_private = wish->is_private;
    incident->is_drill = wish->is_drill;
    incident->service_id = wish->service_id;
    incident->declared_by = call->speaker->id;
    incident->declared_ms = turn->now_ms;
    incident->started_ms =
        wish->started_ms > turn->now_ms ? TIME_NONE : wish->started_ms;
    incident->detected_ms = TIME_NONE;
    incident->mitigated_ms = TIME_NONE;
    incident->normal_ms = TIME_NONE;
    incident->resolved_ms = TIME_NONE;
    incident->reopened_ms = TIME_NONE;
    incident->adapter = call->event->place.adapter;
    incident->channel_name =
        *slug == '\0' ? "inc-{id}" : arena_exact(turn->arena, "inc-{id}-%s", slug);
    return incident;
}

/* It was read by the clock of who typed it; who reads another one's may mistake it. */
static void tell_started(struct turn *turn, const struct command_call *call,
                         const struct incident_wish *wish,
                         const struct incident *incident, struct note *note)
{
    int64_t at_ms = incident->started_ms;

    if (wish->started_ms != at_ms) {
        note_line(note, "The start you gave is still to come, so none is set: %s",
                  note_command(turn->arena, "started inc-%lld TIME",
                               (long long)incident->id));
    } else if (at_ms != TIME_NONE &&
               !text_is_empty(
                   time_there(turn->arena, at_ms, call->zone, turn_zone(turn)))) {
        note_line(note, "Started: %s. Another time? %s",
                  moment_near(turn, at_ms, call->zone),
                  note_command(turn->arena, "started inc-%lld TIME",
                               (long long)incident->id));
    }
}

static bool answer(struct turn *turn, const struct command_call *call,
                   const struct incident_wish *wish, const struct incident *incident,
                   struct err *err)
{
    struct note *note = say_note(
        turn, "%s %s is open%s. Work: %s, %s is in. If it was nothing: %s",
        say_ref(turn, incident), note_words(turn->arena, incident->title),
        incident->is_private ? PHRASE(", private") : "", say_link(turn, incident),
        say_person(turn, call->speaker->id),
        note_command(turn->arena, "cancel inc-%lld WHY", (long long)incident->id));

    if (wish->is_drill) {
        note_line(note, "A drill: all it says bears that word, and nobody is reached "
                        "outside this chat.");
    }
    if (wish->odd_level != NULL) {
        note_line(note, "\"%s\" is not a level, so severity is %s. Set it: %s",
                  note_words(turn->arena, wish->odd_level), incident->severity,
                  note_command(turn->arena, "severity inc-%lld LEVEL",
                               (long long)incident->id));
    }
    if (wish->odd_service != NULL) {
        note_line(note, "I know no service \"%s\", so none is set.",
                  note_words(turn->arena, wish->odd_service));
    }
    tell_started(turn, call, wish, incident, note);
    if (wish->title != NULL && incident_title_is_cut(turn, wish->title)) {
        incident_tell_cut(note);
    }
    if (wish->title == NULL) {
        note_line(
            note, "What is it about? %s",
            note_command(turn->arena, "title inc-%lld TEXT", (long long)incident->id));
    }
    return incident->is_private ? say_private(turn, call, note, err)
                                : say_here(turn, call, note, err);
}

/* "Active, severity unknown." begins a sentence. */
static const char *state_sentence(struct turn *turn, const struct incident *incident)
{
    return text_sentence(turn->arena,
                         arena_printf(turn->arena, "%s, %s",
                                      incident_state_words(incident->state),
                                      severity_words(turn, incident)));
}

static bool announce(struct turn *turn, const struct incident *incident,
                     struct err *err)
{
    return say_announce(
        turn, incident,
        say_note(
            turn, "%s %s%s%s. %s. Raised by %s at %s. Join: %s",
            say_ref(turn, incident), note_words(turn->arena, incident->title),
            incident->service == NULL ? "" : ", ",
            incident->service == NULL ? "" : note_words(turn->arena, incident->service),
            state_sentence(turn, incident), say_person(turn, incident->declared_by),
            say_clock(turn, incident->declared_ms), say_link(turn, incident)),
        err);
}

bool incident_pin_card(struct turn *turn, const struct incident *incident,
                       struct err *err)
{
    struct note *card;
    int64_t row;

    return incident_card(turn, incident, &card, err) &&
           say_incident(turn, incident, card, &row, err) &&
           say_pin(turn, incident, row, PHRASE("Headline"), err) &&
           incident_set_headline(turn->store, incident->id, row, err);
}

/* Channel, people and pinned headline: wishes all, carried out in this order. */
static bool furnish(struct turn *turn, const struct incident *incident, struct err *err)
{
    return say_open_channel(turn, incident, incident_topic(turn, incident), false,
                            err) &&
           say_invite(turn, incident, incident->declared_by, err) &&
           incident_pin_card(turn, incident, err);
}

static bool record_birth(struct turn *turn, const struct incident *incident,
                         const struct incident_wish *wish, struct err *err)
{
    bool is_cut = wish->title != NULL && incident_title_is_cut(turn, wish->title);
    const char *text = arena_exact(
        turn->arena, "declared \"%s\": %s, %s", is_cut ? wish->title : incident->title,
        incident_state_name(incident->state), severity_recorded(turn, incident));
    const char *began = "started";
    bool is_new;

    return member_add(turn->store, incident->id, incident->declared_by, turn->now_ms,
                      &is_new, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = incident->declared_by,
                                        .kind = "state",
                                        .text = text},
                         NULL, err) &&
           (incident->started_ms == TIME_NONE ||
            recorder_fact(turn, incident,
                          &(struct fact){.person_id = incident->declared_by,
                                         .kind = "moment",
                                         .at_ms = incident->started_ms,
                                         .text = began},
                          NULL, err));
}

/* A severity that is known from the start brings people in at once. */
static bool reach(struct turn *turn, const struct incident *incident, struct err *err)
{
    struct note *note = note_create(turn->arena);

    return severity_reach(turn, incident, note, err) &&
           (note->count == 0 || say_incident(turn, incident, note, NULL, err));
}

bool incident_declare(struct turn *turn, const struct command_call *call,
                      const struct incident_wish *wish, struct incident **declared,
                      struct err *err)
{
    struct incident *incident = make(turn, call, wish);

    if (!incident_insert(turn->store, incident, err) ||
        !incident_find(turn->store, incident->id, &incident, err) ||
        !record_birth(turn, incident, wish, err) ||
        !answer(turn, call, wish, incident, err) || !announce(turn, incident, err) ||
        !furnish(turn, incident, err)) {
        return false;
    }
    *declared = incident;
    return care_on_declare(turn, incident, err) && reach(turn, incident, err) &&
           (incident->is_private ||
            incident_refresh_others(turn, incident->service_id, incident->id, err));
}

bool incident_change_state(struct turn *turn, const struct incident *incident,
                           const struct incident_step *step, struct refusal *refusal,
                           struct err *err)
{
    const char *why_not = lifecycle_may_not(incident->state, step->to);
    struct incident now = *incident;
    bool is_moved;

    if (why_not != NULL) {
        refusal->text = arena_printf(turn->arena, "%s %s is %s. Nothing was changed.",
                                     why_not, say_ref(turn, incident),
                                     incident_state_words(incident->state));
        return true;
    }
    if (!incident_move(turn->store, incident->id, incident->state, step->to, &is_moved,
                       err)) {
        return false;
    }
    if (!is_moved) {
        refusal->text = PHRASE("Somebody was quicker. Nothing was changed.");
        return true;
    }
    now.state = step->to;
    return recorder_fact(turn, incident,
                         &(struct fact){.person_id = step->person_id,
                                        .kind = "state",
                                        .text = step->text},
                         NULL, err) &&
           say_topic(turn, incident, incident_topic(turn, &now), err) &&
           incident_refresh(turn, incident->id, err) &&
           (incident->is_private ||
            incident_is_open(incident) == incident_is_open(&now) ||
            incident_refresh_others(turn, incident->service_id, incident->id, err));
}
