/*
 * What befalls an incident's channel on its platform: the bot is taken out of it and
 * comes back, it is encrypted, it goes on as another one. The incident stays what it
 * is; the record says what happened, and whoever leads hears what to do.
 */
#pragma once

#include "bot/adapter.h"
#include "bot/alarm.h"
#include "bot/chat.h"
#include "bot/note.h"
#include "bot/turn.h"
#include "store/incidents.h"
#include "store/outbox.h"
#include "store/people.h"

/* CHAT_REMOVED, CHAT_RETURNED, CHAT_MOVED, CHAT_REKEYED, CHAT_SEALED, in any channel.
 */
MUST_CHECK bool channel_event(struct turn *turn, const struct chat_event *event,
                              struct err *err);

/* What became of an ACTION_JOIN that was about an incident. */
MUST_CHECK bool channel_joined(struct turn *turn, const struct outbox_row *row,
                               const struct outcome *outcome, struct err *err);
MUST_CHECK bool channel_not_joined(struct turn *turn, const struct outbox_row *row,
                                   const char *why, struct err *err);

/* A message that can't be said: one entry `text` for all that fail for one reason.
 * Where it was for the incident's own channel, who leads is told why; NULL: it was not.
 */
MUST_CHECK bool channel_lost(struct turn *turn, const struct incident *incident,
                             const char *text, const char *why, struct err *err);

/* The incident whose channel moved to that place while we could not follow; NULL: none.
 */
MUST_CHECK bool channel_moved_here(struct turn *turn, const struct chat_place *place,
                                   struct incident **incident, struct err *err);
/* A channel that was refused: asked for again later (bot/channel_again.c). *is_first:
 * nobody knows yet. */
MUST_CHECK bool channel_again_plan(struct turn *turn, const struct incident *incident,
                                   bool *is_first, struct err *err);
/* The row opened it. Where it had been refused before, what is still of use is said
 * there, and how much was left out. */
MUST_CHECK bool channel_again_opened(struct turn *turn, const struct outbox_row *row,
                                     struct err *err);
extern const struct alarm_kind channel_again_alarm; /* "channel-again" */

/* Who did it; NULL where the platform does not say. */
MUST_CHECK bool channel_meet(struct turn *turn, const struct chat_event *event,
                             struct person **who, struct err *err);

/* An event that bears an id its channel had before, as if it bore the present one. */
MUST_CHECK bool channel_present(struct turn *turn, const struct chat_event **event,
                                struct err *err);

/* Shared by bot/channel.c, bot/channel_id.c and bot/channel_move.c. */
MUST_CHECK bool channel_rekeyed(struct turn *turn, const struct incident *incident,
                                const struct chat_event *event, struct err *err);
MUST_CHECK bool channel_moved(struct turn *turn, struct incident *incident,
                              const struct chat_event *event, struct err *err);
/* Where it had been taken out. */
MUST_CHECK bool channel_came_back(struct turn *turn, const struct incident *incident,
                                  struct err *err);
MUST_CHECK bool channel_record(struct turn *turn, const struct incident *incident,
                               const char *text, struct err *err);
/* The commander, else whoever declared. */
MUST_CHECK bool channel_tell_lead(struct turn *turn, const struct incident *incident,
                                  struct note *note, struct err *err);
/* Both of them: the one was told of a channel, the other waits for it. */
MUST_CHECK bool channel_tell_missing(struct turn *turn, const struct incident *incident,
                                     struct note *note, struct err *err);
