/* The part of time.h that reads which zone a clock time is of. */
#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"

#define HALF_YEAR_MS (183 * TIME_DAY_MS)
#define NAME_MOST    5

/* What needs no guess. CST, IST and the like are several zones: whose they are decides.
 */
static const struct {
    const char *name, *zone;
} known[] = {
    {"AEDT", "Australia/Sydney"},   {"AEST", "Australia/Sydney"},
    {"BST", "Europe/London"},       {"CEST", "Europe/Brussels"},
    {"CET", "Europe/Brussels"},     {"EDT", "America/New_York"},
    {"EEST", "Europe/Athens"},      {"EET", "Europe/Athens"},
    {"EST", "America/New_York"},    {"ET", "America/New_York"},
    {"HKT", "Asia/Hong_Kong"},      {"JST", "Asia/Tokyo"},
    {"MDT", "America/Denver"},      {"MST", "America/Denver"},
    {"PDT", "America/Los_Angeles"}, {"PST", "America/Los_Angeles"},
    {"PT", "America/Los_Angeles"},  {"SGT", "Asia/Singapore"},
    {"WEST", "Europe/Lisbon"},      {"WET", "Europe/Lisbon"},
};

static bool is_utc(const char *name)
{
    return text_same(name, "Z") || text_same(name, "UTC") || text_same(name, "GMT");
}

/* In summer people go on saying "EST". */
static bool zone_is_called(const char *zone, const char *name, int64_t now_ms)
{
    struct arena *arena = arena_create();
    bool is_called = false;

    for (int half = 0; half < 2 && !is_called; half++) {
        struct time_parts parts;

        time_split(arena, now_ms + half * HALF_YEAR_MS, zone, &parts);
        is_called = text_equal(parts.zone, name);
    }
    arena_destroy(arena);
    return is_called;
}

static const char *zone_of(const char *name, const char *const *zones, int64_t now_ms)
{
    if (is_utc(name)) {
        return "UTC";
    }
    for (; *zones != NULL; zones++) {
        if (zone_is_called(*zones, name, now_ms)) {
            return *zones;
        }
    }
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (text_equal(known[i].name, name)) {
            return known[i].zone;
        }
    }
    return NULL;
}

bool time_take_zone(const char **cursor, const char *const *zones, int64_t now_ms,
                    const char **zone)
{
    char name[NAME_MOST + 1] = "";
    const char *at = *cursor;
    size_t length = 0;

    while (isalpha((unsigned char)at[length])) {
        length++;
    }
    if (length == 0 || length > NAME_MOST || !text_word_ends(at + length)) {
        return false;
    }
    memcpy(name, at, length);
    *zone = zone_of(name, zones, now_ms);
    if (*zone == NULL) {
        return false;
    }
    *cursor = at + length;
    return true;
}
