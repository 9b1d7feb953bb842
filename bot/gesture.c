#include "bot/gesture.h"

#include "bot/base/text.h"
#include "store/inbox.h"

bool gesture_is_double(struct turn *turn, const struct chat_event *event)
{
    uint64_t gesture = text_hash(text_or(event->gesture, ""));
    uint64_t message = text_hash(text_or(event->message, ""));
    size_t place = gesture % GESTURES;

    if (event->gesture == NULL) {
        return false;
    }
    if (turn->gestures->seen[place].gesture != gesture) {
        turn->gestures->seen[place].gesture = gesture;
        turn->gestures->seen[place].message = message;
    }
    return turn->gestures->seen[place].message != message;
}

bool gesture_claim(struct turn *turn, const struct chat_event *event, bool *is_new,
                   struct err *err)
{
    *is_new = true;
    return event->gesture == NULL ||
           inbox_claim(turn->store, event->place.adapter, event->gesture, turn->now_ms,
                       is_new, err);
}
