/*
 * When an inside update is due, and who is asked for it. It is counted from the last
 * one, or from when the incident was declared or reopened, by the cadence of the
 * severity; a severity that rises makes it due sooner, but nobody is late for a moment
 * that was past when it was named.
 */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/recorder.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "bot/update.h"
#include "store/timeline.h"
#include "store/updates.h"

#define DUE_ALARM  "update-due"
#define LONGEST_MS (4 * TIME_HOUR_MS) /* between two reminders */

/* What people were told, change by change of the severity. */
struct promise {
    int64_t since_ms; /* the last update, or opened */
    int64_t due_ms;   /* as told last; TIME_NONE: none was due */
    int64_t least_ms; /* the soonest that was told since then and still lies ahead */
};

static void promise(struct promise *promised, int64_t at_ms, int64_t every_ms)
{
    int64_t soonest_ms = promised->since_ms + every_ms;
    int64_t due_ms = at_ms + every_ms;

    if (every_ms <= 0) {
        promised->due_ms = promised->least_ms = TIME_NONE;
        return;
    }
    if (promised->due_ms != TIME_NONE && promised->due_ms < due_ms) {
        due_ms = promised->due_ms;
    }
    if (promised->least_ms != TIME_NONE && promised->least_ms > at_ms &&
        promised->least_ms < due_ms) {
        due_ms = promised->least_ms;
    }
    promised->due_ms = due_ms > soonest_ms ? due_ms : soonest_ms;
    if (promised->least_ms == TIME_NONE || promised->least_ms <= at_ms ||
        promised->due_ms < promised->least_ms) {
        promised->least_ms = promised->due_ms;
    }
}

/* The level in "severity sev1 (was sev3), by judgement: why" behind `lead`. */
static int64_t level_every(struct turn *turn, const struct entry *change,
                           const char *lead)
{
    const char *at = strstr(text_or(change->text, ""), lead);

    if (at == NULL) {
        return 0;
    }
    at += strlen(lead);
    return severity_update_ms(turn->config,
                              arena_copy_n(turn->arena, at, strcspn(at, " )")));
}

/* The severity went up and down since `since_ms`: each time people were told when. */
static bool follow(struct turn *turn, const struct incident *incident, int64_t since_ms,
                   int64_t *due_ms, struct err *err)
{
    int64_t every_ms = severity_update_ms(turn->config, incident->severity);
    struct promise promised = {.since_ms = since_ms};
    struct entries changes;
    bool has_changed = false;

    if (!timeline_select(turn->store, incident->id, "severity", &changes, err)) {
        return false;
    }
    for (size_t i = 0; i < changes.count; i++) {
        const struct entry *change = &changes.all[i];

        if (change->at_ms < since_ms || strstr(change->text, "(was ") == NULL) {
            continue;
        }
        if (!has_changed) {
            int64_t was_ms = level_every(turn, change, "(was ");

            promised.due_ms = was_ms > 0 ? since_ms + was_ms : TIME_NONE;
            promised.least_ms = promised.due_ms;
            has_changed = true;
        }
        promise(&promised, change->at_ms, level_every(turn, change, "severity "));
    }
    *due_ms = has_changed && promised.due_ms != TIME_NONE ? promised.due_ms
                                                          : since_ms + every_ms;
    return true;
}

bool update_next_due(struct turn *turn, const struct incident *incident,
                     int64_t *due_ms, struct err *err)
{
    int64_t opened_ms = incident_opened_ms(incident);
    int64_t count, last_ms;

    *due_ms = TIME_NONE;
    if (severity_update_ms(turn->config, incident->severity) <= 0 ||
        !incident_is_open(incident)) {
        return true;
    }
    return updates_last(turn->store, incident->id, UPDATE_INSIDE, &count, &last_ms,
                        err) &&
           follow(turn, incident,
                  count > 0 && last_ms > opened_ms ? last_ms : opened_ms, due_ms, err);
}

bool update_due_now(struct turn *turn, const struct incident *incident,
                    struct update *update, struct err *err)
{
    int64_t quiet_ms;

    if (!update_next_due(turn, incident, &update->due_ms, err) ||
        !quiet_until(turn->store, DUE_ALARM, incident->id, 0, &quiet_ms, err)) {
        return false;
    }
    update->is_put_off = update->due_ms != TIME_NONE && quiet_ms != INT64_MAX &&
                         quiet_ms > update->due_ms;
    if (update->is_put_off) {
        update->due_ms = quiet_ms;
    }
    return true;
}

bool update_put_off(struct turn *turn, const struct nudge *nudge, int64_t until_ms,
                    int64_t person_id, struct err *err)
{
    struct incident *incident;

    if (!text_equal(nudge->kind, DUE_ALARM)) {
        return true;
    }
    if (!incident_find(turn->store, nudge->incident_id, &incident, err)) {
        return false;
    }
    return incident == NULL ||
           recorder_fact(
               turn, incident,
               &(struct fact){.person_id = person_id,
                              .kind = "nudge",
                              .text = arena_exact(turn->arena,
                                                  "inside update put off until %s",
                                                  say_when(turn, until_ms))},
               NULL, err);
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

/* Looks whether one is due now. *incident NULL: none is (or not yet: set again). */
static bool due_find(struct turn *turn, const struct alarm *alarm,
                     struct incident **incident, int64_t *overdue_ms, struct err *err)
{
    int64_t due_ms;

    *overdue_ms = 0;
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
        *overdue_ms = turn->now_ms - due_ms;
        return true;
    }
    const struct incident *later = *incident;
    *incident = NULL;
    return due_ms == TIME_NONE || update_arm(turn, later, err);
}

/* Asks again, each time after twice as long: whoever does not answer is busy, and the
 * bot does not nag. An update is an answer. */
static bool due_again(struct turn *turn, const struct incident *incident,
                      int64_t overdue_ms, struct err *err)
{
    int64_t every_ms = severity_update_ms(turn->config, incident->severity);
    int64_t longest_ms = every_ms > LONGEST_MS ? every_ms : LONGEST_MS;
    int64_t wait_ms = every_ms + overdue_ms;

    return alarm_after(turn,
                       &(struct alarm){.kind = DUE_ALARM, .incident_id = incident->id},
                       wait_ms < longest_ms ? wait_ms : longest_ms, err);
}

/* The first time it says how to put it off, then how to stop it, too. */
static const char *ways(struct turn *turn, bool is_first)
{
    return is_first ? arena_printf(turn->arena, "Later: %s",
                                   note_command(turn->arena, "snooze 30m"))
                    : nudge_ways(turn);
}

static const char *last_words(struct turn *turn, const struct incident *incident,
                              int64_t last_ms)
{
    int64_t opened_ms = incident_opened_ms(incident);

    if (last_ms != TIME_NONE && last_ms >= opened_ms) {
        return arena_printf(turn->arena, "last one %s", say_when(turn, last_ms));
    }
    return arena_printf(turn->arena, "none yet, %s %s",
                        opened_ms > incident->declared_ms ? PHRASE("reopened")
                                                          : PHRASE("declared"),
                        say_when(turn, opened_ms));
}

static bool due_told(struct turn *turn, const struct incident *incident,
                     int64_t overdue_ms, struct err *err)
{
    int64_t every_ms = severity_update_ms(turn->config, incident->severity);
    struct person *owner;
    int64_t count, last_ms;

    if (!role_informer(turn, incident, &owner, err) ||
        !updates_last(turn->store, incident->id, UPDATE_INSIDE, &count, &last_ms,
                      err)) {
        return false;
    }
    const char *last = last_words(turn, incident, count > 0 ? last_ms : TIME_NONE);
    struct note *note =
        say_note(turn, "Inside update due, %s: every %s at %s, %s. %s. %s",
                 owner == NULL ? PHRASE("somebody")
                               : note_mention(turn->arena, owner->id, owner->handle),
                 time_span(turn->arena, every_ms),
                 severity_is_unknown(turn, incident) ? PHRASE("unknown severity")
                                                     : incident->severity,
                 last, note_command(turn->arena, "update in TEXT"),
                 ways(turn, overdue_ms < every_ms));
    nudge_choice(note, DUE_ALARM, 0, "30m");
    return say_incident(turn, incident, note, NULL, err);
}

static bool due_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                    struct err *err)
{
    struct incident *incident;
    int64_t overdue_ms;
    bool may;

    (void)late_ms; /* the last one's moment says it */
    if (!due_find(turn, alarm, &incident, &overdue_ms, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!nudge_may(turn, alarm, 0, &may, err)) {
        return false;
    }
    return !may || (due_told(turn, incident, overdue_ms, err) &&
                    due_again(turn, incident, overdue_ms, err));
}

static bool due_missed(struct turn *turn, const struct alarm *alarm, const char **line,
                       struct err *err)
{
    struct incident *incident;
    struct update update;
    const char *owner;
    int64_t overdue_ms;

    if (!due_find(turn, alarm, &incident, &overdue_ms, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!owner_words(turn, incident, &owner, err) ||
        !update_due_now(turn, incident, &update, err)) {
        return false;
    }
    *line = arena_printf(turn->arena, "inside update, due by %s%s. %s",
                         say_when(turn, update.due_ms), owner,
                         note_command(turn->arena, "update in TEXT"));
    return due_again(turn, incident, 0, err);
}

static bool due_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                      struct err *err)
{
    struct incident *incident;
    int64_t due_ms = TIME_NONE;

    if (!incident_find(turn->store, sent->incident_id, &incident, err) ||
        (incident != NULL && !update_next_due(turn, incident, &due_ms, err))) {
        return false;
    }
    *holds = due_ms != TIME_NONE && due_ms <= turn->now_ms;
    return true;
}

const struct alarm_kind update_due_alarm = {
    .name = DUE_ALARM,
    .what = "an update is due",
    .run = due_run,
    .missed = due_missed,
    .holds = due_holds,
};
