/* The part of bot/say.h that is about a channel itself, and what is in it. */
#include "bot/adapter.h"
#include "bot/say.h"
#include "bot/say_put.h"

/* Of its own: what waits to be said there must not hold up our coming, which it waits
 * for. Where an incident moves, it is the incident's: what is said from now on goes to
 * the new place. */
static struct outbox_row room_row(struct turn *turn, const struct say_room *room)
{
    struct outbox_row row = {
        .adapter = room->adapter,
        .lane = arena_printf(turn->arena, "j%s", room->channel),
        .place = room->channel,
    };

    if (room->incident != NULL && room->instead_of != NULL) {
        row.lane = say_incident_row(turn, room->incident).lane;
    }
    row.incident_id = room->incident == NULL ? 0 : room->incident->id;
    return row;
}

bool say_join(struct turn *turn, const struct say_room *room, struct err *err)
{
    struct action action = {.kind = ACTION_JOIN, .about_channel = room->instead_of};
    struct outbox_row row = room_row(turn, room);

    return say_put(turn, &row, &action, err);
}

bool say_leave(struct turn *turn, const struct say_room *room, const char *reason,
               struct err *err)
{
    struct action action = {.kind = ACTION_LEAVE, .topic = reason};
    struct outbox_row row = room_row(turn, room);

    return say_put(turn, &row, &action, err);
}

static bool find_waiting(struct turn *turn, const struct say_room *room,
                         enum action_kind kind, struct outbox_row **waiting,
                         struct err *err)
{
    struct outbox_row like = room_row(turn, room);

    like.kind = action_kind_name(kind);
    return outbox_find_waiting(turn->store, &like, waiting, err);
}

bool say_room_waits(struct turn *turn, const struct say_room *room, bool *waits,
                    struct err *err)
{
    struct outbox_row *join, *leave;

    if (!find_waiting(turn, room, ACTION_JOIN, &join, err) ||
        !find_waiting(turn, room, ACTION_LEAVE, &leave, err)) {
        return false;
    }
    *waits = join != NULL || leave != NULL;
    return true;
}

bool say_room_forget(struct turn *turn, const struct say_room *room, struct err *err)
{
    struct outbox_row *join;
    bool is_settled;

    if (!find_waiting(turn, room, ACTION_JOIN, &join, err)) {
        return false;
    }
    return join == NULL || outbox_bury(turn->store, join->id, "taken out again",
                                       turn->now_ms, &is_settled, err);
}

static bool put_redaction(struct turn *turn, const struct incident *incident,
                          const struct chat_place *place, const char *message,
                          struct err *err)
{
    struct action action = {
        .kind = ACTION_REDACT, .about = message, .about_channel = place->channel};
    struct outbox_row row = say_incident_row(turn, incident);

    row.adapter = place->adapter;
    row.lane = arena_printf(turn->arena, "r%s", place->channel);
    row.place = place->channel;
    return say_put(turn, &row, &action, err);
}

bool say_redact(struct turn *turn, const struct incident *incident,
                const struct chat_event *event, struct err *err)
{
    return put_redaction(turn, incident, &event->place, event->message, err);
}

bool say_redact_entry(struct turn *turn, const struct incident *incident,
                      const struct entry *entry, struct err *err)
{
    const struct chat_place place = {.adapter = entry->adapter,
                                     .channel = entry->channel};
    struct timeline_edits edits;

    if (!timeline_edits(turn->store, entry->id, &edits, err) ||
        !put_redaction(turn, incident, &place, entry->message, err)) {
        return false;
    }
    for (size_t i = 0; i < edits.count; i++) {
        if (!put_redaction(turn, incident, &place, edits.events[i], err)) {
            return false;
        }
    }
    return true;
}

bool say_upload(struct turn *turn, const struct incident *incident, const char *name,
                const char *text, struct err *err)
{
    struct action action = {.kind = ACTION_UPLOAD, .name = name, .file_text = text};
    struct outbox_row row = say_incident_row(turn, incident);

    return say_put(turn, &row, &action, err);
}

/* Of its own lane: what is said in the incident does not wait for it. */
bool say_canvas(struct turn *turn, const struct incident *incident, const char *title,
                const char *text, struct err *err)
{
    struct action action = {.kind = ACTION_CANVAS, .name = title, .file_text = text};
    struct outbox_row row = say_incident_row(turn, incident);

    if (!turn_has_trait(turn, incident->adapter, ADAPTER_HAS_CANVASES)) {
        return true;
    }
    row.lane = arena_printf(turn->arena, "%s-c", row.lane);
    return say_put(turn, &row, &action, err);
}

/* A comfort in a lane of its own: what is said in the incident does not wait for it. */
static bool put_bookmark(struct turn *turn, const struct incident *incident,
                         int64_t row_id, const char *title, struct err *err)
{
    struct action action = {.kind = ACTION_BOOKMARK, .name = title};
    struct outbox_row row = say_incident_row(turn, incident);

    row.lane = arena_printf(turn->arena, "%s-b", row.lane);
    row.about_row = row_id;
    return say_put(turn, &row, &action, err);
}

bool say_topic(struct turn *turn, const struct incident *incident, const char *topic,
               struct err *err)
{
    struct action action = {.kind = ACTION_SET_TOPIC, .topic = topic};
    struct outbox_row row = say_incident_row(turn, incident);
    bool is_replaced;

    row.kind = action_kind_name(action.kind);
    row.body = action_to_json(turn->arena, &action);
    if (!outbox_replace(turn->store, &row, &is_replaced, err)) {
        return false;
    }
    return is_replaced || say_put(turn, &row, &action, err);
}

bool say_pin(struct turn *turn, const struct incident *incident, int64_t row_id,
             const char *title, struct err *err)
{
    struct action action = {.kind = ACTION_PIN};
    struct outbox_row row = say_incident_row(turn, incident);

    row.about_row = row_id;
    return say_put(turn, &row, &action, err) &&
           (title == NULL ||
            !turn_has_trait(turn, incident->adapter, ADAPTER_HAS_BOOKMARKS) ||
            put_bookmark(turn, incident, row_id, title, err));
}
