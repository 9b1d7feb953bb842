/*
 * What every subcommand takes: --config FILE, --store PATH|URL, and its own flags. The
 * order for the store is flag, MUSTER_STORE, settings, default
 * ($XDG_STATE_HOME/muster/muster.db).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "bot/config.h"

#define EXIT_FINE    0
#define EXIT_FAULT   1
#define EXIT_USAGE   2
#define EXIT_HELD    75
#define EXIT_REFUSED 78

/* A flag of one subcommand: `value` gets the word behind it, or `is_set` (no word)
 * becomes true. Lists of them end with one without a name. */
struct option_flag {
    const char *name; /* "--acks" */
    const char **value;
    bool *is_set;
};

struct options {
    struct arena *arena;
    struct config *config; /* NULL until options_read */
    const char *store;     /* as flag or environment say; NULL: neither */
    bool has_store_flag;   /* the flag did */
    const char *words[4];  /* what is no flag */
    size_t word_count;
};

/* Reads argv (without program and subcommand) and the settings. `flags` may be NULL:
 * none of its own. False: *status is set and standard error says why in one line. */
bool options_read(struct options *options, int argc, char **argv,
                  const struct option_flag *flags, size_t max_words, int *status);
/* The store to open: flag, MUSTER_STORE, settings, default. */
const char *options_store(const struct options *options);
void options_finish(struct options *options);
