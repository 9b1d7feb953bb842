/*
 * Breaks: `break 20m` asks somebody to cover; from their yes on they hold every role of
 * whoever rests, command too, until `back`. By name one is asked; else the bot asks one
 * after the other by its choice rule, and nobody but those two hears who said no.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/command.h"
#include "bot/offers.h"
#include "store/pauses.h"

/* The verbs. `deputy` NULL: the bot chooses. Each answers the speaker. */
MUST_CHECK bool pause_take(struct turn *turn, const struct command_call *call,
                           int64_t length_ms, const struct person *deputy,
                           struct err *err);
MUST_CHECK bool pause_back(struct turn *turn, const struct command_call *call,
                           struct err *err);

/* Whoever gets a role or says yes to work is back: their break is over, they may be
 * asked again. */
MUST_CHECK bool pause_wake(struct turn *turn, const struct incident *incident,
                           int64_t person_id, struct err *err);
/* On a break, or released: named for nothing there. */
MUST_CHECK bool pause_rests(struct turn *turn, int64_t incident_id, int64_t person_id,
                            bool *rests, struct err *err);
/* The incident is over, and so are its breaks. */
MUST_CHECK bool pause_on_close(struct turn *turn, const struct incident *incident,
                               struct err *err);

/* Who is asked, and what they are told (bot/pause_ask.c). *asked false: nobody is left,
 * and the break is off. */
MUST_CHECK bool pause_ask_next(struct turn *turn, const struct incident *incident,
                               const struct pause *pause, bool *asked, struct err *err);
MUST_CHECK bool pause_ask(struct turn *turn, const struct incident *incident,
                          const struct pause *pause, int64_t to_id, int64_t wait_ms,
                          struct err *err);
/* Nothing is asked any more of those who were. */
MUST_CHECK bool pause_withdraw(struct turn *turn, const struct incident *incident,
                               const struct pause *pause, struct err *err);
/* "commander, scribe": the roles somebody holds; "" for none. */
MUST_CHECK bool pause_roles(struct turn *turn, int64_t incident_id, int64_t person_id,
                            const char **roles, bool *leads, struct err *err);

/* A yes to covering (bot/pause_cover.c). */
MUST_CHECK bool pause_covered(struct turn *turn, const struct command_call *call,
                              const struct incident *incident, struct pause *pause,
                              int64_t deputy_id, struct err *err);
MUST_CHECK bool pause_watch(struct turn *turn, const struct pause *pause,
                            struct err *err);

extern const struct offer_kind pause_offer_kind;   /* "break" */
extern const struct alarm_kind pause_silent_alarm; /* "break-silent" */
extern const struct alarm_kind pause_over_alarm;   /* "break-over" */
