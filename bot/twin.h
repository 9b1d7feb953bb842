/*
 * What a command line left on the timeline beside itself: a note with its words, the
 * fact of a task. It follows what befalls the line's message, so that words which were
 * taken back stand nowhere else.
 */
#pragma once

#include "bot/turn.h"
#include "store/incidents.h"
#include "store/timeline.h"

/* The entry, still with its words, is deleted, and with it what was made of them; what
 * the bot said of them goes, too. */
MUST_CHECK bool twin_delete(struct turn *turn, const struct incident *incident,
                            const struct entry *entry, int64_t at_ms, struct err *err);
/* The entry says `text` from now on (`event`: the edit's id, or NULL): a note or change
 * made of its words says so, too, where it is still the same command. */
MUST_CHECK bool twin_edit(struct turn *turn, const struct entry *entry,
                          const char *text, const char *event, int64_t at_ms,
                          struct err *err);
/* That edit was deleted alone. */
MUST_CHECK bool twin_unedit(struct turn *turn, const struct entry *entry,
                            const char *event, int64_t at_ms, struct err *err);
