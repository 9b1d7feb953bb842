#include "bot/base/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "bot/base/err.h"

#define ZONE_FOLDER  "/usr/share/zoneinfo/"
#define ZONE_BYTES   64 /* the longest name of tzdata has 32 */
#define DAY_S        ((int64_t)86400)
#define WORK_END     17 /* the hour at which a named day ends */
#define FARTHEST_S   (INT64_MAX / 1000 - 4 * DAY_S)
#define WORKING_DAYS 5

int64_t time_now_ms(void)
{
    struct timespec now = {0};
    INSIST(clock_gettime(CLOCK_REALTIME, &now) == 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t time_steady_ms(void)
{
    struct timespec now = {0};
    INSIST(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* tzdata's names consist of these; so no name leads out of its folder. */
static bool zone_is_name(const char *zone)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_+-/";
    size_t length = strlen(zone);
    return length > 0 && length < ZONE_BYTES && strspn(zone, letters) == length &&
           zone[0] != '/';
}

/* The folder holds other things, too; a zone begins with "TZif" (RFC 8536,
 * section 3.1). */
static bool zone_has_file(const char *zone)
{
    char path[sizeof(ZONE_FOLDER) + ZONE_BYTES];
    char magic[4] = {0};
    struct stat status;
    (void)snprintf(path, sizeof(path), "%s%s", ZONE_FOLDER, zone);
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        return false;
    }
    FILE *file = fopen(path, "rbe");
    if (!file) {
        return false;
    }
    size_t count = fread(magic, 1, sizeof(magic), file);
    (void)fclose(file);
    return count == sizeof(magic) && memcmp(magic, "TZif", sizeof(magic)) == 0;
}

/* The last answers, for the few zones that a team lives in: a look at the disk is the
 * slow part. */
static bool zone_is_listed(const char *zone)
{
    static char known[16][ZONE_BYTES];
    static size_t next;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(known[i], zone) == 0) {
            return true;
        }
    }
    if (!zone_has_file(zone)) {
        return false;
    }
    (void)snprintf(known[next], sizeof(known[next]), "%s", zone);
    next = (next + 1) % (sizeof(known) / sizeof(known[0]));
    return true;
}

bool time_zone_is_known(const char *zone)
{
    return zone && zone_is_name(zone) &&
           (strcmp(zone, "UTC") == 0 || zone_is_listed(zone));
}

bool time_has_zones(void)
{
    return zone_has_file("Europe/Oslo");
}

/* tzset reads a file each time, so it is called only where the zone differs from the
 * last one. */
static void zone_enter(const char *zone)
{
    static char current[ZONE_BYTES];
    if (zone && strcmp(current, zone) == 0) {
        return;
    }
    bool is_named = time_zone_is_known(zone) && strcmp(zone, "UTC") != 0;
    if (!is_named) {
        zone = "UTC0";
    }
    if (strcmp(current, zone) != 0) {
        INSIST(setenv("TZ", zone, 1) == 0);
        tzset();
        (void)snprintf(current, sizeof(current), "%s", zone);
    }
}

/* Some zones have no letters, only "+08" or "+0530"; people read those as UTC+8,
 * UTC+5:30. */
static char *zone_label(struct arena *arena, const struct tm *tm)
{
    if (tm->tm_zone[0] != '+' && tm->tm_zone[0] != '-') {
        return arena_copy(arena, tm->tm_zone);
    }
    long minutes = labs(tm->tm_gmtoff) / 60;
    char sign = tm->tm_gmtoff < 0 ? '-' : '+';
    if (minutes == 0) {
        return arena_copy(arena, "UTC");
    }
    if (minutes % 60 == 0) {
        return arena_exact(arena, "UTC%c%ld", sign, minutes / 60);
    }
    return arena_exact(arena, "UTC%c%ld:%02ld", sign, minutes / 60, minutes % 60);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static struct tm zone_split(int64_t at_s, const char *zone)
{
    zone_enter(zone);
    time_t at = (time_t)at_s;
    struct tm tm = {0};
    INSIST(localtime_r(&at, &tm));
    return tm;
}

void time_split(struct arena *arena, int64_t at_ms, const char *zone,
                struct time_parts *parts)
{
    struct tm tm = zone_split(floor_div(at_ms, TIME_SECOND_MS), zone);
    *parts = (struct time_parts){
        .year = tm.tm_year + 1900,
        .month = tm.tm_mon + 1,
        .day = tm.tm_mday,
        .hour = tm.tm_hour,
        .minute = tm.tm_min,
        .second = tm.tm_sec,
        .weekday = (tm.tm_wday + 6) % 7,
        .offset_s = (int)tm.tm_gmtoff,
        .zone = arena ? zone_label(arena, &tm) : NULL,
    };
}

/*
 * Days since 1970 of a date in the Gregorian calendar; the year is taken to begin in
 * March, so that the leap day is its last (Howard Hinnant, "chrono-Compatible Low-Level
 * Date Algorithms").
 */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t more_years = floor_div(month - 1, 12);
    month -= 12 * more_years;
    year += more_years - (month <= 2);
    int64_t era = floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468 + day - 1;
}

static int64_t offset_at(int64_t at_s, const char *zone)
{
    return zone_split(at_s, zone).tm_gmtoff;
}

/*
 * The clock on the wall is read with the offset of the day before and that of the day
 * after. Where a change lies between, both may be right (doubled: the earlier moment
 * counts) or none (skipped: the old offset moves it forward by as much as was skipped).
 */
int64_t time_join(const struct time_parts *parts, const char *zone)
{
    int64_t wall_s = days_of(parts->year, parts->month, parts->day) * DAY_S +
                     (int64_t)parts->hour * 3600 + (int64_t)parts->minute * 60 +
                     parts->second;
    if (wall_s > FARTHEST_S || wall_s < -FARTHEST_S) {
        wall_s = wall_s < 0 ? -FARTHEST_S : FARTHEST_S;
    }
    int64_t before = offset_at(wall_s - DAY_S, zone);
    int64_t after = offset_at(wall_s + DAY_S, zone);
    bool fits_before = offset_at(wall_s - before, zone) == before;
    bool fits_after = offset_at(wall_s - after, zone) == after;
    int64_t offset = before;
    if (fits_after && (!fits_before || after > before)) {
        offset = after;
    }
    return (wall_s - offset) * TIME_SECOND_MS;
}

static int64_t join_at(struct time_parts parts, const char *zone, int hour, int minute)
{
    parts.hour = hour;
    parts.minute = minute;
    parts.second = 0;
    return time_join(&parts, zone);
}

int64_t time_next(int64_t now_ms, const char *zone, int hour, int minute)
{
    struct time_parts parts;
    time_split(NULL, now_ms, zone, &parts);
    int64_t at_ms = join_at(parts, zone, hour, minute);
    if (at_ms <= now_ms) {
        parts.day++;
        at_ms = join_at(parts, zone, hour, minute);
    }
    return at_ms;
}

int64_t time_add_working_days(int64_t at_ms, const char *zone, int days)
{
    struct time_parts parts;
    time_split(NULL, at_ms, zone, &parts);
    int weekday = parts.weekday;
    for (int left = days; left > 0; left -= weekday < WORKING_DAYS) {
        parts.day++;
        weekday = (weekday + 1) % 7;
    }
    return join_at(parts, zone, WORK_END, 0);
}

bool time_is_between(int64_t at_ms, const char *zone, int from_hour, int to_hour)
{
    struct time_parts parts;
    time_split(NULL, at_ms, zone, &parts);
    bool is_after = parts.hour >= from_hour;
    bool is_before = parts.hour < to_hour;
    return from_hour <= to_hour ? is_after && is_before : is_after || is_before;
}
