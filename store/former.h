/*
 * The ids a channel had before its platform gave it another one. Entries of the
 * timeline keep the id they were recorded under, for the chain holds it; everything
 * else goes over to the present one. store/timeline.h and store/inbox.h look for a
 * message under all of them.
 */
#pragma once

#include "store/store.h"

/* For SQL: is `column` the channel $2 of the adapter $1, by any of its ids? */
#define FORMER_IS_CHANNEL(column)                                                      \
    column " IN (SELECT CAST($2 AS TEXT) UNION ALL SELECT formerly "                   \
           "FROM former_channels WHERE adapter = $1 AND channel = $2) "

struct former {
    const char *adapter, *formerly, *channel;
};

/* The channel has another id from now on: its incident, what is to be said there or
 * about what stands there, what was filled in there, what was heard. Where an event's
 * id begins with the channel's, so it is known under the new one, too. */
MUST_CHECK bool former_put(struct store *store, const struct former *former,
                           struct err *err);
/* The id it has now; NULL: it never had another. */
MUST_CHECK bool former_find(struct store *store, const char *adapter,
                            const char *formerly, const char **channel,
                            struct err *err);
/* Has any channel here ever had another id? Looked up once: nobody else writes. */
MUST_CHECK bool former_is_any(struct store *store, bool *is_any, struct err *err);
