/* Days as people write them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bot/base/text.h"
#include "bot/base/time_read_inner.h"

#define NAME_LEAST 3  /* letters: "Mon", "sept" */
#define YEARS_NEAR 10 /* "20 Nov 5000 nodes died" names no year */
#define MONTHS_FAR 10 /* "by Nov 20", said two days later, is not next year's */

int time_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

static bool is_date(const struct time_parts *parts)
{
    return parts->year >= 1969 && parts->month >= 1 && parts->month <= 12 &&
           parts->day >= 1 && parts->day <= time_month_days(parts->year, parts->month);
}

bool time_take_date(const char **at, struct time_parts *parts)
{
    const char *from = *at;
    bool is_read = time_take_digits(&from, 4, 4, &parts->year) && *from++ == '-' &&
                   time_take_digits(&from, 2, 2, &parts->month) && *from++ == '-' &&
                   time_take_digits(&from, 2, 2, &parts->day);
    if (!is_read || !is_date(parts)) {
        return false;
    }
    *at = from;
    return true;
}

/* Behind a part of a date: one sign of `signs`, if it stands there, and a blank or the
 * end. */
static bool part_ends(const char **at, const char *signs)
{
    const char *from = *at;
    from += *from != '\0' && strchr(signs, *from) != NULL;
    if (!text_word_ends(from)) {
        return false;
    }
    *at = from;
    return true;
}

/* A name, or how it begins: "Nov", "sept.", "thurs". */
static bool name_take(const char **at, const char *const *names, int *which)
{
    size_t length = 0;
    while (text_is_letter((*at)[length])) {
        length++;
    }
    for (int i = 0; length >= NAME_LEAST && names[i] != NULL; i++) {
        const char *behind = *at + length;
        if (length <= strlen(names[i]) && strncasecmp(*at, names[i], length) == 0 &&
            part_ends(&behind, ".,")) {
            *at = behind;
            *which = i;
            return true;
        }
    }
    return false;
}

bool time_is_month(const char *at)
{
    int month;
    return name_take(&at, time_month_names, &month);
}

/* "20", "20.", "20th", "20,". */
static bool number_take(const char **at, int *day)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    const char *from = *at;
    if (!time_take_digits(&from, 1, 2, day)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (text_starts(from, endings[i])) {
            from += strlen(endings[i]);
            break;
        }
    }
    if (!part_ends(&from, ".,")) {
        return false;
    }
    *at = from;
    return true;
}

/* The year that was left out; of 29 February the nearest that has one. What would be
 * further off than MONTHS_FAR lies on the other side of now. */
static bool year_find(const struct time_reader *reader, struct time_parts *parts)
{
    struct time_parts now;
    time_split(NULL, reader->now_ms, reader->zone, &now);
    int today = now.month * 100 + now.day, that = parts->month * 100 + parts->day;
    int step = reader->ahead ? 1 : -1;
    bool is_passed = reader->ahead ? that < today : that > today;
    int off = (parts->month - now.month) * step + (is_passed ? 12 : 0);
    parts->year = now.year + (is_passed ? step : 0);
    parts->year -= off > MONTHS_FAR ? step : 0;
    for (int i = 0; i < YEARS_NEAR && !is_date(parts); i++) {
        parts->year += step;
    }
    return is_date(parts);
}

/* "20 November", "20th of Nov", "November 20". */
static bool named_take(const char **at, int *day, int *month)
{
    const char *from = *at;
    bool is_read = false;
    if (number_take(&from, day)) {
        from = text_skip(from);
        if (time_take_word(&from, "of")) {
            from = text_skip(from);
        }
        is_read = name_take(&from, time_month_names, month);
    } else if (name_take(&from, time_month_names, month)) {
        from = text_skip(from);
        is_read = number_take(&from, day);
    }
    *month += 1;
    *at = is_read ? from : *at;
    return is_read;
}

/* "20.11.", with a year right behind it or none; "20.11 10:05". */
static bool dotted_take(const char **at, int *day, int *month)
{
    const char *from = *at;
    if (!time_take_digits(&from, 1, 2, day) || *from++ != '.' ||
        !time_take_digits(&from, 1, 2, month)) {
        return false;
    }
    if (*from != '.' &&
        !(text_is_blank(*from) && time_is_clock_like(text_skip(from)))) {
        return false;
    }
    *at = from + (*from == '.');
    return true;
}

/* "20 November", "Nov 20, 2026", "20.11.2026". */
static bool month_day_take(const char **at, const struct time_reader *reader,
                           struct time_parts *parts)
{
    const char *from = *at;
    int year = 0;
    if (!dotted_take(&from, &parts->day, &parts->month) &&
        !named_take(&from, &parts->day, &parts->month)) {
        return false;
    }
    parts->weekday = -1;
    if (!year_find(reader, parts)) {
        return false;
    }
    const char *behind = text_skip(from);
    if (time_take_digits(&behind, 4, 4, &year) && part_ends(&behind, ",") &&
        abs(year - parts->year) <= YEARS_NEAR) {
        parts->year = year;
        from = behind;
    }
    if (!is_date(parts) || !part_ends(&from, ",")) {
        return false;
    }
    *at = from;
    return true;
}

/* Today's parts, so many days on. */
static bool day_from_now(const struct time_reader *reader, int days,
                         struct time_parts *parts)
{
    time_split(NULL, reader->now_ms, reader->zone, parts);
    parts->weekday = -1;
    parts->day += days;
    return true;
}

/* The word, with a comma behind it or none. */
static bool word_take(const char **at, const char *word)
{
    const char *behind = *at + strlen(word);
    if (!text_starts(*at, word) || !part_ends(&behind, ",")) {
        return false;
    }
    *at = behind;
    return true;
}

static const struct {
    const char *words;
    int first, last; /* hours; of a night the evening's first, the morning's last */
} parts_of_day[] = {
    [PART_MORNING] = {"this morning", 0, 11},
    [PART_AFTERNOON] = {"this afternoon", 12, 18},
    [PART_EVENING] = {"this evening", 16, 23},
    [PART_TONIGHT] = {"tonight", 18, 8},
    [PART_LAST_NIGHT] = {"last night", 18, 8},
};

#define PARTS (sizeof(parts_of_day) / sizeof(parts_of_day[0]))

bool time_part_has(enum time_part part, int hour)
{
    int first = parts_of_day[part].first, last = parts_of_day[part].last;
    return part == PART_ALL || (first <= last ? hour >= first && hour <= last
                                              : hour >= first || hour <= last);
}

/* "evening" of "yesterday evening". */
static void part_take(const char **at, enum time_part *part)
{
    const char *from = text_skip(*at);
    for (size_t i = PART_MORNING; i <= PART_EVENING; i++) {
        if (word_take(&from, parts_of_day[i].words + strlen("this "))) {
            *part = (enum time_part)i;
            *at = from;
        }
    }
}

/* Parts of a day are of what happened: "until tomorrow morning" names no hour. */
static bool near_take(const char **at, const struct time_reader *reader,
                      struct time_parts *parts, enum time_part *part)
{
    *part = PART_ALL;
    if (word_take(at, "yesterday")) {
        if (!reader->ahead) {
            part_take(at, part);
        }
        return day_from_now(reader, -1, parts);
    }
    for (size_t i = PART_MORNING; !reader->ahead && i < PARTS; i++) {
        if (word_take(at, parts_of_day[i].words)) {
            *part = (enum time_part)i;
            return day_from_now(reader, 0, parts);
        }
    }
    return (word_take(at, "today") && day_from_now(reader, 0, parts)) ||
           (reader->ahead && word_take(at, "tomorrow") &&
            day_from_now(reader, 1, parts));
}

/* The next one after today; of what happened the last one, today's too but for "last
 * friday". "Fri 20 November" says which. */
static bool weekday_take(const char **at, const struct time_reader *reader,
                         bool is_last, struct time_parts *parts)
{
    struct time_parts now;
    int day;
    if (!name_take(at, time_day_names, &day)) {
        return false;
    }
    const char *behind = text_skip(*at);
    if (month_day_take(&behind, reader, parts)) {
        *at = behind;
        return true;
    }
    time_split(NULL, reader->now_ms, reader->zone, &now);
    int days = (day - now.weekday + 6) % 7 + 1;
    days -= reader->ahead ? 0 : is_last && days == 7 ? 14 : 7;
    (void)day_from_now(reader, days, parts);
    parts->weekday = day;
    return true;
}

/* "on", "last": what follows is a day. */
static bool lead_take(const char **at, bool ahead, bool *is_last)
{
    *is_last = !ahead && time_take_word(at, "last");
    if (!*is_last && !time_take_word(at, "on")) {
        return false;
    }
    *at = text_skip(*at);
    return true;
}

bool time_take_day(const char **at, const struct time_reader *reader,
                   struct time_parts *parts, enum time_part *part)
{
    const char *from = *at;
    bool is_last = false;
    if (near_take(at, reader, parts, part)) {
        return true;
    }
    if (time_take_date(at, parts)) {
        (void)part_ends(at, ",");
        parts->weekday = -1;
        return true;
    }
    if (!reader->ahead) { /* "away on friday" is not until then */
        (void)lead_take(&from, reader->ahead, &is_last);
    }
    if (weekday_take(&from, reader, is_last, parts) ||
        month_day_take(&from, reader, parts)) {
        *at = from;
        return true;
    }
    return false;
}

/* "08:05 1 may help": words that go on. */
static bool is_verb(const char *at)
{
    int day;
    if (!number_take(&at, &day)) {
        return false;
    }
    at = text_skip(at);
    return strncmp(at, "may ", 4) == 0 && isalpha((unsigned char)*text_skip(at + 4));
}

bool time_take_day_behind(const char **at, const struct time_reader *reader,
                          struct time_parts *parts, enum time_part *part)
{
    const char *from = *at;
    bool is_last;
    if (near_take(at, reader, parts, part)) {
        return true;
    }
    bool may_go_on = lead_take(&from, reader->ahead, &is_last) || reader->ahead;
    parts->weekday = -1;
    if (!(time_take_date(&from, parts) && text_word_ends(from)) &&
        (is_verb(from) || !month_day_take(&from, reader, parts)) &&
        !(weekday_take(&from, reader, is_last, parts) &&
          (may_go_on || text_is_empty(from)))) {
        return false;
    }
    *at = from;
    return true;
}
