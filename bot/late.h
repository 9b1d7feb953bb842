/*
 * Commands read so late that they are not run: gathered during a turn (what was missed
 * comes in pages), told in one message to whoever typed them.
 */
#pragma once

#include "bot/command.h"

#define LATE_PEOPLE 32
#define LATE_LINES  10

struct late_person {
    const struct command_call *call; /* the first */
    const char *lines[LATE_LINES];
    const char *only; /* the first, as it was typed */
    size_t count, more;
};

struct late {
    struct late_person people[LATE_PEOPLE];
    size_t count;
};

/* Joins the list of its speaker. Where there are too many speakers in one turn, it is
 * told at once. */
MUST_CHECK bool late_add(struct turn *turn, struct command_call *call, const char *line,
                         struct err *err);
/* At the end of the turn: one message each. */
MUST_CHECK bool late_tell(struct turn *turn, struct err *err);
