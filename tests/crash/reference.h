/*
 * The incident as it goes when nothing disturbs it, and whether another run lost or
 * repeated anything of it. Whatever is wrong fails the test.
 */
#pragma once

#include <stdbool.h>

#include "bot/base/arena.h"
#include "tests/crash/bot_run.h"
#include "tests/crash/record.h"

struct reference {
    struct arena *arena;
    struct record record;
    char *said;
    bool is_event[BOT_RUN_LINES];
};

/* False: it did not run; standard error says why. */
bool reference_init(struct reference *reference);
void reference_finish(struct reference *reference);

/* The store is as after an undisturbed run. */
void reference_check_record(const struct reference *reference, const char *store);
/* Everything the undisturbed run said was said; what was said more often, was so by the
 * breaks, one message each. */
void reference_check_said(const struct reference *reference, const char *said,
                          int breaks);
/* What was acked before the break is in the store after it. Looks at a copy, so that it
 * is the bot that mends its store. */
void reference_check_acked(const struct reference *reference,
                           const struct bot_run *run);
/* The same as a question: why not, in the arena, or NULL. */
const char *reference_find_lost(const struct reference *reference,
                                const struct bot_run *run, struct arena *arena);
