/*
 * The disk is full in the midst of the incident, and some refused writes later it has
 * room again. Nothing is acked that is not stored, nothing is stored that was not
 * acked, who was not heard is told, and the program goes on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/base/time.h"
#include "tests/crash/bot_run.h"
#include "tests/crash/reference.h"

#define SEEDS_SHORT 25
#define SEEDS_LONG  1000
/* What SQLite's files grow by in all: when a store has been made, and in the end. */
#define ROOM_LEAST 2000000
#define ROOM_MOST  6500000
/* A transcript gives up at the 20th. */
#define REFUSALS_MOST 15

static struct reference reference;
static unsigned running_seed;

/* How many lines were not heard. */
static int check_heard(const struct bot_run *run)
{
    struct arena *arena = arena_create();
    struct record record;
    int unheard = 0;

    if (!record_read(arena, run->store, &record)) {
        fail_msg("%s", record.fault);
    }
    for (size_t i = 0; i < BOT_RUN_LINES; i++) {
        if (!reference.is_event[i]) {
            continue;
        }
        if (run->acked[i] != record_holds(&record, i)) {
            fail_msg("line %zu: %s", i, run->acked[i] ? "lost" : "not acked");
        }
        unheard += run->acked[i] ? 0 : 1;
    }
    arena_destroy(arena);
    return unheard;
}

static void check_told(const struct bot_run *run, int unheard)
{
    bool is_logged = strstr(run->complaints, "the disk is full") != NULL;
    bool is_told = strstr(run->out, "Not recorded, please say it again") != NULL;

    assert_int_equal(run->exit_status, unheard > 0 ? 1 : 0);
    assert_int_equal(is_told, unheard > 0);
    assert_true(is_logged || unheard == 0);
}

/* How many lines were not heard. */
static int run_full(unsigned seed)
{
    struct bot_run run = {.transcript = CRASH_INCIDENT, .program = POWER_MUSTER};
    char folder[BOT_FOLDER_BYTES], store[BOT_FOLDER_BYTES + 32];
    int unheard;

    bot_folder_make(folder);
    snprintf(store, sizeof(store), "%s/muster.db", folder);
    run.store = store;
    run.power.seed = 1;
    run.power.room = ROOM_LEAST + rand_r(&seed) % (ROOM_MOST - ROOM_LEAST);
    run.power.refusals = 1 + rand_r(&seed) % REFUSALS_MOST;
    bot_run_start_and_wait(&run);
    unheard = check_heard(&run);
    check_told(&run, unheard);
    bot_run_finish(&run);
    bot_folder_remove(folder);
    return unheard;
}

static void disk__takes_nothing_and_loses_nothing__while_it_is_full(void **state)
{
    const char *seed_text = getenv("MUSTER_SEED");
    int seeds = getenv("MUSTER_LONG") != NULL ? SEEDS_LONG : SEEDS_SHORT;
    unsigned first = (unsigned)time_now_ms();
    int unheard = 0;

    (void)state;
    if (seed_text != NULL) { /* that one again */
        first = (unsigned)strtoul(seed_text, NULL, 10);
        seeds = 1;
    }
    for (running_seed = first; running_seed != first + (unsigned)seeds;
         running_seed++) {
        unheard += run_full(running_seed);
    }
    print_message("MUSTER_SEED=%u and the %d after it: %d lines not heard\n", first,
                  seeds - 1, unheard);
    assert_true(unheard > 0 || seeds == 1);
    running_seed = 0;
}

/* Which seed shows it again. */
static int tell_seed(void **state)
{
    (void)state;
    if (running_seed != 0) {
        print_error("MUSTER_SEED=%u\n", running_seed);
    }
    return 0;
}

static int begin(void **state)
{
    (void)state;
    return reference_init(&reference) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    reference_finish(&reference);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(
            disk__takes_nothing_and_loses_nothing__while_it_is_full, tell_seed),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
