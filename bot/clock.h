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
    int64_t set_ms; /* of a live one, for tests: how far the machine's clock was set */
    int64_t seen_ms, seen_steady_ms;  /* when it was looked at last */
    int64_t back_ms, back_since_ms;   /* that clock_set_back_ms has not told yet */
    int64_t ahead_ms, ahead_since_ms; /* how far it jumped forward last, and when */
};

int64_t clock_now_ms(const struct clock *clock);
void clock_advance(struct clock *clock,
                   int64_t to_ms); /* virtual only; earlier is ignored */
/* A machine's clock may be set while we run: how far back since this was last asked,
 * against the time that really passed. 0: not at all, or by less than a minute. What
 * was set forward is like downtime, and needs nobody to tell. *since_ms: only what was
 * written down from then on is wrong, as the clock was put right again; 0: all is. */
int64_t clock_set_back_ms(struct clock *clock, int64_t *since_ms);
/* Looked at often, it may go wrong for a moment and no more. True: there is something
 * to be asked for by clock_set_back_ms. */
bool clock_is_set_back(struct clock *clock);
