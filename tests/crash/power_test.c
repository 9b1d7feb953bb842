/*
 * The power goes, at any operation of the disk, in the midst of the incident, while the
 * store is made, mended or put in order; what nobody had synced is lost, or half of it.
 * Then the program that people run goes on. What was acked is in the store at once, and
 * in the end all is as if nothing had happened. So it is with what lies beside the
 * store.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "store/sessions.h"
#include "tests/crash/bot_run.h"
#include "tests/crash/power_disk.h"
#include "tests/crash/reference.h"

#define SEEDS_SHORT 40
#define SEEDS_LONG  10000
#define LIES_MOST   50 /* a lie that no cut shows in so many is none */

static struct reference reference;
static unsigned first_seed, running_seed;
static int seeds_wanted;

/* How often the disk is worked on in a run, and how often something is said. */
struct span {
    int64_t operations, said;
};

/* A run whose power never goes tells it. */
static struct span measure(const char *program, const char *transcript)
{
    struct bot_run run = {.transcript = transcript, .program = program};
    char folder[BOT_FOLDER_BYTES], store[BOT_FOLDER_BYTES + 32];
    struct span span = {0};
    char *told;

    bot_folder_make(folder);
    snprintf(store, sizeof(store), "%s/state/muster.db", folder);
    run.store = store;
    run.power.seed = 1;
    bot_run_start_and_wait(&run);
    told = strstr(run.complaints, "power: ");
    if (run.exit_status == 0 && told != NULL) {
        span.operations = strtoll(told + strlen("power: "), &told, 10);
        span.said = strtoll(told, NULL, 10);
    }
    bot_run_finish(&run);
    bot_folder_remove(folder);
    return span;
}

static int64_t pick(unsigned *dice, int64_t most)
{
    INSIST(most > 0);
    return 1 + rand_r(dice) % most;
}

/* Makes of `run` one whose power goes: while its store is made, or opened again, after
 * something was said, or anywhere. */
static void choose_cut(struct bot_run *run, unsigned *dice, const struct span *making,
                       const struct span *whole)
{
    const int64_t opening = 40;

    run->program = POWER_MUSTER;
    run->power.seed = pick(dice, INT32_MAX);
    run->power.pages = pick(dice, 2) == 1 ? 0 : pick(dice, 100);
    run->power.at = run->power.said = 0;
    switch (pick(dice, 4)) {
    case 1: run->power.said = pick(dice, whole->said); break;
    case 2:
        run->power.at = pick(dice, run->resume ? opening : making->operations);
        break;
    default: run->power.at = pick(dice, whole->operations); break;
    }
}

/* The incident with up to three cuts, then to its end. How many there were. */
static int run_with_cuts(unsigned seed, const struct span *making,
                         const struct span *whole)
{
    struct arena *arena = arena_create();
    struct bot_run run = {.transcript = CRASH_INCIDENT};
    char folder[BOT_FOLDER_BYTES];
    struct text said;
    int cuts = 0;

    bot_folder_make(folder);
    run.store = arena_printf(arena, "%s/state/muster.db", folder);
    text_init(&said, arena);
    for (int64_t left = pick(&seed, 3); left >= 0; left--) {
        run.program = NULL;
        if (left > 0) {
            choose_cut(&run, &seed, making, whole);
        }
        bot_run_start_and_wait(&run);
        text_add(&said, run.out);
        if (run.exit_status == POWER_CUT_STATUS) {
            cuts++;
            reference_check_acked(&reference, &run);
        } else if (run.exit_status != 0) {
            fail_msg("exit %d: %s", run.exit_status, run.complaints);
        }
        run.resume = true;
        bot_run_finish(&run);
    }
    reference_check_record(&reference, run.store);
    reference_check_said(&reference, said.data, cuts);
    bot_folder_remove(folder);
    arena_destroy(arena);
    return cuts;
}

static void incident__loses_nothing__when_the_power_goes(void **state)
{
    const struct span making = measure(POWER_MUSTER, "/dev/null");
    const struct span whole = measure(POWER_MUSTER, CRASH_INCIDENT);
    int cuts = 0;

    (void)state;
    assert_true(making.operations > 0);
    assert_true(whole.operations > making.operations + 100);
    assert_true(whole.said > 50);
    for (int i = 0; i < seeds_wanted; i++) {
        running_seed = first_seed + (unsigned)i;
        cuts += run_with_cuts(running_seed, &making, &whole);
    }
    print_message("%d seeds, %d cuts, %lld operations in a run\n", seeds_wanted, cuts,
                  (long long)whole.operations);
    assert_true(cuts > 0 || seeds_wanted == 1);
    running_seed = 0;
}

/* ---- beside the store ---- */

/* POWER_KEEP acked the session as 1, the copy as 2, the next session as 3. */
static void check_kept(const char *path, const bool acked[BOT_RUN_LINES])
{
    struct arena *arena = arena_create();
    const char *copy = arena_printf(arena, "%s.copy", path);
    const char *secret;
    struct record record;
    struct store store;
    struct err err;
    long last = 0;

    for (long i = 1; i < BOT_RUN_LINES; i++) {
        last = acked[i] ? i : last;
    }
    if (store_open(&store, path, &err) != STORE_OK) {
        fail_msg("%s", err.text);
    }
    store.arena = arena;
    if (!sessions_find(&store, "matrix", &secret, &err)) {
        fail_msg("%s", err.text);
    }
    store_close(&store);
    if (strtol(text_or(secret, "0"), NULL, 10) < (last + 1) / 2) {
        fail_msg("session %ld was kept, %s is there", (last + 1) / 2,
                 text_or(secret, "none"));
    }
    if (last > 1 && access(copy, F_OK) != 0) {
        fail_msg("the copy is gone");
    }
    if (access(copy, F_OK) == 0 && !record_read(arena, copy, &record)) {
        fail_msg("the copy: %s", record.fault);
    }
    arena_destroy(arena);
}

static void keep_until_cut(unsigned seed, const struct span *span)
{
    struct bot_run run = {.transcript = CRASH_INCIDENT, .program = POWER_KEEP};
    char folder[BOT_FOLDER_BYTES], store[BOT_FOLDER_BYTES + 32];

    bot_folder_make(folder);
    snprintf(store, sizeof(store), "%s/state/muster.db", folder);
    run.store = store;
    run.power.seed = pick(&seed, INT32_MAX);
    if (pick(&seed, 2) == 1) {
        run.power.said = pick(&seed, span->said);
    } else {
        run.power.at = pick(&seed, span->operations);
    }
    bot_run_start_and_wait(&run);
    if (run.exit_status != POWER_CUT_STATUS) {
        fail_msg("exit %d: %s", run.exit_status, run.complaints);
    }
    check_kept(store, run.acked);
    bot_run_finish(&run);
    bot_folder_remove(folder);
}

static void what_is_kept__is_there__when_the_power_goes(void **state)
{
    const struct span span = measure(POWER_KEEP, CRASH_INCIDENT);

    (void)state;
    assert_true(span.operations > 50 && span.said > 0);
    for (int i = 0; i < seeds_wanted; i++) {
        running_seed = first_seed + (unsigned)i;
        keep_until_cut(running_seed, &span);
    }
    running_seed = 0;
}

/* ---- the test of the test ---- */

/* On a disk that syncs nothing something is missing, sooner or later. */
static void lie_of_a_disk__is_seen(void **state)
{
    const struct span span = measure(POWER_MUSTER, CRASH_INCIDENT);
    bool is_seen = false;

    (void)state;
    for (unsigned seed = 1; seed < LIES_MOST && !is_seen; seed++) {
        struct bot_run run = {.transcript = CRASH_INCIDENT, .program = POWER_MUSTER};
        struct arena *arena = arena_create();
        char folder[BOT_FOLDER_BYTES];

        bot_folder_make(folder);
        run.store = arena_printf(arena, "%s/state/muster.db", folder);
        run.power.seed = seed;
        run.power.said = span.said / 2;
        run.power.lies = 1;
        bot_run_start_and_wait(&run);
        assert_int_equal(run.exit_status, POWER_CUT_STATUS);
        is_seen = reference_find_lost(&reference, &run, arena) != NULL;
        bot_run_finish(&run);
        bot_folder_remove(folder);
        arena_destroy(arena);
    }
    assert_true(is_seen);
}

/* ---- running ---- */

static int begin(void **state)
{
    const char *seed_text = getenv("MUSTER_SEED");

    (void)state;
    seeds_wanted = getenv("MUSTER_LONG") != NULL ? SEEDS_LONG : SEEDS_SHORT;
    first_seed = (unsigned)time_now_ms();
    if (seed_text != NULL) { /* that one again */
        first_seed = (unsigned)strtoul(seed_text, NULL, 10);
        seeds_wanted = 1;
    }
    print_message("MUSTER_SEED=%u and the %d after it\n", first_seed, seeds_wanted - 1);
    return reference_init(&reference) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    reference_finish(&reference);
    return 0;
}

/* Which seed shows it again. */
static int tell_seed(void **state)
{
    (void)state;
    if (running_seed != 0) {
        print_error("MUSTER_SEED=%u\n", running_seed);
    }
    running_seed = 0;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(incident__loses_nothing__when_the_power_goes,
                                  tell_seed),
        cmocka_unit_test_teardown(what_is_kept__is_there__when_the_power_goes,
                                  tell_seed),
        cmocka_unit_test(lie_of_a_disk__is_seen),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
