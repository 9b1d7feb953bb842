/* How long somebody has led, and who could take over: asked in private. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/care.h"
#include "bot/pause.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "store/holds.h"

#define KIND       "commander-long"
#define NIGHT_FROM 22
#define NIGHT_TO   6
#define AWAKE_FROM 8
#define AWAKE_TO   22
#define IN_MINUTES (120 * TIME_MINUTE_MS) /* what is shorter is told in minutes */

static bool zone_find(struct turn *turn, const struct incident *incident,
                      int64_t person_id, const char **zone, struct err *err)
{
    if (!person_zone(turn->store, person_id, incident->adapter, zone, err)) {
        return false;
    }
    *zone = text_or(*zone, turn_zone(turn));
    return true;
}

/* The first look at a stint: after the shorter of the two spans, of those that are on.
 */
static int64_t first_look_ms(const struct config_nudges *nudges)
{
    int64_t day_ms = nudges->commander_day_ms;
    int64_t night_ms = nudges->commander_night_ms;

    return night_ms > 0 && (day_ms <= 0 || night_ms < day_ms) ? night_ms : day_ms;
}

/* A look that is planned for the same person stays as it is. */
bool care_watch_stint(struct turn *turn, const struct incident *incident,
                      struct err *err)
{
    struct hold *hold;
    struct alarm *alarm;

    if (!hold_find(turn->store, incident->id, role_commander(turn), &hold, err) ||
        !alarm_find(turn->store, KIND, incident->id, 0, &alarm, err)) {
        return false;
    }
    if (hold != NULL && alarm != NULL && alarm->person_id == hold->person_id) {
        return true;
    }
    return alarm_clear(turn->store, KIND, incident->id, 0, err) &&
           (hold == NULL || alarm_after(turn,
                                        &(struct alarm){.kind = KIND,
                                                        .incident_id = incident->id,
                                                        .person_id = hold->person_id},
                                        first_look_ms(&turn->config->nudges), err));
}

static bool is_night_at(int64_t at_ms, const char *zone)
{
    return time_is_between(at_ms, zone, NIGHT_FROM, NIGHT_TO);
}

/* At a look: is it asked then? */
static bool is_asked(const struct config_nudges *nudges, bool is_night, int64_t led_ms)
{
    return is_night ||
           (nudges->commander_day_ms > 0 && led_ms >= nudges->commander_day_ms);
}

/* By day the next look is after the longer span, or when their night begins. */
static int64_t next_look_ms(const struct config_nudges *nudges, const char *zone,
                            int64_t at_ms, int64_t led_ms)
{
    int64_t by_day_ms = nudges->commander_day_ms - led_ms;
    int64_t till_night_ms = time_next(at_ms, zone, NIGHT_FROM, 0) - at_ms;
    bool is_sooner = till_night_ms < by_day_ms || nudges->commander_day_ms <= 0;

    return nudges->commander_night_ms > 0 && is_sooner ? till_night_ms : by_day_ms;
}

bool care_first_look(struct turn *turn, const struct incident *incident,
                     int64_t person_id, bool *is_night, int64_t *after_ms,
                     struct err *err)
{
    const struct config_nudges *nudges = &turn->config->nudges;
    const char *zone;

    if (!zone_find(turn, incident, person_id, &zone, err)) {
        return false;
    }
    int64_t led_ms = first_look_ms(nudges);
    if (led_ms > 0 &&
        !is_asked(nudges, is_night_at(turn->now_ms + led_ms, zone), led_ms)) {
        led_ms += next_look_ms(nudges, zone, turn->now_ms + led_ms, led_ms);
    }
    *is_night =
        nudges->commander_night_ms > 0 && is_night_at(turn->now_ms + led_ms, zone);
    *after_ms = led_ms;
    return true;
}

struct successor {
    const struct person *person; /* NULL: none */
    const char *zone;
    bool has_led, is_here;
};

static bool is_better(const struct successor *one, const struct successor *other)
{
    if (other->person == NULL || one->has_led != other->has_led) {
        return other->person == NULL || one->has_led;
    }
    return one->is_here && !other->is_here;
}

/* Awake, neither away nor at rest, and known to the house: else person stays NULL. */
static bool successor_make(struct turn *turn, const struct incident *incident,
                           const struct person *person, struct successor *successor,
                           struct err *err)
{
    bool rests;
    int64_t led;

    *successor = (struct successor){0};
    if (person->is_retired || person_is_away(person, turn->now_ms)) {
        return true;
    }
    if (!zone_find(turn, incident, person->id, &successor->zone, err) ||
        !member_is(turn->store, incident->id, person->id, &successor->is_here, err) ||
        !pause_rests(turn, incident->id, person->id, &rests, err) ||
        !holds_count(turn->store, person->id, role_commander(turn), &led, err)) {
        return false;
    }
    bool is_known =
        successor->is_here || (person->in_directory && !incident->is_private);
    successor->has_led = led > 0;
    if (is_known && !rests &&
        time_is_between(turn->now_ms, successor->zone, AWAKE_FROM, AWAKE_TO)) {
        successor->person = person;
    }
    return true;
}

/* Who has led before goes first, then who is here, then by handle. */
static bool successor_find(struct turn *turn, const struct incident *incident,
                           int64_t except_id, struct successor *best, struct err *err)
{
    struct people people;

    *best = (struct successor){0};
    if (!people_all(turn->store, &people, err)) {
        return false;
    }
    for (size_t i = 0; i < people.count; i++) {
        struct successor one;
        if (people.all[i].id == except_id) {
            continue;
        }
        if (!successor_make(turn, incident, &people.all[i], &one, err)) {
            return false;
        }
        if (one.person != NULL && is_better(&one, best)) {
            *best = one;
        }
    }
    return true;
}

/* " wen is awake (10:48 in Singapore) and has led before." */
static const char *successor_words(struct turn *turn, const struct successor *successor,
                                   const char *reader_zone)
{
    if (successor->person == NULL) {
        return "";
    }
    const char *there =
        time_there(turn->arena, turn->now_ms, successor->zone, reader_zone);
    const char *why = successor->has_led   ? PHRASE(" and has led before")
                      : successor->is_here ? PHRASE(" and here")
                                           : "";
    return arena_printf(turn->arena, " %s is awake%s%s.",
                        note_words(turn->arena, successor->person->handle), there, why);
}

/* Below nothing it is where the machine's clock was set back. */
static const char *led_words(struct turn *turn, int64_t led_ms)
{
    int64_t minutes = led_ms < 0 ? 0 : led_ms / TIME_MINUTE_MS;

    return led_ms < IN_MINUTES
               ? arena_exact(turn->arena, "%lld min", (long long)minutes)
               : time_span(turn->arena, led_ms);
}

static bool stint_told(struct turn *turn, const struct incident *incident,
                       const struct hold *hold, bool is_night, const char *zone,
                       struct err *err)
{
    int64_t again_ms = turn->config->nudges.commander_again_ms;
    const char *ref = say_ref(turn, incident);
    struct successor next;

    if (!successor_find(turn, incident, hold->person_id, &next, err)) {
        return false;
    }
    const char *to = next.person == NULL ? "who" : next.person->handle;
    const char *again = again_ms <= 0
                            ? ""
                            : arena_printf(turn->arena, ", I ask at %s",
                                           say_clock(turn, turn->now_ms + again_ms));
    struct note *note =
        say_note(turn, "%s: you have led for %s%s.%s", ref,
                 led_words(turn, turn->now_ms - hold->from_ms),
                 is_night ? PHRASE(", and it is night where you are") : "",
                 successor_words(turn, &next, zone));
    note_line(note, "Hand over: %s. Pause: %s. Going on: just go on%s. %s",
              note_command(turn->arena, "handoff %s @%s", ref, to),
              note_command(turn->arena, "break %s 20m", ref), again, nudge_ways(turn));
    note_choice(note, "Pause 20 min", "break %s 20m", ref);
    nudge_choice(note, KIND, 0, "30m");
    return say_direct(turn, incident, hold->person_id, note, NULL, err) &&
           alarm_after(turn,
                       &(struct alarm){.kind = KIND,
                                       .incident_id = incident->id,
                                       .person_id = hold->person_id},
                       again_ms, err);
}

/* The hold the alarm speaks of, NULL where it is over. */
static bool stint_find(struct turn *turn, const struct alarm *alarm,
                       struct incident **incident, struct hold **hold, struct err *err)
{
    if (!incident_find(turn->store, alarm->incident_id, incident, err) ||
        !hold_find(turn->store, alarm->incident_id, role_commander(turn), hold, err)) {
        return false;
    }
    if (*incident == NULL || !incident_is_open(*incident) ||
        (*hold != NULL && (*hold)->person_id != alarm->person_id)) {
        *hold = NULL;
    }
    return true;
}

static bool stint_run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                      struct err *err)
{
    const struct config_nudges *nudges = &turn->config->nudges;
    struct incident *incident;
    struct hold *hold;
    const char *zone;
    bool may;

    (void)late_ms;
    if (!stint_find(turn, alarm, &incident, &hold, err)) {
        return false;
    }
    if (hold == NULL) {
        return true;
    }
    if (!zone_find(turn, incident, hold->person_id, &zone, err)) {
        return false;
    }
    bool is_night = is_night_at(turn->now_ms, zone);
    int64_t led_ms = turn->now_ms - hold->from_ms;
    if (!is_asked(nudges, is_night, led_ms)) {
        return alarm_after(turn,
                           &(struct alarm){.kind = KIND,
                                           .incident_id = incident->id,
                                           .person_id = hold->person_id},
                           next_look_ms(nudges, zone, turn->now_ms, led_ms), err);
    }
    if (!nudge_may(turn, alarm, hold->person_id, &may, err)) {
        return false;
    }
    return !may || stint_told(turn, incident, hold, is_night, zone, err);
}

/* Private, so nothing is listed for all to see; it is asked again from now. */
static bool stint_missed(struct turn *turn, const struct alarm *alarm,
                         const char **line, struct err *err)
{
    struct incident *incident;
    struct hold *hold;

    (void)line;
    if (!stint_find(turn, alarm, &incident, &hold, err)) {
        return false;
    }
    return hold == NULL || alarm_after(turn,
                                       &(struct alarm){.kind = KIND,
                                                       .incident_id = incident->id,
                                                       .person_id = hold->person_id},
                                       turn->config->nudges.commander_again_ms, err);
}

static bool stint_holds(struct turn *turn, const struct alarm *sent, bool *holds,
                        struct err *err)
{
    struct incident *incident;
    struct hold *hold;

    if (!stint_find(turn, sent, &incident, &hold, err)) {
        return false;
    }
    *holds = hold != NULL && hold->from_ms <= sent->set_ms;
    return true;
}

const struct alarm_kind care_commander_long_alarm = {
    .name = KIND,
    .what = "long in the lead",
    .run = stint_run,
    .missed = stint_missed,
    .holds = stint_holds,
};
