/*
 * Writes the timeline: what is said in an incident's channel, with its original time,
 * and the facts that use-cases add. Every change of an incident goes through
 * recorder_fact in the same turn.
 */
#pragma once

#include "bot/chat.h"
#include "bot/turn.h"
#include "store/incidents.h"
#include "store/people.h"
#include "store/timeline.h"

/* A message, edit, deletion, reaction, join, leave or file in an incident's channel. */
MUST_CHECK bool recorder_event(struct turn *turn, const struct incident *incident,
                               const struct person *who, const struct chat_event *event,
                               struct err *err);

/* A fact of the bot: kind as in the export (state, severity, role, task, page, update,
 * factor …). `subject` is the number it speaks of. *n (may be NULL) is the entry's
 * number. */
MUST_CHECK bool recorder_fact(struct turn *turn, const struct incident *incident,
                              int64_t person_id, const char *kind, int64_t subject,
                              const char *text, int64_t *n, struct err *err);
/* Likewise, back-dated. */
MUST_CHECK bool recorder_fact_at(struct turn *turn, const struct incident *incident,
                                 int64_t person_id, const char *kind, int64_t at_ms,
                                 const char *text, int64_t *n, struct err *err);
