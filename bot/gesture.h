/*
 * A platform may tell of one gesture of a person as two messages. What has an effect is
 * claimed in the store. Talk has none but its entry, and most of what is heard is talk:
 * of that the latest gestures are kept in memory: of each message heard, also of those
 * that are known, so that reading up after a restart tells the double of one of them.
 */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"

#define GESTURES 256

struct gestures {
    struct {
        uint64_t gesture, message; /* hashes */
    } seen[GESTURES];
};

/* Is it another message of a gesture of which we have heard one? Otherwise keeps it;
 * the same message heard again is no double. */
bool gesture_is_double(struct turn *turn, const struct chat_event *event);

/* The same for what has an effect. */
MUST_CHECK bool gesture_claim(struct turn *turn, const struct chat_event *event,
                              bool *is_new, struct err *err);
