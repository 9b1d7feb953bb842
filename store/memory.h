/*
 * What an adapter must not forget: reading positions, sessions, labels. Small values by
 * name. The name "bot" in place of an adapter's is the bot's own.
 */
#pragma once

#include "store/store.h"

/* NULL where there is nothing. */
MUST_CHECK bool memory_find(struct store *store, const char *adapter, const char *name,
                            const char **value, struct err *err);
MUST_CHECK bool memory_set(struct store *store, const char *adapter, const char *name,
                           const char *value, struct err *err);
