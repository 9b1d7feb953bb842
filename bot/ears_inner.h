/* What the ears are made of: for the files that define their functions, and for tests.
 */
#pragma once

#include "bot/courier.h"
#include "bot/ears.h"
#include "bot/ticker.h"

#define EARS_ADAPTERS 8

/* Virtual time on its way to a moment (bot/passing.c). */
struct passing {
    struct adapter *adapter; /* NULL: none is on its way */
    int64_t to_ms;
    struct ticket ticket;
};

struct ears {
    struct loop *loop;
    struct store *store;
    struct clock *clock;
    const struct config *config;
    struct turns *turns;
    struct courier *courier;
    struct ticker *ticker;
    struct adapter *adapters[EARS_ADAPTERS];
    enum adapter_state states[EARS_ADAPTERS];
    size_t count;
    struct passing passing;
    struct loop_timer *leaving; /* NULL: we stay */
    int exit_status;
    bool is_careful; /* talk has failed: a savepoint for that, too */
    bool is_stopped;
};

/* Something ended: the passing may go on. Looks in the next iteration. */
void passing_wake(struct ears *ears);
/* Something ended: we may be free to leave. */
void leaving_look(struct ears *ears);
