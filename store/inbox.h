/*
 * What was heard already. A claim is the first thing a cause does: the same event
 * delivered again changes nothing. Where the event is a message for the timeline, its
 * entry there, one for each message, is the claim.
 */
#pragma once

#include "store/store.h"

/* *is_new false: it was heard before. */
MUST_CHECK bool inbox_claim(struct store *store, const char *adapter, const char *event,
                            int64_t now_ms, bool *is_new, struct err *err);
/* It came to nothing, and counts when it comes again. */
MUST_CHECK bool inbox_release(struct store *store, const char *adapter,
                              const char *event, struct err *err);
/* Looks without claiming, in both places. */
struct inbox_message {
    const char *adapter, *event, *channel, *message;
};
MUST_CHECK bool inbox_look(struct store *store, const struct inbox_message *message,
                           bool *is_new, struct err *err);
MUST_CHECK bool inbox_forget(struct store *store, int64_t before_ms, struct err *err);
