/*
 * Lines from a descriptor, without ever waiting: a file is simply read, a pipe is asked
 * first whether it has something. Of a very long line only the first bytes are kept,
 * and the rest is counted. Knows nothing of what lines mean.
 */
#pragma once

#include <stddef.h>

#include "bot/base/err.h"

struct console_input;

/* One line without its newline; the bytes last until the next call. */
struct console_raw {
    const char *bytes;
    size_t length_bytes;
    size_t total_bytes; /* how long it was before it was cut */
};

enum console_input_state {
    CONSOLE_INPUT_LINE,
    CONSOLE_INPUT_WAIT, /* nothing yet */
    CONSOLE_INPUT_END,
    CONSOLE_INPUT_BROKEN, /* it can't be read, err says why */
};

struct console_input *console_input_create(int fd); /* the descriptor is borrowed */
void console_input_destroy(struct console_input *input); /* accepts NULL */

enum console_input_state console_input_next(struct console_input *input,
                                            struct console_raw *raw, struct err *err);
