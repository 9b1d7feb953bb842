/*
 * A page that finds nobody: why, what else there is, and numbers to ring by hand.
 */
#pragma once

#include "bot/command.h"
#include "bot/note.h"
#include "store/pages.h"

/* Of a page that was not even made. `target` is what was asked for. */
MUST_CHECK bool paging_nobody(struct turn *turn, const struct command_call *call,
                              const struct page *page, const char *target,
                              struct note **note, struct err *err);

struct paging_skip {
    const int64_t *ids; /* who said no */
    size_t count;
};
/* "inez +44 7700 900142, away until Fri 20 March, 17:00 CET; …": those who may help
 * though the bot does not call them, else whoever is on call for anything. NULL: no
 * number is known. */
MUST_CHECK bool paging_numbers(struct turn *turn, const struct incident *incident,
                               const struct page *page, const struct paging_skip *skip,
                               const char **words, struct err *err);
