/*
 * Who worked with whom: both held a role, said yes to a task or came to a page in the
 * same incident. Private incidents tie nobody, since a tie is named.
 */
#pragma once

#include "store/store.h"

struct tie {
    int64_t person_id;
    int64_t incident_id; /* the newest one in common */
};
struct ties {
    struct tie *all;
    size_t count;
};

/* Of person_id, without the incident except_id. By person. */
MUST_CHECK bool ties_worked(struct store *store, int64_t person_id, int64_t except_id,
                            struct ties *ties, struct err *err);

/* Who is at work in an incident: declared it, holds a role, said yes to a task that is
 * not done, or came to a page. Ids only. */
MUST_CHECK bool ties_at_work(struct store *store, int64_t incident_id,
                             struct ties *ties, struct err *err);
