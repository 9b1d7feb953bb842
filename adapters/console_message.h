/*
 * One message of a transcript with the lines that go on with it, in an arena of its
 * own, since it outlives the turn it is heard in. Resolves labels and `^` through the
 * memory.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "adapters/console_input.h"
#include "adapters/console_memory.h"
#include "adapters/console_read.h"

struct console_message {
    struct arena *arena;
    bool is_set;
    bool is_closed; /* nothing may go on with it any more */
    struct console_line line;
    struct console_text text;
    struct text numbers; /* of its lines, one a line: what --acks writes */
    int64_t number;      /* of its first line */
    int64_t at_ms;       /* the moment it means; set by the caller */
    const char *id;      /* SESSION.LINE, once it is an event */
    const char *about; /* id of the message whose text it is: its own, or the edited */
};

struct console_message *console_message_create(void);
void console_message_destroy(struct console_message *message); /* accepts NULL */
void console_message_clear(struct console_message *message);

/* Reads a line into a clear message; an empty line leaves it clear. */
MUST_CHECK bool console_message_read(struct console_message *message,
                                     const struct console_raw *raw, int64_t number,
                                     struct err *err);

/* Is it of a kind that `|` can go on with? Is `more` such a line for it? */
bool console_message_can_go_on(const struct console_message *message);
bool console_message_goes_on(const struct console_message *message,
                             const struct console_message *more);
void console_message_append(struct console_message *message,
                            const struct console_message *more);
/* For a message that is recorded already: `more` becomes an edit of it. */
void console_message_amend(struct console_message *more,
                           const struct console_message *message);

/* Its event. False with err: it names a message that is not there. */
MUST_CHECK bool console_message_event(struct console_message *message,
                                      struct console_memory *memory,
                                      struct chat_event *event, struct err *err);

/* The last message of a transcript, for the first line of the next one. Words meant for
 * the bot alone are not kept. */
void console_message_keep(const struct console_message *message,
                          struct console_memory *memory);
void console_message_recall(struct console_message *message,
                            struct console_memory *memory);
