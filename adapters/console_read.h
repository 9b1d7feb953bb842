/*
 * What a line of a transcript says: `03:12 bo #inc-1-db [m1]> looking`, and which chat
 * event that is. Pure: bytes in, a struct out. It does not know which message a label
 * names, nor what the moment of a bare time is.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/console_clock.h"
#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "bot/chat.h"

/* What people call the bot here, and what a direct message is addressed to. */
#define CONSOLE_BOT    "muster"
#define CONSOLE_DIRECT "@muster"

#define CONSOLE_TEXT_BYTES ((size_t)256 * 1024) /* a longer text is cut */
#define CONSOLE_LINE_BYTES ((size_t)512 * 1024) /* so much of a line is looked at */

enum console_line_kind {
    CONSOLE_LINE_EMPTY, /* nothing, a remark, or what the bot said */
    CONSOLE_LINE_PASS,  /* `.`: time passes */
    CONSOLE_LINE_EVENT, /* somebody does something */
    CONSOLE_LINE_MORE,  /* `|`: goes on with the message before */
};

/* All strings are clean UTF-8 in the arena; what a line does not have is NULL. */
struct console_line {
    enum console_line_kind kind;
    struct console_stamp stamp;
    enum chat_kind event;
    const char *name;     /* who */
    const char *channel;  /* "#ops", or CONSOLE_DIRECT */
    const char *label;    /* [m1]: what later lines call this message */
    const char *target;   /* the message it is about: a label, or "^", the bot's last */
    const char *argument; /* the reaction, or the words of a choice */
    const char *text;     /* "" where there is none */
    int64_t full_bytes;   /* how long the text was, where it was cut; else 0 */
};

/*
 * Reads one line, without its newline. `total_bytes` is how long it was, where only its
 * first bytes were kept. False with err: it cannot be read, and why.
 */
MUST_CHECK bool console_read_line(struct arena *arena, const char *bytes,
                                  size_t length_bytes, size_t total_bytes,
                                  struct console_line *line, struct err *err);

/* The text of a line and the lines that go on with it; cuts it like a single one. */
struct console_text {
    struct text text;
    int64_t full_bytes;
};
void console_text_begin(struct console_text *whole, struct arena *arena,
                        const struct console_line *line);
void console_text_more(struct console_text *whole, const struct console_line *more);

/*
 * The event of a line. `id` names the line, `target` is the id of the message it is
 * about or NULL. Strings are borrowed from the line. at_ms is left to the caller.
 */
void console_read_event(struct arena *arena, const struct console_line *line,
                        const char *id, const char *target, struct chat_event *event);

/* The id of a person: the name, without regard to case. */
const char *console_person_id(struct arena *arena, const char *name);
/* The channel events of a line carry: "#ops", or "@ana" for what ana tells the bot. */
const char *console_channel_id(struct arena *arena, const struct console_line *line);
