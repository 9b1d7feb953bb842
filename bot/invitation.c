#include "bot/invitation.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/channel.h"
#include "bot/say.h"

static struct say_room room_of(const struct chat_event *event)
{
    return (struct say_room){.adapter = event->place.adapter,
                             .channel = event->place.channel};
}

static bool decline(struct turn *turn, const struct chat_event *event, struct err *err)
{
    const struct say_room room = room_of(event);

    return say_leave(turn, &room,
                     PHRASE("This bot takes invitations only from where it is set to."),
                     err);
}

bool invitation_leave_sealed(struct turn *turn, const struct chat_event *event,
                             struct err *err)
{
    const struct say_room room = room_of(event);
    struct person *who = NULL;
    struct note *note;
    bool waits;

    if (!say_room_waits(turn, &room, &waits, err)) {
        return false;
    }
    if (waits) {
        return true; /* heard before */
    }
    if (!channel_meet(turn, event, &who, err) ||
        !say_leave(turn, &room, PHRASE("I can't read encrypted rooms."), err)) {
        return false;
    }
    if (who == NULL) {
        return true;
    }
    note =
        say_note(turn, "I can't read encrypted rooms, so I am not in yours. Make one "
                       "without encryption, or type in an incident's room.");
    return say_direct_on(turn, event->place.adapter, who->id, note, err);
}

/* Into an incident's own channel, or into the one that took its place while we could
 * not follow. */
static bool come(struct turn *turn, const struct chat_event *event, struct err *err)
{
    struct say_room room = room_of(event);
    struct incident *incident = NULL;

    if (!incident_find_channel(turn->store, room.adapter, room.channel, &incident,
                               err)) {
        return false;
    }
    if (incident == NULL && !channel_moved_here(turn, &event->place, &incident, err)) {
        return false;
    }
    room.incident = incident;
    if (incident != NULL && !text_equal(incident->channel, room.channel)) {
        room.instead_of = incident->channel;
    }
    return say_join(turn, &room, err);
}

bool invitation_event(struct turn *turn, const struct chat_event *event,
                      struct err *err)
{
    const struct say_room room = room_of(event);
    bool waits;

    if (!say_room_waits(turn, &room, &waits, err)) {
        return false;
    }
    if (waits) {
        return true; /* heard before: it is on its way */
    }
    if (!event->is_trusted) {
        return decline(turn, event, err);
    }
    return event->place.is_sealed ? invitation_leave_sealed(turn, event, err)
                                  : come(turn, event, err);
}
