#include "bot/clock.h"

#include "bot/base/time.h"

int64_t clock_now_ms(const struct clock *clock)
{
    return clock->is_virtual ? clock->now_ms : time_now_ms();
}

void clock_advance(struct clock *clock, int64_t to_ms)
{
    if (to_ms > clock->now_ms) {
        clock->now_ms = to_ms;
    }
}
