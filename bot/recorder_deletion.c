/* What was deleted where it was said: the message, an edit of it, or one that nobody
 * here has heard. */
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/recorder.h"
#include "bot/twin.h"
#include "store/inbox.h"
#include "store/outbox.h"

/* Said while nobody listened, or never to be on the timeline: a private word, or one of
 * the bot's own. */
static bool was_missed(struct turn *turn, const struct chat_event *event, bool *is,
                       struct err *err)
{
    const struct inbox_message message = {.adapter = event->place.adapter,
                                          .event = event->message,
                                          .channel = event->place.channel,
                                          .message = event->message};
    struct outbox_row *ours = NULL;

    *is = false;
    if (event->message == NULL) {
        return true;
    }
    if (!inbox_look(turn->store, &message, is, err) ||
        !outbox_find_ref(turn->store, message.adapter, message.message, &ours, err)) {
        return false;
    }
    *is = *is && ours == NULL;
    return true;
}

/* What was deleted unread leaves an entry without words. Should the message still come,
 * it finds its place taken. */
static bool record_missed(struct turn *turn, const struct incident *incident,
                          const struct person *who, const struct chat_event *event,
                          struct err *err)
{
    struct entry entry = recorder_entry(turn, event, incident->id, who->id);
    struct entry *put;
    bool is_new;

    entry.kind = "said";
    entry.at_ms = event->said_ms != 0 ? event->said_ms : event->at_ms;
    entry.text = "";
    return timeline_insert(turn->store, &entry, &is_new, err) &&
           timeline_find(turn->store, incident->id, entry.n, &put, err) &&
           timeline_delete(turn->store, put->id, event->at_ms, err);
}

/* No message that we know: an edit of one, or one that was never heard. */
static bool record_other_deletion(struct turn *turn, const struct incident *incident,
                                  const struct person *who,
                                  const struct chat_event *event, struct err *err)
{
    struct entry *edited = NULL;
    bool is_missed;

    if (event->message != NULL &&
        !timeline_find_edited(turn->store, event->place.adapter, event->place.channel,
                              event->message, &edited, err)) {
        return false;
    }
    if (edited != NULL) {
        return timeline_unedit(turn->store, edited, event->message, event->at_ms,
                               err) &&
               twin_unedit(turn, incident, edited, event, err);
    }
    return was_missed(turn, event, &is_missed, err) &&
           (!is_missed || record_missed(turn, incident, who, event, err));
}

bool recorder_deletion(struct turn *turn, const struct incident *incident,
                       const struct person *who, const struct chat_event *event,
                       struct err *err)
{
    struct entry *entry;

    if (!recorder_find_message(turn, event, &entry, err)) {
        return false;
    }
    if (entry != NULL) {
        return entry->deleted_ms != TIME_NONE ||
               twin_delete(turn, incident, entry, event->at_ms, err);
    }
    return event->is_guess || record_other_deletion(turn, incident, who, event, err);
}
