/*
 * Key moments, apart from "declared" and "resolved": started, detected, mitigated,
 * normal. Each may be set again; the answer says what it was.
 */
#pragma once

#include "bot/command.h"

enum moment { MOMENT_STARTED, MOMENT_DETECTED, MOMENT_MITIGATED, MOMENT_NORMAL };

/* at_ms TIME_NONE: now; of what was noticed, when it was declared. `how` may be NULL;
 * where it says "not yet" or asks, they are asked in turn, but not how it was noticed.
 */
MUST_CHECK bool moment_set(struct turn *turn, const struct command_call *call,
                           enum moment moment, int64_t at_ms, const char *how,
                           struct err *err);
/* As say_when; of yesterday with that word, too, and with the hour by the clock of who
 * typed it, whose zone is `typist_zone`: "Wed 11 March, 23:10 UTC, yesterday (07:10 in
 * Singapore)". */
const char *moment_near(struct turn *turn, int64_t at_ms, const char *typist_zone);
/* "Thu 12 March, 02:12 CET (09:12 in Singapore)": people who type a time mistake the
 * day, and it was read by their own clock. */
const char *moment_typed(struct turn *turn, int64_t at_ms, const char *typist_zone);
/* "09:47 UTC": a clock typed without a zone, as the house would read it, where that is
 * a later moment than theirs and has passed: it may be the one meant. NULL: it is not.
 */
const char *moment_by_house(struct turn *turn, const struct command_call *call,
                            int64_t at_ms);
/* Forgets the moments that can't be as they are beside the others: what is noticed,
 * mitigated or normal before it began, normal before it was mitigated, and noticed
 * after it was declared. For drafts: they ask for what is not known, and must state
 * nothing false. */
void moment_forget_odd(struct incident *incident);
/* "detected" of those not known, or odd, NULL where all are; for resolve and the
 * hand-over. */
const char *moment_missing(struct turn *turn, const struct incident *incident);
