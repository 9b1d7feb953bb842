#include "bot/closing.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/care.h"
#include "bot/checkin.h"
#include "bot/handoff.h"
#include "bot/hesitation.h"
#include "bot/incident.h"
#include "bot/moment.h"
#include "bot/nudges.h"
#include "bot/paging.h"
#include "bot/park.h"
#include "bot/pause.h"
#include "bot/retro.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "store/holds.h"
#include "store/relations.h"
#include "store/tasks.h"
#include "store/updates.h"

/* For the timeline: "reopened: errors again". */
static const char *with_why(struct turn *turn, const char *what, const char *why)
{
    return text_is_empty(why) ? what : arena_exact(turn->arena, "%s: %s", what, why);
}

/* Moves and records; *is_done false: refused, and said so. */
static bool move(struct turn *turn, const struct command_call *call,
                 enum incident_state to, const char *text, bool *is_done,
                 struct err *err)
{
    struct refusal refusal = {0};

    if (!incident_change_state(turn, call->incident,
                               &(struct incident_step){.to = to,
                                                       .person_id = call->speaker->id,
                                                       .text = text},
                               &refusal, err)) {
        return false;
    }
    *is_done = refusal.text == NULL;
    return *is_done || say_refusal(turn, call, &refusal, err);
}

bool closing_call_off(struct turn *turn, const struct incident *incident,
                      struct err *err)
{
    return handoff_withdraw(turn, incident, err) &&
           paging_on_close(turn, incident, err) &&
           pause_on_close(turn, incident, err) && checkin_plan(turn, incident, err);
}

static const char *because(struct turn *turn, const char *why)
{
    return text_is_empty(why) ? ""
                              : arena_printf(turn->arena, ": %s", say_brief(turn, why));
}

bool closing_confirm(struct turn *turn, const struct command_call *call,
                     const char *why, struct err *err)
{
    struct incident now = *call->incident;
    bool is_done;

    now.state = INCIDENT_ACTIVE;
    if (call->incident->state != INCIDENT_SUSPECTED) {
        return say_private(turn, call,
                           say_note(turn,
                                    "%s is %s, not suspected. Nothing was changed.",
                                    say_ref(turn, call->incident),
                                    incident_state_words(call->incident->state)),
                           err);
    }
    if (!move(turn, call, INCIDENT_ACTIVE, with_why(turn, "confirmed", why), &is_done,
              err)) {
        return false;
    }
    if (!is_done) {
        return true;
    }
    return say_made(turn, call,
                    say_note(turn,
                             "Active, no longer suspected, %s%s. It was nothing: %s",
                             say_person(turn, call->speaker->id), because(turn, why),
                             note_command(turn->arena, "cancel WHY")),
                    err) &&
           care_on_declare(turn, &now, err);
}

/* Whom to ask about what is missing: who informs others, else who raised it. */
static bool find_informer(struct turn *turn, const struct incident *incident,
                          const char **name, struct err *err)
{
    struct person *informer = NULL;

    if (!role_informer(turn, incident, &informer, err)) {
        return false;
    }
    *name = say_person(turn, informer == NULL ? incident->declared_by : informer->id);
    return true;
}

static bool ask_missing(struct turn *turn, const struct incident *incident,
                        struct note *note, struct err *err)
{
    const char *missing = moment_missing(turn, incident);
    struct incident known = *incident;
    const char *word, *informer;

    if (missing == NULL) {
        return true;
    }
    if (!find_informer(turn, incident, &informer, err)) {
        return false;
    }
    moment_forget_odd(&known);
    word = known.detected_ms == TIME_NONE  ? "detected"
           : known.started_ms == TIME_NONE ? "started"
           : known.normal_ms == TIME_NONE  ? "normal"
                                           : "mitigated";
    note_line(note, "Missing key moment%s: %s. %s: when was it%s? %s",
              text_equal(missing, word) ? "" : "s", missing, informer,
              known.detected_ms == TIME_NONE ? PHRASE(" first noticed") : "",
              note_command(turn->arena, "%s TIME", word));
    return true;
}

/* Whoever was told outside that it is on hears of its end, too: since it was better,
 * perhaps they have. */
static bool ask_outside(struct turn *turn, const struct incident *incident,
                        struct note *note, struct err *err)
{
    int64_t count, told_ms;
    int64_t better_ms = incident->mitigated_ms != TIME_NONE
                            ? incident->mitigated_ms
                            : incident_hit_until_ms(incident);
    const char *informer;

    if (!updates_last(turn->store, incident->id, UPDATE_OUTSIDE, &count, &told_ms,
                      err)) {
        return false;
    }
    if (count == 0 || told_ms >= better_ms) {
        return true;
    }
    if (!find_informer(turn, incident, &informer, err)) {
        return false;
    }
    note_line(note, "Outside was last told %s. %s: what do they hear of the end? %s",
              say_at(turn, told_ms), informer,
              note_command(turn->arena, "update out TEXT"));
    return true;
}

/* Nobody is reminded of a task once it is over, so here it is named. */
static bool still_open(struct turn *turn, const struct incident *incident,
                       const char **words, struct err *err)
{
    int64_t open, done;

    if (!tasks_count(turn->store, incident->id, &open, &done, err)) {
        return false;
    }
    *words = open == 0 ? PHRASE("Nothing else is due now.")
                       : arena_printf(turn->arena, "Still open: %lld task%s (%s).",
                                      (long long)open, open == 1 ? "" : "s",
                                      note_command(turn->arena, "tasks"));
    return true;
}

static bool plan_retro(struct turn *turn, const struct incident *incident,
                       struct note *note, struct err *err)
{
    const char *open;
    const char *parked;
    int64_t due_ms;

    if (!still_open(turn, incident, &open, err) ||
        !park_until_then(turn, incident, &parked, err) ||
        !retro_plan_on_resolve(turn, incident, &due_ms, err)) {
        return false;
    }
    note_line(note, "%s Retrospective%s: %s%s%s", open,
              due_ms == TIME_NONE
                  ? ""
                  : arena_printf(turn->arena, " by %s",
                                 time_day(turn->arena, due_ms, turn_zone(turn))),
              note_command(turn->arena, "retro"), *parked == '\0' ? "" : ".", parked);
    return true;
}

bool closing_resolve(struct turn *turn, const struct command_call *call,
                     const char *text, struct err *err)
{
    struct incident now = *call->incident;
    struct note *note;
    bool is_done;

    if (hesitation_is(text)) {
        return hesitation_ask(turn, call, err);
    }
    if (!move(turn, call, INCIDENT_RESOLVED, with_why(turn, "resolved", text), &is_done,
              err)) {
        return false;
    }
    if (!is_done) {
        return true;
    }
    now.state = INCIDENT_RESOLVED;
    now.resolved_ms = turn->now_ms;
    now.resolved_text = text;
    note = say_note(
        turn, "Resolved at %s, %s%s. That is %s after declared. Not over: %s",
        say_when(turn, turn->now_ms), say_person(turn, call->speaker->id),
        because(turn, text), time_span(turn->arena, turn->now_ms - now.declared_ms),
        note_command(turn->arena, "reopen WHY"));
    return incident_update(turn->store, &now, err) &&
           closing_call_off(turn, &now, err) && ask_missing(turn, &now, note, err) &&
           ask_outside(turn, &now, note, err) && plan_retro(turn, &now, note, err) &&
           say_made(turn, call, note, err) &&
           say_announce(turn, &now,
                        say_note(turn, "%s %s is resolved%s.", say_ref(turn, &now),
                                 note_words(turn->arena, now.title),
                                 because(turn, text)),
                        err);
}

/* Nobody led, or informed others, while it was closed: the time of who does begins
 * anew. */
static bool hold_again(struct turn *turn, const struct hold *hold, int64_t closed_ms,
                       struct err *err)
{
    struct hold next = *hold;
    bool done;

    next.from_ms = turn->now_ms;
    return closed_ms <= hold->from_ms ||
           (hold_end(turn->store, hold, closed_ms, &done, err) &&
            hold_begin(turn->store, &next, &done, err));
}

static bool holds_again(struct turn *turn, const struct incident *incident,
                        int64_t closed_ms, struct err *err)
{
    struct holds holds;

    if (closed_ms == TIME_NONE) {
        return true;
    }
    if (!holds_list(turn->store, incident->id, true, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        if (!hold_again(turn, &holds.all[i], closed_ms, err)) {
            return false;
        }
    }
    return true;
}

/* " nia leads again.": it may be hours since, and night where they are, so that it
 * rings for them. "" where the incident had not ended. */
static bool leads_again(struct turn *turn, const struct command_call *call,
                        const char **words, struct err *err)
{
    struct person *holder = NULL;

    *words = "";
    if (incident_is_open(call->incident)) {
        return true;
    }
    if (!role_holder(turn, call->incident->id, NULL, &holder, err)) {
        return false;
    }
    if (holder != NULL) {
        *words =
            arena_printf(turn->arena, " %s leads again.",
                         holder->id == call->speaker->id
                             ? holder->handle
                             : note_mention(turn->arena, holder->id, holder->handle));
    }
    return true;
}

bool closing_reopen(struct turn *turn, const struct command_call *call, const char *why,
                    struct err *err)
{
    struct incident now = *call->incident;
    const char *leads;
    int64_t closed_ms;
    bool is_done;

    if (!incident_closed_ms(turn->store, call->incident, &closed_ms, err) ||
        !leads_again(turn, call, &leads, err) ||
        !move(turn, call, INCIDENT_ACTIVE, with_why(turn, "reopened", why), &is_done,
              err)) {
        return false;
    }
    if (!is_done) {
        return true;
    }
    now.state = INCIDENT_ACTIVE;
    now.mitigated_ms = TIME_NONE;
    now.normal_ms = TIME_NONE;
    now.resolved_ms = TIME_NONE;
    now.resolved_text = NULL;
    if (!incident_is_open(call->incident)) {
        now.reopened_ms = turn->now_ms;
    }
    return incident_update(turn->store, &now, err) &&
           relation_end_duplicate(turn->store, now.id, err) &&
           holds_again(turn, &now, closed_ms, err) &&
           say_made(turn, call,
                    say_note(turn, "Active again at %s, %s%s. %s.%s",
                             say_when(turn, turn->now_ms),
                             say_person(turn, call->speaker->id), because(turn, why),
                             severity_cadence(turn, now.severity), leads),
                    err) &&
           (incident_is_open(call->incident) || /* its end was never announced */
            say_announce(turn, &now,
                         say_note(turn, "%s %s is active again%s.", say_ref(turn, &now),
                                  note_words(turn->arena, now.title),
                                  because(turn, why)),
                         err)) &&
           care_on_declare(turn, &now, err) &&
           (incident_is_open(call->incident) || nudges_on_reopen(turn, &now, err));
}

bool closing_cancel(struct turn *turn, const struct command_call *call, const char *why,
                    struct err *err)
{
    const struct incident *incident = call->incident;
    bool is_done;

    if (!move(turn, call, INCIDENT_CANCELLED, with_why(turn, "cancelled", why),
              &is_done, err)) {
        return false;
    }
    if (!is_done) {
        return true;
    }
    return closing_call_off(turn, incident, err) &&
           say_made(
               turn, call,
               say_note(turn,
                        "Cancelled at %s, %s%s. Thank you, %s, for raising it: a false "
                        "alarm is a catch. After all: %s",
                        say_when(turn, turn->now_ms),
                        say_person(turn, call->speaker->id), because(turn, why),
                        say_person(turn, incident->declared_by),
                        note_command(turn->arena, "reopen inc-%lld WHY",
                                     (long long)incident->id)),
               err) &&
           say_announce(turn, incident,
                        say_note(turn, "%s %s is cancelled%s.", say_ref(turn, incident),
                                 note_words(turn->arena, incident->title),
                                 because(turn, why)),
                        err);
}
