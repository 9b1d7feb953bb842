/*
 * The store fails its n-th call, for every n of the incident: whoever was not heard is
 * told so, everything else is as if nothing had happened.
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
#include "tests/crash/bot_run.h"
#include "tests/crash/record.h"

#define CALL_LIMIT  100000
#define STEP_SHORT  7
#define START_CALLS 20 /* each in every run: opening is odd */

/* How many lines were not acked; each must have been answered with "Not recorded" (once
 * a minute and person, so at least one answer for the first of them). */
static int count_unacked(const struct bot_run *run, const struct bot_run *reference)
{
    bool is_event[BOT_RUN_LINES] = {false};
    int count = 0;

    bot_run_read_events(CRASH_INCIDENT, is_event);
    for (size_t i = 0; i < BOT_RUN_LINES; i++) {
        count += is_event[i] && reference->acked[i] && !run->acked[i] ? 1 : 0;
    }
    return count;
}

struct expected {
    struct bot_run run;
    struct record record;
};

/* A store that fails before anybody was heard: one sentence, exit 1, nothing done. */
static bool refused_to_start(const struct bot_run *run)
{
    return run->exit_status == 1 && (run->out == NULL || *run->out == '\0') &&
           !run->acked[1] && strstr(run->complaints, "muster: ") != NULL;
}

/* The program says by its exit status, too, that a line was not recorded. */
static bool was_told(const struct bot_run *run)
{
    return run->exit_status == 1 && run->out != NULL &&
           strstr(run->out, "Not recorded") != NULL;
}

static void run_once(struct arena *arena, int64_t fail_after, struct bot_run *run,
                     struct record *record)
{
    char folder[BOT_FOLDER_BYTES];

    bot_folder_make(folder);
    *run = (struct bot_run){.transcript = CRASH_INCIDENT, .fail_after = fail_after};
    run->store = arena_printf(arena, "%s/muster.db", folder);
    bot_run_start_and_wait(run);
    if (run->exit_status != 0 && !refused_to_start(run) && !was_told(run)) {
        fail_msg("n=%lld: exit %d: %s", (long long)fail_after, run->exit_status,
                 run->complaints);
    }
    (void)record_read(arena, run->store, record);
    bot_folder_remove(folder);
}

static void check(const struct expected *expected, const struct bot_run *run,
                  const struct record *record, int64_t n)
{
    int unacked = count_unacked(run, &expected->run);

    if (refused_to_start(run)) {
        return;
    }
    assert_null(record->fault);
    assert_string_equal(record->waiting, expected->record.waiting);
    if (unacked == 0) {
        /* Nobody was in that turn: alarms and outcomes were tried again, and all is the
         * same. */
        if (strcmp(record->timeline, expected->record.timeline) != 0) {
            fail_msg("n=%lld: the timeline differs:\n%s", (long long)n,
                     record->timeline);
        }
        assert_string_equal(record->nouns, expected->record.nouns);
        return;
    }
    assert_int_equal(unacked, 1);
    if (strstr(run->out, "Not recorded") == NULL) {
        fail_msg("n=%lld: a line was not recorded and nobody was told", (long long)n);
    }
}

static void failure__loses_nothing__at_every_call(void **state)
{
    struct arena *arena = arena_create();
    struct arena *each = arena_create();
    struct expected expected;
    int64_t step = getenv("MUSTER_LONG") != NULL ? 1 : STEP_SHORT;
    int64_t n = 1;
    bool has_failed = true;

    (void)state;
    run_once(arena, 0, &expected.run, &expected.record);
    assert_true(expected.run.acked[1]);
    for (; n < CALL_LIMIT && has_failed; n += n < START_CALLS ? 1 : step) {
        struct bot_run run;
        struct record record;

        run_once(each, n, &run, &record);
        check(&expected, &run, &record, n);
        /* A failure always leaves a line on standard error; without one n is past the
         * end. */
        has_failed = run.complaints != NULL && *run.complaints != '\0';
        bot_run_finish(&run);
        arena_reset(each);
    }
    print_message("%lld calls, every %lld\n", (long long)n, (long long)step);
    assert_true(n > 500);
    assert_true(n < CALL_LIMIT);
    bot_run_finish(&expected.run);
    arena_destroy(each);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failure__loses_nothing__at_every_call),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
