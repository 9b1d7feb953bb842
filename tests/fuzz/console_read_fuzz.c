/*
 * Any bytes as a transcript: every line is read or refused with a reason, never
 * anything else, and what was read keeps the promises of console_read.h.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "adapters/console_read.h"
#include "bot/base/err.h"
#include "bot/base/time.h"
#include "tests/fuzz/fuzz.h"

static void check_event(struct arena *arena, const struct console_line *line,
                        const struct console_line *more)
{
    struct chat_event event;
    struct console_text whole;
    INSIST(line->name && *line->name && line->channel && line->text);
    INSIST(strlen(line->text) <= CONSOLE_TEXT_BYTES);
    INSIST(line->full_bytes == 0 || (size_t)line->full_bytes >= strlen(line->text));
    console_text_begin(&whole, arena, line);
    console_text_more(&whole, more);
    INSIST(whole.text.length_bytes <= CONSOLE_TEXT_BYTES);
    console_read_event(arena, line, "1.1", line->target ? "1.0" : NULL, &event);
    INSIST(event.place.channel && event.who.id && event.text);
    INSIST(event.kind != CHAT_CHOSE || event.choice);
}

static void read_line(struct arena *arena, struct console_clock *clock,
                      const char *bytes, size_t length)
{
    struct console_line line;
    struct err err = {0};
    int64_t at_ms = TIME_NONE, before_ms = clock->now_ms;
    if (!console_read_line(arena, bytes, length, length, &line, &err)) {
        INSIST(err.kind == ERR_BROKEN && err.text[0]);
        return;
    }
    if (line.kind == CONSOLE_LINE_EMPTY) {
        return;
    }
    if (console_clock_follow(clock, &line.stamp, &at_ms, &err)) {
        INSIST(clock->now_ms >= at_ms && clock->now_ms >= before_ms);
    }
    if (line.kind != CONSOLE_LINE_PASS) {
        check_event(arena, &line, &line);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    struct console_clock clock = {.now_ms = TIME_NONE};
    const char *bytes = (const char *)data;
    while (size > 0) {
        const char *newline = memchr(bytes, '\n', size);
        size_t length = newline ? (size_t)(newline - bytes) : size;
        read_line(arena, &clock, bytes, length);
        length += newline ? 1 : 0;
        bytes += length;
        size -= length;
    }
    arena_destroy(arena);
    return 0;
}
