/* The part of time.h that reads spans. */
#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"

#define LONGEST_MS  (36500 * TIME_DAY_MS)
#define MOST_DIGITS 9

static const struct {
    const char *names;
    int64_t ms;
} units[] = {{" w week weeks ", 7 * TIME_DAY_MS},
             {" d day days ", TIME_DAY_MS},
             {" h hr hrs hour hours ", TIME_HOUR_MS},
             {" m min mins minute minutes ", TIME_MINUTE_MS},
             {" s sec secs second seconds ", TIME_SECOND_MS}};

#define NAME_MOST 13

/* The letters at `at`, lower case, between two blanks; 0: too many for a unit. */
static size_t name_read(const char *at, char name[NAME_MOST + 3])
{
    size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    if (length > NAME_MOST) {
        return 0;
    }
    memset(name, 0, NAME_MOST + 3);
    name[0] = ' ';
    name[length + 1] = ' ';
    for (size_t i = 0; i < length; i++) {
        name[i + 1] = (char)(at[i] | 0x20); /* the ASCII letters differ by that bit */
    }
    return length;
}

/* The name of a unit, the whole run of letters: m, min, minutes. */
static bool unit_take(const char **at, int64_t *unit_ms)
{
    char name[NAME_MOST + 3];
    size_t length = name_read(*at, name);

    for (size_t i = 0; length > 0 && i < sizeof(units) / sizeof(units[0]); i++) {
        if (strstr(units[i].names, name) != NULL) {
            *unit_ms = units[i].ms;
            *at += length;
            return true;
        }
    }
    return false;
}

/* ".5" of "1.5h", in thousandths; a comma in other languages. */
static int64_t fraction_skip(const char **at)
{
    const char *from = *at;
    int64_t part = 0, worth = 100;

    if ((*from != '.' && *from != ',') || !isdigit((unsigned char)from[1])) {
        return 0;
    }
    for (from++; isdigit((unsigned char)*from); from++, worth /= 10) {
        part += (*from - '0') * worth;
    }
    *at = from;
    return part;
}

/* One number and its unit; a blank between them where people write (`is_loose`). */
static bool amount_take(const char **at, bool is_loose, int64_t *unit_ms,
                        int64_t *amount_ms)
{
    const char *from = *at;
    int64_t number = 0, part = 0;
    size_t digits = 0;

    for (; isdigit((unsigned char)*from); from++, digits++) {
        number = digits < MOST_DIGITS ? number * 10 + (*from - '0') : 0;
    }
    if (digits == 0 || digits > MOST_DIGITS) {
        return false;
    }
    if (is_loose) {
        part = fraction_skip(&from);
        from = text_skip(from);
    }
    if (!unit_take(&from, unit_ms)) {
        return false;
    }
    *at = from;
    *amount_ms = number * *unit_ms + part * (*unit_ms / 1000);
    return true;
}

static bool word_skip(const char **at, const char *word)
{
    const char *behind = *at + strlen(word);

    if (!text_starts(*at, word) || !text_is_blank(*behind)) {
        return false;
    }
    *at = text_skip(behind);
    return true;
}

/* "a", "an", "one" to "twenty": as people write small numbers. */
static bool number_word_take(const char **at, int64_t *number)
{
    static const struct {
        const char *word;
        int64_t number;
    } words[] = {{"a", 1},    {"an", 1},   {"one", 1},      {"two", 2},    {"three", 3},
                 {"four", 4}, {"five", 5}, {"six", 6},      {"seven", 7},  {"eight", 8},
                 {"nine", 9}, {"ten", 10}, {"fifteen", 15}, {"twenty", 20}};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (word_skip(at, words[i].word)) {
            *number = words[i].number;
            return true;
        }
    }
    return false;
}

/* "an hour", "two days", "half an hour". */
static bool worded_take(const char **at, int64_t *unit_ms, int64_t *amount_ms)
{
    const char *from = *at;
    bool is_half = word_skip(&from, "half");
    int64_t number = 0;
    bool is_number = number_word_take(&from, &number);
    const char *unit = from;

    if (!is_number || (is_half && number > 1) || !unit_take(&from, unit_ms) ||
        from - unit < 2) {
        return false;
    }
    *at = from;
    *amount_ms = number * *unit_ms / (is_half ? 2 : 1);
    return true;
}

/* In falling units. Loose: "1 hour 30 minutes" and "half an hour", too. */
static bool span_take(const char **at, bool is_loose, int64_t *span_ms)
{
    const char *from = *at;
    int64_t last_ms = INT64_MAX, unit_ms = 0, amount_ms = 0;

    *span_ms = 0;
    while ((amount_take(&from, is_loose, &unit_ms, &amount_ms) ||
            (is_loose && worded_take(&from, &unit_ms, &amount_ms))) &&
           unit_ms < last_ms) {
        last_ms = unit_ms;
        *span_ms += amount_ms;
        *at = from;
        if (is_loose) {
            from = text_skip(from);
        }
    }
    return last_ms < INT64_MAX && *span_ms <= LONGEST_MS;
}

bool time_take_span(const char **cursor, int64_t *span_ms)
{
    const char *at = *cursor;

    if (!span_take(&at, true, span_ms)) {
        return false;
    }
    *cursor = at;
    return true;
}

bool time_read_span(const char *string, int64_t *span_ms)
{
    int64_t found_ms = 0;
    if (!span_take(&string, false, &found_ms) || *string) {
        return false;
    }
    *span_ms = found_ms;
    return true;
}

bool time_take_ago(const char **cursor, int64_t now_ms, int64_t *at_ms)
{
    const char *at = *cursor;
    int64_t span_ms = 0;
    if (!span_take(&at, true, &span_ms) || !text_word_ends(at) || span_ms > now_ms) {
        return false;
    }
    const char *behind = text_skip(at);
    bool is_one_word = strcspn(*cursor, " \t\r\n") == (size_t)(at - *cursor);
    if (text_starts(behind, "ago") && text_word_ends(behind + strlen("ago"))) {
        at = behind + strlen("ago");
    } else if ((!is_one_word && *behind != '\0') || span_ms % TIME_MINUTE_MS != 0) {
        return false; /* "503s in the logs" */
    }
    *cursor = at;
    *at_ms = now_ms - span_ms;
    return true;
}
