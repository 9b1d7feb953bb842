/* The part of time.h that reads what people and platforms write. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time_read_inner.h"

#define LAST_MS      ((int64_t)253402300799999) /* the end of the year 9999 */
#define DAY_END_HOUR 17
#define NOON_HOUR    12

static bool byte_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool moment_is_sane(int64_t at_ms)
{
    return at_ms >= 0 && at_ms <= LAST_MS;
}

bool time_take_digits(const char **at, int least, int most, int *value)
{
    const char *from = *at;
    int count = 0, sum = 0;
    while (count < most && byte_is_digit(*from)) {
        sum = sum * 10 + (*from - '0');
        count++;
        from++;
    }
    if (count < least || byte_is_digit(*from)) {
        return false;
    }
    *at = from;
    *value = sum;
    return true;
}

static bool byte_take(const char **at, char byte)
{
    if (**at != byte) {
        return false;
    }
    ++*at;
    return true;
}

bool time_take_word(const char **at, const char *word)
{
    size_t length = strlen(word);
    if (!text_starts(*at, word) || !text_word_ends(*at + length)) {
        return false;
    }
    *at += length;
    return true;
}

/* 14:05, 9:05, 14:05:30; RFC 3339 also knows a leap second, :60. Of 9.05 `mark` is
 * the dot. */
static bool clock_take(const char **at, char mark, int last_second,
                       struct time_parts *parts)
{
    const char *from = *at;
    parts->second = 0;
    bool is_read = time_take_digits(&from, 1, 2, &parts->hour) &&
                   byte_take(&from, mark) &&
                   time_take_digits(&from, 2, 2, &parts->minute);
    if (is_read && byte_take(&from, ':')) {
        is_read = time_take_digits(&from, 2, 2, &parts->second);
    }
    if (!is_read || parts->hour > 23 || parts->minute > 59 ||
        parts->second > last_second) {
        return false;
    }
    *at = from;
    return true;
}

/* ".5", ".250", ".123456": what is finer than a millisecond is dropped. */
static bool fraction_take(const char **at, int *ms)
{
    *ms = 0;
    if (!byte_take(at, '.')) {
        return true;
    }
    int count = 0;
    for (; byte_is_digit(**at); ++*at, count++) {
        if (count < 3) {
            *ms = *ms * 10 + (**at - '0');
        }
    }
    for (int i = count; i < 3; i++) {
        *ms *= 10;
    }
    return count > 0;
}

/* Z, +02:00, -03:30. */
static bool offset_take(const char **at, int *offset_s)
{
    *offset_s = 0;
    if (byte_take(at, 'Z') || byte_take(at, 'z')) {
        return true;
    }
    int sign = **at == '-' ? -1 : 1;
    int hours = 0, minutes = 0;
    bool is_read = (byte_take(at, '+') || byte_take(at, '-')) &&
                   time_take_digits(at, 2, 2, &hours) && byte_take(at, ':') &&
                   time_take_digits(at, 2, 2, &minutes);
    *offset_s = sign * (hours * 3600 + minutes * 60);
    return is_read && hours <= 23 && minutes <= 59;
}

/* What follows the T of RFC 3339: full time and offset. The date is in `parts`. */
static bool stamp_take(const char **at, struct time_parts *parts, int64_t *at_ms)
{
    const char *from = *at;
    const char *clock = from;
    int ms = 0, offset_s = 0;
    bool is_read = clock_take(&from, ':', 60, parts) && fraction_take(&from, &ms) &&
                   offset_take(&from, &offset_s);
    if (!is_read || clock[2] != ':' || clock[5] != ':') {
        return false;
    }
    *at_ms = time_join(parts, "UTC") + ms - offset_s * TIME_SECOND_MS;
    *at = from;
    return moment_is_sane(*at_ms);
}

/* One of the words, with a blank before it or none. */
static bool suffix_take(const char **at, const char *const *words)
{
    const char *from = text_skip(*at);
    for (; *words != NULL; words++) {
        if (time_take_word(&from, *words)) {
            *at = from;
            return true;
        }
    }
    return false;
}

/* "am", "pm" behind a clock of twelve hours. */
static bool half_take(const char **at, struct time_parts *parts)
{
    static const char *const after_noon[] = {"pm", "p.m.", NULL};
    static const char *const before_noon[] = {"am", "a.m.", NULL};
    const char *from = *at;
    bool is_pm = suffix_take(&from, after_noon);
    if ((!is_pm && !suffix_take(&from, before_noon)) || parts->hour < 1 ||
        parts->hour > 12) {
        return false;
    }
    parts->hour = parts->hour % 12 + (is_pm ? 12 : 0);
    *at = from;
    return true;
}

/* "14h30"; "2h30" may be so long ago. */
static bool french_take(const char **at, struct time_parts *parts)
{
    const char *from = *at;
    parts->second = 0;
    if (!time_take_digits(&from, 2, 2, &parts->hour) ||
        !(byte_take(&from, 'h') || byte_take(&from, 'H')) ||
        !time_take_digits(&from, 2, 2, &parts->minute) || parts->hour > 23 ||
        parts->minute > 59) {
        return false;
    }
    *at = from;
    return true;
}

bool time_is_clock_like(const char *at)
{
    const char *from = at;
    while (byte_is_digit(*from)) {
        from++;
    }
    return from > at && *from == ':';
}

/* As people say it: 14:05, 8:50am, 8 p.m., 14:05 h, 14h05; 8.50 of what happened, for
 * of what is planned it may be an amount, and of "8.50 14:05" a date. */
static bool said_take(const char **at, bool ahead, struct time_parts *parts)
{
    static const char *const hours[] = {"h", "hrs", "uhr", NULL};
    const char *from = *at;
    bool is_read = clock_take(&from, ':', 59, parts) || french_take(&from, parts) ||
                   (!ahead && clock_take(&from, '.', 59, parts) &&
                    !time_is_clock_like(text_skip(from)));
    if (is_read) {
        (void)(half_take(&from, parts) || suffix_take(&from, hours));
    } else {
        parts->minute = parts->second = 0;
        is_read =
            time_take_digits(&from, 1, 2, &parts->hour) && half_take(&from, parts);
    }
    /* "14:05Z" is let pass: time_take_zone takes the letter. */
    bool is_zulu = (*from == 'Z' || *from == 'z') && text_word_ends(from + 1);
    if (!is_read || (!text_word_ends(from) && !is_zulu)) {
        return false;
    }
    *at = from;
    return true;
}

/* The latest one of the night: said in the evening, the last one is over since noon. */
static int64_t night_join(struct time_parts *parts, const struct time_reader *reader,
                          enum time_part part)
{
    struct time_parts noon = *parts;
    noon.hour = NOON_HOUR;
    noon.minute = noon.second = 0;
    int64_t noon_ms = time_join(&noon, reader->zone);
    int64_t end_ms =
        part == PART_LAST_NIGHT && noon_ms < reader->now_ms ? noon_ms : reader->now_ms;
    int64_t at_ms = time_join(parts, reader->zone);
    if (at_ms <= end_ms) {
        return at_ms;
    }
    parts->day -= 1;
    return time_join(parts, reader->zone);
}

/* "friday 10:05" said on a Friday at nine is the last one's. Below zero: it is none of
 * the hours that were named. */
static int64_t join(struct time_parts *parts, const struct time_reader *reader,
                    int weekday, enum time_part part)
{
    if (!time_part_has(part, parts->hour)) {
        return -1;
    }
    if (part == PART_TONIGHT || part == PART_LAST_NIGHT) {
        return night_join(parts, reader, part);
    }
    int64_t at_ms = time_join(parts, reader->zone);
    if (weekday < 0 || reader->ahead || at_ms <= reader->now_ms) {
        return at_ms;
    }
    parts->day -= 7;
    return time_join(parts, reader->zone);
}

/* A clock time alone: today's, or the day's before or after that is on the right side
 * of now; or with its day behind it, "18:00 yesterday". */
static bool bare_clock_read(const char **at, const struct time_reader *reader,
                            int64_t *at_ms)
{
    struct time_parts parts, day;
    time_split(NULL, reader->now_ms, reader->zone, &parts);
    if (!said_take(at, reader->ahead, &parts)) {
        return false;
    }
    const char *behind = text_skip(*at);
    enum time_part part = PART_ALL;
    bool has_day = time_take_day_behind(&behind, reader, &day, &part);
    if (has_day) {
        *at = behind;
        parts.year = day.year;
        parts.month = day.month;
        parts.day = day.day;
    }
    *at_ms = join(&parts, reader, has_day ? day.weekday : -1, part);
    bool is_past = *at_ms <= reader->now_ms;
    if (!has_day && is_past == reader->ahead) {
        parts.day += reader->ahead ? 1 : -1;
        *at_ms = time_join(&parts, reader->zone);
    }
    return moment_is_sane(*at_ms);
}

/* A day with a time behind it; or, where `is_day` asks for it, without one. */
static bool day_read(const char **at, const struct time_reader *reader, int64_t *at_ms,
                     bool *is_day)
{
    struct time_parts parts = {0};
    enum time_part part = PART_ALL;
    if (!time_take_day(at, reader, &parts, &part)) {
        return false;
    }
    if (byte_take(at, 'T') || byte_take(at, 't')) {
        return stamp_take(at, &parts, at_ms) && text_word_ends(*at);
    }
    if (!text_word_ends(*at)) {
        return false;
    }
    const char *clock = text_skip(*at);
    if (time_take_word(&clock, "at")) {
        clock = text_skip(clock);
    }
    if (said_take(&clock, reader->ahead, &parts)) {
        *at = clock;
    } else if (!is_day || time_is_clock_like(clock)) {
        return false;
    } else {
        parts.hour = DAY_END_HOUR;
        parts.minute = parts.second = 0;
        *is_day = true;
    }
    *at_ms = join(&parts, reader, parts.weekday, part);
    return moment_is_sane(*at_ms);
}

/* "at 8:50", "since about 8:50", "just now", of what happened. */
static void at_skip(const char **at)
{
    static const char *const words[] = {"at",     "just", "right", "since", "about",
                                        "around", "ca.",  "ca",    "approx"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (time_take_word(at, words[i])) {
            *at = text_skip(*at);
        }
    }
    *at += **at == '~';
}

bool time_read(const char **cursor, const char *zone, int64_t now_ms, bool ahead,
               int64_t *at_ms)
{
    struct time_reader reader = {.zone = zone, .now_ms = now_ms, .ahead = ahead};
    const char *start = text_skip(*cursor);
    if (!ahead) {
        at_skip(&start);
    }
    const char *at = start;
    int64_t found_ms = 0;
    bool is_read = bare_clock_read(&at, &reader, &found_ms);
    if (!is_read) {
        at = start;
        is_read = day_read(&at, &reader, &found_ms, NULL);
    }
    if (!is_read && !ahead) {
        at = start;
        is_read = time_take_ago(&at, now_ms, &found_ms);
    }
    if (!is_read && !ahead && time_take_word(&at, "now")) {
        found_ms = now_ms;
        is_read = true;
    }
    if (!is_read) {
        return false;
    }
    *cursor = text_skip(at);
    *at_ms = found_ms;
    return true;
}

bool time_read_when(const char **cursor, const char *zone, int64_t now_ms,
                    int64_t *at_ms, bool *is_day)
{
    *is_day = false;
    if (time_read(cursor, zone, now_ms, true, at_ms)) {
        return true;
    }
    struct time_reader reader = {.zone = zone, .now_ms = now_ms, .ahead = true};
    const char *start = text_skip(*cursor);
    const char *at = start;
    int64_t found_ms = 0;
    bool is_read = time_take_span(&at, &found_ms) && text_word_ends(at);
    found_ms += now_ms;
    if (!is_read) {
        at = start;
        is_read = day_read(&at, &reader, &found_ms, is_day);
    }
    if (!is_read || !moment_is_sane(found_ms)) {
        *is_day = false;
        return false;
    }
    *cursor = text_skip(at);
    *at_ms = found_ms;
    return true;
}

bool time_read_stamp(const char *string, int64_t *at_ms)
{
    struct time_parts parts = {0};
    int64_t found_ms = 0;
    if (!time_take_date(&string, &parts)) {
        return false;
    }
    bool is_read = false;
    if (byte_take(&string, 'T') || byte_take(&string, 't')) {
        is_read = stamp_take(&string, &parts, &found_ms);
    } else if (byte_take(&string, ' ')) {
        const char *clock = string;
        is_read = clock_take(&string, ':', 59, &parts) && string - clock == 8;
        found_ms = time_join(&parts, "UTC");
    }
    if (!is_read || *string || !moment_is_sane(found_ms)) {
        return false;
    }
    *at_ms = found_ms;
    return true;
}
