/*
 * Buddies: people one may ask without shame. A buddy is offered to one person and holds
 * for both once they have said yes. Rows are store/buddies.h's affair.
 */
#pragma once

#include "bot/command.h"
#include "bot/offers.h"

extern const struct offer_kind buddy_offer_kind;

/* Offers to be each other's buddy; ends it where they are. Answers the speaker. */
MUST_CHECK bool buddy_offer(struct turn *turn, const struct command_call *call,
                            const struct person *who, struct err *err);
