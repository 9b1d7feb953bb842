/* What a message of the history shows beside its words: who marked it, or that it is
 * no message, but tells who came or went. */
#include <string.h>

#include "adapters/slack_read_inner.h"
#include "bot/base/text.h"

#define PIN   "pushpin"
#define MARKS 8 /* one would do: who else marked it changes little */

static bool is_pin(const char *name)
{
    return name != NULL && strncmp(name, PIN, strlen(PIN)) == 0 &&
           (name[strlen(PIN)] == '\0' || name[strlen(PIN)] == ':');
}

/* The history does not say since when: found at another time it is another event, for
 * it may have been taken off in between. The same mark twice is one. */
static void add_mark(struct slack_reading *reading, const char *ts, const char *user)
{
    struct chat_event *event;

    if (user == NULL || text_equal(user, reading->self->user)) {
        return;
    }
    event = slack_reading_add(reading, CHAT_REACTED, reading->channel);
    if (event != NULL) {
        event->id = arena_printf(reading->arena, "%s:%s:" PIN ":%s:%lld",
                                 reading->channel, ts, user, (long long)event->at_ms);
        event->who.id = user;
        event->message = ts;
        event->text = PIN;
    }
}

static void add_marks(struct slack_reading *reading, const char *ts,
                      struct json_slice users)
{
    struct json_slice cursor = {0};

    for (int i = 0; i < MARKS && json_scan_next(users, &cursor); i++) {
        add_mark(reading, ts, slack_reading_as_id(reading, cursor));
    }
}

void slack_read_marks(struct slack_reading *reading, struct json_slice message)
{
    const char *ts = slack_reading_id(reading, message, "ts");
    struct json_slice cursor = {0};

    if (ts == NULL || slack_reading_is_ours(reading, message)) {
        return;
    }
    reading->event_ms = 0; /* found now, whenever the message was said */
    while (json_scan_next(json_scan_member(message, "reactions"), &cursor)) {
        if (is_pin(slack_reading_id(reading, cursor, "name"))) {
            add_marks(reading, ts, json_scan_member(cursor, "users"));
        }
    }
    add_mark(reading, ts, slack_reading_id(reading, message, "pinned_info.pinned_by"));
}

bool slack_read_comings(struct slack_reading *reading, struct json_slice message)
{
    struct json_slice subtype = json_scan_member(message, "subtype");
    const char *ts = slack_reading_id(reading, message, "ts");
    bool has_left = json_slice_is(subtype, "channel_leave") ||
                    json_slice_is(subtype, "group_leave");
    struct chat_event *event;

    if (!has_left && !json_slice_is(subtype, "channel_join") &&
        !json_slice_is(subtype, "group_join")) {
        return false;
    }
    if (ts == NULL || slack_reading_is_ours(reading, message)) {
        return true;
    }
    /* The first of its frame, and in a channel: there is room for it. */
    event = slack_reading_add(reading, has_left ? CHAT_LEFT : CHAT_JOINED,
                              reading->channel);
    event->id = arena_printf(reading->arena, "%s:%s", reading->channel, ts);
    event->at_ms = slack_ts_ms(ts);
    event->who.id = slack_reading_id(reading, message, "user");
    return true;
}
