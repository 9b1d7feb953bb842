#define _XOPEN_SOURCE 700 /* wcwidth */

#include "tests/terminal/screen.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <wchar.h>

#include "bot/base/err.h"
#include "bot/base/text.h"

static void new_row(struct screen *screen)
{
    if (screen->row + 1 < SCREEN_ROWS) {
        screen->row++;
        return;
    }
    memmove(screen->cells[0], screen->cells[1],
            sizeof(screen->cells) - sizeof(screen->cells[0]));
    memset(screen->cells[SCREEN_ROWS - 1], 0, sizeof(screen->cells[0]));
}

static void put_rune(struct screen *screen, uint32_t rune)
{
    int width = wcwidth((wchar_t)rune);
    size_t columns = width > 0 ? (size_t)width : 1;
    if (screen->column + columns > SCREEN_COLUMNS) {
        new_row(screen);
        screen->column = 0;
    }
    uint32_t *cell = &screen->cells[screen->row][screen->column];
    cell[0] = rune;
    if (columns == 2) {
        cell[1] = 0;
    }
    screen->column += columns;
}

static void erase_row(struct screen *screen, size_t row, size_t from)
{
    for (size_t i = from; i < SCREEN_COLUMNS; i++) {
        screen->cells[row][i] = 0;
    }
}

/* ESC [ number letter. What the editor may not use on a vt100 is a bug here. */
static void obey(struct screen *screen, size_t number, char letter)
{
    size_t count = number == 0 ? 1 : number;
    switch (letter) {
    case 'A': screen->row -= count < screen->row ? count : screen->row; break;
    case 'B':
        screen->row += count;
        INSIST(screen->row < SCREEN_ROWS);
        break;
    case 'C': screen->column += count; break;
    case 'D': screen->column -= count < screen->column ? count : screen->column; break;
    case 'J':
        erase_row(screen, screen->row, screen->column);
        for (size_t row = screen->row + 1; row < SCREEN_ROWS; row++) {
            erase_row(screen, row, 0);
        }
        break;
    case 'K': erase_row(screen, screen->row, screen->column); break;
    case 'm': break;
    default: INSIST(!"a sequence this screen does not know");
    }
}

static void control(struct screen *screen, char byte)
{
    if (byte == '\r') {
        screen->column = 0;
    } else if (byte == '\n') {
        new_row(screen);
    } else if (byte == '\b' && screen->column > 0) {
        screen->column--;
    }
}

/* Bytes the sequence or character at the begin takes; 0: more must come. */
static size_t take(struct screen *screen, const char *bytes, size_t left_bytes)
{
    if (*bytes == '\033') {
        size_t at = 2;
        while (at < left_bytes && !isalpha((unsigned char)bytes[at])) {
            at++;
        }
        if (at >= left_bytes) {
            return 0;
        }
        obey(screen, strtoul(bytes + 2, NULL, 10), bytes[at]);
        return at + 1;
    }
    if ((unsigned char)*bytes < ' ') {
        control(screen, *bytes);
        return 1;
    }
    static const size_t lengths[] = {2, 2, 3, 4};
    bool is_ascii = (unsigned char)*bytes < 0x80;
    size_t needed = is_ascii ? 1 : lengths[(unsigned char)*bytes >> 4 & 3];
    size_t length = 1;
    if (left_bytes < needed) {
        return 0;
    }
    put_rune(screen, text_rune(bytes, left_bytes, &length));
    return length;
}

void screen_feed(struct screen *screen, const char *bytes, size_t length_bytes)
{
    for (size_t i = 0; i < length_bytes; i++) {
        INSIST(screen->pending_bytes + 1 < sizeof(screen->pending));
        screen->pending[screen->pending_bytes++] = bytes[i];
        screen->pending[screen->pending_bytes] = '\0';
        if (take(screen, screen->pending, screen->pending_bytes) > 0) {
            screen->pending_bytes = 0;
        }
    }
}

void screen_row(const struct screen *screen, size_t row, char *text, size_t room_bytes)
{
    struct arena *arena = arena_create();
    struct text line;
    size_t end = SCREEN_COLUMNS;
    text_init(&line, arena);
    while (end > 0 &&
           (screen->cells[row][end - 1] == 0 || screen->cells[row][end - 1] == ' ')) {
        end--;
    }
    for (size_t i = 0; i < end; i++) {
        uint32_t rune = screen->cells[row][i];
        bool is_right_half = rune == 0 && i > 0 && screen->cells[row][i - 1] != 0 &&
                             wcwidth((wchar_t)screen->cells[row][i - 1]) == 2;
        if (!is_right_half) {
            text_add_rune(&line, rune == 0 ? ' ' : rune);
        }
    }
    strncpy(text, line.data, room_bytes - 1);
    text[room_bytes - 1] = '\0';
    arena_destroy(arena);
}
