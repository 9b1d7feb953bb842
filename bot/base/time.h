/*
 * Moments are milliseconds since 1970, UTC (`_ms`). This file alone knows zones: a
 * person's is not the process's, so TZ is switched and cached by name (one thread).
 * tzdata must be there. Only bot/clock.c asks time_now_ms (and the store, for its lock
 * and its schema's history, which a transcript's clock is no use to): everybody else
 * gets the time from the turn.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "bot/base/arena.h"

#define TIME_SECOND_MS ((int64_t)1000)
#define TIME_MINUTE_MS (60 * TIME_SECOND_MS)
#define TIME_HOUR_MS   (60 * TIME_MINUTE_MS)
#define TIME_DAY_MS    (24 * TIME_HOUR_MS)
#define TIME_NONE      INT64_MIN /* an absent moment; NULL in the store and in exports */

/* The parts of a moment in a zone. month and day count from 1, weekday from 0 = Monday.
 */
struct time_parts {
    int year, month, day, hour, minute, second, weekday;
    int offset_s;     /* east of Greenwich */
    const char *zone; /* abbreviation, "CET"; in the arena */
};

int64_t time_now_ms(void);
int64_t time_steady_ms(void); /* monotonic, for measuring only */

bool time_zone_is_known(const char *zone); /* "Europe/Oslo", "UTC"; NULL is not */
bool time_has_zones(void);                 /* false where tzdata is missing */

/* The abbreviation of a zone that has only numbers is made up: "UTC+8". Without an
 * arena (NULL) it is left out. */
void time_split(struct arena *arena, int64_t at_ms, const char *zone,
                struct time_parts *parts);
/* A skipped time moves forward, a doubled one is the first. Fields may overflow (day
 * 32). */
int64_t time_join(const struct time_parts *parts, const char *zone);
int time_month_days(int year, int month); /* month 1 to 12 */

/* Monday and January first; NULL-ended. */
extern const char *const time_day_names[], *const time_month_names[];
/* Does a month stand there, or three letters of it: "nov", "Sept."? */
bool time_is_month(const char *at);

/* For people. An unknown or NULL zone is read as UTC. */
char *time_clock(struct arena *arena, int64_t at_ms, const char *zone); /* 02:44 CET */
char *time_clock_bare(struct arena *arena, int64_t at_ms, const char *zone); /* 02:44 */
/* 10:31 in Singapore; as time_clock where the zone names no place. */
char *time_clock_place(struct arena *arena, int64_t at_ms, const char *zone);
/* " (10:31 in Singapore)"; "" where the clock there shows what the one here does. */
const char *time_there(struct arena *arena, int64_t at_ms, const char *there,
                       const char *here);
char *time_day(struct arena *arena, int64_t at_ms, const char *zone); /* Thu 12 March */
/* Likewise; with the year where it is another one than now: Fri 1 January 2027 */
char *time_day_near(struct arena *arena, int64_t at_ms, int64_t now_ms,
                    const char *zone);
char *time_day_long(struct arena *arena, int64_t at_ms,
                    const char *zone); /* Thursday 12 March 2026 */
/* 02:44 CET; with the day where it is another day than now: Fri 20 March, 02:44 CET */
char *time_near(struct arena *arena, int64_t at_ms, int64_t now_ms, const char *zone);
/* 40 s, 2 min, 60 min, 1 h 19 min, 2 h, 24 h 14 min, 3 d 2 h: rounded down; below a
 * second it is 0 s. */
char *time_span(struct arena *arena, int64_t span_ms);

/* For machines. */
char *time_rfc3339(struct arena *arena, int64_t at_ms); /* 2026-11-22T03:10:30Z */
char *time_rfc3339_exact(struct arena *arena,
                         int64_t at_ms); /* 2026-11-22T03:10:30.000Z */

/*
 * Reads a TIME of the commands: 14:05, yesterday 14:05, 2026-12-01 14:05, RFC 3339;
 * days also as in "last Friday 14:05", "20 November 14:05", "14:05 on Nov 20", "20.11.
 * 14:05", "last night 23:10", clocks as in "14h05", "14:05 h", "2 p.m.".
 * Takes as many of the words at *cursor as belong to it and moves *cursor behind them
 * (blanks too). A bare clock time means the latest past one, or with `ahead` the next
 * future one. "8:50am" and "8 pm" are clock times, too; without `ahead` also "8.50",
 * "at 14:05", "around 8am", "~14:05", "10 min ago" and "10m". False: no time here,
 * *cursor unmoved. Years outside 1970..9999 are no time.
 */
bool time_read(const char **cursor, const char *zone, int64_t now_ms, bool ahead,
               int64_t *at_ms);

/*
 * Reads a WHEN: all of TIME, and 20m, 1h30m, 3d, 2w, "10 minutes" (from now), friday,
 * tomorrow, 2026-12-01, "4 December". Clock times without a day are the next ones. A
 * weekday is the next after today. *is_day says that a day was named without a time;
 * at_ms then is that day's 17:00 in the zone.
 */
bool time_read_when(const char **cursor, const char *zone, int64_t now_ms,
                    int64_t *at_ms, bool *is_day);

/*
 * Takes the name of a zone as it stands behind a clock time: Z, UTC, GMT; what the
 * clocks of `zones` (a list that ends with NULL) are called this year, of which the
 * first counts; a well-known one: "CET", "PDT".
 */
bool time_take_zone(const char **cursor, const char *const *zones, int64_t now_ms,
                    const char **zone);

/* Takes a span as people write it ("20m", "1 hour 30 minutes", "two days") from
 * *cursor; what follows is the caller's to look at. False, also where it is too long,
 * moves nothing.
 */
bool time_take_span(const char **cursor, int64_t *span_ms);

/* Likewise the moment before now that "10 min ago", "10m", and "10 minutes" where
 * nothing follows, mean. */
bool time_take_ago(const char **cursor, int64_t now_ms, int64_t *at_ms);

/* Reads 20m, 1h30m, 3d, 2w, 90s; the whole string must be one. At most 100 years of 365
 * days. */
bool time_read_span(const char *string, int64_t *span_ms);

/* Reads RFC 3339 or "2026-11-22 03:10:00" (that in UTC), the whole string. */
bool time_read_stamp(const char *string, int64_t *at_ms);

/* The next moment after `now_ms` at which it is hour:minute in the zone. */
int64_t time_next(int64_t now_ms, const char *zone, int hour, int minute);
/* `days` working days (Monday to Friday) after the day of at_ms, at 17:00 there. */
int64_t time_add_working_days(int64_t at_ms, const char *zone, int days);
/* True from `from_hour` to before `to_hour` there; the span may go over midnight. Two
 * equal hours are an empty span. */
bool time_is_between(int64_t at_ms, const char *zone, int from_hour, int to_hour);
