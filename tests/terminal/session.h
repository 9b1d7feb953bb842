/*
 * One `muster console` on a pseudo-terminal, in a folder of its own: typing, waiting
 * for what must appear, and the screen. Every wait has a deadline and fails the test.
 */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "tests/terminal/screen.h"

struct session {
    pid_t pid;
    int fd;
    char folder[64];
    struct screen screen;
    char *raw; /* everything it printed */
    size_t raw_bytes;
};

/* `term` is TERM; `no_colour` sets NO_COLOR. Waits for the first prompt. */
void session_start(struct session *session, const char *term, bool no_colour);
/* Ends it as a power cut would, and starts another in the same folder, as nobody named;
 * waits for the prompt. */
void session_restart(struct session *session, const char *prompt);
void session_type(struct session *session, const char *keys);
/* Until the words stand somewhere on the screen. */
void session_await(struct session *session, const char *words);
/* Until the row the cursor stands in reads so, and nothing more was said meanwhile. */
void session_await_line(struct session *session, const char *line);
/* Waits for its end: the exit status. Cleans up. */
int session_end(struct session *session);

bool session_shows(const struct session *session, const char *words);
