/* A moment as an argument, read by the speaker's clock or by that of the zone they name
 * behind it. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/words_value.h"

#define DAY_REST_MS (7 * TIME_HOUR_MS) /* a day without a time is its 17:00 */
#define MOMENT_MOST 64 /* bytes; each word of a long text may be looked at */

static bool read_by(const struct reading *reading, bool ahead, const char *zone,
                    const char **cursor, struct command_value *value)
{
    int64_t now_ms = reading->turn->now_ms;

    return ahead ? time_read_when(cursor, zone, now_ms, &value->number, &value->is_day)
                 : time_read(cursor, zone, now_ms, false, &value->number);
}

/* "14:05 PDT", "14:05 PDT yesterday": what the bot writes, people write, too. By the
 * zone's clock it is read as if the zone stood nowhere. */
static bool read_zoned(const struct reading *reading, bool ahead, const char **cursor,
                       struct command_value *value)
{
    const char *zones[] = {reading->call->zone, turn_zone(reading->turn), NULL};
    const char *behind = *cursor, *begin, *end, *zone;
    size_t length;

    if (!read_by(reading, ahead, zones[0], &behind, value)) {
        return false;
    }
    length = (size_t)(behind - *cursor);
    if (time_take_zone(&behind, zones, reading->turn->now_ms, &zone)) {
        begin = end = arena_printf(reading->turn->arena, "%.*s%.*s", (int)length,
                                   *cursor, MOMENT_MOST, behind);
        if (!read_by(reading, ahead, zone, &end, value)) {
            return false;
        }
        behind += (size_t)(end - begin) > length ? (size_t)(end - begin) - length : 0;
    }
    *cursor = behind;
    return true;
}

/* A full stop only where it is not that of "Dec." or "Fri.". */
static bool is_mark(const char *at, char before)
{
    return (strchr(",;:", *at) != NULL && text_is_blank(at[1])) ||
           (*at == '.' && strchr("0123456789mM", before) != NULL &&
            text_word_ends(at + 1));
}

/* Where the next comma or the like ends a word, not far off; 0: nowhere. */
static size_t mark_find(const char *text, size_t from)
{
    for (size_t at = from; at < MOMENT_MOST && text[at] != '\0'; at++) {
        if (at > 0 && is_mark(text + at, text[at - 1])) {
            return at;
        }
    }
    return 0;
}

/* Up to the last mark before which all is one moment: "Dec 4, 2026, why it ended". */
static bool read_marked(const struct reading *reading, bool ahead, const char **cursor,
                        struct command_value *value)
{
    const char *start = *cursor;

    for (size_t at = mark_find(start, 0); at > 0; at = mark_find(start, at + 1)) {
        const char *before = arena_copy_n(reading->turn->arena, start, at);
        struct command_value read = *value;

        if (read_zoned(reading, ahead, &before, &read) && *before == '\0') {
            *value = read;
            *cursor = start + at + 1;
        }
    }
    return *cursor != start;
}

/* "friday, why it ended", "14:05: a deploy": the mark right behind a time is of
 * neither. "Fri 4 December, 10:05" is one moment, as we write it ourselves. */
static bool read_moment(const struct reading *reading, bool ahead, const char **cursor,
                        struct command_value *value)
{
    struct command_value whole = *value;
    const char *behind = *cursor;
    bool is_marked = read_marked(reading, ahead, cursor, value);

    if (!read_zoned(reading, ahead, &behind, &whole) ||
        (is_marked && behind <= text_skip(*cursor))) {
        return is_marked;
    }
    *value = whole;
    *cursor = behind;
    return true;
}

/* "in 5 min." ends a sentence, too. */
static bool read_ahead(const struct reading *reading, const char **cursor,
                       struct command_value *value)
{
    size_t length = strnlen(*cursor, MOMENT_MOST);
    const char *end = *cursor + length;
    const char *text;

    if (length == 0 || length == MOMENT_MOST || strchr(".!", end[-1]) == NULL) {
        return read_moment(reading, true, cursor, value);
    }
    text = arena_copy_n(reading->turn->arena, *cursor, length - 1);
    if (!read_moment(reading, true, &text, value) || *text_skip(text) != '\0') {
        return read_moment(reading, true, cursor, value);
    }
    *cursor = end;
    return true;
}

/* "20m" of "break for 20m". */
static const char *behind_for(const char *at)
{
    const char *span = words_past(at, "for");
    const char *end = span;
    int64_t span_ms;

    return span != NULL && time_take_span(&end, &span_ms) ? span : at;
}

/* Of what may be left out a time that is over is none: it is part of the words before
 * it. Today is not over before midnight. */
bool reading_takes_when(const struct reading *reading, const struct command_arg *arg,
                        const char **cursor, struct command_value *value)
{
    const char *at = *cursor;

    if (text_equal(arg->after, "due") &&
        (words_stand_at(at, "in") || words_stand_at(at, "on"))) {
        at = text_skip(at + strlen("in")); /* "due in 6 weeks", "due on friday" */
    }
    at = behind_for(at);
    if (!read_ahead(reading, &at, value) ||
        ((arg->flags & ARG_OPTIONAL) != 0 &&
         (value->is_day ? value->number + DAY_REST_MS : value->number) <
             reading->turn->now_ms)) {
        value->is_day = false;
        return false;
    }
    *cursor = at;
    return true;
}

/* "2h" of "mitigated 2h of backlog": where a time may be left out, words behind a bare
 * span go with it. "2h ago" and "2h: a restart" are times. */
static bool goes_on(const struct command_arg *arg, const char *from, const char *end)
{
    int64_t span_ms;

    return arg->kind == ARG_TIME && (arg->flags & ARG_OPTIONAL) != 0 &&
           *words_behind_courtesy(end, false) != '\0' &&
           time_take_span(&from, &span_ms) && text_skip(from) >= end;
}

bool reading_time(struct reading *reading, struct command_value *value, bool ahead)
{
    const char *at = reading->cursor;
    const struct command_arg *arg = &reading->args[reading->next];
    bool is_read = ahead ? reading_takes_when(reading, arg, &at, value)
                         : read_moment(reading, false, &at, value);

    if (is_read && goes_on(arg, reading->cursor, text_skip(at))) {
        return false;
    }
    if (is_read) {
        value->text = arena_copy_n(reading->turn->arena, reading->cursor,
                                   (size_t)(at - reading->cursor));
        reading->cursor = text_skip(at);
        return true;
    }
    if (*reading->cursor != '\0') {
        reading_refuse(
            reading,
            ahead
                ? "\"{}\" is no time I can read. Like: 20m, 14:05, friday, 2026-12-01."
                : "\"{}\" is no time I can read. Like: 14:05, yesterday 14:05, "
                  "2026-12-01 14:05.",
            reading->cursor);
    }
    return false;
}
