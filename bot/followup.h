/*
 * Follow-up actions: one list and one sequence of numbers across all incidents, each
 * with an owner, perhaps a day, why, and what it stops. Nobody sees one of an incident
 * that they can't see.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/command.h"
#include "store/followups.h"

/* What was typed; due_ms TIME_NONE, why and stops NULL where not said. */
struct followup_wish {
    const struct person *owner;
    const char *what, *why, *stops;
    int64_t due_ms;
};

/* The verbs. Each answers the speaker. */
MUST_CHECK bool followup_give(struct turn *turn, const struct command_call *call,
                              const struct followup_wish *wish, struct err *err);
MUST_CHECK bool followup_done(struct turn *turn, const struct command_call *call,
                              int64_t id, const char *result, struct err *err);
/* Of the call's incident, or the open ones of all. */
MUST_CHECK bool followup_show(struct turn *turn, const struct command_call *call,
                              struct err *err);

/* "118, ruben, due Fri 20 March: set it aside" */
const char *followup_line(struct turn *turn, const struct followup *followup);

extern const struct alarm_kind followup_overdue_alarm; /* "followup-overdue" */
