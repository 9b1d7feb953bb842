/*
 * Who worked with whom: both held a role, said yes to a task or came to a page in the
 * same incident, or had given it or asked for it; and who helped with what. Only help
 * that was accepted counts, nothing that was offered, declined or left unanswered.
 * Private incidents tie nobody, since a tie is named; a drill teaches nothing of it.
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

/* Who answered a private question of person_id, and knew. Ids; the incident is 0 where
 * it was asked outside of any. */
MUST_CHECK bool ties_answered(struct store *store, int64_t person_id, struct ties *ties,
                              struct err *err);

/* Came to a page for a service, or did a task in an incident on it. */
struct help {
    int64_t service_id, person_id;
    int64_t incident_id; /* the newest */
};
struct helps {
    struct help *all;
    size_t count;
};
/* Without the incident except_id. By service and person. */
MUST_CHECK bool helps_all(struct store *store, int64_t except_id, struct helps *helps,
                          struct err *err);
