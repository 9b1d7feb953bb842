/*
 * The word on the day after: whoever held a role in an incident is asked in private how
 * they are, at ten in the morning where they are.
 */
#pragma once

#include "bot/alarm.h"
#include "store/incidents.h"

/* After it was resolved: plans them. Nothing where it ended otherwise. */
MUST_CHECK bool checkin_plan(struct turn *turn, const struct incident *incident,
                             struct err *err);
/* It goes on after all. */
MUST_CHECK bool checkin_call_off(struct turn *turn, const struct incident *incident,
                                 struct err *err);

extern const struct alarm_kind checkin_alarm; /* "check-in" */
