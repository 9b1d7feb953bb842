/* Messages: said, edited, files; commands among them. */
#include <string.h>

#include "adapters/matrix_read_inner.h"
#include "adapters/matrix_text.h"
#include "bot/base/text.h"
#include "bot/words.h"

#define NAME_BYTES ((size_t)1024)

enum content_field {
    CONTENT_MSGTYPE,
    CONTENT_BODY,
    CONTENT_FORMAT,
    CONTENT_HTML,
    CONTENT_FILENAME,
    CONTENT_RELATES,
    CONTENT_NEW,
    CONTENT_MENTIONS,
    CONTENT_FIELDS
};
static const char *const content_names[CONTENT_FIELDS] = {
    "msgtype",  "body",         "format",        "formatted_body",
    "filename", "m.relates_to", "m.new_content", "m.mentions"};

struct message {
    struct matrix_reading *reading;
    struct json_slice content[CONTENT_FIELDS];
    bool is_reply;
};

static void message_of(struct matrix_reading *reading, struct json_slice content,
                       struct message *message)
{
    memset(message, 0, sizeof(*message));
    message->reading = reading;
    json_scan_members(content, content_names, CONTENT_FIELDS, message->content);
}

static bool is_type(const struct message *message, const char *type)
{
    return json_slice_is(message->content[CONTENT_MSGTYPE], type);
}

static bool is_file(const struct message *message)
{
    return is_type(message, "m.image") || is_type(message, "m.file") ||
           is_type(message, "m.video") || is_type(message, "m.audio");
}

/* What was typed, capped; "" where nothing was. */
static const char *typed_text(const struct message *message, int64_t *full_bytes)
{
    struct arena *arena = message->reading->arena;
    bool is_html =
        json_slice_is(message->content[CONTENT_FORMAT], "org.matrix.custom.html");
    struct matrix_words words = {
        .body = json_slice_text(arena, message->content[CONTENT_BODY]),
        .html = is_html ? json_slice_text(arena, message->content[CONTENT_HTML]) : NULL,
        .is_reply = message->is_reply,
    };
    const char *text = matrix_text_typed(arena, &words);
    size_t fit = text_fit(text, MATRIX_TEXT_BYTES);

    if (text[fit] != '\0') {
        *full_bytes = (int64_t)strlen(text);
        text = arena_copy_n(arena, text, fit);
    }
    return text;
}

static bool ends_name(const char *at)
{
    return *at == '\0' || strchr(" \t\n:,", *at) != NULL;
}

/* Old clients say nothing of mentions: there a name is one. A newer one says of whom.
 */
static bool names_us(const struct message *message)
{
    struct json_slice mentions = message->content[CONTENT_MENTIONS];
    struct json_slice people = json_scan_member(mentions, "user_ids"), cursor = {0};
    const char *us = message->reading->self->user;

    if (mentions.data == NULL) {
        return true;
    }
    while (us != NULL && json_scan_next(people, &cursor)) {
        if (json_slice_is(cursor, us)) {
            return true;
        }
    }
    return false;
}

/* Behind "muster: ", "@muster ", "muster, "; "muster " alone may begin a sentence about
 * us. NULL: the text begins otherwise. */
static const char *after_name(const struct message *message, const char *text,
                              const char *name)
{
    bool has_at = *text == '@';
    const char *at = text + (has_at ? 1 : 0);

    if (text_is_empty(name) || !text_starts(at, name)) {
        return NULL;
    }
    at += strlen(name);
    if (!ends_name(at) || (!has_at && *at != ':' && *at != ',' && !names_us(message))) {
        return NULL;
    }
    return at;
}

static const char *after_id(const struct message *message, const char *text)
{
    const char *us = message->reading->self->user;
    size_t length = us == NULL ? 0 : strlen(us);

    if (length == 0 || strncmp(text, "<@", 2) != 0 ||
        strncmp(text + 2, us, length) != 0 || text[2 + length] != '>') {
        return NULL;
    }
    return text + length + 3;
}

/* The words behind a mention of us at the very beginning; NULL: there is none. */
static const char *after_mention(const struct message *message, const char *text)
{
    const struct matrix_self *self = message->reading->self;
    const char *at = text + strspn(text, " \t\n");
    const char *behind = after_id(message, at);

    if (behind == NULL) {
        behind = after_name(message, at, self->name);
    }
    if (behind == NULL && self->user != NULL && self->user[0] == '@') {
        behind = after_name(message, at,
                            arena_copy_n(message->reading->arena, self->user + 1,
                                         strcspn(self->user + 1, ":")));
    }
    return behind == NULL ? NULL : behind + strspn(behind, " \t\n:,");
}

/* The command line in a text; NULL: it is none. */
static const char *line_of(const struct message *message, const char *text)
{
    const char *line = words_after_prefix(text);

    return line != NULL ? line : after_mention(message, text);
}

/* Where a reply hangs: under its thread's root, else under what it answers. */
static const char *thread_of(const struct message *message)
{
    const struct matrix_reading *reading = message->reading;
    struct json_slice relates = message->content[CONTENT_RELATES];

    if (json_slice_is(json_scan_member(relates, "rel_type"), "m.thread")) {
        return matrix_reading_id(reading, relates, "event_id");
    }
    return matrix_reading_id(reading, json_scan_member(relates, "m.in_reply_to"),
                             "event_id");
}

static void read_said(const struct message *message)
{
    struct chat_event *event = matrix_reading_event(message->reading, CHAT_SAID);
    const char *line;

    event->message = event->id;
    event->place.thread = thread_of(message);
    event->text = typed_text(message, &event->full_bytes);
    event->is_remark = !is_type(message, "m.text");
    line = event->is_remark ? NULL : line_of(message, event->text);
    if (line == NULL) {
        if (text_is_empty(event->text)) {
            message->reading->news->kind = MATRIX_NEWS_ODD;
        }
        return;
    }
    event->text = line;
    if (!event->place.is_direct) {
        event->kind = CHAT_COMMAND;
    }
}

/* The media itself is for clients with a session; the message that shows it, for
 * anybody in the room. */
static const char *link_of(const struct message *message, const char *id)
{
    const struct matrix_news *news = message->reading->news;

    return matrix_text_link(message->reading->arena, news->event.place.channel, id,
                            news->sender);
}

/* Newer clients put the name into `filename`, and into `body` what was said with it. */
static const char *file_name(const struct message *message)
{
    struct arena *arena = message->reading->arena;
    const char *name =
        matrix_reading_string(arena, message->content[CONTENT_FILENAME], NAME_BYTES);

    return name != NULL ? name
                        : matrix_reading_string(arena, message->content[CONTENT_BODY],
                                                NAME_BYTES);
}

/* "" where there is none. */
static const char *caption(const struct message *message, int64_t *full_bytes)
{
    struct arena *arena = message->reading->arena;
    const char *name = json_slice_text(arena, message->content[CONTENT_FILENAME]);
    const char *body = json_slice_text(arena, message->content[CONTENT_BODY]);

    if (text_is_empty(name) || text_is_empty(body) || text_equal(name, body)) {
        return "";
    }
    return typed_text(message, full_bytes);
}

static void read_file(const struct message *message)
{
    struct matrix_reading *reading = message->reading;
    struct chat_event *event = matrix_reading_event(reading, CHAT_FILE);
    const char *id = event->id;
    int64_t full_bytes = 0;
    const char *text = caption(message, &full_bytes);

    event->message = id;
    event->place.thread = thread_of(message);
    event->file_name = file_name(message);
    event->file_link = link_of(message, id);
    if (*text != '\0') {
        struct chat_event *extra = matrix_reading_extra(reading, CHAT_SAID);

        extra->message = id;
        extra->text = text;
        extra->full_bytes = full_bytes;
        extra->is_remark = true;
        event->id = event->message = arena_printf(reading->arena, "%s:file", id);
    }
}

/* An edited file: its words, and the file itself, which may have been without before.
 */
static const char *edited_file(const struct message *message, const char *id,
                               int64_t *full_bytes)
{
    const char *text = caption(message, full_bytes);

    return arena_printf(message->reading->arena, "%s%s%s %s", text,
                        *text == '\0' ? "" : "\n",
                        text_or(file_name(message), "a file"), link_of(message, id));
}

/* The words an edit leaves; NULL: it has none that can be read, so nothing is edited.
 */
static const char *edited_text(const struct message *now, const char *target,
                               int64_t *full_bytes)
{
    const char *text = is_file(now) ? edited_file(now, target, full_bytes)
                                    : typed_text(now, full_bytes);
    bool is_emptied = json_slice_is(now->content[CONTENT_BODY], "");

    return *text == '\0' && !is_emptied ? NULL : text;
}

/* A line stays a line, so that the record knows what is private about it. */
static void read_edited(const struct message *message, const char *target)
{
    struct matrix_reading *reading = message->reading;
    struct message now;
    struct chat_event *event;
    const char *text, *line;
    int64_t full_bytes = 0;

    message_of(reading, message->content[CONTENT_NEW], &now);
    text = edited_text(&now, target, &full_bytes);
    if (text == NULL || now.content[CONTENT_MSGTYPE].data == NULL) {
        return;
    }
    event = matrix_reading_event(reading, CHAT_EDITED);
    event->message = target;
    event->full_bytes = full_bytes;
    line = is_type(&now, "m.text") ? line_of(&now, text) : NULL;
    event->text = line == NULL ? text : arena_printf(reading->arena, "!inc %s", line);
}

/* Redacted before we heard it: that something was said still counts. */
static void read_redacted(struct matrix_reading *reading, struct json_slice because)
{
    struct chat_event *event = matrix_reading_event(reading, CHAT_SAID);
    struct chat_event *gone = matrix_reading_extra(reading, CHAT_DELETED);
    const char *who = matrix_reading_id(reading, because, "sender");
    int64_t at_ms =
        matrix_reading_moment(json_scan_member(because, "origin_server_ts"));

    event->message = gone->message = event->id;
    event->text = "";
    event->is_remark = true;
    gone->id = arena_printf(reading->arena, "%s:gone", event->id);
    gone->at_ms = at_ms != 0 ? at_ms : gone->at_ms;
    if (who != NULL && matrix_text_is_user(who)) {
        gone->who.id = who;
    }
}

static bool is_empty_object(struct json_slice content)
{
    struct json_slice name, value = {0};

    return content.data != NULL && *content.data == '{' &&
           !json_scan_next_member(content, &name, &value);
}

void matrix_read_message(struct matrix_reading *reading)
{
    struct json_slice content = reading->found[MATRIX_CONTENT];
    struct json_slice because =
        json_scan_member(reading->found[MATRIX_UNSIGNED], "redacted_because");
    struct message message;
    struct json_slice relates;
    const char *target;

    if (because.data != NULL || is_empty_object(content)) {
        read_redacted(reading, because);
        return;
    }
    message_of(reading, content, &message);
    relates = message.content[CONTENT_RELATES];
    message.is_reply = json_scan_member(relates, "m.in_reply_to").data != NULL;
    if (json_slice_is(json_scan_member(relates, "rel_type"), "m.replace")) {
        target = matrix_reading_id(reading, relates, "event_id");
        if (target != NULL) {
            read_edited(&message, target);
        }
        return;
    }
    if (is_file(&message)) {
        read_file(&message);
    } else if (message.content[CONTENT_MSGTYPE].data != NULL) {
        read_said(&message);
    }
}
