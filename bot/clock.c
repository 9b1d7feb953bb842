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

static void note_back(struct clock *clock, int64_t back_ms)
{
    int64_t since_ms = puts_right(clock, back_ms) ? clock->ahead_since_ms : 0;

    clock->back_since_ms = clock->back_ms > 0 && clock->back_since_ms < since_ms
                               ? clock->back_since_ms
                               : since_ms;
    clock->back_ms += back_ms;
    clock->ahead_ms = 0;
}

bool clock_is_set_back(struct clock *clock)
{
    int64_t now_ms = clock_now_ms(clock), steady_ms = time_steady_ms();
    int64_t passed_ms = steady_ms - clock->seen_steady_ms;
    int64_t back_ms = clock->seen_ms + passed_ms - now_ms;
    bool is_first = clock->seen_ms == 0;

    clock->seen_ms = now_ms;
    clock->seen_steady_ms = steady_ms;
    if (clock->is_virtual || is_first) {
        return false;
    }
    if (back_ms >= SET_LEAST_MS) {
        note_back(clock, back_ms);
    } else if (back_ms <= -SET_LEAST_MS) {
        clock->ahead_ms = -back_ms;
        clock->ahead_since_ms = now_ms;
    }
    return clock->back_ms > 0;
}

int64_t clock_set_back_ms(struct clock *clock, int64_t *since_ms)
{
    int64_t back_ms = clock_is_set_back(clock) ? clock->back_ms : 0;

    *since_ms = clock->back_since_ms;
    clock->back_ms = clock->back_since_ms = 0;
    return back_ms;
}
