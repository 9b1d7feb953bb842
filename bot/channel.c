#include "bot/channel.h"

#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/invitation.h"
#include "bot/recorder.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "store/timeline.h"

#define KIND "channel"

static const char taken_out[] = "the bot was taken out of the channel; nothing said "
                                "there is recorded until it is invited back";
static const char encrypted[] = "the channel was encrypted; nothing said there is "
                                "recorded from here on";

/* The newest entry about the channel; NULL: none. */
static bool find_last(struct turn *turn, const struct incident *incident,
                      const struct entry **last, struct err *err)
{
    struct entries entries;

    *last = NULL;
    if (!timeline_select(turn->store, incident->id, KIND, &entries, err)) {
        return false;
    }
    for (size_t i = 0; i < entries.count; i++) {
        if (*last == NULL || entries.all[i].id > (*last)->id) {
            *last = &entries.all[i];
        }
    }
    return true;
}

static bool is_last(struct turn *turn, const struct incident *incident,
                    const char *text, bool *is, struct err *err)
{
    const struct entry *last;

    if (!find_last(turn, incident, &last, err)) {
        return false;
    }
    *is = last != NULL && text_equal(last->text, text);
    return true;
}

bool channel_record(struct turn *turn, const struct incident *incident,
                    const char *text, struct err *err)
{
    return recorder_fact(turn, incident, &(struct fact){.kind = KIND, .text = text},
                         NULL, err);
}

bool channel_tell_lead(struct turn *turn, const struct incident *incident,
                       struct note *note, struct err *err)
{
    struct person *lead = NULL;

    return role_holder(turn, incident->id, NULL, &lead, err) &&
           say_direct(turn, incident, lead == NULL ? incident->declared_by : lead->id,
                      note, NULL, err);
}

bool channel_tell_missing(struct turn *turn, const struct incident *incident,
                          struct note *note, struct err *err)
{
    struct person *lead = NULL;

    if (!role_holder(turn, incident->id, NULL, &lead, err) ||
        !channel_tell_lead(turn, incident, note, err)) {
        return false;
    }
    return lead == NULL || lead->id == incident->declared_by ||
           say_direct(turn, incident, incident->declared_by, note, NULL, err);
}

bool channel_meet(struct turn *turn, const struct chat_event *event,
                  struct person **who, struct err *err)
{
    *who = NULL;
    return text_is_empty(event->who.id) ||
           person_meet(turn->store,
                       &(struct account){.adapter = event->place.adapter,
                                         .external = event->who.id,
                                         .name = event->who.name,
                                         .zone = event->who.zone},
                       who, err);
}

/* One entry for one event, however often it is heard; *is_new says whether it is. */
static bool record_once(struct turn *turn, const struct incident *incident,
                        const struct chat_event *event, const char *text, bool *is_new,
                        struct err *err)
{
    struct person *who = NULL;
    bool is_known;

    *is_new = false;
    if (!is_last(turn, incident, text, &is_known, err)) {
        return false;
    }
    if (is_known) {
        return true;
    }
    *is_new = true;
    return channel_meet(turn, event, &who, err) &&
           recorder_fact(turn, incident,
                         &(struct fact){.person_id = who == NULL ? 0 : who->id,
                                        .kind = KIND,
                                        .at_ms = event->at_ms,
                                        .text = text},
                         NULL, err);
}

static bool sealed(struct turn *turn, const struct incident *incident,
                   const struct chat_event *event, struct err *err)
{
    const char *ref = say_ref(turn, incident);
    struct note *note;
    bool is_new;

    if (!record_once(turn, incident, event, encrypted, &is_new, err)) {
        return false;
    }
    note = say_note(turn,
                    "%s, the channel of %s, is encrypted now: I can neither read nor "
                    "write there, and it can't be taken back.",
                    say_link(turn, incident), ref);
    note_line(note, "What shall be on the record, tell me here: %s",
              note_command(turn->arena, "note %s TEXT", ref));
    return !is_new || channel_tell_lead(turn, incident, note, err);
}

static bool removed(struct turn *turn, const struct incident *incident,
                    const struct chat_event *event, struct err *err)
{
    struct note *note;
    bool is_new;

    if (!incident_is_open(incident)) {
        return true;
    }
    if (!record_once(turn, incident, event, taken_out, &is_new, err)) {
        return false;
    }
    note = say_note(turn,
                    "I was taken out of %s, the channel of %s: nothing said there is "
                    "recorded. I don't come back by myself. To get me back, invite me "
                    "there.",
                    say_link(turn, incident), say_ref(turn, incident));
    return !is_new || channel_tell_lead(turn, incident, note, err);
}

bool channel_came_back(struct turn *turn, const struct incident *incident,
                       struct err *err)
{
    bool was_out;

    if (!is_last(turn, incident, taken_out, &was_out, err)) {
        return false;
    }
    return !was_out ||
           (channel_record(turn, incident, "the bot is back in the channel", err) &&
            incident_refresh(turn, incident->id, err));
}

/* That we are out of it, or that it is encrypted, was told already. */
static bool tell_lost(struct turn *turn, const struct incident *incident,
                      const struct entry *last, const char *why, struct err *err)
{
    bool is_told = last != NULL && (text_equal(last->text, taken_out) ||
                                    text_equal(last->text, encrypted));

    return why == NULL || is_told || !incident_is_open(incident) ||
           channel_tell_lead(
               turn, incident,
               say_note(turn,
                        "%s: what I say in %s does not get out: %s. Until it does, "
                        "pass on yourself what matters.",
                        say_ref(turn, incident), say_link(turn, incident),
                        note_words(turn->arena, why)),
               err);
}

bool channel_lost(struct turn *turn, const struct incident *incident, const char *text,
                  const char *why, struct err *err)
{
    struct entries nudges;
    const struct entry *last;

    if (!find_last(turn, incident, &last, err) ||
        !timeline_select(turn->store, incident->id, "nudge", &nudges, err)) {
        return false;
    }
    for (size_t i = 0; i < nudges.count; i++) {
        if (text_equal(nudges.all[i].text, text) &&
            (last == NULL || nudges.all[i].id > last->id)) {
            return true;
        }
    }
    return recorder_fact(turn, incident, &(struct fact){.kind = "nudge", .text = text},
                         NULL, err) &&
           tell_lost(turn, incident, last, why, err);
}

bool channel_event(struct turn *turn, const struct chat_event *event, struct err *err)
{
    const struct say_room room = {.adapter = event->place.adapter,
                                  .channel = event->place.channel};
    struct incident *incident = NULL;

    if (!incident_find_channel(turn->store, room.adapter, room.channel, &incident,
                               err)) {
        return false;
    }
    if (event->kind == CHAT_RETURNED) {
        return incident == NULL || channel_came_back(turn, incident, err);
    }
    if (event->kind == CHAT_MOVED) {
        return channel_moved(turn, incident, event, err);
    }
    if (event->kind == CHAT_REKEYED) {
        return channel_rekeyed(turn, incident, event, err);
    }
    if (event->kind == CHAT_SEALED) {
        return incident == NULL ? invitation_leave_sealed(turn, event, err)
                                : sealed(turn, incident, event, err);
    }
    return say_room_forget(turn, &room, err) &&
           (incident == NULL || removed(turn, incident, event, err));
}
