/*
 * What the console's own files share: the adapter's struct, and the two ways it is fed,
 * a transcript (console_script.c) or a person at a terminal (console_terminal.c).
 * Nobody else includes this.
 */
#pragma once

#include <stdint.h>

#include "adapters/console.h"
#include "adapters/console_memory.h"

struct console_script;
struct console_terminal;
struct console_said;

struct console {
    struct adapter adapter;
    struct ears *ears;
    struct loop *loop;
    struct console_options options;
    struct console_memory memory;
    struct arena *arena;               /* for one call of ours */
    struct console_said *said;         /* performed, their outcomes not yet told */
    struct console_script *script;     /* NULL at a terminal */
    struct console_terminal *terminal; /* NULL for a transcript */
    bool is_stopped;
};

/* Writes all of it, waiting where it must. False where the reader is gone. */
bool console_put(int fd, const char *bytes, size_t length_bytes);

/* What a failed turn is answered with, at most once a minute and person. */
#define CONSOLE_NOT_RECORDED                                                           \
    "Not recorded, please say it again in a few minutes: the store can't write. "      \
    "Nothing was changed."

/* Where people are told so: remembers who was told when. */
struct console_told {
    struct console_told *next;
    int64_t at_ms;
    char person[]; /* the id */
};
/* True, and noted, where this person was not told within the last minute. */
bool console_told_add(struct console_told **told, const char *person, int64_t now_ms);
void console_told_destroy(struct console_told *told);

struct console_script *console_script_create(struct console *console);
void console_script_destroy(struct console_script *script); /* accepts NULL */
void console_script_start(struct console_script *script);
void console_script_settle(struct console_script *script, bool committed);
/* Ends with status 1: what it says can't be written any more. */
void console_script_give_up(struct console_script *script);

struct console_terminal *console_terminal_create(struct console *console);
void console_terminal_destroy(struct console_terminal *terminal); /* accepts NULL */
void console_terminal_start(struct console_terminal *terminal);
void console_terminal_settle(struct console_terminal *terminal, struct ticket ticket,
                             bool committed);
/* False where it can't be written. */
bool console_terminal_show(struct console_terminal *terminal,
                           const struct action *action);
/* What it said is told; where one came by it is kept with the present turn. */
void console_terminal_told(struct console_terminal *terminal);
void console_terminal_stop(struct console_terminal *terminal);
