/*
 * Who and where one was at a terminal, over its end; and where there is something open.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "adapters/console_inner.h"

/* With the present turn, where they are others than before. */
void console_place_keep(struct console_memory *memory, const char *who,
                        const char *where, int64_t count);
/* How many messages had a number here before. */
int64_t console_place_count(struct console_memory *memory);
/* Goes on where it was, and as whom, unless that was said at the start; both have room
 * for size_bytes and stay as they are where nothing was kept. */
void console_place_recall(struct console *console, char *who, char *where,
                          size_t size_bytes);
/* "Open: #inc-1-db. …", a line, in the console's arena; "" where nothing is. Private
 * ones are named to nobody: whoever sits here may not be in them. */
const char *console_place_open(struct console *console);
/* The channel of the open incident that `word` means, "inc-1", "#inc-1" or its whole
 * name; NULL where there is none. A private one has to be named in full. */
const char *console_place_find(struct console *console, const char *word);
