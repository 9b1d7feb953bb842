/*
 * The two loops that script/bench compares. Both put the same rows for the same
 * messages into a store of the same schema; they know nothing of each other.
 */
#pragma once

#include <stdint.h>

#define BENCH_PEOPLE 16

struct bench_load {
    const char
        *path; /* of a store that holds nothing but the incident and its people */
    int64_t incident_id;
    int64_t messages;
    int64_t group; /* messages a commit */
    const char *text;
};

/* Messages a second, each durable: through ear_event and the whole turn. */
double turn_loop_run(const struct bench_load *load);
/* Likewise by prepared statements and nothing else. */
double bare_loop_run(const struct bench_load *load);
