/*
 * Who wants a private word when an incident changes, and how it stood when they had the
 * last one. What counts as a change is bot/subscribers.c's affair.
 */
#pragma once

#include "store/store.h"

struct subscription {
    int64_t incident_id, person_id;
    const char *told; /* the line they were told last */
};
struct subscriptions {
    struct subscription *all;
    size_t count;
};

/* *is_new false: they had one. */
MUST_CHECK bool subscription_add(struct store *store,
                                 const struct subscription *subscription,
                                 int64_t now_ms, bool *is_new, struct err *err);
/* *was false: they had none. */
MUST_CHECK bool subscription_remove(struct store *store, int64_t incident_id,
                                    int64_t person_id, bool *was, struct err *err);
MUST_CHECK bool subscription_told(struct store *store,
                                  const struct subscription *subscription,
                                  const char *told, struct err *err);
/* Of an incident, in order of people. */
MUST_CHECK bool subscriptions_of(struct store *store, int64_t incident_id,
                                 struct subscriptions *subscriptions, struct err *err);
