#include "adapters/slack_blocks.h"

#include <ctype.h>
#include <string.h>

#include "adapters/slack_write.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define HEADER_BYTES 150
#define CONTEXTS     10 /* elements of one context block */
#define CHOICES      25 /* buttons of one actions block */
#define LABEL_BYTES  75
#define VALUE_BYTES  2000
#define TIME_BYTES   100 /* of a moment's words */
#define ID_BYTES     100
#define LINK_BYTES   500
/* Of the 50 blocks of a message: from here on all becomes lines, of which the worst
 * note fills six sections, and two are for buttons. Notes of more parts than that never
 * have small print. */
#define BLOCKS_CROWDED 40

static void add_escaped(struct text *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        switch (bytes[i]) {
        case '&': text_add(out, "&amp;"); break;
        case '<': text_add(out, "&lt;"); break;
        case '>': text_add(out, "&gt;"); break;
        default: text_add_n(out, bytes + i, 1);
        }
    }
}

/* The link that begins at `bytes`; 0: none does, or one that is long. Such a one can't
 * be cut as a link must. The full stop behind it is not of it. */
static size_t link_bytes(const char *bytes, size_t length)
{
    size_t head = length > 8 && strncmp(bytes, "https://", 8) == 0  ? 8
                  : length > 7 && strncmp(bytes, "http://", 7) == 0 ? 7
                                                                    : 0;
    size_t end = head;

    while (head > 0 && end < length && (unsigned char)bytes[end] > ' ' &&
           strchr("<>|\"`", bytes[end]) == NULL) {
        end++;
    }
    while (end > head && (strchr(".,;:!?'*_~", bytes[end - 1]) != NULL ||
                          (bytes[end - 1] == ')' && memchr(bytes, '(', end) == NULL))) {
        end--;
    }
    return end > head && end <= LINK_BYTES ? end : 0;
}

/* Nothing people typed is parsed for more ("verbatim"), so that it rings nobody: links
 * have to be said. */
static void add_words(struct text *out, const char *bytes, size_t length)
{
    size_t from = 0, at = 0;

    while (at < length) {
        size_t link = link_bytes(bytes + at, length - at);

        if (link == 0) {
            at++;
            continue;
        }
        add_escaped(out, bytes + from, at - from);
        text_add(out, "<");
        add_escaped(out, bytes + at, link);
        text_add(out, ">");
        at += link;
        from = at;
    }
    add_escaped(out, bytes + from, length - from);
}

/* Each reads it in their own time; on another day than today the words have a comma.
 * What stands between < and > can't be cut, so it must be short. */
static void add_time(struct text *out, const struct note_mark *mark)
{
    bool has_day = memchr(mark->text, ',', mark->length_bytes) != NULL;

    if (mark->length_bytes > TIME_BYTES) {
        add_escaped(out, mark->text, mark->length_bytes);
        return;
    }
    text_addf(out, "<!date^%lld^%s|", (long long)(mark->number / TIME_SECOND_MS),
              has_day ? "{date_short_pretty}, {time}" : "{time}");
    add_escaped(out, mark->text, mark->length_bytes);
    text_add(out, ">");
}

/* U012AB3CD: what cannot be one of Slack's ids must not stand between < and >. */
static bool is_id(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!isalnum((unsigned char)bytes[i])) {
            return false;
        }
    }
    return length > 0 && length <= ID_BYTES;
}

static void add_mark(struct text *out, const struct note_mark *mark, bool is_direct)
{
    switch (mark->kind) {
    case NOTE_MARK_TEXT: add_words(out, mark->text, mark->length_bytes); return;
    case NOTE_MARK_TIME: add_time(out, mark); return;
    case NOTE_MARK_COMMAND:
        text_add(out, is_direct ? "`" : "`/incident ");
        add_escaped(out, mark->text, mark->length_bytes);
        text_add(out, "`");
        return;
    case NOTE_MARK_PERSON:
        if (!is_id(mark->external, mark->external_bytes)) {
            add_escaped(out, mark->text, mark->length_bytes);
            return;
        }
        text_addf(out, "<@%.*s>", (int)mark->external_bytes, mark->external);
        return;
    case NOTE_MARK_CHANNEL:
        if (!is_id(mark->external, mark->external_bytes)) {
            add_escaped(out, mark->text, mark->length_bytes);
            return;
        }
        text_addf(out, "<#%.*s>", (int)mark->external_bytes, mark->external);
        return;
    }
}

char *slack_write_line(struct arena *arena, const char *line, bool is_direct)
{
    struct note_mark mark;
    struct text out;

    text_init(&out, arena);
    while (note_next_mark(&line, &mark)) {
        add_mark(&out, &mark, is_direct);
    }
    return out.data;
}

/* How long the thing at `at` is that must not be cut. */
static size_t piece_bytes(const char *at)
{
    const char *end = *at == '<'   ? strchr(at, '>')
                      : *at == '&' ? strchr(at, ';')
                                   : NULL;
    size_t length = 1;

    if (end != NULL) {
        return (size_t)(end - at) + 1;
    }
    text_rune(at, strlen(at), &length);
    return length;
}

size_t slack_blocks_fit(const char *mrkdwn, size_t max_bytes)
{
    size_t fit = 0;

    while (mrkdwn[fit] != '\0') {
        size_t length = piece_bytes(mrkdwn + fit);

        if (fit + length > max_bytes) {
            break;
        }
        fit += length;
    }
    return fit;
}

static void add_section(json_t *blocks, const char *mrkdwn)
{
    if (!text_is_empty(mrkdwn)) {
        json_array_append_new(blocks, json_pack("{s:s, s:{s:s, s:s, s:b}}", "type",
                                                "section", "text", "type", "mrkdwn",
                                                "text", mrkdwn, "verbatim", 1));
    }
}

/* What waits to become a section. */
struct lines {
    json_t *blocks;
    struct arena *arena;
    struct text text;
};

static void lines_flush(struct lines *lines)
{
    add_section(lines->blocks, lines->text.data);
    text_init(&lines->text, lines->arena);
}

static void lines_add(struct lines *lines, const char *mrkdwn)
{
    size_t length = strlen(mrkdwn);

    if (lines->text.length_bytes + 1 + length > SLACK_SECTION_BYTES) {
        lines_flush(lines);
    } else if (lines->text.length_bytes > 0) {
        text_add(&lines->text, "\n");
    }
    while (length > SLACK_SECTION_BYTES) {
        size_t fit = slack_blocks_fit(mrkdwn, SLACK_SECTION_BYTES);

        if (fit == 0) {
            break;
        }
        add_section(lines->blocks, arena_copy_n(lines->arena, mrkdwn, fit));
        mrkdwn += fit;
        length -= fit;
    }
    text_add(&lines->text, mrkdwn);
}

/* A header shows no marks. How much of a heading it can show: all where there is none,
 * else the sentences before the first; 0 where that is nothing, or too much. */
static size_t header_bytes(const char *text)
{
    const char *cursor = text;
    struct note_mark mark;
    size_t length;

    if (!note_next_mark(&cursor, &mark) || mark.kind != NOTE_MARK_TEXT) {
        return 0;
    }
    length = mark.length_bytes;
    while (*cursor != '\0' && length > 0 && strncmp(text + length, ". ", 2) != 0) {
        length--;
    }
    return length <= HEADER_BYTES ? length : 0;
}

/* What no header can show is a line: all of the heading, bold, where it has none. So it
 * is where the blocks run out. */
static void add_heading(struct lines *lines, const char *text, bool is_direct,
                        bool is_full)
{
    size_t length = is_full ? 0 : header_bytes(text);

    if (text_is_empty(text)) {
        return;
    }
    if (length == 0) {
        lines_add(lines, arena_printf(lines->arena, "*%s*",
                                      slack_write_line(lines->arena, text, is_direct)));
        return;
    }
    lines_flush(lines);
    json_array_append_new(lines->blocks,
                          json_pack("{s:s, s:{s:s, s:o, s:b}}", "type", "header",
                                    "text", "type", "plain_text", "text",
                                    json_stringn(text, length), "emoji", 0));
    if (text[length] != '\0') {
        lines_add(lines, slack_write_line(lines->arena, text + length + 2, is_direct));
    }
}

/* The last block, where it is of this type and has room; else a new one. */
static json_t *elements_of(json_t *blocks, const char *type, size_t room)
{
    json_t *last = json_array_get(blocks, json_array_size(blocks) - 1);
    json_t *elements = json_object_get(last, "elements");
    const char *last_type = json_string_value(json_object_get(last, "type"));

    if (text_equal(last_type, type) && json_array_size(elements) < room) {
        return elements;
    }
    elements = json_array();
    json_array_append_new(blocks,
                          json_pack("{s:s, s:o}", "type", type, "elements", elements));
    return elements;
}

static void add_context(struct lines *lines, const char *text, bool is_direct)
{
    char *mrkdwn = slack_write_line(lines->arena, text, is_direct);

    if (strlen(mrkdwn) > SLACK_SECTION_BYTES) {
        lines_add(lines, mrkdwn);
        return;
    }
    lines_flush(lines);
    if (!text_is_empty(mrkdwn)) {
        json_array_append_new(elements_of(lines->blocks, "context", CONTEXTS),
                              json_pack("{s:s, s:s, s:b}", "type", "mrkdwn", "text",
                                        mrkdwn, "verbatim", 1));
    }
}

static void add_choice(struct lines *lines, const struct note_block *block, size_t n)
{
    const char *label =
        arena_copy_n(lines->arena, block->text, text_fit(block->text, LABEL_BYTES));
    json_t *button;

    if (text_is_empty(label) || strlen(block->choice) > VALUE_BYTES) {
        return;
    }
    lines_flush(lines);
    button =
        json_pack("{s:s, s:{s:s, s:s, s:b}, s:s, s:s}", "type", "button", "text",
                  "type", "plain_text", "text", label, "emoji", 0, "action_id",
                  arena_printf(lines->arena, "choice_%zu", n), "value", block->choice);
    json_array_append_new(elements_of(lines->blocks, "actions", CHOICES), button);
}

static void add_block(struct lines *lines, const struct note *note, size_t n,
                      bool is_direct)
{
    const struct note_block *block = &note->blocks[n];
    bool is_full = json_array_size(lines->blocks) >= BLOCKS_CROWDED;

    switch (block->kind) {
    case NOTE_HEADING: add_heading(lines, block->text, is_direct, is_full); return;
    case NOTE_CONTEXT:
        if (!is_full && note->count <= BLOCKS_CROWDED) {
            add_context(lines, block->text, is_direct);
            return;
        }
        lines_add(lines, slack_write_line(lines->arena, block->text, is_direct));
        return;
    case NOTE_LINE:
        lines_add(lines, slack_write_line(lines->arena, block->text, is_direct));
        return;
    case NOTE_CHOICE: return; /* all buttons stand at the end */
    }
}

json_t *slack_blocks(struct arena *arena, const struct note *note, bool is_direct)
{
    struct lines lines = {.blocks = json_array(), .arena = arena};

    text_init(&lines.text, arena);
    for (size_t i = 0; note != NULL && i < note->count; i++) {
        add_block(&lines, note, i, is_direct);
    }
    lines_flush(&lines);
    for (size_t i = 0; note != NULL && i < note->count; i++) {
        if (note->blocks[i].kind == NOTE_CHOICE) {
            add_choice(&lines, &note->blocks[i], i);
        }
    }
    return lines.blocks;
}
