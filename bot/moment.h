/*
 * Key moments, apart from "declared" and "resolved": started, detected, mitigated,
 * normal. Each may be set again; the answer says what it was.
 */
#pragma once

#include "bot/command.h"

enum moment { MOMENT_STARTED, MOMENT_DETECTED, MOMENT_MITIGATED, MOMENT_NORMAL };

/* at_ms TIME_NONE: now. `how` only for detected; NULL else. */
MUST_CHECK bool moment_set(struct turn *turn, const struct command_call *call,
                           enum moment moment, int64_t at_ms, const char *how,
                           struct err *err);
/* "detected" of those not known, NULL where all are; for resolve and the hand-over. */
const char *moment_missing(struct turn *turn, const struct incident *incident);
