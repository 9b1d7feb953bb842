/* The timeline as people read it in chat: one line an entry, with its number. */
#pragma once

#include "bot/note.h"
#include "bot/turn.h"
#include "store/incidents.h"

struct entry;

/* Is it one of the key moments: pinned, or a fact of the bot that is one by itself? */
bool timeline_is_key(const struct entry *entry);
/* A moment, started or detected, that was set to another time since: drafts go by the
 * last. What was mitigated, or normal, may have been so, and come back. */
bool timeline_is_corrected(const struct incident *incident, const struct entry *entry);

/* which: "key" (what is pinned, and the facts), "all", or "last" with its limit. */
MUST_CHECK bool timeline_view(struct turn *turn, const struct incident *incident,
                              const char *which, int64_t limit, struct note **note,
                              struct err *err);
