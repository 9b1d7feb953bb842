/*
 * What the outbox means to the record: from a row to the action an adapter performs
 * (everything that was left open is bound here), and from an outcome to its
 * consequences in the store.
 */
#pragma once

#include "bot/adapter.h"
#include "bot/turn.h"
#include "store/outbox.h"

/* *action NULL: the row can never leave (nobody to reach, nothing to change) and was
 * buried. */
MUST_CHECK bool deliver_bind(struct turn *turn, const struct outbox_row *row,
                             struct action **action, struct err *err);

/* The channel that a row opens is there already. Another adapter's row, one of another
 * store, or one that has had its outcome, changes nothing. */
MUST_CHECK bool deliver_opened(struct turn *turn, const char *adapter,
                               const struct ear_opening *opening, struct err *err);

/* When an action that did not happen is tried again: when the platform asked for it, no
 * later; where it said nothing, after a wait that grows with the attempts. Pure. */
int64_t deliver_again_ms(int64_t now_ms, int64_t attempts, int64_t not_before_ms);

/* A second outcome of the same row changes nothing. */
MUST_CHECK bool deliver_settle(struct turn *turn, int64_t row_id,
                               const struct outcome *outcome, struct err *err);
/* What follows from an outcome could not be written, now or ever (`why`): the row is
 * over all the same, for the platform did answer. */
MUST_CHECK bool deliver_end(struct turn *turn, int64_t row_id,
                            const struct outcome *outcome, const char *why,
                            struct err *err);
