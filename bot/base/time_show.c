/* The part of time.h that writes moments and spans. */
#include <string.h>

#include "bot/base/time.h"

const char *const time_day_names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday",    NULL};
const char *const time_month_names[] = {
    "January", "February",  "March",   "April",    "May",      "June", "July",
    "August",  "September", "October", "November", "December", NULL};

char *time_clock(struct arena *arena, int64_t at_ms, const char *zone)
{
    struct time_parts parts;
    time_split(arena, at_ms, zone, &parts);
    return arena_exact(arena, "%02d:%02d %s", parts.hour, parts.minute, parts.zone);
}

char *time_clock_bare(struct arena *arena, int64_t at_ms, const char *zone)
{
    struct time_parts parts;
    time_split(NULL, at_ms, zone, &parts);
    return arena_exact(arena, "%02d:%02d", parts.hour, parts.minute);
}

char *time_clock_place(struct arena *arena, int64_t at_ms, const char *zone)
{
    const char *last = zone ? strrchr(zone, '/') : NULL;
    bool has_place =
        last && time_zone_is_known(zone) && strncmp(zone, "Etc/", strlen("Etc/")) != 0;
    if (!has_place) {
        return time_clock(arena, at_ms, zone);
    }
    char *place = arena_copy(arena, last + 1);
    for (char *at = place; *at; at++) {
        *at = *at == '_' ? ' ' : *at;
    }
    return arena_exact(arena, "%s in %s", time_clock_bare(arena, at_ms, zone), place);
}

const char *time_there(struct arena *arena, int64_t at_ms, const char *there,
                       const char *here)
{
    struct time_parts far, near;

    time_split(NULL, at_ms, there, &far);
    time_split(NULL, at_ms, here, &near);
    return far.offset_s == near.offset_s
               ? ""
               : arena_exact(arena, " (%s)", time_clock_place(arena, at_ms, there));
}

char *time_day(struct arena *arena, int64_t at_ms, const char *zone)
{
    struct time_parts parts;
    time_split(NULL, at_ms, zone, &parts);
    return arena_exact(arena, "%.3s %d %s", time_day_names[parts.weekday], parts.day,
                       time_month_names[parts.month - 1]);
}

char *time_day_long(struct arena *arena, int64_t at_ms, const char *zone)
{
    struct time_parts parts;
    time_split(NULL, at_ms, zone, &parts);
    return arena_exact(arena, "%s %d %s %d", time_day_names[parts.weekday], parts.day,
                       time_month_names[parts.month - 1], parts.year);
}

char *time_day_near(struct arena *arena, int64_t at_ms, int64_t now_ms,
                    const char *zone)
{
    struct time_parts at, now;
    time_split(NULL, at_ms, zone, &at);
    time_split(NULL, now_ms, zone, &now);
    char *day = time_day(arena, at_ms, zone);
    return at.year == now.year ? day : arena_exact(arena, "%s %d", day, at.year);
}

char *time_near(struct arena *arena, int64_t at_ms, int64_t now_ms, const char *zone)
{
    struct time_parts at, now;
    time_split(NULL, at_ms, zone, &at);
    time_split(NULL, now_ms, zone, &now);
    char *clock = time_clock(arena, at_ms, zone);
    if (at.year == now.year && at.month == now.month && at.day == now.day) {
        return clock;
    }
    return arena_exact(arena, "%s, %s", time_day_near(arena, at_ms, now_ms, zone),
                       clock);
}

/* "1 h 19 min", or "1 h" where the small part is nothing. */
static char *span_pair(struct arena *arena, int64_t small, int64_t per_large,
                       const char *large_unit, const char *small_unit)
{
    long long whole = small / per_large, rest = small % per_large;
    if (rest == 0) {
        return arena_exact(arena, "%lld %s", whole, large_unit);
    }
    return arena_exact(arena, "%lld %s %lld %s", whole, large_unit, rest, small_unit);
}

char *time_span(struct arena *arena, int64_t span_ms)
{
    if (span_ms < TIME_SECOND_MS) {
        return arena_copy(arena, "0 s");
    }
    if (span_ms < TIME_MINUTE_MS) {
        return arena_exact(arena, "%lld s", (long long)(span_ms / TIME_SECOND_MS));
    }
    if (span_ms < TIME_HOUR_MS + TIME_MINUTE_MS) {
        return arena_exact(arena, "%lld min", (long long)(span_ms / TIME_MINUTE_MS));
    }
    if (span_ms < 2 * TIME_DAY_MS) {
        return span_pair(arena, span_ms / TIME_MINUTE_MS, 60, "h", "min");
    }
    return span_pair(arena, span_ms / TIME_HOUR_MS, 24, "d", "h");
}

char *time_rfc3339(struct arena *arena, int64_t at_ms)
{
    struct time_parts parts;
    time_split(NULL, at_ms, "UTC", &parts);
    return arena_exact(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.year, parts.month,
                       parts.day, parts.hour, parts.minute, parts.second);
}

char *time_rfc3339_exact(struct arena *arena, int64_t at_ms)
{
    struct time_parts parts;
    time_split(NULL, at_ms, "UTC", &parts);
    int rest_ms = (int)((at_ms % TIME_SECOND_MS + TIME_SECOND_MS) % TIME_SECOND_MS);
    return arena_exact(arena, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.year,
                       parts.month, parts.day, parts.hour, parts.minute, parts.second,
                       rest_ms);
}
