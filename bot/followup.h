/*
 * Follow-up actions: one list and one sequence of numbers across all incidents, each
 * with an owner, perhaps a day, why, and what it stops. Nobody sees one of an incident
 * that they can't see.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/command.h"
#include "store/followups.h"

/* What was typed; due_ms TIME_NONE, why and stops NULL where not said. `what` may be
 * the number of a parked thing, which then becomes this. */
struct followup_wish {
    const struct person *owner;
    const char *what, *why, *stops;
    int64_t due_ms;
};

/* The verbs. Each answers the speaker. */
MUST_CHECK bool followup_give(struct turn *turn, const struct command_call *call,
                              const struct followup_wish *wish, struct err *err);
/* Another owner (NULL: the same), another day (TIME_NONE: the same). */
MUST_CHECK bool followup_move(struct turn *turn, const struct command_call *call,
                              int64_t id, const struct person *owner, int64_t due_ms,
                              struct err *err);
MUST_CHECK bool followup_done(struct turn *turn, const struct command_call *call,
                              int64_t id, const char *result, struct err *err);
/* Looked at again after it is done: did it help? */
MUST_CHECK bool followup_look(struct turn *turn, const struct command_call *call,
                              int64_t id, bool has_helped, const char *text,
                              struct err *err);
/* Of the call's incident with what is parked there, or the open ones of all with those
 * to be looked at again. */
MUST_CHECK bool followup_show(struct turn *turn, const struct command_call *call,
                              struct err *err);

/* "118, ruben, due Fri 20 March: set it aside" */
const char *followup_line(struct turn *turn, const struct followup *followup);

/* Reminds its owner once it is overdue; where it has a day. */
MUST_CHECK bool followup_arm(struct turn *turn, const struct followup *followup,
                             struct err *err);
/* Tells an owner who did not make it themselves; `from_id`: who gave it to them. */
MUST_CHECK bool followup_tell_owner(struct turn *turn, const struct incident *incident,
                                    const struct followup *followup, int64_t from_id,
                                    struct err *err);
/* ", due Fri 20 March", for the timeline; "" for none. */
const char *followup_due(struct turn *turn, int64_t due_ms);

/* The follow-up and its incident, where that person may know of it; else NULL. */
MUST_CHECK bool followup_find_visible(struct turn *turn, int64_t id, int64_t person_id,
                                      struct followup **followup,
                                      struct incident **incident, struct err *err);
/* The answer where they may not: as for a number never given. */
MUST_CHECK bool followup_refuse(struct turn *turn, const struct command_call *call,
                                int64_t id, struct err *err);
/* For all to read in its incident's channel, elsewhere for the speaker alone. */
MUST_CHECK bool followup_tell(struct turn *turn, const struct command_call *call,
                              const struct incident *incident, struct note *note,
                              struct err *err);

extern const struct alarm_kind followup_overdue_alarm; /* "followup-overdue" */
