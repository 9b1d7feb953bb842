/*
 * How a terminal shows what the bot does: with the time, colours where there are any,
 * and a number before each message, by which /react, /edit and /delete name it.
 */
#pragma once

#include <stdint.h>

#include "bot/action.h"
#include "bot/base/arena.h"

struct console_screen;

/* Colours unless NO_COLOR is set, TERM is dumb, or standard output is no terminal. */
struct console_screen *console_screen_create(void);
void console_screen_destroy(struct console_screen *screen); /* accepts NULL */

/* A message that stands on the screen under a number. */
struct console_shown {
    char *message; /* its id */
    char *place;   /* "#ops", or "@muster" for what was told to the bot alone */
    char *author;  /* whoever typed it; NULL: the bot */
    char *marks;   /* who reacted with what: a line each */
};

/* So many messages had their numbers before this start: they mean nothing any more. */
void console_screen_go_on(struct console_screen *screen, int64_t count);
/* The number the next message will have. */
int64_t console_screen_next(const struct console_screen *screen);
void console_screen_add(struct console_screen *screen, const char *message,
                        const char *place, const char *author);
/* The message of a number; NULL where there is none (any more). */
const struct console_shown *console_screen_find(const struct console_screen *screen,
                                                int64_t number);
/* True where `who` marks the message with `emoji` now; they did before: it is off. */
bool console_screen_mark(struct console_screen *screen, int64_t number, const char *who,
                         const char *emoji);

/* The lines of an action, each with its newline, wrapped between words where the screen
 * is known to be narrower; "" where there is nothing to see. */
const char *console_screen_action(struct console_screen *screen, struct arena *arena,
                                  const struct action *action, int64_t now_ms);
const char *console_screen_dim(const struct console_screen *screen, struct arena *arena,
                               const char *words);
