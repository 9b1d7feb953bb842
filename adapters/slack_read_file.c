/* Files: each is a part of the message it came with, and may go before it. */
#include "adapters/slack_read_post.h"
#include "bot/base/text.h"

struct chat_event *slack_read_message_gone(const struct message *message,
                                           struct chat_person who, const char *id)
{
    struct chat_event *event = slack_post_event(message, CHAT_DELETED, who);

    if (event != NULL) {
        event->id =
            arena_printf(message->reading->arena, "%s:%s:gone", message->channel, id);
        event->message = id;
        event->said_ms = slack_ts_ms(id);
    }
    return event;
}

/* Deleted, and the message it came with is still there. */
static bool is_file_gone(struct json_slice file)
{
    return json_slice_is(json_scan_member(file, "mode"), "tombstone");
}

/* The id of a file as of a message: it is a part of it. */
static const char *file_id(const struct slack_reading *reading, struct json_slice file,
                           const char *ts)
{
    const char *id = slack_reading_id(reading, file, "id");

    return id == NULL ? NULL : arena_printf(reading->arena, "%s:%s", ts, id);
}

/* In the history one that is gone may be one that was never heard of. */
static void add_file_gone(const struct message *message, struct chat_person who,
                          const char *id)
{
    struct chat_event *event =
        message->reading->is_past ? slack_read_message_gone(message, who, id) : NULL;

    if (event != NULL) {
        event->is_guess = true;
    }
}

static void add_file(const struct message *message, struct json_slice file,
                     struct chat_person who, const char *ts)
{
    const struct slack_reading *reading = message->reading;
    const char *id = file_id(reading, file, ts);
    struct chat_event *event;

    if (id != NULL && is_file_gone(file)) {
        add_file_gone(message, who, id);
        return;
    }
    event = id == NULL ? NULL : slack_post_event(message, CHAT_FILE, who);
    if (event == NULL) {
        return;
    }
    event->id = arena_printf(reading->arena, "%s:%s", message->channel, id);
    event->message = id;
    event->at_ms = slack_ts_ms(ts);
    event->place.thread = slack_post_thread(reading, &message->event, ts);
    event->file_name = slack_reading_id(reading, file, "name");
    event->file_link = slack_reading_id(reading, file, "permalink");
}

void slack_read_files(const struct message *message, struct chat_person who,
                      const char *ts)
{
    struct json_slice cursor = {0};

    while (json_scan_next(message->event.found[FIELD_FILES], &cursor)) {
        add_file(message, cursor, who, ts);
    }
}

void slack_read_files_deleted(const struct message *message, struct chat_person who,
                              const struct post *before, const char *ts)
{
    struct json_slice cursor = {0};

    while (json_scan_next(before->found[FIELD_FILES], &cursor)) {
        const char *file = file_id(message->reading, cursor, ts);

        if (file != NULL) {
            (void)slack_read_message_gone(message, who, file);
        }
    }
}

static bool has_file(const struct slack_reading *reading, const struct post *post,
                     const char *ts, const char *id)
{
    struct json_slice cursor = {0};

    while (json_scan_next(post->found[FIELD_FILES], &cursor)) {
        if (!is_file_gone(cursor) && text_equal(file_id(reading, cursor, ts), id)) {
            return true;
        }
    }
    return false;
}

/* A file that was shared by mistake is taken out, and the words stay. */
void slack_read_files_gone(const struct message *message, const struct post *before,
                           const struct post *now, const char *ts)
{
    const struct slack_reading *reading = message->reading;
    struct json_slice cursor = {0};

    while (json_scan_next(before->found[FIELD_FILES], &cursor)) {
        const char *file = file_id(reading, cursor, ts);

        if (file != NULL && !is_file_gone(cursor) &&
            !has_file(reading, now, ts, file)) {
            slack_read_message_gone(message, slack_post_person(reading, now), file);
        }
    }
}
