/*
 * What time it is. In a live bot the machine's clock; under a transcript a virtual one
 * that only an adapter's ear_pass moves. Rules never ask here: they take turn->now_ms.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* How far a clock was set back. since_ms: only what was written down from then on is
 * wrong, as the clock was put right again; 0: all is. */
struct clock_back {
    int64_t by_ms, since_ms;
};

struct clock {
    bool is_virtual;
    int64_t now_ms; /* of a virtual clock; never goes back */
    int64_t set_ms; /* of a live one, for tests: how far the machine's clock was set */
    int64_t seen_ms, seen_steady_ms;  /* when it was looked at last */
    struct clock_back back;           /* that clock_take_back has not told yet */
    int64_t ahead_ms, ahead_since_ms; /* how far it jumped forward last, and when */
};

int64_t clock_now_ms(const struct clock *clock);
void clock_advance(struct clock *clock,
                   int64_t to_ms); /* virtual only; earlier is ignored */
/* A machine's clock may be set while we run, as is seen against the time that really
 * passed; less than a minute is nothing. What was set forward is like downtime, and
 * needs nobody to tell. Looked at often, it may go wrong for a moment and no more.
 * True: there is something to be asked for by clock_take_back. */
bool clock_is_set_back(struct clock *clock);
/* What was not told yet; by_ms 0: nothing. Whoever is told moves what waits, and gives
 * it back where that came to nothing. */
struct clock_back clock_take_back(struct clock *clock);
void clock_add_back(struct clock *clock, struct clock_back back);
