#include "bot/early.h"

#include "bot/base/time.h"
#include "store/early_choices.h"
#include "store/outbox.h"

#define FIRST_LOOK_MS TIME_SECOND_MS

bool early_hold(struct turn *turn, const struct chat_event *event, struct err *err)
{
    struct early_choice held = {
        .adapter = event->place.adapter,
        .channel = event->place.channel,
        .is_direct = event->place.is_direct,
        .message = event->message,
        .event = event->id,
        .external = event->who.id,
        .choice = event->kind == CHAT_CHOSE ? event->choice : NULL,
        .at_ms = event->at_ms,
        .held_ms = turn->now_ms,
    };

    if (!outbox_under_way(turn->store, held.adapter, 0, &held.last_row, err)) {
        return false;
    }
    return held.last_row == 0 ||
           (early_choice_insert(turn->store, &held, err) &&
            alarm_after(turn, &(struct alarm){.kind = EARLY_ALARM, .subject = held.id},
                        FIRST_LOOK_MS, err));
}
