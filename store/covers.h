/*
 * Requests to be on call in somebody's place for a while. The first yes takes it, by
 * predicate. Who is asked stands in store/offers.h; what a yes brings about is
 * bot/cover.h's affair.
 */
#pragma once

#include "store/store.h"

enum cover_state {
    COVER_OPEN,
    COVER_TAKEN,
    COVER_WITHDRAWN, /* not needed any more */
};

struct cover {
    int64_t id;
    int64_t service_id;
    int64_t person_id; /* whose duty it is */
    int64_t from_ms, to_ms;
    enum cover_state state;
    int64_t made_ms;
    int64_t cover_id; /* who said yes; 0: nobody */
    int64_t settled_ms;
};
struct covers {
    struct cover *all;
    size_t count;
};

/* Gives id; it is open. */
MUST_CHECK bool cover_insert(struct store *store, struct cover *cover, struct err *err);
/* NULL where there is none. */
MUST_CHECK bool cover_find(struct store *store, int64_t id, struct cover **cover,
                           struct err *err);
/* *taken false: it was not open any more. */
MUST_CHECK bool cover_take(struct store *store, int64_t id, int64_t person_id,
                           int64_t now_ms, bool *taken, struct err *err);
MUST_CHECK bool cover_withdraw(struct store *store, int64_t id, int64_t now_ms,
                               bool *moved, struct err *err);
/* Of one person, those that end after now_ms and are not withdrawn, the oldest first.
 */
MUST_CHECK bool covers_of(struct store *store, int64_t person_id, int64_t now_ms,
                          struct covers *covers, struct err *err);
