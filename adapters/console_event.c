/* The second half of console_read.h: from a line that was read to the neutral event. */
#include <string.h>

#include "adapters/console_read.h"

void console_text_begin(struct console_text *whole, struct arena *arena,
                        const struct console_line *line)
{
    text_init(&whole->text, arena);
    text_add(&whole->text, line->text);
    whole->full_bytes = line->full_bytes;
}

void console_text_more(struct console_text *whole, const struct console_line *more)
{
    size_t more_bytes = strlen(more->text);
    int64_t so_far =
        whole->full_bytes ? whole->full_bytes : (int64_t)whole->text.length_bytes;
    int64_t full_bytes =
        so_far + 1 + (more->full_bytes ? more->full_bytes : (int64_t)more_bytes);
    if (whole->full_bytes > 0) {
        whole->full_bytes = full_bytes;
        return;
    }
    size_t room = CONSOLE_TEXT_BYTES - whole->text.length_bytes;
    size_t fit = room == 0 ? 0 : text_fit(more->text, room - 1);
    if (room > 0) {
        text_add(&whole->text, "\n");
        text_add_n(&whole->text, more->text, fit);
    }
    if (fit < more_bytes || more->full_bytes > 0 || room == 0) {
        whole->full_bytes = full_bytes;
    }
}

const char *console_person_id(struct arena *arena, const char *name)
{
    return text_lower(arena, name);
}

const char *console_channel_id(struct arena *arena, const struct console_line *line)
{
    if (strcmp(line->channel, CONSOLE_DIRECT) != 0) {
        return line->channel;
    }
    return arena_printf(arena, "@%s", console_person_id(arena, line->name));
}

/* The signs and their other names mean what other platforms call pushpin and
 * white_check_mark. */
static const char *reaction_name(struct arena *arena, const char *word)
{
    static const char *const names[][2] = {
        {"\xf0\x9f\x93\x8c", "pushpin"},                  /* U+1F4CC */
        {"\xe2\x9c\x85", "white_check_mark"},             /* U+2705 */
        {"\xe2\x9c\x94", "white_check_mark"},             /* U+2714 */
        {"\xe2\x9c\x94\xef\xb8\x8f", "white_check_mark"}, /* with U+FE0F */
        {"heavy_check_mark", "white_check_mark"},
    };
    size_t length = strlen(word);
    bool has_colons = length > 2 && word[0] == ':' && word[length - 1] == ':';
    const char *name = has_colons ? arena_copy_n(arena, word + 1, length - 2) : word;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(name, names[i][0]) == 0) {
            return names[i][1];
        }
    }
    return name;
}

/* What follows a mention of the bot at the very beginning, or NULL. */
static const char *after_mention(const char *text)
{
    size_t length = strlen(CONSOLE_DIRECT);
    if (!text_starts(text, CONSOLE_DIRECT)) {
        return NULL;
    }
    text += length;
    if (*text && !strchr(" \t\n:,", *text)) {
        return NULL;
    }
    return text + strspn(text, " \t\n:,");
}

/* `graph.png https://example.org/graph.png`: the link may be absent. */
static void read_file(struct arena *arena, struct chat_event *event)
{
    const char *link = strrchr(event->text, ' ');
    event->file_name = event->text;
    if (link &&
        (text_starts(link + 1, "https://") || text_starts(link + 1, "http://"))) {
        event->file_link = link + 1;
        event->file_name = text_trim(
            arena, arena_copy_n(arena, event->text, (size_t)(link - event->text)));
    }
}

static void read_said(struct chat_event *event)
{
    const char *command = after_mention(event->text);
    if (command) {
        event->kind = CHAT_COMMAND;
        event->text = command;
    }
}

void console_read_event(struct arena *arena, const struct console_line *line,
                        const char *id, const char *target, struct chat_event *event)
{
    *event = (struct chat_event){
        .kind = line->event,
        .id = id,
        .place = {.adapter = "console",
                  .channel = console_channel_id(arena, line),
                  .name = line->channel,
                  .is_direct = strcmp(line->channel, CONSOLE_DIRECT) == 0},
        .who = {.id = console_person_id(arena, line->name), .name = line->name},
        .message = target,
        .text = line->text,
        .full_bytes = line->full_bytes,
    };
    if (line->event == CHAT_SAID) {
        event->message = id;
        event->place.thread = target;
        read_said(event);
    } else if (line->event == CHAT_FILE) {
        event->message = id;
        read_file(arena, event);
    } else if (line->event == CHAT_CHOSE) {
        event->choice = line->argument;
    } else if (line->event == CHAT_REACTED || line->event == CHAT_UNREACTED) {
        event->text = reaction_name(arena, line->argument);
    }
}
