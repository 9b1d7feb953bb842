/*
 * What the readers of times share: by whose clock, and the small pieces.
 */
#pragma once

#include "bot/base/time.h"

/* By whose clock words are read. What is planned lies ahead, what happened does not. */
struct time_reader {
    const char *zone;
    int64_t now_ms;
    bool ahead;
};

/* Which hours of a day were named; of a night they may be those of two days. */
enum time_part {
    PART_ALL,
    PART_MORNING,
    PART_AFTERNOON,
    PART_EVENING,
    PART_TONIGHT,
    PART_LAST_NIGHT
};

/* Takes `least` to `most` digits (at most nine), if no other digit follows. */
bool time_take_digits(const char **at, int least, int most, int *value);
/* Case does not matter; a blank or the end must follow. */
bool time_take_word(const char **at, const char *word);
/* "14:05", and "25:00": behind a day it is a slip and not the first word of what
 * follows. */
bool time_is_clock_like(const char *at);
/* 2026-12-01; what follows is the caller's to look at. */
bool time_take_date(const char **at, struct time_parts *parts);

/*
 * Takes a day as people write it, and sets its year, month and day: 2026-12-01,
 * yesterday, today, tomorrow (ahead), friday, "fri", of what happened "on fri", "last
 * Friday", "this morning", "last night", "yesterday evening", too; "20 November", "Nov
 * 20th, 2026", "Fri 20 November", "20.11.". A comma may end it. A blank or the end
 * stands behind it, or the T of RFC 3339. Without a year it is the one that lies on the
 * right side of now, if that is not most of a year away: else the one on the other.
 * weekday is set where nothing but a weekday was named, else -1. The hours are not
 * looked at.
 */
bool time_take_day(const char **at, const struct time_reader *reader,
                   struct time_parts *parts, enum time_part *part);
/* Behind a clock time less is a day, for other words may follow: yesterday, today, what
 * is planned for tomorrow or a weekday; of the others a whole date, and a weekday with
 * "on" or "last" before it, or nothing behind it. */
bool time_take_day_behind(const char **at, const struct time_reader *reader,
                          struct time_parts *parts, enum time_part *part);
/* Is the hour one of the part's? */
bool time_part_has(enum time_part part, int hour);
