/*
 * Whom it concerns that a wish was refused hears so, and what to do: the record alone
 * would tell only who reads it.
 */
#pragma once

#include "bot/turn.h"
#include "store/outbox.h"

/* A row that was tried and is buried now; `why` is for people. */
MUST_CHECK bool undelivered_refused(struct turn *turn, const struct outbox_row *row,
                                    const char *why, struct err *err);
