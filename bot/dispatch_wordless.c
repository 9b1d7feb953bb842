#include "bot/dispatch_wordless.h"

#include "bot/channel.h"
#include "bot/home.h"
#include "bot/invitation.h"
#include "bot/keep.h"
#include "store/inbox.h"

bool dispatch_is_wordless(enum chat_kind kind)
{
    return kind == CHAT_INVITED || kind == CHAT_REMOVED || kind == CHAT_RETURNED ||
           kind == CHAT_MOVED || kind == CHAT_REKEYED || kind == CHAT_SEALED ||
           kind == CHAT_KEPT || kind == CHAT_VISITED;
}

static bool run(struct turn *turn, const struct chat_event *event, struct err *err)
{
    return event->kind == CHAT_INVITED   ? invitation_event(turn, event, err)
           : event->kind == CHAT_KEPT    ? keep_event(turn, event, err)
           : event->kind == CHAT_VISITED ? home_event(turn, event, err)
                                         : channel_event(turn, event, err);
}

bool dispatch_wordless(struct turn *turn, const struct chat_event *event,
                       struct err *err)
{
    bool is_new;

    if (!channel_present(turn, &event, err) ||
        !inbox_claim(turn->store, event->place.adapter, event->id, turn->now_ms,
                     &is_new, err)) {
        return false;
    }
    if (!is_new) {
        return true;
    }
    return run(turn, event, err);
}
