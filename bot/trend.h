/*
 * What incidents have in common over some time: by service and by kind of factor, with
 * medians and ranges beside what was before. Never by person.
 */
#pragma once

#include "bot/command.h"

MUST_CHECK bool trend_show(struct turn *turn, const struct command_call *call,
                           struct err *err);

/* The middle one of some spans (of an even number the mean of the two), and how far
 * they go. Sorts them. count may be 0: then nothing is said. */
struct trend_spread {
    size_t count;
    int64_t median_ms, least_ms, most_ms;
};
struct trend_spread trend_spread_of(int64_t *spans_ms, size_t count);
