/*
 * The turn: one transaction for all causes of one loop iteration, a savepoint for each
 * and what happens outside only after the commit. turn_then is the only door to the
 * world. A failing commit never ends the program: nothing is acked, and it is tried
 * again after 1, 2, 5 … s.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "bot/clock.h"
#include "bot/config.h"
#include "bot/loop.h"
#include "store/store.h"

struct adapter_kind;
struct gestures;
#define TURN_ADAPTERS 8

/* What use-cases see of it. */
struct turn {
    struct arena *arena; /* all that lives as long as the turn, reset after its hooks */
    struct store *store;
    const struct config *config;
    const struct adapter_kind *adapters[TURN_ADAPTERS]; /* those that run */
    size_t adapter_count;
    struct gestures *gestures; /* heard of late (bot/gesture.h); of all turns */
    int64_t now_ms;            /* the same through the whole turn */
    bool wants_checkpoint;     /* see turn_wipe */
    bool wants_courier,
        wants_ticker; /* rows were put, by whoever put them; the courier's is looked at
                         before the commit, too: it claims in the same turn */
};

typedef void turn_hook_fn(void *arg, bool committed);

struct turns; /* makes turns: one for the process */

struct turns *turns_create(struct loop *loop, struct store *store, struct clock *clock,
                           const struct config *config);
void turns_destroy(struct turns *turns); /* accepts NULL */

/* A platform that runs: its turns know it from now on. */
void turns_add(struct turns *turns, const struct adapter_kind *kind);

/* Called after each turn, committed or not, with what it wants, and when a pause after
 * a failure is over; set once by bot/ears.c. */
typedef void turns_after_fn(void *arg, const struct turn *turn, bool committed);
void turns_on_end(struct turns *turns, turns_after_fn *after, void *arg);

/* Called in an open turn that wants the courier, right before its commit; set once. */
typedef void turns_claim_fn(void *arg, struct turn *turn);
void turns_on_claim(struct turns *turns, turns_claim_fn *claim, void *arg);

/* Under a virtual clock: the store failed so often that a commit is put off, and time
 * must not wait for it. */
bool turns_are_stuck(const struct turns *turns);

/* The store, for looking without a turn. */
struct store *turns_store(struct turns *turns);

/* The turn that is open in this iteration, opened if there is none. NULL with err while
 * the store can't write (then settle(false) at once). */
struct turn *turn_open(struct turns *turns, struct err *err);
struct arena *turn_arena(struct turns *turns); /* fine before turn_open */
int64_t turns_now_ms(const struct turns *turns);

/* Runs `fn` after the commit (or its failure), in order. `arg` lives in the turn's
 * arena or longer. */
void turn_then(struct turns *turns, turn_hook_fn *fn, void *arg);

/* One cause. Keep after success; undo takes back what it wrote, the turn goes on. */
MUST_CHECK bool turn_cause(struct turns *turns, struct err *err);
MUST_CHECK bool turn_keep(struct turns *turns, struct err *err);
void turn_undo(struct turns *turns);

/* Words were taken out for good: behind the commit the store is written anew (where it
 * is small enough: db_scrub) and its log emptied; after a while again where that fails,
 * and by the next process where this one dies before. */
MUST_CHECK bool turn_wipe(struct turn *turn, struct err *err);

/* The store itself failed (ERR_AGAIN): the whole turn will be rolled back instead of
 * committed. */
void turn_doom(struct turns *turns, const struct err *why);

/* Commits now and runs the hooks, instead of before the loop sleeps. For the end of the
 * program. */
void turns_finish(struct turns *turns);
/* For the tests that kill the process: called right before and right after each commit.
 */
typedef void turns_boundary_fn(void *arg, const char *where);
void turns_on_boundary(struct turns *turns, turns_boundary_fn *fn, void *arg);

/* A platform that runs, else one this program knows; NULL: neither. */
const struct adapter_kind *turn_adapter(const struct turn *turn, const char *name);
bool turn_has_trait(const struct turn *turn, const char *adapter, unsigned trait);

/* The zone of an incident's times: the `time_zone` setting, else UTC. */
const char *turn_zone(const struct turn *turn);

/* A rule said no: a text for the person who asked. Empty: it said yes. */
struct refusal {
    const char *text; /* a line with marks (bot/note.h), in the turn's arena; NULL: not
                         refused */
};
