/*
 * What lets the bot into its platforms and is renewed by them, and the key of feelings:
 * the file PATH.session beside the store, one JSON object with an adapter's name (or
 * "feelings") for each. It is as secret as a token, so it is never in the database,
 * which people copy and hand on. A store in memory keeps it in memory.
 */
#pragma once

#include "store/store.h"

#define SESSIONS_BYTES ((size_t)64 * 1024)

/* NULL where there is none. A file that can't be read or makes no sense is an error,
 * whose text has none of it. */
MUST_CHECK bool sessions_find(struct store *store, const char *adapter,
                              const char **secret, struct err *err);
/* Written whole, synced and named before it returns; mode 0600. Nothing changes where
 * the file that is there makes no sense: it may hold another platform's session. */
MUST_CHECK bool sessions_keep(struct store *store, const char *adapter,
                              const char *secret, struct err *err);
