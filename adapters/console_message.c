#include "adapters/console_message.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/console_write.h"

struct console_message *console_message_create(void)
{
    struct console_message *message = calloc(1, sizeof(*message));
    INSIST(message);
    message->arena = arena_create();
    return message;
}

void console_message_destroy(struct console_message *message)
{
    if (message) {
        arena_destroy(message->arena);
        free(message);
    }
}

void console_message_clear(struct console_message *message)
{
    struct arena *arena = message->arena;
    arena_reset(arena);
    *message = (struct console_message){.arena = arena};
}

bool console_message_read(struct console_message *message,
                          const struct console_raw *raw, int64_t number,
                          struct err *err)
{
    struct arena *arena = message->arena;
    if (!console_read_line(arena, raw->bytes, raw->length_bytes, raw->total_bytes,
                           &message->line, err)) {
        return false;
    }
    message->is_set = message->line.kind != CONSOLE_LINE_EMPTY;
    message->is_closed = false;
    message->number = number;
    text_init(&message->numbers, arena);
    text_addf(&message->numbers, "%lld\n", (long long)number);
    console_text_begin(&message->text, arena, &message->line);
    return true;
}

bool console_message_can_go_on(const struct console_message *message)
{
    return message->is_set && message->line.kind == CONSOLE_LINE_EVENT &&
           (message->line.event == CHAT_SAID || message->line.event == CHAT_EDITED);
}

bool console_message_goes_on(const struct console_message *message,
                             const struct console_message *more)
{
    return console_message_can_go_on(message) && !message->is_closed &&
           text_same(message->line.name, more->line.name) &&
           text_equal(message->line.channel, more->line.channel);
}

void console_message_append(struct console_message *message,
                            const struct console_message *more)
{
    console_text_more(&message->text, &more->line);
    text_add(&message->numbers, more->numbers.data);
}

void console_message_amend(struct console_message *more,
                           const struct console_message *message)
{
    struct console_text whole;
    struct console_line before = {.text = message->text.text.data,
                                  .full_bytes = message->text.full_bytes};
    console_text_begin(&whole, more->arena, &before);
    console_text_more(&whole, &more->line);
    more->text = whole;
    more->line.kind = CONSOLE_LINE_EVENT;
    more->line.event = CHAT_EDITED;
    more->about = arena_copy(more->arena, message->about);
}

/* The id of the message a line is about. */
static bool find_target(const struct console_message *message,
                        struct console_memory *memory, const char **target,
                        struct err *err)
{
    const struct console_line *line = &message->line;
    *target = message->about;
    if (message->about || !line->target) {
        return true;
    }
    if (strcmp(line->target, "^") == 0) {
        int64_t action_id =
            console_memory_last(memory, console_channel_id(message->arena, line),
                                console_person_id(message->arena, line->name));
        *target = console_message_id(message->arena, action_id);
        return action_id != 0 ||
               err_set(err, ERR_BROKEN, "the bot has said nothing to %s in %s yet",
                       line->name, line->channel);
    }
    const char *name = arena_printf(message->arena, "label %s", line->target);
    *target = arena_copy(message->arena, console_memory_find(memory, name));
    return *target || err_set(err, ERR_BROKEN,
                              "no message before this is labelled [%s]", line->target);
}

bool console_message_event(struct console_message *message,
                           struct console_memory *memory, struct chat_event *event,
                           struct err *err)
{
    const char *target = NULL;
    if (!find_target(message, memory, &target, err)) {
        return false;
    }
    message->id = arena_printf(message->arena, "%lld.%lld", (long long)memory->session,
                               (long long)message->number);
    message->line.text = message->text.text.data;
    message->line.full_bytes = message->text.full_bytes;
    console_read_event(message->arena, &message->line, message->id, target, event);
    event->at_ms = message->at_ms;
    message->about = event->message;
    return true;
}

static bool is_for_the_bot(const struct console_message *message)
{
    const char *text = message->text.text.data;
    return text_equal(message->line.channel, CONSOLE_DIRECT) || *text == '!' ||
           *text == '/' || text_starts(text, CONSOLE_DIRECT);
}

/* Its own id and that of the message it wrote, channel, name and text, each on a line;
 * only the text may hold more. */
void console_message_keep(const struct console_message *message,
                          struct console_memory *memory)
{
    const char *tail = "";
    if (console_message_can_go_on(message) && !message->is_closed &&
        !is_for_the_bot(message)) {
        tail = arena_printf(message->arena, "%s\n%s\n%s\n%s\n%s", message->id,
                            message->about, message->line.channel, message->line.name,
                            message->text.text.data);
    }
    const char *before = console_memory_find(memory, "tail");
    if (*tail || (before && *before)) {
        console_memory_set(memory, "tail", tail);
    }
}

static const char *take_part(struct console_message *message, const char **tail)
{
    size_t length = strcspn(*tail, "\n");
    const char *part = arena_copy_n(message->arena, *tail, length);
    *tail += length + ((*tail)[length] == '\n');
    return part;
}

void console_message_recall(struct console_message *message,
                            struct console_memory *memory)
{
    const char *tail = console_memory_find(memory, "tail");
    console_message_clear(message);
    if (!tail || !*tail || strcmp(take_part(message, &tail), memory->before) != 0) {
        return;
    }
    message->is_set = true;
    message->line.kind = CONSOLE_LINE_EVENT;
    message->line.event = CHAT_SAID;
    message->about = take_part(message, &tail);
    message->line.channel = take_part(message, &tail);
    message->line.name = take_part(message, &tail);
    message->line.text = tail;
    console_text_begin(&message->text, message->arena, &message->line);
}
