/*
 * What happens when an alarm falls due. Each use-case owns its kinds and lists them in
 * bot/alarm_table.c; the ticker takes the row and calls them, in a turn, in order of
 * time.
 */
#pragma once

#include "bot/note.h"
#include "bot/turn.h"
#include "store/alarms.h"

struct alarm_kind {
    const char *name; /* the row's kind: "task-silent" */
    const char *what; /* of a reminder, for `never`: "nobody leads"; NULL where it acts
                       */
    bool acts; /* a page goes on, a hand-over lapses: always, at once, however late */
    /* Due at a moment that people were told, as a date of a follow-up is. The others
     * are due after a while, and stay so when the machine's clock is set back. */
    bool is_dated;
    /* The row is taken already; whoever wants it again sets it again. late_ms > 0: say
     * that it is late. It must look whether its reason still holds (the task may be
     * answered). */
    bool (*run)(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                struct err *err);
    /* Reminders only, late by more than their own length: not sent. *line is what to
     * list ("task 8, no answer from tove by 03:28 CET. …"), or NULL where its reason is
     * gone. Repeating ones start again from now here. NULL: nothing to say. */
    bool (*missed)(struct turn *turn, const struct alarm *alarm, const char **line,
                   struct err *err);
    /* Reminders with a button that puts them off: does the reason of the one that was
     * sent at set_ms, to person_id (0: to the channel), still hold? Changes nothing. */
    bool (*holds)(struct turn *turn, const struct alarm *sent, bool *holds,
                  struct err *err);
};

extern const struct alarm_kind *const alarm_table[]; /* bot/alarm_table.c; NULL-ended */

/* Sets the alarm of that name (kind, incident, subject, person) `after_ms` from now. 0
 * or less: none, it is switched off in the settings. */
MUST_CHECK bool alarm_after(struct turn *turn, const struct alarm *name,
                            int64_t after_ms, struct err *err);

/* NULL: an alarm of a version to come. */
const struct alarm_kind *alarm_kind_find(const char *name);

/*
 * A reminder about to be sent: *may is false where somebody snoozed or stopped it
 * (`snooze`, `never`); then it is set again for the end of the snooze. Likewise where
 * the channel heard another one within the last minute: it waits for its own. Notes it
 * as the last nudge, so that `snooze` finds it. person_id 0: it goes to the channel.
 */
MUST_CHECK bool nudge_may(struct turn *turn, const struct alarm *alarm,
                          int64_t person_id, bool *may, struct err *err);

/* Is this the end of a snooze? Then it is said again though nothing is new: that was
 * promised. */
MUST_CHECK bool nudge_was_put_off(struct turn *turn, const struct alarm *alarm,
                                  int64_t person_id, bool *was, struct err *err);

/* "Later: `snooze 30m`. Off: `never`": how a nudge ends. */
const char *nudge_ways(struct turn *turn);
/* The button that puts this one off; behind those of the nudge itself. `after`: "30m".
 */
void nudge_choice(struct note *note, const char *kind, int64_t subject,
                  const char *after);

/* What a reminder is called where somebody put it off or stopped it: "task-overdue/3"
 * is about task 3, and no other. */
const char *nudge_quiet_name(struct arena *arena, const char *kind, int64_t subject);
/* The other way: *kind is NULL where it is no such name. */
void nudge_of_quiet_name(struct arena *arena, const char *name, const char **kind,
                         int64_t *subject);
