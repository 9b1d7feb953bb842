#include "bot/checkin.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/wishes.h"
#include "store/holds.h"

#define KIND "check-in" /* the name of WISH_CHECK_IN, too */

/* At that hour of the day after `from_ms`, there. */
static int64_t morning_after(struct arena *arena, int64_t from_ms, const char *zone,
                             int64_t hour)
{
    struct time_parts parts;

    time_split(arena, from_ms, zone, &parts);
    parts.day += 1;
    parts.hour = (int)hour;
    parts.minute = 0;
    parts.second = 0;
    return time_join(&parts, zone);
}

static bool plan_one(struct turn *turn, const struct incident *incident,
                     int64_t person_id, struct err *err)
{
    int64_t hour = turn->config->nudges.check_in_hour;
    const char *zone;

    if (!person_zone(turn->store, person_id, incident->adapter, &zone, err)) {
        return false;
    }
    zone = text_or(zone, turn_zone(turn));
    return alarm_after(
        turn,
        &(struct alarm){
            .kind = KIND, .incident_id = incident->id, .person_id = person_id},
        morning_after(turn->arena, turn->now_ms, zone, hour) - turn->now_ms, err);
}

/* Planning twice for somebody with two roles only moves it to where it is. */
bool checkin_plan(struct turn *turn, const struct incident *incident, struct err *err)
{
    struct holds holds;

    if (incident->state != INCIDENT_RESOLVED ||
        turn->config->nudges.check_in_hour < 0) {
        return true;
    }
    if (!holds_list(turn->store, incident->id, false, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        if (!plan_one(turn, incident, holds.all[i].person_id, err)) {
            return false;
        }
    }
    return true;
}

bool checkin_call_off(struct turn *turn, const struct incident *incident,
                      struct err *err)
{
    return alarm_clear(turn->store, KIND, incident->id, 0, err);
}

/* "you led for 1 h 4 min", "you were communications for 20 min": the longest first
 * command, then whatever came first. */
static bool deeds(struct turn *turn, const struct incident *incident, int64_t person_id,
                  const char **words, struct err *err)
{
    int64_t led_ms = 0;
    const char *role = NULL;
    struct holds holds;

    if (!holds_list(turn->store, incident->id, false, &holds, err)) {
        return false;
    }
    for (size_t i = 0; i < holds.count; i++) {
        const struct hold *hold = &holds.all[i];
        int64_t to_ms = hold->to_ms == TIME_NONE ? incident->resolved_ms : hold->to_ms;

        if (hold->person_id != person_id) {
            continue;
        }
        if (text_same(hold->role, role_commander(turn))) {
            led_ms += to_ms - hold->from_ms;
        } else {
            role = role == NULL ? hold->role : role;
        }
    }
    *words = led_ms > 0     ? arena_printf(turn->arena, "led for %s",
                                           time_span(turn->arena, led_ms))
             : role != NULL ? arena_printf(turn->arena, "were %s", role)
                            : PHRASE("led");
    return true;
}

static bool told(struct turn *turn, const struct incident *incident, int64_t person_id,
                 struct err *err)
{
    const char *ref = say_ref(turn, incident);
    const char *did;

    if (!deeds(turn, incident, person_id, &did, err)) {
        return false;
    }
    struct note *note =
        say_note(turn, "%s %s is over since %s. You %s: thank you. How are you today?",
                 ref, note_words(turn->arena, incident->title),
                 say_when(turn, incident->resolved_ms), did);
    note_line(note, "Without your name: %s. To somebody you trust: %s. %s",
              note_command(turn->arena, "feel %s TEXT", ref),
              note_command(turn->arena, "ask %s @who QUESTION", ref), nudge_ways(turn));
    nudge_choice(note, KIND, 0, "30m");
    return say_direct(turn, incident, person_id, note, NULL, err);
}

/* Over, and theirs to see still; away until then, it is not the day for it. */
static bool run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                struct err *err)
{
    struct incident *incident;
    bool is_visible = false, holds = false, may = false;

    (void)late_ms;
    if (!incident_find(turn->store, alarm->incident_id, &incident, err)) {
        return false;
    }
    if (incident == NULL || incident_is_open(incident)) {
        return true;
    }
    if (!incident_is_visible(turn, incident, alarm->person_id, &is_visible, err) ||
        !wish_holds(turn, alarm->person_id, WISH_CHECK_IN, &holds, err)) {
        return false;
    }
    if (!is_visible || !holds) {
        return true;
    }
    return nudge_may(turn, alarm, alarm->person_id, &may, err) &&
           (!may || told(turn, incident, alarm->person_id, err));
}

static bool holds(struct turn *turn, const struct alarm *sent, bool *is,
                  struct err *err)
{
    struct incident *incident;

    *is = false;
    if (!incident_find(turn->store, sent->incident_id, &incident, err)) {
        return false;
    }
    return incident == NULL || incident_is_open(incident) ||
           incident_is_visible(turn, incident, sent->person_id, is, err);
}

/* Late by a day and more it is not the day after; between two people anyway. */
const struct alarm_kind checkin_alarm = {
    .name = KIND,
    .what = "how you are, the day after",
    .is_dated = true,
    .run = run,
    .holds = holds,
};
