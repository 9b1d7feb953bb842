/* An incident whose channel was refused: it is asked for again, quietly, at longer and
 * longer intervals, since whoever runs the chat may allow it meanwhile; and what is
 * still of use is said there once it is. */
#include "bot/action.h"
#include "bot/base/time.h"
#include "bot/channel.h"
#include "bot/incident.h"
#include "bot/say.h"

#define KIND       "channel-again"
#define FIRST_MS   (5 * TIME_MINUTE_MS)
#define OPEN_MS    TIME_HOUR_MS /* at most, while the incident is open */
#define CLOSED_MS  TIME_DAY_MS
#define POSTS_MOST 1000

/* As long again as it lasts already. */
static int64_t wait_ms(struct turn *turn, const struct incident *incident)
{
    int64_t most_ms = incident_is_open(incident) ? OPEN_MS : CLOSED_MS;
    int64_t lasts_ms = turn->now_ms - incident->declared_ms;

    return lasts_ms < FIRST_MS ? FIRST_MS : lasts_ms > most_ms ? most_ms : lasts_ms;
}

static bool find_alarm(struct turn *turn, int64_t incident_id, struct alarm **alarm,
                       struct err *err)
{
    return alarm_find(turn->store, KIND, incident_id, 0, alarm, err);
}

static bool plan(struct turn *turn, const struct incident *incident, struct err *err)
{
    return alarm_after(turn, &(struct alarm){.kind = KIND, .incident_id = incident->id},
                       wait_ms(turn, incident), err);
}

bool channel_again_plan(struct turn *turn, const struct incident *incident,
                        bool *is_first, struct err *err)
{
    struct alarm *standing;

    if (!find_alarm(turn, incident->id, &standing, err)) {
        return false;
    }
    *is_first = standing == NULL;
    return standing != NULL || plan(turn, incident, err);
}

/* A retrospective goes there, too: of one that is resolved it is still wanted. */
static bool is_wanted(const struct incident *incident)
{
    return incident != NULL && incident->channel == NULL &&
           incident->state != INCIDENT_REVIEWED &&
           incident->state != INCIDENT_CANCELLED;
}

/* The alarm stands until the channel does: that is how the next no is known to be no
 * news. */
static bool run(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                struct err *err)
{
    struct incident *incident;
    struct outbox_rows under_way;

    (void)late_ms;
    if (!incident_find(turn->store, alarm->incident_id, &incident, err)) {
        return false;
    }
    if (!is_wanted(incident)) {
        return true;
    }
    return plan(turn, incident, err) &&
           outbox_list_waiting(turn->store, incident->id,
                               action_kind_name(ACTION_OPEN_CHANNEL), 1, &under_way,
                               err) &&
           (under_way.count > 0 ||
            say_open_channel(turn, incident, incident_topic(turn, incident), true,
                             err));
}

const struct alarm_kind channel_again_alarm = {
    .name = KIND,
    .acts = true,
    .run = run,
};

/* A reminder is of its moment; cards, updates and what was done stay worth reading. */
static bool is_reminder(struct turn *turn, const struct outbox_row *row)
{
    struct action action = {0};

    if (row->place != NULL || !action_from_json(turn->arena, row->body, &action) ||
        action.note == NULL) {
        return false;
    }
    for (size_t i = 0; i < action.note->count; i++) {
        if (action.note->blocks[i].about != NULL) {
            return true;
        }
    }
    return false;
}

static bool hold_back(struct turn *turn, const struct incident *incident, size_t *count,
                      struct err *err)
{
    struct outbox_rows posts;
    bool is_settled;

    *count = 0;
    if (!outbox_list_waiting(turn->store, incident->id, action_kind_name(ACTION_POST),
                             POSTS_MOST, &posts, err)) {
        return false;
    }
    for (size_t i = 0; i < posts.count; i++) {
        if (!is_reminder(turn, &posts.all[i])) {
            continue;
        }
        *count += 1;
        if (!outbox_bury(turn->store, posts.all[i].id, "there was no channel for it",
                         turn->now_ms, &is_settled, err)) {
            return false;
        }
    }
    return true;
}

/* In the channel, behind what is said there now, and to whoever was told of its
 * absence. */
static bool told(struct turn *turn, const struct incident *incident, size_t held_back,
                 struct err *err)
{
    struct note *note = say_note(
        turn,
        "This channel is here since %s; before, none could be made. What I would "
        "have said stands above.",
        say_clock(turn, turn->now_ms));

    if (held_back > 0) {
        note_line(note, "Left out: %zu reminder%s of that time. All of it: %s",
                  held_back, held_back == 1 ? "" : "s",
                  note_command(turn->arena, "timeline all"));
    }
    return say_incident(turn, incident, note, NULL, err) &&
           channel_tell_missing(turn, incident,
                                say_note(turn, "%s has its channel now: %s",
                                         say_ref(turn, incident),
                                         say_link(turn, incident)),
                                err);
}

bool channel_again_opened(struct turn *turn, const struct outbox_row *row,
                          struct err *err)
{
    struct incident *incident;
    struct alarm *standing;
    size_t held_back;

    if (!find_alarm(turn, row->incident_id, &standing, err) ||
        !incident_find(turn->store, row->incident_id, &incident, err)) {
        return false;
    }
    if (standing == NULL || incident == NULL) {
        return true;
    }
    return alarm_clear(turn->store, KIND, incident->id, 0, err) &&
           channel_record(turn, incident, "the channel could be opened now", err) &&
           hold_back(turn, incident, &held_back, err) &&
           told(turn, incident, held_back, err);
}
