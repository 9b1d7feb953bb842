/*
 * What time it is. In a live bot the machine's clock; under a transcript a virtual one
 * that only an adapter's ear_pass moves. Rules never ask here: they take turn->now_ms.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct clock {
    bool is_virtual;
    int64_t now_ms; /* of a virtual clock; never goes back */
};

int64_t clock_now_ms(const struct clock *clock);
void clock_advance(struct clock *clock,
                   int64_t to_ms); /* virtual only; earlier is ignored */
