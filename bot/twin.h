/*
 * What a command line left on the timeline beside itself: a note with its words, the
 * fact of a task. It follows what befalls the line's message, so that words which were
 * taken back stand nowhere else.
 */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"
#include "store/incidents.h"
#include "store/timeline.h"

/* The entry, still with its words, is deleted, and with it what was made of them; what
 * the bot said of them goes, too. */
MUST_CHECK bool twin_delete(struct turn *turn, const struct incident *incident,
                            const struct entry *entry, int64_t at_ms, struct err *err);
/*
 * The entry says `text` from now on. Where it is still the same command, what its words
 * became says so, too: notes and changes, factors and what else was learned, tasks,
 * parked things, experiments and follow-ups, with their entries, whose old words stay
 * beside them. What was sent to others (an update, a page) is not taken back, and
 * nothing is done anew: whose it is and by when stays. `event` is the edit.
 */
MUST_CHECK bool twin_edit(struct turn *turn, const struct incident *incident,
                          const struct entry *entry, const char *text,
                          const struct chat_event *event, struct err *err);
/* An edit was deleted alone (`event`: its deletion); `entry` is as it was before that.
 */
MUST_CHECK bool twin_unedit(struct turn *turn, const struct incident *incident,
                            const struct entry *entry, const struct chat_event *event,
                            struct err *err);
