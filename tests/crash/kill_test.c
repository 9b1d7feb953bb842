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
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "tests/crash/bot_run.h"
#include "tests/crash/record.h"

#define BOUNDARY_LIMIT 2000
#define RANDOM_SHORT   100
#define RANDOM_LONG    1000

struct world {
    struct arena *arena;
    char folder[128];
    const char *store;
    struct record expected;
    char *said; /* of an undisturbed run */
    bool is_event[BOT_RUN_LINES];
};

static struct world world;

static int make_reference(void **state)
{
    struct bot_run run = {.transcript = CRASH_INCIDENT};

    (void)state;
    bot_run_read_events(CRASH_INCIDENT, world.is_event);
    world.arena = arena_create();
    bot_folder_make(world.folder, sizeof(world.folder));
    world.store = arena_printf(world.arena, "%s/muster.db", world.folder);
    run.store = world.store;
    bot_run_start_and_wait(&run);
    if (run.exit_status != 0) {
        fprintf(stderr, "%s\n", run.complaints);
        return -1;
    }
    record_read(world.arena, world.store, &world.expected);
    world.said = run.out;
    run.out = NULL;
    bot_run_finish(&run);
    bot_folder_remove(world.folder);
    return 0;
}

static int forget_reference(void **state)
{
    (void)state;
    free(world.said);
    arena_destroy(world.arena);
    return 0;
}

/* How often a whole line stands in a text. */
static int count_line(const char *text, const char *line, size_t length)
{
    int count = 0;

    for (const char *at = text; at != NULL && *at != '\0';) {
        const char *end = strchr(at, '\n');

        if (end != NULL && (size_t)(end - at) == length &&
            memcmp(at, line, length) == 0) {
            count++;
        }
        at = end == NULL ? NULL : end + 1;
    }
    return count;
}

/* Everything the undisturbed run said was said; what was said more often, was so by the
 * kills. */
static void check_said(const char *said, int kills)
{
    int repeated = 0;

    for (const char *at = world.said; *at != '\0';) {
        const char *end = strchr(at, '\n');
        size_t length = end == NULL ? strlen(at) : (size_t)(end - at);
        int wanted = count_line(world.said, at, length);
        int got = count_line(said, at, length);

        if (got < wanted) {
            fail_msg("lost: %.*s", (int)length, at);
        }
        /* The head of a message carries its time and place; its further lines begin
         * alike. */
        if (memchr(at, '>', length) != NULL && got > wanted) {
            repeated += got - wanted;
        }
        at = end == NULL ? at + length : end + 1;
    }
    if (repeated > kills) {
        fail_msg("%d messages repeated by %d kills", repeated, kills);
    }
}

static void check_record(const struct record *record)
{
    assert_string_equal(record->integrity, "ok");
    assert_string_equal(record->timeline, world.expected.timeline);
    assert_string_equal(record->nouns, world.expected.nouns);
    assert_string_equal(record->wishes, world.expected.wishes);
    assert_int_equal(record->waiting, world.expected.waiting);
    assert_int_equal(record->heard, world.expected.heard);
}

/* What was acked before the kill is in the store after it. */
static void check_acked(const struct bot_run *run)
{
    struct arena *arena = arena_create();
    struct record record;
    long acked = 0;

    for (size_t i = 0; i < BOT_RUN_LINES; i++) {
        acked += run->acked[i] && world.is_event[i] ? 1 : 0;
    }
    record_read(arena, world.store, &record);
    assert_string_equal(record.integrity, "ok");
    if (record.heard < acked) {
        fail_msg("%ld lines acked, %ld in the store", acked, record.heard);
    }
    arena_destroy(arena);
}

/* The incident, killed as `kill` says each time, until one run gets through. False: the
 * first was not killed at all. */
static bool run_with_kills(int64_t boundary, int64_t first_us, int kills)
{
    struct arena *arena = arena_create();
    struct record record;
    struct text said;
    int killed = 0;
    bool is_done = false;

    bot_folder_make(world.folder, sizeof(world.folder));
    world.store = arena_printf(arena, "%s/muster.db", world.folder);
    text_init(&said, arena);
    while (!is_done) {
        struct bot_run run = {.store = world.store, .transcript = CRASH_INCIDENT};

        run.resume = killed > 0;
        run.kill_at_boundary = killed < kills ? boundary : 0;
        run.kill_after_us = killed < kills ? first_us : 0;
        bot_run_start_and_wait(&run);
        text_add(&said, run.out);
        if (run.was_killed) {
            killed++;
            check_acked(&run);
        } else if (run.exit_status != 0) {
            fail_msg("exit %d: %s", run.exit_status, run.complaints);
        }
        is_done = !run.was_killed;
        bot_run_finish(&run);
    }
    record_read(arena, world.store, &record);
    check_record(&record);
    check_said(said.data, killed);
    bot_folder_remove(world.folder);
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
