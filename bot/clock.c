#include "bot/clock.h"

#include "bot/base/time.h"

#define SET_LEAST_MS TIME_MINUTE_MS

int64_t clock_now_ms(const struct clock *clock)
{
    return clock->is_virtual ? clock->now_ms : time_now_ms() + clock->set_ms;
}

void clock_advance(struct clock *clock, int64_t to_ms)
{
    if (to_ms > clock->now_ms) {
        clock->now_ms = to_ms;
    }
}

/* Does a jump back by so much undo the last one forward? */
static bool puts_right(const struct clock *clock, int64_t back_ms)
{
    int64_t left_ms = clock->ahead_ms - back_ms;

    return clock->ahead_ms > 0 && left_ms > -SET_LEAST_MS && left_ms < SET_LEAST_MS;
}

void clock_add_back(struct clock *clock, struct clock_back back)
{
    if (clock->back.by_ms > 0 && clock->back.since_ms < back.since_ms) {
        back.since_ms = clock->back.since_ms;
    }
    back.by_ms += clock->back.by_ms;
    clock->back = back;
}

bool clock_is_set_back(struct clock *clock)
{
    int64_t now_ms = clock_now_ms(clock), steady_ms = time_steady_ms();
    int64_t passed_ms = steady_ms - clock->seen_steady_ms;
    int64_t back_ms = clock->seen_ms + passed_ms - now_ms;
    bool is_first = clock->seen_ms == 0;

    clock->seen_ms = now_ms;
    clock->seen_steady_ms = steady_ms;
    if (clock->is_virtual) {
        return false;
    }
    if (!is_first && back_ms >= SET_LEAST_MS) {
        clock_add_back(clock, (struct clock_back){back_ms, puts_right(clock, back_ms)
                                                               ? clock->ahead_since_ms
                                                               : 0});
        clock->ahead_ms = 0;
    } else if (!is_first && back_ms <= -SET_LEAST_MS) {
        clock->ahead_ms = -back_ms;
        clock->ahead_since_ms = now_ms;
    }
    return clock->back.by_ms > 0;
}

struct clock_back clock_take_back(struct clock *clock)
{
    struct clock_back back = clock->back;

    clock->back = (struct clock_back){0};
    return back;
}
