/*
 * SIGKILL at every turn boundary of the incident and at random; the transcript is fed
 * again with --resume. No fact is lost after its ack, no entry stands twice, no message
 * is lost, at most the one whose answer was not yet written down is repeated for each
 * kill, no alarm is lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "tests/crash/bot_run.h"
#include "tests/crash/reference.h"

#define BOUNDARY_LIMIT 2000
#define RANDOM_SHORT   100
#define RANDOM_LONG    1000

static struct reference reference;

static int make_reference(void **state)
{
    (void)state;
    return reference_init(&reference) ? 0 : -1;
}

static int forget_reference(void **state)
{
    (void)state;
    reference_finish(&reference);
    return 0;
}

/* The incident, killed as `kill` says each time, until one run gets through. False: the
 * first was not killed at all. */
static bool run_with_kills(int64_t boundary, int64_t first_us, int kills)
{
    struct arena *arena = arena_create();
    char folder[BOT_FOLDER_BYTES];
    struct bot_run run = {.transcript = CRASH_INCIDENT};
    struct text said;
    int killed = 0;
    bool is_done = false;

    bot_folder_make(folder);
    run.store = arena_printf(arena, "%s/muster.db", folder);
    text_init(&said, arena);
    while (!is_done) {
        run.resume = killed > 0;
        run.kill_at_boundary = killed < kills ? boundary : 0;
        run.kill_after_us = killed < kills ? first_us : 0;
        bot_run_start_and_wait(&run);
        text_add(&said, run.out);
        if (run.was_killed) {
            killed++;
            reference_check_acked(&reference, &run);
        } else if (run.exit_status != 0) {
            fail_msg("exit %d: %s", run.exit_status, run.complaints);
        }
        is_done = !run.was_killed;
        bot_run_finish(&run);
    }
    reference_check_record(&reference, run.store);
    reference_check_said(&reference, said.data, killed);
    bot_folder_remove(folder);
    arena_destroy(arena);
    return killed > 0;
}

static void kill__loses_nothing__at_every_boundary(void **state)
{
    int64_t boundary = 1;

    (void)state;
    while (boundary < BOUNDARY_LIMIT && run_with_kills(boundary, 0, 1)) {
        boundary++;
    }
    print_message("%lld boundaries\n", (long long)boundary - 1);
    assert_true(boundary > 50); /* the incident has more turns than that */
    assert_true(boundary < BOUNDARY_LIMIT);
}

static void kill__loses_nothing__at_random(void **state)
{
    const char *seed_text = getenv("MUSTER_SEED");
    unsigned seed = seed_text != NULL ? (unsigned)strtoul(seed_text, NULL, 10)
                                      : (unsigned)time_now_ms();
    int runs = getenv("MUSTER_LONG") != NULL ? RANDOM_LONG : RANDOM_SHORT;

    (void)state;
    print_message("MUSTER_SEED=%u, %d runs\n", seed, runs);
    srand(seed);
    for (int i = 0; i < runs; i++) {
        /* Half by boundary with several kills, half by the clock. */
        if (i % 2 == 0) {
            run_with_kills(1 + rand() % 60, 0, 1 + rand() % 4);
        } else {
            run_with_kills(0, 1000 + rand() % 400000, 1 + rand() % 3);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kill__loses_nothing__at_every_boundary),
        cmocka_unit_test(kill__loses_nothing__at_random),
    };

    return cmocka_run_group_tests(tests, make_reference, forget_reference);
}
