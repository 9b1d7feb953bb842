#include "bot/talk.h"

#include "bot/base/text.h"
#include "bot/gesture.h"
#include "bot/plain_yes.h"
#include "bot/recorder.h"
#include "bot/wording.h"
#include "bot/words.h"
#include "store/talk.h"

/* Nothing in it to run, to answer, to tell or to learn. */
static bool is_plain(const struct chat_event *event)
{
    const char *text = text_or(event->text, "");
    size_t length;

    return event->kind == CHAT_SAID && event->message != NULL &&
           !event->place.is_direct && event->full_bytes <= 0 &&
           event->who.zone == NULL &&
           (event->is_remark ||
            (words_after_prefix(text) == NULL && !plain_yes_is_meant(text) &&
             wording_self_blame(text, &length) == NULL));
}

static bool record(struct turn *turn, const struct chat_event *event, struct talk *talk,
                   struct err *err)
{
    struct entry entry =
        recorder_entry(turn, event, talk->incident_id, talk->person_id);
    bool is_new;

    entry.kind = "said";
    return recorder_name_people(turn, event->place.adapter, text_or(event->text, ""),
                                &entry.text, err) &&
           timeline_insert_behind(turn->store, &talk->tail, &entry, &is_new, err);
}

struct inbox_message talk_message(const struct chat_event *event)
{
    return (struct inbox_message){.adapter = event->place.adapter,
                                  .event = event->is_again ? "" : event->id,
                                  .channel = event->place.channel,
                                  .message = event->message};
}

bool talk_hear(struct turn *turn, const struct chat_event *event, bool *is_done,
               struct err *err)
{
    const struct inbox_message message = talk_message(event);
    struct talk *talk;
    bool is_double;

    *is_done = false;
    if (!is_plain(event)) {
        return true;
    }
    if (!talk_find(turn->store, &message, event->who.id, &talk, err)) {
        return false;
    }
    if (talk == NULL || talk->is_paged ||
        (talk->is_nameless && !text_is_empty(event->who.name))) {
        return true;
    }
    *is_done = true;
    is_double = gesture_is_double(turn, event);
    return talk->is_heard || is_double || record(turn, event, talk, err);
}
