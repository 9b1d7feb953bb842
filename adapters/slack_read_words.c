/* What a message shows: its words, what is attached to it, what its files are called.
 */
#include "adapters/slack_read_inner.h"
#include "bot/base/text.h"

#define ATTACHMENTS 10
#define BLOCKS      50
#define NO_PREVIEW  "[no preview available]" /* Slack's, of one made of blocks */

static void add_line(const struct slack_reading *reading, struct text *lines,
                     struct json_slice words)
{
    const char *text = json_slice_text(reading->arena, words);

    if (!text_is_empty(text)) {
        text_addf(lines, "%s%s", lines->length_bytes == 0 ? "" : "\n",
                  slack_text_plain(reading->arena, text));
    }
}

/* Of fields and of small print, and of the pieces of rich text. */
static void add_parts(const struct slack_reading *reading, struct text *lines,
                      struct json_slice parts)
{
    struct json_slice part = {0};

    while (json_scan_next(parts, &part)) {
        struct json_slice pieces = json_scan_member(part, "elements");
        struct json_slice piece = {0};

        add_line(reading, lines, json_scan_member(part, "text"));
        while (json_scan_next(pieces, &piece)) {
            add_line(reading, lines, json_scan_member(piece, "text"));
        }
    }
}

/* What blocks say; buttons say nothing. */
static void add_blocks(const struct slack_reading *reading, struct text *lines,
                       struct json_slice blocks)
{
    struct json_slice block = {0};

    for (int i = 0; i < BLOCKS && json_scan_next(blocks, &block); i++) {
        if (!json_slice_is(json_scan_member(block, "type"), "actions")) {
            add_line(reading, lines, json_scan_path(block, "text.text"));
            add_parts(reading, lines, json_scan_member(block, "fields"));
            add_parts(reading, lines, json_scan_member(block, "elements"));
        }
    }
}

static void add_attachment(const struct slack_reading *reading, struct text *lines,
                           struct json_slice attachment)
{
    struct json_slice fallback = json_scan_member(attachment, "fallback");
    size_t before_bytes = lines->length_bytes;

    if (!json_slice_is(fallback, NO_PREVIEW)) {
        add_line(reading, lines, fallback);
    }
    if (lines->length_bytes == before_bytes) {
        add_line(reading, lines, json_scan_member(attachment, "title"));
        add_line(reading, lines, json_scan_member(attachment, "text"));
        add_blocks(reading, lines, json_scan_member(attachment, "blocks"));
    }
}

/* Alerts of other bots often have no text, only blocks or attachments. */
const char *slack_reading_attached(const struct slack_reading *reading,
                                   struct json_slice message, bool without_links)
{
    struct json_slice attachments = json_scan_member(message, "attachments");
    struct json_slice cursor = {0};
    struct text lines;

    text_init(&lines, reading->arena);
    if (text_is_empty(
            json_slice_text(reading->arena, json_scan_member(message, "text")))) {
        add_blocks(reading, &lines, json_scan_member(message, "blocks"));
    }
    for (int i = 0; i < ATTACHMENTS && json_scan_next(attachments, &cursor); i++) {
        if (!without_links || json_scan_member(cursor, "from_url").data == NULL) {
            add_attachment(reading, &lines, cursor);
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
        event->text = slack_reading_attached(reading, message, false);
    }
    if (text_is_empty(event->text)) {
        event->text = file_names(reading, json_scan_member(message, "files"));
    }
}
