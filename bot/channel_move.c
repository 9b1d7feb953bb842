/* The part of bot/channel.h that is about a channel that goes on as another one. */
#include <stdlib.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/channel.h"
#include "bot/incident.h"
#include "bot/say.h"
#include "store/memory.h"
#include "store/people.h"

#define AMENDS 1000

static const char *moved_name(struct turn *turn, const char *adapter,
                              const char *channel)
{
    return arena_exact(turn->arena, "moved:%s:%s", adapter, channel);
}

static bool cant_follow(struct turn *turn, const struct incident *incident,
                        const char *channel, const char *why, struct err *err)
{
    struct note *note = say_note(
        turn, "%s, the channel of %s, goes on as another one, and I can't follow: %s.",
        say_link(turn, incident), say_ref(turn, incident),
        note_words(turn->arena, why));

    note_line(note, "Nothing said there is recorded. To get me there, invite me.");
    return channel_record(
               turn, incident,
               arena_exact(turn->arena,
                           "the channel goes on as %s, and the bot could not "
                           "follow: %s",
                           text_or(channel, PHRASE("another one")), why),
               err) &&
           channel_tell_lead(turn, incident, note, err);
}

bool channel_moved_here(struct turn *turn, const struct chat_place *place,
                        struct incident **incident, struct err *err)
{
    const char *id = NULL;

    *incident = NULL;
    if (!memory_find(turn->store, "bot",
                     moved_name(turn, place->adapter, place->channel), &id, err)) {
        return false;
    }
    return id == NULL ||
           incident_find(turn->store, strtoll(id, NULL, 10), incident, err);
}

/* Remembered, so that it is done once, and so that an invitation there is understood.
 */
static bool remember_move(struct turn *turn, const struct incident *incident,
                          const struct chat_event *event, bool *is_new, struct err *err)
{
    const char *name = moved_name(turn, event->place.adapter, event->text);
    const char *known = NULL;
    int64_t id = incident == NULL ? 0 : incident->id;

    if (!memory_find(turn->store, "bot", name, &known, err)) {
        return false;
    }
    *is_new = known == NULL;
    return !*is_new ||
           memory_set(turn->store, "bot", name,
                      arena_printf(turn->arena, "%lld", (long long)id), err);
}

/* Where a channel moved twice, the second move may be heard of before the first one is
 * done. */
bool channel_moved(struct turn *turn, struct incident *incident,
                   const struct chat_event *event, struct err *err)
{
    struct say_room room = {.adapter = event->place.adapter,
                            .channel = event->text,
                            .instead_of = event->place.channel};
    struct incident *other = NULL;
    bool is_new;

    if (text_is_empty(event->text)) {
        return true;
    }
    if (incident == NULL && !channel_moved_here(turn, &event->place, &incident, err)) {
        return false;
    }
    room.incident = incident;
    if (!incident_find_channel(turn->store, room.adapter, room.channel, &other, err) ||
        !remember_move(turn, incident, event, &is_new, err)) {
        return false;
    }
    if (!is_new) {
        return true;
    }
    if (other != NULL) {
        return incident == NULL ||
               cant_follow(turn, incident, room.channel,
                           "it is the channel of another incident", err);
    }
    return say_join(turn, &room, err);
}

/* A platform takes over a channel's rules, not its people. Who can't be reached there
 * would only leave a word about it in the record. */
static bool ask_along(struct turn *turn, const struct incident *incident,
                      struct err *err)
{
    struct people people;
    const char *external;

    if (!members_list(turn->store, incident->id, &people, err)) {
        return false;
    }
    for (size_t i = 0; i < people.count; i++) {
        int64_t id = people.all[i].id;

        if (!person_external(turn->store, id, incident->adapter, &external, err) ||
            (external != NULL && !say_invite(turn, incident, id, err))) {
            return false;
        }
    }
    return true;
}

/* One that is not said yet is said in the new place by itself, with what became of it.
 */
static bool is_card_said(struct turn *turn, const struct incident *incident, bool *is,
                         struct err *err)
{
    struct outbox_row *card = NULL;

    if (!outbox_find(turn->store, incident->headline_row, &card, err)) {
        return false;
    }
    *is = card == NULL || card->done_ms != TIME_NONE;
    return true;
}

/* What was to become of the card is said by the new one. */
static bool drop_changes(struct turn *turn, const struct incident *incident,
                         struct err *err)
{
    struct outbox_rows rows;
    bool is_settled;

    if (!outbox_list_waiting(turn->store, incident->id, action_kind_name(ACTION_AMEND),
                             AMENDS, &rows, err)) {
        return false;
    }
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.all[i].about_row == incident->headline_row &&
            !outbox_bury(turn->store, rows.all[i].id, "the channel goes on elsewhere",
                         turn->now_ms, &is_settled, err)) {
            return false;
        }
    }
    return true;
}

/* The posts stay where they are; what is said from now on goes to the new place. */
static bool move_there(struct turn *turn, const struct incident *incident,
                       const char *channel, const char *name, struct err *err)
{
    struct incident *now = NULL;
    bool is_said;

    if (!is_card_said(turn, incident, &is_said, err) ||
        (is_said && !drop_changes(turn, incident, err)) ||
        !outbox_stay(turn->store, incident->id, incident->channel, err) ||
        !incident_set_channel(turn->store, incident->id, channel, name, err) ||
        !channel_record(turn, incident,
                        arena_exact(turn->arena, "the channel goes on as %s", channel),
                        err) ||
        !incident_find(turn->store, incident->id, &now, err)) {
        return false;
    }
    return ask_along(turn, now, err) &&
           (!is_said || incident_pin_card(turn, now, err)) &&
           say_topic(turn, now, incident_topic(turn, now), err);
}

/* *incident NULL: it was about none. */
static bool read_row(struct turn *turn, const struct outbox_row *row,
                     struct action *action, struct incident **incident, struct err *err)
{
    *incident = NULL;
    if (row->incident_id == 0 || !action_from_json(turn->arena, row->body, action)) {
        return true;
    }
    return incident_find(turn->store, row->incident_id, incident, err);
}

bool channel_joined(struct turn *turn, const struct outbox_row *row,
                    const struct outcome *outcome, struct err *err)
{
    const char *channel = text_or(outcome->ref, row->place);
    struct action action = {0};
    struct incident *incident, *other = NULL;

    if (!read_row(turn, row, &action, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    if (action.about_channel == NULL) {
        return channel_came_back(turn, incident, err);
    }
    if (!text_equal(incident->channel, action.about_channel)) {
        return true; /* it is there already */
    }
    if (!incident_find_channel(turn->store, row->adapter, channel, &other, err)) {
        return false;
    }
    return other != NULL ? cant_follow(turn, incident, channel,
                                       "it is the channel of another incident", err)
                         : move_there(turn, incident, channel, outcome->name, err);
}

bool channel_not_joined(struct turn *turn, const struct outbox_row *row,
                        const char *why, struct err *err)
{
    struct action action = {0};
    struct incident *incident;

    if (!read_row(turn, row, &action, &incident, err)) {
        return false;
    }
    if (incident == NULL) {
        return true;
    }
    return action.about_channel != NULL
               ? cant_follow(turn, incident, row->place, why, err)
               : channel_record(
                     turn, incident,
                     arena_exact(turn->arena,
                                 "the bot could not come back into the channel: %s",
                                 why),
                     err);
}
