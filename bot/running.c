#include "bot/running.h"

#include "bot/base/err.h"

bool running_has(const struct running *running, int64_t row)
{
    for (size_t i = 0; i < running->count; i++) {
        if (running->rows[i] == row) {
            return true;
        }
    }
    return false;
}

void running_add(struct running *running, int64_t row)
{
    INSIST(running->count < RUNNING_MAX);
    running->rows[running->count++] = row;
}

void running_end(struct running *running, int64_t row)
{
    for (size_t i = 0; i < running->count; i++) {
        if (running->rows[i] == row) {
            running->rows[i] = running->rows[--running->count];
            return;
        }
    }
}
