/*
 * Buddies: people one may ask without shame. A buddy is offered to one person and holds
 * for both once they have said yes. Rows are store/buddies.h's affair.
 */
#pragma once

#include "bot/command.h"
#include "bot/offers.h"

extern const struct offer_kind buddy_offer_kind;

/* Offers to be each other's buddy; agrees where the other counts on it already (they
 * offered, or the directory says so); ends it where both do. Answers the speaker. */
MUST_CHECK bool buddy_offer(struct turn *turn, const struct command_call *call,
                            const struct person *who, struct err *err);

/* One's buddies in order, who counts on one by the directory's word alone, and one's
 * mentor. */
MUST_CHECK bool buddy_list(struct turn *turn, const struct command_call *call,
                           struct err *err);
