/* What a message shows: its words, what is attached to it, what its files are called.
 */
#include <string.h>

#include "adapters/slack_read_inner.h"
#include "bot/base/text.h"

#define ATTACHMENTS 10

static const char *attached_words(const struct slack_reading *reading,
                                  struct json_slice attachment)
{
    const char *text =
        json_slice_text(reading->arena, json_scan_member(attachment, "fallback"));

    if (text_is_empty(text)) {
        text = json_slice_text(reading->arena, json_scan_member(attachment, "text"));
    }
    return text;
}

/* Alerts of other bots often have no text, only attachments. */
const char *slack_reading_attached(const struct slack_reading *reading,
                                   struct json_slice attachments, bool without_links)
{
    struct json_slice cursor = {0};
    struct text lines;

    text_init(&lines, reading->arena);
    for (int i = 0; i < ATTACHMENTS && json_scan_next(attachments, &cursor); i++) {
        const char *text = attached_words(reading, cursor);

        if (without_links && json_scan_member(cursor, "from_url").data != NULL) {
            continue;
        }
        if (!text_is_empty(text)) {
            text_addf(&lines, "%s%s", lines.length_bytes == 0 ? "" : "\n",
                      slack_text_plain(reading->arena, text));
        }
    }
    lines.data[text_fit(lines.data, SLACK_TEXT_BYTES)] = '\0';
    return lines.data;
}

/* "graph.png, log.txt" */
static const char *file_names(const struct slack_reading *reading,
                              struct json_slice files)
{
    struct json_slice cursor = {0};
    struct text names;

    text_init(&names, reading->arena);
    for (int i = 0; i < ATTACHMENTS && json_scan_next(files, &cursor); i++) {
        const char *name = slack_reading_id(reading, cursor, "name");

        text_addf(&names, "%s%s", names.length_bytes == 0 ? "" : ", ",
                  text_or(name, "a file"));
    }
    return names.data;
}

void slack_reading_words(const struct slack_reading *reading, struct chat_event *event,
                         struct json_slice message)
{
    slack_reading_text(reading, event, json_scan_member(message, "text"));
    if (text_is_empty(event->text)) {
        event->text = slack_reading_attached(
            reading, json_scan_member(message, "attachments"), false);
    }
    if (text_is_empty(event->text)) {
        event->text = file_names(reading, json_scan_member(message, "files"));
    }
}
