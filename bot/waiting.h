/*
 * What `ack`, `cant` and `done` mean: the thing with that number, or without one the
 * only thing of the speaker's that waits, over tasks and pages. In an incident's
 * channel its own; in a direct message those of all incidents.
 */
#pragma once

#include "bot/command.h"
#include "store/pages.h"
#include "store/parked.h"
#include "store/tasks.h"

enum waiting_for { WAITING_YES, WAITING_NO, WAITING_END };

/* One of task, page and parked is set; none: there was nothing, and the speaker has
 * been told. */
struct waiting {
    struct incident *incident;
    struct task *task;
    struct page *page;
    struct parked *parked;
};

#define WAITING_NUMBERS 10

/* The numbers of "2 3" or "2, 3 and 5", each once; 0 where the text is anything else,
 * or names more. */
size_t waiting_numbers(const char *text, int64_t numbers[WAITING_NUMBERS]);

/* n 0: none was given. */
MUST_CHECK bool waiting_find(struct turn *turn, const struct command_call *call,
                             int64_t n, enum waiting_for what, struct waiting *found,
                             struct err *err);
