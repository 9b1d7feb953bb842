/* How far this machine's clock is from a platform's: commands are judged by theirs. */
#include "adapters/http.h"
#include "bot/base/time.h"
#include "bot/clock.h"
#include "bot/cmd_check.h"

#define SKEW_MS TIME_MINUTE_MS

void check_clock(struct check *check, const char *platform, const char *whose,
                 const char *date)
{
    const struct clock clock = {.is_virtual = false};
    int64_t there_ms = http_date_ms(date);
    int64_t skew_ms = clock_now_ms(&clock) - there_ms;
    int64_t off_s = (skew_ms < 0 ? -skew_ms : skew_ms) / TIME_SECOND_MS;

    if (there_ms == 0) {
        return;
    }
    if (off_s * TIME_SECOND_MS < SKEW_MS) {
        check_fine(check, "%s: this machine's clock is right", platform);
        return;
    }
    check_fault(check,
                "%s: this machine's clock is %lld s %s %s: times on the "
                "timeline would be wrong, and commands seem late. Switch on NTP",
                platform, (long long)off_s, skew_ms < 0 ? "behind" : "ahead of", whose);
}
