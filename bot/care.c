#include "bot/care.h"

#include "bot/base/phrase.h"
#include "bot/base/time.h"
#include "bot/checkin.h"
#include "bot/nudges.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "bot/update.h"
#include "store/timeline.h"

#define NO_COMMANDER     "no-commander"
#define SEVERITY_UNKNOWN "severity-unknown"
#define QUIET            "quiet"
#define QUIET_LOOKS_AT   50 /* entries; the bot's own among them do not count */

static bool watch_commander(struct turn *turn, const struct incident *incident,
                            struct err *err)
{
    struct person *holder;

    if (!role_holder(turn, incident->id, NULL, &holder, err)) {
        return false;
    }
    return care_on_commander(turn, incident, holder == NULL ? 0 : holder->id, err);
}

bool care_on_declare(struct turn *turn, const struct incident *incident,
                     struct err *err)
{
    return watch_commander(turn, incident, err) &&
           checkin_call_off(turn, incident, err) &&
           care_on_severity(turn, incident, err) &&
           alarm_after(turn,
                       &(struct alarm){.kind = QUIET, .incident_id = incident->id},
                       turn->config->nudges.quiet_ms, err);
}

bool care_on_severity(struct turn *turn, const struct incident *incident,
                      struct err *err)
{
    int64_t after_ms = severity_is_unknown(turn, incident)
                           ? turn->config->nudges.severity_unknown_ms
                           : 0;

    return alarm_clear(turn->store, SEVERITY_UNKNOWN, incident->id, 0, err) &&
           alarm_after(
               turn,
               &(struct alarm){.kind = SEVERITY_UNKNOWN, .incident_id = incident->id},
               after_ms, err) &&
           update_arm(turn, incident, err);
}

bool care_on_commander(struct turn *turn, const struct incident *incident,
                       int64_t person_id, struct err *err)
{
    int64_t after_ms = person_id == 0 ? turn->config->nudges.no_commander_ms : 0;

    return alarm_clear(turn->store, NO_COMMANDER, incident->id, 0, err) &&
           alarm_after(
               turn, &(struct alarm){.kind = NO_COMMANDER, .incident_id = incident->id},
               after_ms, err) &&
           care_watch_stint(turn, incident, err) &&
           care_watch_findings(turn, incident, person_id, err) &&
           nudges_on_commander(turn, incident, person_id, err);
}

/* The incident, where it is open still; NULL else. */
static bool open_find(struct turn *turn, const struct alarm *alarm,
                      struct incident **incident, struct err *err)
{
    if (!incident_find(turn->store, alarm->incident_id, incident, err)) {
        return false;
    }
    if (*incident != NULL && !incident_is_open(*incident)) {
        *incident = NULL;
    }
    return true;
}

/* Says it to all, unless it was snoozed. *said: it was not. */
static bool nudge(struct turn *turn, const struct alarm *alarm,
                  const struct incident *incident, struct note *note, bool *said,
                  struct err *err)
{
    return nudge_may(turn, alarm, 0, said, err) &&
           (!*said || say_incident(turn, incident, note, NULL, err));
}

/* Open, and nobody leads: the incident, else NULL. */
static bool leaderless_find(struct turn *turn, const struct alarm *alarm,
                            struct incident **incident, struct err *err)
{
    struct person *holder = NULL;

    if (!open_find(turn, alarm, incident, err) ||
        !role_holder(turn, alarm->incident_id, NULL, &holder, err)) {
        return false;
    }
    if (holder != NULL) {
        *incident = NULL;
    }
    return true;
}

static struct note *leaderless_note(struct turn *turn, const struct incident *incident,
                                    int64_t led_until_ms)
{
    const char *lead = note_command(turn->arena, "lead");

    return led_until_ms == TIME_NONE
               ? say_note(turn,
                          "Nobody leads yet, %s after declared. Anyone can, without "
                          "knowing the system: %s. %s",
                          time_span(turn->arena, turn->now_ms - incident->declared_ms),
                          lead, nudge_ways(turn))
               : say_note(turn,
                          "Nobody leads since %s. Anyone can, without knowing the "
                          "system: %s. %s",
                          say_when(turn, led_until_ms), lead, nudge_ways(turn));
}

/* Asks again, each time after twice as long: silence must not last, nor the bot nag. */
static bool no_commander_run(struct turn *turn, const struct alarm *alarm,
                             int64_t late_ms, struct err *err)
{
    struct incident *incident;
    int64_t led_until_ms;
    bool said;

    (void)late_ms;
    if (!leaderless_find(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!role_led_until(turn, incident, &led_until_ms, err)) {
        return false;
    }
    if (incident->reopened_ms > led_until_ms) {
        led_until_ms = incident->reopened_ms; /* before, nobody had to */
    }
    struct note *note = leaderless_note(turn, incident, led_until_ms);
    note_choice(note, "Lead", "lead");
    nudge_choice(note, NO_COMMANDER, 0, "30m");
    if (!nudge(turn, alarm, incident, note, &said, err)) {
        return false;
    }
    return !said ||
           alarm_after(
               turn, &(struct alarm){.kind = NO_COMMANDER, .incident_id = incident->id},
               2 * (alarm->due_ms - alarm->set_ms), err);
}

static bool no_commander_missed(struct turn *turn, const struct alarm *alarm,
                                const char **line, struct err *err)
{
    struct incident *incident;
    const char *words;

    if (!leaderless_find(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!role_say_leaderless(turn, incident, &words, err)) {
        return false;
    }
    *line =
        arena_printf(turn->arena, "%s. %s", words, note_command(turn->arena, "lead"));
    return alarm_after(
        turn, &(struct alarm){.kind = NO_COMMANDER, .incident_id = incident->id},
        turn->config->nudges.no_commander_ms, err);
}

static bool no_commander_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                               struct err *err)
{
    struct incident *incident;

    if (!leaderless_find(turn, sent, &incident, err)) {
        return false;
    }
    *holds = incident != NULL;
    return true;
}

const struct alarm_kind care_no_commander_alarm = {
    .name = NO_COMMANDER,
    .what = "nobody leads",
    .run = no_commander_run,
    .missed = no_commander_missed,
    .holds = no_commander_holds,
};

/* Once: not knowing is a state, and may go on. */
static bool severity_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                         struct err *err)
{
    struct incident *incident;
    bool said;

    (void)late_ms;
    if (!open_find(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident == NULL || !severity_is_unknown(turn, incident)) {
        return true;
    }
    int64_t opened_ms = incident_opened_ms(incident);
    struct note *note = say_note(
        turn,
        opened_ms > incident->declared_ms
            ? "Severity is unknown, %s after reopened. Who is hit? %s. Or a guess: %s"
            : "Severity is unknown, %s after declared. Who is hit? %s. Or a guess: %s",
        time_span(turn->arena, turn->now_ms - opened_ms),
        note_command(turn->arena, "impact"),
        note_command(turn->arena, "severity LEVEL WHY"));
    note_line(note, "Unknown is fine, too: help comes all the same. %s",
              nudge_ways(turn));
    nudge_choice(note, SEVERITY_UNKNOWN, 0, "30m");
    return nudge(turn, alarm, incident, note, &said, err);
}

static bool severity_missed(struct turn *turn, const struct alarm *alarm,
                            const char **line, struct err *err)
{
    struct incident *incident;

    if (!open_find(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident != NULL && severity_is_unknown(turn, incident)) {
        *line = arena_printf(turn->arena, "severity is unknown. %s or %s",
                             note_command(turn->arena, "impact"),
                             note_command(turn->arena, "severity LEVEL WHY"));
    }
    return true;
}

static bool severity_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                           struct err *err)
{
    struct incident *incident;

    if (!open_find(turn, sent, &incident, err)) {
        return false;
    }
    *holds = incident != NULL && severity_is_unknown(turn, incident);
    return true;
}

const struct alarm_kind care_severity_alarm = {
    .name = SEVERITY_UNKNOWN,
    .what = "severity unknown",
    .run = severity_run,
    .missed = severity_missed,
    .holds = severity_holds,
};

/* When a person last said or did something here; declaring counts. */
static bool last_heard(struct turn *turn, const struct incident *incident,
                       int64_t *at_ms, struct err *err)
{
    struct entries entries;

    *at_ms = incident->declared_ms;
    if (!timeline_last(turn->store, incident->id, QUIET_LOOKS_AT, &entries, err)) {
        return false;
    }
    for (size_t i = 0; i < entries.count; i++) {
        const struct entry *entry = &entries.all[i];
        if (entry->person_id != 0 && entry->recorded_ms > *at_ms) {
            *at_ms = entry->recorded_ms;
        }
    }
    return true;
}

static bool quiet_told(struct turn *turn, const struct alarm *alarm,
                       const struct incident *incident, int64_t silent_ms,
                       struct err *err)
{
    struct person *holder;
    bool said;

    if (!role_holder(turn, incident->id, NULL, &holder, err)) {
        return false;
    }
    const char *question =
        holder == NULL
            ? PHRASE("How does it stand?")
            : arena_printf(turn->arena, "%s, how does it stand?",
                           note_mention(turn->arena, holder->id, holder->handle));
    struct note *note =
        say_note(turn, "Nothing said here for %s. %s Over: %s. %s",
                 time_span(turn->arena, silent_ms), question,
                 note_command(turn->arena, "resolve"), nudge_ways(turn));
    nudge_choice(note, QUIET, 0, "30m");
    return nudge(turn, alarm, incident, note, &said, err);
}

/* Looks when it was last lively, so that nobody has to move this alarm for each word
 * said. One silence is named once, and again where somebody put it off. */
static bool quiet_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                      struct err *err)
{
    int64_t quiet_ms = turn->config->nudges.quiet_ms;
    struct incident *incident;
    int64_t heard_ms;
    bool was_put_off;

    (void)late_ms;
    if (!open_find(turn, alarm, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!last_heard(turn, incident, &heard_ms, err) ||
        !nudge_was_put_off(turn, alarm, 0, &was_put_off, err)) {
        return false;
    }
    int64_t silent_ms = turn->now_ms - heard_ms;
    int64_t next_ms = silent_ms < quiet_ms ? quiet_ms - silent_ms : quiet_ms;
    if (!alarm_after(turn, &(struct alarm){.kind = QUIET, .incident_id = incident->id},
                     next_ms, err)) {
        return false;
    }
    bool is_named = silent_ms >= 2 * quiet_ms && !was_put_off;
    return silent_ms < quiet_ms || is_named ||
           quiet_told(turn, alarm, incident, silent_ms, err);
}

static bool quiet_missed(struct turn *turn, const struct alarm *alarm,
                         const char **line, struct err *err)
{
    struct incident *incident;

    (void)line; /* the bot was not there: it can't say what was said */
    if (!open_find(turn, alarm, &incident, err)) {
        return false;
    }
    return incident == NULL ||
           alarm_after(turn,
                       &(struct alarm){.kind = QUIET, .incident_id = incident->id},
                       turn->config->nudges.quiet_ms, err);
}

/* Until somebody says something; whoever presses the button says nothing by that. */
static bool quiet_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                        struct err *err)
{
    struct incident *incident;
    int64_t heard_ms;

    *holds = false;
    if (!open_find(turn, sent, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (!last_heard(turn, incident, &heard_ms, err)) {
        return false;
    }
    *holds = heard_ms <= sent->set_ms || heard_ms >= turn->now_ms;
    return true;
}

const struct alarm_kind care_quiet_alarm = {
    .name = QUIET,
    .what = "nothing said",
    .run = quiet_run,
    .missed = quiet_missed,
    .holds = quiet_holds,
};
