#include "adapters/console_clock.h"

#include <stddef.h>

#include "bot/base/time.h"

#define FIRST_YEAR 1970
#define LAST_YEAR  9999

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* Exactly `digits` digits, their number at most `most`. */
static bool take_number(const char **cursor, int digits, int most, int *number)
{
    int value = 0;
    for (int i = 0; i < digits; i++) {
        if (!is_digit((*cursor)[i])) {
            return false;
        }
        value = value * 10 + ((*cursor)[i] - '0');
    }
    *cursor += digits;
    *number = value;
    return value <= most;
}

static bool take_byte(const char **cursor, char byte)
{
    if (**cursor != byte) {
        return false;
    }
    (*cursor)++;
    return true;
}

/* Days from 1970-01-01, by the count of leap days before the year. */
static int64_t days_from_date(int year, int month, int day)
{
    int64_t before = year - 1;
    int64_t days = before * 365 + before / 4 - before / 100 + before / 400 - 719162;
    for (int i = 1; i < month; i++) {
        days += time_month_days(year, i);
    }
    return days + day - 1;
}

static bool take_date(const char **cursor, int64_t *days)
{
    int year = 0, month = 0, day = 0;
    bool is_date = take_number(cursor, 4, LAST_YEAR, &year) && take_byte(cursor, '-') &&
                   take_number(cursor, 2, 12, &month) && take_byte(cursor, '-') &&
                   take_number(cursor, 2, 31, &day);
    if (!is_date || month == 0 || day == 0 || day > time_month_days(year, month)) {
        return false;
    }
    *days = days_from_date(year, month, day);
    return true;
}

/* Behind the seconds: ".5", ".123456"; what is finer than a millisecond is dropped. */
static int take_fraction(const char **cursor)
{
    int fraction_ms = 0;
    if ((*cursor)[0] != '.' || !is_digit((*cursor)[1])) {
        return 0;
    }
    (*cursor)++;
    for (int weight_ms = 100; is_digit(**cursor); weight_ms /= 10) {
        fraction_ms += (**cursor - '0') * weight_ms;
        (*cursor)++;
    }
    return fraction_ms;
}

static bool take_clock(const char **cursor, int64_t *clock_ms)
{
    int hour = 0, minute = 0, second = 0, fraction_ms = 0;
    if (!take_number(cursor, 2, 23, &hour) || !take_byte(cursor, ':') ||
        !take_number(cursor, 2, 59, &minute)) {
        return false;
    }
    if (take_byte(cursor, ':')) {
        if (!take_number(cursor, 2, 60, &second)) {
            return false;
        }
        fraction_ms = take_fraction(cursor);
    }
    *clock_ms = hour * TIME_HOUR_MS + minute * TIME_MINUTE_MS +
                second * TIME_SECOND_MS + fraction_ms;
    return true;
}

/* Z, +01:00, or nothing for UTC. */
static bool take_offset(const char **cursor, int *offset_s)
{
    *offset_s = 0;
    if (take_byte(cursor, 'Z') || take_byte(cursor, 'z')) {
        return true;
    }
    int sign = **cursor == '-' ? -1 : 1;
    if (!take_byte(cursor, '+') && !take_byte(cursor, '-')) {
        return true;
    }
    int hours = 0, minutes = 0;
    if (!take_number(cursor, 2, 23, &hours) || !take_byte(cursor, ':') ||
        !take_number(cursor, 2, 59, &minutes)) {
        return false;
    }
    *offset_s = sign * (hours * 3600 + minutes * 60);
    return true;
}

/* A date, T or a blank, a time, perhaps an offset. */
static bool take_moment(const char **cursor, struct console_stamp *stamp)
{
    int64_t days = 0;
    if (!take_date(cursor, &days)) {
        return false;
    }
    if (!take_byte(cursor, 'T') && !take_byte(cursor, 't') && !take_byte(cursor, ' ')) {
        return false;
    }
    if (!take_clock(cursor, &stamp->clock_ms) ||
        !take_offset(cursor, &stamp->offset_s)) {
        return false;
    }
    stamp->has_date = true;
    stamp->at_ms =
        days * TIME_DAY_MS + stamp->clock_ms - stamp->offset_s * TIME_SECOND_MS;
    return true;
}

static bool stamp_is_sane(const struct console_stamp *stamp)
{
    int64_t end_ms = days_from_date(LAST_YEAR + 1, 1, 1) * TIME_DAY_MS;
    return !stamp->has_date || (stamp->at_ms >= 0 && stamp->at_ms < end_ms);
}

bool console_stamp_take(const char **cursor, struct console_stamp *stamp,
                        struct err *err)
{
    const char *at = *cursor;
    bool has_date = is_digit(at[0]) && is_digit(at[1]) && is_digit(at[2]);
    *stamp = (struct console_stamp){0};
    bool is_read =
        has_date ? take_moment(&at, stamp) : take_clock(&at, &stamp->clock_ms);
    if (!is_read || !is_blank(*at)) {
        return err_set(err, ERR_BROKEN,
                       "a line begins with its time: 2026-11-22T03:10:30Z, "
                       "2026-11-22 03:10:30 or 03:10");
    }
    if (!stamp_is_sane(stamp)) {
        return err_set(err, ERR_BROKEN, "the year has to be %d to %d", FIRST_YEAR,
                       LAST_YEAR);
    }
    while (is_blank(*at)) {
        at++;
    }
    *cursor = at;
    return true;
}

/* Midnight before the moment, at the clock's offset. */
static int64_t midnight_before(const struct console_clock *clock)
{
    int64_t there_ms = clock->now_ms + clock->offset_s * TIME_SECOND_MS;
    int64_t day_ms = there_ms % TIME_DAY_MS;
    return clock->now_ms - (day_ms < 0 ? day_ms + TIME_DAY_MS : day_ms);
}

bool console_clock_follow(struct console_clock *clock,
                          const struct console_stamp *stamp, int64_t *at_ms,
                          struct err *err)
{
    if (stamp->has_date) {
        *at_ms = stamp->at_ms;
        clock->offset_s = stamp->offset_s;
    } else if (clock->now_ms == TIME_NONE) {
        return err_set(err, ERR_BROKEN,
                       "the first line needs a date: 2026-11-22 03:10:30");
    } else {
        *at_ms = midnight_before(clock) + stamp->clock_ms;
        if (clock->now_ms - *at_ms >= 12 * TIME_HOUR_MS) {
            *at_ms += TIME_DAY_MS;
        }
    }
    if (clock->now_ms == TIME_NONE || *at_ms > clock->now_ms) {
        clock->now_ms = *at_ms;
    }
    return true;
}
