/*
 * The rows of one platform that are performed now. A row whose claim runs out meanwhile
 * is not performed a second time.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RUNNING_MAX 32

struct running {
    int64_t rows[RUNNING_MAX];
    size_t count;
};

bool running_has(const struct running *running, int64_t row);
/* There must be room. */
void running_add(struct running *running, int64_t row);
/* Nothing where it was not there: an outcome may come twice. */
void running_end(struct running *running, int64_t row);
