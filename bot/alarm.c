#include "bot/alarm.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"

#define NUDGE_APART_MS TIME_MINUTE_MS

bool alarm_after(struct turn *turn, const struct alarm *name, int64_t after_ms,
                 struct err *err)
{
    struct alarm alarm = *name;

    alarm.set_ms = turn->now_ms;
    alarm.due_ms = turn->now_ms + after_ms;
    if (after_ms <= 0) {
        return true;
    }
    turn->wants_ticker = true;
    return alarm_set(turn->store, &alarm, err);
}

const char *nudge_quiet_name(struct arena *arena, const char *kind, int64_t subject)
{
    return subject == 0 ? kind
                        : arena_exact(arena, "%s/%lld", kind, (long long)subject);
}

void nudge_of_quiet_name(struct arena *arena, const char *name, const char **kind,
                         int64_t *subject)
{
    const char *slash = strchr(name, '/');

    *subject = slash == NULL ? 0 : strtoll(slash + 1, NULL, 10);
    *kind = slash == NULL ? name : arena_copy_n(arena, name, (size_t)(slash - name));
}

/* The latest of what was asked about this one, about its kind and about all kinds. */
static bool find_quiet(struct turn *turn, const struct alarm *alarm, int64_t person_id,
                       int64_t *until_ms, struct err *err)
{
    const char *const names[] = {
        nudge_quiet_name(turn->arena, alarm->kind, alarm->subject),
        alarm->kind,
        "all",
    };

    *until_ms = TIME_NONE;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        int64_t named_ms;

        if (!quiet_until(turn->store, names[i], alarm->incident_id, person_id,
                         &named_ms, err)) {
            return false;
        }
        *until_ms = named_ms > *until_ms ? named_ms : *until_ms;
    }
    return true;
}

const struct alarm_kind *alarm_kind_find(const char *name)
{
    for (size_t i = 0; alarm_table[i] != NULL; i++) {
        if (text_equal(alarm_table[i]->name, name)) {
            return alarm_table[i];
        }
    }
    return NULL;
}

/* A channel hears at most one nudge a minute: from when on is there room? */
static bool find_room(struct turn *turn, const struct alarm *alarm, int64_t person_id,
                      int64_t *room_ms, struct err *err)
{
    struct nudge *last = NULL;

    *room_ms = turn->now_ms;
    if (person_id != 0) {
        return true;
    }
    if (!nudge_last(turn->store, alarm->incident_id, 0, &last, err)) {
        return false;
    }
    if (last != NULL && last->sent_ms <= turn->now_ms &&
        last->sent_ms + NUDGE_APART_MS > turn->now_ms) {
        *room_ms = last->sent_ms + NUDGE_APART_MS;
    }
    return true;
}

/* It stays as late as it is: set_ms says since when it was planned. */
static bool wait_for_room(struct turn *turn, const struct alarm *alarm, int64_t room_ms,
                          struct err *err)
{
    struct alarm later = *alarm;

    later.due_ms = room_ms;
    turn->wants_ticker = true;
    return alarm_set(turn->store, &later, err);
}

bool nudge_may(struct turn *turn, const struct alarm *alarm, int64_t person_id,
               bool *may, struct err *err)
{
    struct nudge nudge = {
        .kind = alarm->kind,
        .incident_id = alarm->incident_id,
        .subject = alarm->subject,
        .person_id = person_id,
        .sent_ms = turn->now_ms,
    };
    int64_t until_ms, room_ms;

    if (!find_quiet(turn, alarm, person_id, &until_ms, err) ||
        !find_room(turn, alarm, person_id, &room_ms, err)) {
        return false;
    }
    *may = until_ms <= turn->now_ms && room_ms <= turn->now_ms;
    if (*may) {
        return nudge_note(turn->store, &nudge, err);
    }
    if (until_ms == INT64_MAX) {
        return true;
    }
    return until_ms > turn->now_ms
               ? alarm_after(turn, alarm, until_ms - turn->now_ms, err)
               : wait_for_room(turn, alarm, room_ms, err);
}

bool nudge_was_put_off(struct turn *turn, const struct alarm *alarm, int64_t person_id,
                       bool *was, struct err *err)
{
    int64_t until_ms;

    if (!find_quiet(turn, alarm, person_id, &until_ms, err)) {
        return false;
    }
    *was = until_ms > alarm->set_ms && until_ms <= turn->now_ms;
    return true;
}

const char *nudge_ways(struct turn *turn)
{
    return arena_printf(turn->arena, "Later: %s. Off: %s",
                        note_command(turn->arena, "snooze 30m"),
                        note_command(turn->arena, "never"));
}

void nudge_choice(struct note *note, const char *kind, int64_t subject,
                  const char *after)
{
    note_choice_about(note, nudge_quiet_name(note->arena, kind, subject), "Snooze",
                      arena_exact(note->arena, "snooze %s", after));
}
