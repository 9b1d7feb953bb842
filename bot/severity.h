/*
 * How grave it is: set by anybody, overruled by judgement, "unknown" a state like the
 * others. What severity decides is said in each answer: the cadence of updates, and
 * whom it brings in (bot/severity_reach.h).
 */
#pragma once

#include "bot/command.h"
#include "bot/turn.h"
#include "store/incidents.h"

bool severity_is_unknown(const struct turn *turn, const struct incident *incident);
/* "severity unknown", "sev2", "sev2 by judgement". */
const char *severity_words(struct turn *turn, const struct incident *incident);
/* Likewise on the timeline, where no text of the settings takes its place. */
const char *severity_recorded(const struct turn *turn, const struct incident *incident);
/* "Updates every 30 min" or "No regular updates". */
const char *severity_cadence(struct turn *turn, const char *severity);
int64_t severity_update_ms(const struct config *config, const char *severity);

/* The level stands already, by the numbers or a reason, and there is none to add. That
 * it is unknown still is news. */
bool severity_is_said(const struct turn *turn, const struct incident *incident,
                      const char *level, const char *why);

MUST_CHECK bool severity_set(struct turn *turn, const struct command_call *call,
                             const char *level, const char *why, bool by_judgement,
                             struct err *err);
/* One step graver or milder by judgement; from unknown: "bigger" sev2, "smaller" sev3.
 */
const char *severity_step(const struct config *config, const char *severity,
                          bool bigger);
