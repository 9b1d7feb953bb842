/*
 * The time of a transcript: reads the TIME at the head of a line and says what moment
 * it means, given what the lines before it said. Knows no line beyond its time, and no
 * clock but the transcript's own.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "bot/base/err.h"

/* A TIME as it was written. */
struct console_stamp {
    bool has_date;
    int64_t at_ms;    /* the moment, where it has a date */
    int64_t clock_ms; /* the time of day, where it has none */
    int offset_s;     /* east of Greenwich, where it has a date */
};

/* Where a transcript stands. Starts as {.now_ms = TIME_NONE}. */
struct console_clock {
    int64_t now_ms; /* never goes back */
    int offset_s;   /* of the last line with a date; bare times are read in it */
};

/*
 * Takes RFC 3339, a date and a time (then UTC), or HH:MM[:SS] at *cursor, and the
 * blanks behind it. False with err where there is none, or its year is not in
 * 1970..9999.
 */
MUST_CHECK bool console_stamp_take(const char **cursor, struct console_stamp *stamp,
                                   struct err *err);

/*
 * The moment a line means, and the clock goes on to it. A bare time 12 hours or more
 * before the clock is the next day; anything else before it leaves the clock where it
 * is. False with err: a bare time and no date before it.
 */
MUST_CHECK bool console_clock_follow(struct console_clock *clock,
                                     const struct console_stamp *stamp, int64_t *at_ms,
                                     struct err *err);
