/*
 * Takes a person's words out of the store for good: what they said, noted, asked, gave
 * as a task, update, factor or reason. That they were there, when, and what was done
 * stays, and so does the chain (store/chain.h). Titles of incidents stay: they are
 * their names.
 */
#pragma once

#include "store/store.h"

struct forgotten {
    int64_t entries; /* of the timeline */
    int64_t others;  /* rows of other tables */
    int64_t waiting; /* messages of the bot that are not sent yet and may hold words */
};

/* Within a transaction of the caller. The arena is to be the store's own: it is reset
 * again and again. */
MUST_CHECK bool forget_person(struct store *store, int64_t person_id, int64_t now_ms,
                              struct forgotten *forgotten, struct err *err);
