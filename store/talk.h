/*
 * Somebody known says something in an incident's channel where they are: most of what
 * is heard. What must be known to record it is found in one look; one by one, the same
 * five looks cost as much as the row.
 */
#pragma once

#include "store/chain.h"
#include "store/inbox.h"

struct talk {
    int64_t incident_id, person_id;
    bool is_nameless; /* goes by the platform's id until it says a name */
    bool is_heard;    /* this event was, before; of a message the timeline knows */
    bool is_paged;    /* a page in that incident waits for their answer */
    struct chain_tail tail;
};

/* `external` says `message`. *talk NULL: not all of it is known, or they are not in. */
MUST_CHECK bool talk_find(struct store *store, const struct inbox_message *message,
                          const char *external, struct talk **talk, struct err *err);
