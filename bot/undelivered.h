/*
 * Whom it concerns that a wish was refused, or waits for long, hears so, and what to
 * do: the record alone would tell only who reads it.
 */
#pragma once

#include "bot/turn.h"
#include "store/outbox.h"

/* A row that was tried and is buried now; `why` is for people. */
MUST_CHECK bool undelivered_refused(struct turn *turn, const struct outbox_row *row,
                                    const char *why, struct err *err);

/* A row that was tried in vain and will be tried again; why: NULL where nobody knows.
 * Where that goes on for ten minutes, the record says so once, and who leads hears it
 * if there is a way that works. */
MUST_CHECK bool undelivered_waits(struct turn *turn, const struct outbox_row *row,
                                  const char *why, struct err *err);
