/*
 * Parked things: side problems that are found on the way, put aside so that there is
 * one problem at a time. They come back after the incident, as follow-ups or not at
 * all.
 */
#pragma once

#include "bot/command.h"
#include "bot/note.h"
#include "store/parked.h"

/* The verbs. Each answers the speaker. */
MUST_CHECK bool park_put(struct turn *turn, const struct command_call *call,
                         const char *text, struct err *err);
/* It is not needed any more. */
MUST_CHECK bool park_end(struct turn *turn, const struct command_call *call,
                         const struct parked *parked, struct err *err);

/* The parked thing that `words` is the number of, where it still waits; NULL: it is no
 * number, or no such thing (then *is_one tells them apart). */
MUST_CHECK bool park_find(struct turn *turn, const struct incident *incident,
                          const char *words, struct parked **parked, bool *is_one,
                          struct err *err);
/* It has become follow-up `id`. */
MUST_CHECK bool park_becomes(struct turn *turn, const struct command_call *call,
                             const struct parked *parked, int64_t id, struct err *err);

/* " Parked until then: 5, 7." or "" where nothing waits. */
MUST_CHECK bool park_until_then(struct turn *turn, const struct incident *incident,
                                const char **words, struct err *err);
/* Lines for the list of follow-ups: what waits to become one. */
MUST_CHECK bool park_show(struct turn *turn, const struct incident *incident,
                          struct note *note, struct err *err);
