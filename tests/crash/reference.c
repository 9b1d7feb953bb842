#include "tests/crash/reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/err.h"

bool reference_init(struct reference *reference)
{
    struct bot_run run = {.transcript = CRASH_INCIDENT};
    char folder[BOT_FOLDER_BYTES];
    bool has_run;

    *reference = (struct reference){.arena = arena_create()};
    bot_run_read_events(CRASH_INCIDENT, reference->is_event);
    bot_folder_make(folder);
    run.store = arena_printf(reference->arena, "%s/muster.db", folder);
    bot_run_start_and_wait(&run);
    has_run = run.exit_status == 0 &&
              record_read(reference->arena, run.store, &reference->record);
    /* Otherwise nothing below could find a line that was lost. */
    for (size_t i = 0; has_run && i < BOT_RUN_LINES; i++) {
        has_run = reference->is_event[i] ==
                  (run.acked[i] && record_holds(&reference->record, i));
    }
    if (!has_run) {
        fprintf(stderr, "exit %d: %s\n", run.exit_status, run.complaints);
    }
    reference->said = run.out;
    run.out = NULL;
    bot_run_finish(&run);
    bot_folder_remove(folder);
    return has_run;
}

void reference_finish(struct reference *reference)
{
    free(reference->said);
    arena_destroy(reference->arena);
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

void reference_check_said(const struct reference *reference, const char *said,
                          int breaks)
{
    int repeated = 0;

    for (const char *at = reference->said; *at != '\0';) {
        const char *end = strchr(at, '\n');
        size_t length = end == NULL ? strlen(at) : (size_t)(end - at);
        int wanted = count_line(reference->said, at, length);
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
    if (repeated > breaks) {
        fail_msg("%d messages repeated by %d breaks", repeated, breaks);
    }
}

void reference_check_record(const struct reference *reference, const char *store)
{
    const struct record *expected = &reference->record;
    struct arena *arena = arena_create();
    struct record record;

    if (!record_read(arena, store, &record)) {
        fail_msg("%s", record.fault);
    }
    assert_string_equal(record.timeline, expected->timeline);
    assert_string_equal(record.nouns, expected->nouns);
    assert_string_equal(record.wishes, expected->wishes);
    assert_string_equal(record.waiting, expected->waiting);
    assert_string_equal(record.heard, expected->heard);
    arena_destroy(arena);
}

static void copy_file(const char *from, const char *to)
{
    FILE *in = fopen(from, "r");
    FILE *out = in == NULL ? NULL : fopen(to, "w");
    char some[65536];
    size_t got;

    if (in == NULL) {
        return;
    }
    INSIST(out != NULL);
    while ((got = fread(some, 1, sizeof(some), in)) > 0) {
        INSIST(fwrite(some, 1, got, out) == got);
    }
    (void)fclose(in);
    INSIST(fclose(out) == 0);
}

const char *reference_find_lost(const struct reference *reference,
                                const struct bot_run *run, struct arena *arena)
{
    static const char *const ends[] = {"", "-wal", "-journal"};
    char folder[BOT_FOLDER_BYTES];
    struct record record;
    const char *copy, *lost = NULL;

    bot_folder_make(folder);
    copy = arena_printf(arena, "%s/muster.db", folder);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        copy_file(arena_printf(arena, "%s%s", run->store, ends[i]),
                  arena_printf(arena, "%s%s", copy, ends[i]));
    }
    if (!record_read(arena, copy, &record)) {
        lost = record.fault;
    }
    for (size_t i = 0; lost == NULL && i < BOT_RUN_LINES; i++) {
        if (run->acked[i] && reference->is_event[i] && !record_holds(&record, i)) {
            lost = arena_printf(arena, "line %zu was acked and is lost", i);
        }
    }
    bot_folder_remove(folder);
    return lost;
}

void reference_check_acked(const struct reference *reference, const struct bot_run *run)
{
    struct arena *arena = arena_create();
    const char *lost = reference_find_lost(reference, run, arena);

    if (lost != NULL) {
        fail_msg("%s", lost);
    }
    arena_destroy(arena);
}
