#include "adapters/slack_write.h"

#include <stdarg.h>
#include <string.h>

#include <jansson.h>

#include "adapters/slack_blocks.h"
#include "bot/base/json.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

/* chat.update takes no longer text; a post's is best kept there as well. */
#define TEXT_BYTES 3900
#define ODD_BYTES  4096

/* The first line: what a lock screen shows. */
static const char *first_line(struct arena *arena, const struct note *note,
                              bool is_direct)
{
    for (size_t i = 0; note != NULL && i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];

        if (block->kind != NOTE_CHOICE && !text_is_empty(block->text)) {
            char *line = slack_write_line(arena, block->text, is_direct);

            line[slack_blocks_fit(line, TEXT_BYTES)] = '\0';
            return line;
        }
    }
    return "(no text)";
}

static void add_note(struct arena *arena, json_t *body, const struct note *note,
                     bool is_direct)
{
    json_t *blocks = slack_blocks(arena, note, is_direct);

    json_object_set_new(body, "text", json_string(first_line(arena, note, is_direct)));
    if (json_array_size(blocks) > 0) {
        json_object_set(body, "blocks", blocks);
    }
    json_decref(blocks);
}

static json_t *metadata_of(struct arena *arena, const struct action *action)
{
    return json_pack("{s:s, s:{s:s, s:s}}", "event_type", SLACK_EVENT_TYPE,
                     "event_payload", "row",
                     arena_printf(arena, "%lld", (long long)action->id), "made",
                     arena_printf(arena, "%lld", (long long)action->created_ms));
}

char *slack_write_post(struct arena *arena, const struct action *action,
                       const char *channel)
{
    json_t *body = json_pack("{s:s}", "channel", channel);

    if (action->thread != NULL) {
        json_object_set_new(body, "thread_ts", json_string(action->thread));
        json_object_set_new(body, "reply_broadcast", json_true());
    }
    add_note(arena, body, action->note, action->kind == ACTION_DIRECT);
    json_object_set_new(body, "unfurl_links", json_false());
    json_object_set_new(body, "unfurl_media", json_false());
    json_object_set_new(body, "metadata", metadata_of(arena, action));
    return json_write(arena, body);
}

char *slack_write_update(struct arena *arena, const struct action *action,
                         const char *channel, const char *ts)
{
    json_t *body = json_pack("{s:s, s:s}", "channel", channel, "ts", ts);

    add_note(arena, body, action->note, *channel == 'D');
    return json_write(arena, body);
}

char *slack_write_ephemeral(struct arena *arena, const struct action *action)
{
    json_t *body =
        json_pack("{s:s, s:s}", "channel", action->channel, "user", action->person);

    if (action->thread != NULL) {
        json_object_set_new(body, "thread_ts", json_string(action->thread));
    }
    add_note(arena, body, action->note, false);
    return json_write(arena, body);
}

char *slack_write_response(struct arena *arena, const struct note *note,
                           const char *thread)
{
    json_t *body = json_pack("{s:s, s:b, s:b}", "response_type", "ephemeral",
                             "replace_original", 0, "delete_original", 0);

    if (thread != NULL) {
        json_object_set_new(body, "thread_ts", json_string(thread));
    }
    add_note(arena, body, note, false);
    return json_write(arena, body);
}

char *slack_write_create(struct arena *arena, const struct action *action,
                         const char *name)
{
    return json_write(arena, json_pack("{s:s, s:b}", "name", name, "is_private",
                                       (int)action->private));
}

char *slack_write_topic(struct arena *arena, const char *channel, const char *topic)
{
    return json_write_words(arena, "channel", channel, "topic",
                            text_brief(arena, text_or(topic, ""), SLACK_TOPIC_RUNES),
                            NULL);
}

const char *slack_purpose(struct arena *arena, const struct action *action)
{
    return arena_printf(arena, "The channel of inc-%lld (Muster, %lld)",
                        (long long)action->incident_id, (long long)action->created_ms);
}

char *slack_write_purpose(struct arena *arena, const char *channel,
                          const struct action *action)
{
    return json_write_words(arena, "channel", channel, "purpose",
                            slack_purpose(arena, action), NULL);
}

char *slack_write_file(struct arena *arena, const char *channel, const char *file,
                       const char *title)
{
    return json_write(arena, json_pack("{s:[{s:s, s:s}], s:s}", "files", "id", file,
                                       "title", title, "channel_id", channel));
}

static json_t *document_of(const char *markdown)
{
    return json_pack("{s:s, s:s}", "type", "markdown", "markdown", markdown);
}

char *slack_write_canvas(struct arena *arena, const char *channel, const char *title,
                         const char *markdown)
{
    return json_write(arena,
                      json_pack("{s:s, s:s, s:o}", "channel_id", channel, "title",
                                title, "document_content", document_of(markdown)));
}

char *slack_write_canvas_edit(struct arena *arena, const char *canvas,
                              const char *markdown)
{
    return json_write(arena, json_pack("{s:s, s:[{s:s, s:o}]}", "canvas_id", canvas,
                                       "changes", "operation", "replace",
                                       "document_content", document_of(markdown)));
}

char *slack_write_form(struct arena *arena, const char *name, ...)
{
    struct text form;
    va_list args;

    text_init(&form, arena);
    va_start(args, name);
    while (name != NULL) {
        text_addf(&form, "%s%s=", form.length_bytes == 0 ? "" : "&", name);
        text_add_percent(&form, va_arg(args, const char *));
        name = va_arg(args, const char *);
    }
    va_end(args);
    return form.data;
}

char *slack_write_ack(struct arena *arena, const char *envelope, const char *words)
{
    json_t *ack;

    if (words == NULL) {
        return arena_printf(arena, "{\"envelope_id\":\"%s\"}", envelope);
    }
    ack = json_pack("{s:s, s:{s:s, s:s}}", "envelope_id", envelope, "payload",
                    "response_type", "ephemeral", "text", words);
    return json_write(arena, ack);
}

/* Up to the end of the string it stands in. */
static void hide(char *secret)
{
    for (; *secret != '\0' && *secret != '"'; secret++) {
        *secret = '*';
    }
}

static void hide_links(char *odd, const char *scheme)
{
    for (char *at = odd; (at = strstr(at, scheme)) != NULL;) {
        at += strlen(scheme);
        hide(at);
    }
}

/* However its colon is spaced. */
static void hide_tokens(char *odd)
{
    for (char *at = odd; (at = strstr(at, "\"token\"")) != NULL;) {
        at += strlen("\"token\"");
        at += strspn(at, " \t\r\n:");
        if (*at == '"') {
            hide(at + 1);
        }
    }
}

char *slack_write_odd(struct arena *arena, const char *bytes, size_t length_bytes)
{
    char *odd = text_clean(arena, bytes, length_bytes);

    odd[text_fit(odd, ODD_BYTES)] = '\0';
    hide_links(odd, "https://");
    hide_links(odd, "https:\\/\\/"); /* Slack may write its slashes so */
    hide_tokens(odd);
    return odd;
}

char *slack_write_moment(struct arena *arena, int64_t at_ms)
{
    return arena_printf(arena, "%lld.%06lld", (long long)(at_ms / TIME_SECOND_MS),
                        (long long)(at_ms % TIME_SECOND_MS) * 1000);
}
