#include "adapters/console_input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <poll.h>

#include "adapters/console_read.h"

#define CHUNK_BYTES ((size_t)64 * 1024)

struct console_input {
    int fd;
    bool is_at_end, has_partial;
    char chunk[CHUNK_BYTES]; /* what was read and not yet taken: from `at` to `end` */
    size_t at, end;
    char *line; /* the line being put together */
    size_t length_bytes, capacity_bytes, total_bytes;
};

struct console_input *console_input_create(int fd)
{
    struct console_input *input = calloc(1, sizeof(*input));
    INSIST(input);
    input->fd = fd;
    return input;
}

void console_input_destroy(struct console_input *input)
{
    if (input) {
        free(input->line);
        free(input);
    }
}

static void keep(struct console_input *input, const char *bytes, size_t length_bytes)
{
    input->total_bytes += length_bytes;
    input->has_partial = true;
    size_t room = CONSOLE_LINE_BYTES - input->length_bytes;
    size_t kept = length_bytes < room ? length_bytes : room;
    if (input->length_bytes + kept > input->capacity_bytes) {
        size_t capacity_bytes = (input->length_bytes + kept) * 2;
        input->line = realloc(input->line, capacity_bytes);
        INSIST(input->line);
        input->capacity_bytes = capacity_bytes;
    }
    if (kept > 0) {
        memcpy(input->line + input->length_bytes, bytes, kept);
    }
    input->length_bytes += kept;
}

/* Moves bytes into the line; true when its newline was among them. */
static bool take_line(struct console_input *input)
{
    const char *from = input->chunk + input->at;
    size_t left_bytes = input->end - input->at;
    if (left_bytes == 0) {
        return false;
    }
    const char *newline = memchr(from, '\n', left_bytes);
    size_t length_bytes = newline ? (size_t)(newline - from) : left_bytes;
    keep(input, from, length_bytes);
    input->at += length_bytes + (newline ? 1 : 0);
    return newline != NULL;
}

static enum console_input_state fill(struct console_input *input, struct err *err)
{
    struct pollfd asked = {.fd = input->fd, .events = POLLIN};
    if (poll(&asked, 1, 0) == 0) {
        return CONSOLE_INPUT_WAIT;
    }
    ssize_t length = read(input->fd, input->chunk, CHUNK_BYTES);
    if (length < 0 && (errno == EINTR || errno == EAGAIN)) {
        return CONSOLE_INPUT_WAIT;
    }
    if (length < 0) {
        (void)err_set(err, ERR_BROKEN, "standard input: %s", strerror(errno));
        return CONSOLE_INPUT_BROKEN;
    }
    input->at = 0;
    input->end = (size_t)length;
    return length == 0 ? CONSOLE_INPUT_END : CONSOLE_INPUT_LINE;
}

static enum console_input_state hand_out(struct console_input *input,
                                         struct console_raw *raw)
{
    *raw = (struct console_raw){
        .bytes = input->line ? input->line : "",
        .length_bytes = input->length_bytes,
        .total_bytes = input->total_bytes,
    };
    input->length_bytes = input->total_bytes = 0;
    input->has_partial = false;
    return CONSOLE_INPUT_LINE;
}

enum console_input_state console_input_next(struct console_input *input,
                                            struct console_raw *raw, struct err *err)
{
    while (!input->is_at_end) {
        if (take_line(input)) {
            return hand_out(input, raw);
        }
        enum console_input_state state = fill(input, err);
        if (state == CONSOLE_INPUT_END) {
            input->is_at_end = true;
        } else if (state != CONSOLE_INPUT_LINE) {
            return state;
        }
    }
    /* A last line may have no newline. */
    return input->has_partial ? hand_out(input, raw) : CONSOLE_INPUT_END;
}
