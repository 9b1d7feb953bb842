/*
 * Other words for what a command line became, in the tables that keep them: where it
 * was written in the breath of `entry` (its incident and moment), and says exactly
 * `was`. The timeline keeps both (timeline_edit); here only the new ones are left.
 */
#pragma once

#include "store/timeline.h"

MUST_CHECK bool reword_breath(struct store *store, const struct entry *entry,
                              const char *was, const char *now, struct err *err);
