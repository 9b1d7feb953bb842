/* The part of bot/channel.h that is about a channel that stays what it is, and is known
 * to its platform by another id. */
#include <string.h>

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/behind.h"
#include "bot/channel.h"
#include "bot/ears_inner.h"
#include "store/former.h"
#include "store/incidents.h"

/* An id may begin with its channel's. */
static const char *id_now(struct turn *turn, const char *id, const char *formerly,
                          const char *channel)
{
    size_t length = strlen(formerly);

    return id != NULL && text_starts(id, formerly) && id[length] == ':'
               ? arena_printf(turn->arena, "%s%s", channel, id + length)
               : id;
}

bool channel_present(struct turn *turn, const struct chat_event **event,
                     struct err *err)
{
    const struct chat_place *place = &(*event)->place;
    struct chat_event *now;
    const char *channel = NULL;
    bool is_any;

    if (place->is_direct || !former_is_any(turn->store, &is_any, err)) {
        return place->is_direct;
    }
    if (is_any &&
        !former_find(turn->store, place->adapter, place->channel, &channel, err)) {
        return false;
    }
    if (channel == NULL) {
        return true;
    }
    now = ARENA_NEW(turn->arena, struct chat_event);
    *now = **event;
    now->id = id_now(turn, now->id, place->channel, channel);
    now->place.channel = channel;
    *event = now;
    return true;
}

const char *ear_present(struct ears *ears, struct adapter *adapter, const char *channel)
{
    const char *present = NULL;
    struct err err;
    bool is_any;

    if (!former_is_any(ears->store, &is_any, &err) ||
        (is_any &&
         !former_find(ears->store, adapter->kind->name, channel, &present, &err))) {
        log_warn("not recalled", "adapter=%s why=\"%s\"", adapter->kind->name,
                 err.text);
    }
    return present != NULL ? present : channel;
}

bool channel_rekeyed(struct turn *turn, const struct incident *incident,
                     const struct chat_event *event, struct err *err)
{
    const struct former former = {.adapter = event->place.adapter,
                                  .formerly = event->place.channel,
                                  .channel = event->text};
    struct incident *other = NULL;

    if (text_is_empty(former.channel) || text_equal(former.channel, former.formerly)) {
        return true;
    }
    if (!incident_find_channel(turn->store, former.adapter, former.channel, &other,
                               err)) {
        return false;
    }
    if (other != NULL) {
        log_warn("channel not followed: its new id is another incident's",
                 "adapter=%s from=%s to=%s", former.adapter, former.formerly,
                 former.channel);
        return true;
    }
    turn->wants_courier = true; /* what waits goes there */
    return former_put(turn->store, &former, err) &&
           behind_follow(turn, former.adapter, former.formerly, former.channel, err) &&
           (incident == NULL ||
            channel_record(turn, incident,
                           arena_exact(turn->arena,
                                       "the channel is the same, its id is %s now, "
                                       "and was %s",
                                       former.channel, former.formerly),
                           err));
}
