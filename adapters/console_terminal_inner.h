/*
 * What the files of the terminal share: who sits there, and what a line does.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "adapters/console_inner.h"
#include "adapters/console_read.h"

struct console_shown;

#define CONSOLE_WORD_BYTES 96
#define CONSOLE_HOME       "#ops"

struct console_terminal {
    struct console *console;
    struct console_screen *screen;
    struct console_told *told;
    char who[CONSOLE_WORD_BYTES], where[CONSOLE_WORD_BYTES];
    int64_t line; /* of the session */
    bool is_over;
};

/* A line of the terminal's own, dimmed. Resets the console's arena. */
void console_terminal_tell(struct console_terminal *terminal, const char *words);
/* "7 ana #ops> ": the number is what this line will go by. */
void console_terminal_prompt(struct console_terminal *terminal);
/* Hands one event up; `line` says what. `about` is the message it is about, which also
 * says where; NULL: it is a message of its own, here. */
void console_terminal_hear(struct console_terminal *terminal, struct console_line *line,
                           const struct console_shown *about);
void console_terminal_go(struct console_terminal *terminal, const char *place);
void console_terminal_quit(struct console_terminal *terminal);

/* What "/help" says. */
extern const char console_slash_help[];
/* True where the line was for the terminal itself. */
bool console_slash_obey(struct console_terminal *terminal, const char *line);
