/*
 * Who is on duty: the order of a rota and its overrides, worked out for a moment. Being
 * away does not take anybody off duty here; whoever chooses a person looks at that.
 */
#pragma once

#include "bot/turn.h"
#include "store/rota.h"

struct duty {
    int64_t person_id; /* 0: nobody */
    int64_t since_ms;  /* the shift's or override's beginning; TIME_NONE: not known */
    int64_t until_ms;  /* TIME_NONE: no end is known */
    int64_t next_id;   /* who comes then, or first after a gap; 0: nobody known */
    int64_t next_from_ms; /* TIME_NONE where next_id is 0 */
};

/* Pure. Shifts of whole hours change at the same local time on both sides of a clock
 * change: one of 12 h may then last 11 or 13. */
void duty_at(const struct rota *rota, int64_t at_ms, struct duty *duty);

/* A time in which one person is on duty, or nobody. */
struct duty_span {
    int64_t person_id; /* 0: nobody */
    int64_t from_ms, to_ms;
};

/* Pure. Who is on duty from a moment to another, one after the other, at most `limit`
 * spans: their count. Between neighbours the person changes. */
size_t duty_spans(const struct rota *rota, int64_t from_ms, int64_t to_ms,
                  struct duty_span *spans, size_t limit);

/* Nobody, without end, for a service that has no rota. */
MUST_CHECK bool duty_now(struct turn *turn, int64_t service_id, int64_t at_ms,
                         struct duty *duty, struct err *err);
