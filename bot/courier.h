/*
 * Carries the outbox to the adapters and their outcomes back. Rows are claimed in a
 * turn, performed in its hook, settled in a later turn. It promises: lanes leave in
 * order, a row is performed by one process at a time, back-off is quadratic, a row that
 * can never leave is buried and its incident told.
 */
#pragma once

#include "bot/adapter.h"
#include "bot/turn.h"

struct courier;

struct courier *courier_create(struct turns *turns, struct loop *loop);
void courier_destroy(struct courier *courier); /* accepts NULL */
void courier_add(struct courier *courier, struct adapter *adapter);

/* Something may be due: looks in the next iteration. */
void courier_wake(struct courier *courier);
/* Inside an open turn, right before its commit: claims what is due, the turn's own rows
 * included. */
void courier_claim(struct courier *courier, struct turn *turn);
/* Kept until a turn has recorded it, whatever happens to the store meanwhile. */
void courier_outcome(struct courier *courier, struct adapter *adapter, int64_t action,
                     const struct outcome *outcome);
/* Something is under way, or an outcome waits to be recorded. */
bool courier_is_busy(const struct courier *courier);
/* When the next row can leave that we may claim, TIME_NONE: none. Rows of a platform
 * that is not here, refused us or is at its limit don't count: only an outcome, or
 * another start, helps them. */
MUST_CHECK bool courier_earliest(const struct courier *courier, struct store *store,
                                 int64_t *due_ms, struct err *err);
/* Begins nothing new from now on. */
void courier_close(struct courier *courier);
/* A platform that refused us gets nothing more. */
void courier_drop(struct courier *courier, struct adapter *adapter);
