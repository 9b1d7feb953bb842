/* The part of moment.h that makes words of a time that somebody typed. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/moment.h"
#include "bot/note.h"

/* ", yesterday" */
static const char *day_word(struct turn *turn, int64_t at_ms)
{
    struct time_parts parts;

    time_split(NULL, at_ms, turn_zone(turn), &parts);
    parts.day += 1;
    return text_equal(time_day_long(turn->arena, time_join(&parts, turn_zone(turn)),
                                    turn_zone(turn)),
                      time_day_long(turn->arena, turn->now_ms, turn_zone(turn)))
               ? PHRASE(", yesterday")
               : "";
}

/* " (09:12 in Singapore)"; with its day, where that is another one there: who meant
 * last night by "21:05" may have meant tonight. */
static const char *there(struct turn *turn, int64_t at_ms, const char *typist_zone)
{
    struct arena *arena = turn->arena;
    const char *zone = turn_zone(turn);
    const char *day = time_day_near(arena, at_ms, turn->now_ms, typist_zone);

    return text_equal(day, time_day_near(arena, at_ms, turn->now_ms, zone))
               ? time_there(arena, at_ms, typist_zone, zone)
               : arena_printf(arena, " (%s, %s)", day,
                              time_clock_place(arena, at_ms, typist_zone));
}

/* `moment` as it is, with the word for yesterday and with the hour where it was typed.
 */
static const char *shown(struct turn *turn, int64_t at_ms, const char *moment,
                         const char *typist_zone)
{
    moment = arena_printf(turn->arena, "%s%s", moment, day_word(turn, at_ms));
    return arena_printf(turn->arena, "%s%s", note_moment(turn->arena, at_ms, moment),
                        there(turn, at_ms, typist_zone));
}

const char *moment_near(struct turn *turn, int64_t at_ms, const char *typist_zone)
{
    return shown(turn, at_ms,
                 time_near(turn->arena, at_ms, turn->now_ms, turn_zone(turn)),
                 typist_zone);
}

const char *moment_typed(struct turn *turn, int64_t at_ms, const char *typist_zone)
{
    struct arena *arena = turn->arena;
    const char *zone = turn_zone(turn);

    return shown(turn, at_ms,
                 arena_printf(arena, "%s, %s",
                              time_day_near(arena, at_ms, turn->now_ms, zone),
                              time_clock(arena, at_ms, zone)),
                 typist_zone);
}

const char *moment_by_house(struct turn *turn, const struct command_call *call,
                            int64_t at_ms)
{
    const char *zone = turn_zone(turn), *shown, *cursor, *behind, *named;
    const char *const zones[] = {call->zone, zone, NULL};
    const char *typed = text_or(call->args[0].text, "");
    int64_t by_house_ms, again_ms;

    cursor = typed;
    if (typed[strspn(typed, "0123456789: ")] != '\0' ||
        !time_read(&cursor, zone, turn->now_ms, false, &by_house_ms) ||
        by_house_ms <= at_ms) {
        return NULL;
    }
    shown = cursor = time_clock(turn->arena, by_house_ms, zone);
    behind = text_skip(shown + strcspn(shown, " "));
    return time_take_zone(&behind, zones, turn->now_ms, &named) &&
                   time_read(&cursor, named, turn->now_ms, false, &again_ms) &&
                   again_ms == by_house_ms
               ? shown
               : NULL;
}
