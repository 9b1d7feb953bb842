/*
 * A running bot and all it stands on: store, loop, clock, ears. For the subcommands
 * that run one (console, run).
 */
#pragma once

#include "bot/clock.h"
#include "bot/ears.h"
#include "bot/loop.h"
#include "bot/options.h"
#include "store/store.h"

struct house {
    struct store store;
    struct loop *loop;
    struct clock clock;
    struct ears *ears;
    int64_t boundaries_to_live; /* crash tests only; 0: for ever */
};

/* `url` NULL: a private store in memory. False: *status is set, standard error says
 * why. */
bool house_open(struct house *house, const struct options *options, const char *url,
                bool is_virtual, int *status);
/* Reads the directory of the settings, starts the adapters, runs until stopped: the
 * exit status. */
int house_run(struct house *house, const struct options *options);
void house_close(struct house *house);
