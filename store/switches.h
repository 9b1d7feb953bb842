/*
 * What people switched on or off for themselves, by name. Which switches there are, and
 * how one stands that nobody touched, is bot/wishes.h's affair.
 */
#pragma once

#include "store/store.h"

/* *is_set false: never touched. */
MUST_CHECK bool switch_find(struct store *store, int64_t person_id, const char *name,
                            bool *is_set, bool *is_on, struct err *err);
MUST_CHECK bool switch_set(struct store *store, int64_t person_id, const char *name,
                           bool is_on, struct err *err);
