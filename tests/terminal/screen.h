/*
 * What a person sees: a grid of characters that obeys the few movements the line editor
 * makes on a vt100. Lines that leave at the top are gone.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define SCREEN_COLUMNS 60
#define SCREEN_ROWS    24

struct screen {
    uint32_t cells[SCREEN_ROWS][SCREEN_COLUMNS]; /* 0: empty, or right half of a wide */
    size_t row, column; /* column may be SCREEN_COLUMNS: the next one wraps */
    char pending[64];   /* the begin of a sequence or character */
    size_t pending_bytes;
};

void screen_feed(struct screen *screen, const char *bytes, size_t length_bytes);
/* A row as UTF-8, without blanks at its end. */
void screen_row(const struct screen *screen, size_t row, char *text, size_t room_bytes);
