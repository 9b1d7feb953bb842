/* What can be said of an answer without asking curl. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "adapters/http.h"
#include "bot/base/time.h"

const char *http_problem(struct arena *arena, enum http_outcome outcome,
                         const char *host, const char *detail)
{
    switch (outcome) {
    case HTTP_ANSWERED: return "";
    case HTTP_REFUSED: return arena_copy(arena, detail);
    case HTTP_NO_NAME: return arena_printf(arena, "the name %s was not found", host);
    case HTTP_NO_CONNECT: return arena_printf(arena, "could not connect to %s", host);
    case HTTP_NO_TRUST: return arena_printf(arena, "no trust in %s: %s", host, detail);
    case HTTP_TIMED_OUT: return arena_printf(arena, "%s did not answer in time", host);
    case HTTP_LOST:
        return arena_printf(arena, "the connection to %s ended before the answer",
                            host);
    case HTTP_TOO_BIG: return arena_printf(arena, "the answer of %s is too big", host);
    }
    return "";
}

int64_t http_date_ms(const char *date)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char month[4] = "";
    const char *found;
    struct tm tm = {0};

    /* NOLINTNEXTLINE(cert-err34-c): what it leaves out is checked below */
    if (sscanf(date, "%*3s, %d %3s %d %d:%d:%d", &tm.tm_mday, month, &tm.tm_year,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6 ||
        strlen(month) != 3 || (found = strstr(months, month)) == NULL ||
        tm.tm_year < 1970 || tm.tm_year > 9999) {
        return 0;
    }
    tm.tm_mon = (int)(found - months) / 3;
    tm.tm_year -= 1900;
    return (int64_t)timegm(&tm) * TIME_SECOND_MS;
}
