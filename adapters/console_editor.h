/*
 * The line a person types at a terminal: editing and history by libedit, on the loop,
 * and a way to say something meanwhile that never breaks it. What a line means is
 * console_terminal.c's affair. One a program, as the library has it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bot/loop.h"

/* A line without its newline; NULL at the end of input (Ctrl-D). */
typedef void console_editor_fn(void *arg, const char *line);

/* `history` names a file, made with mode 0600; NULL: none is kept. Needs setlocale. */
void console_editor_start(struct loop *loop, const char *history, console_editor_fn *fn,
                          void *arg);
void console_editor_stop(void); /* twice is fine */

/* How wide the screen is; 0 where that is not known. */
size_t console_editor_columns(void);

/* Shown from the next line on. Copied. */
void console_editor_prompt(const char *prompt);

/* Says whole lines, above what is being typed. */
void console_editor_say(const char *lines);
