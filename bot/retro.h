/*
 * The retrospective as people use it: due when an incident is resolved, drafted into
 * its channel, filled in by hand, published by a person and never by the bot. What it
 * says is made in bot/retro_compose.h and bot/retro_outside.h.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/command.h"
#include "bot/retro_record.h"

/* The verbs. Each answers the speaker. */
MUST_CHECK bool retro_say_draft(struct turn *turn, const struct command_call *call,
                                struct err *err);
MUST_CHECK bool retro_take(struct turn *turn, const struct command_call *call,
                           const char *section, const char *text, struct err *err);
/* due_ms TIME_NONE: as it was. */
MUST_CHECK bool retro_own(struct turn *turn, const struct command_call *call,
                          const struct person *owner, int64_t due_ms, struct err *err);
MUST_CHECK bool retro_send(struct turn *turn, const struct command_call *call,
                           struct err *err);

/* The outside version for the speaker to read; and into the channel for those outside,
 * where it is what was read last. */
MUST_CHECK bool retro_say_outside(struct turn *turn, const struct command_call *call,
                                  struct err *err);
MUST_CHECK bool retro_send_outside(struct turn *turn, const struct command_call *call,
                                   struct err *err);

/* After it was resolved. *due_ms: by when; TIME_NONE: the settings want none. */
MUST_CHECK bool retro_plan_on_resolve(struct turn *turn,
                                      const struct incident *incident, int64_t *due_ms,
                                      struct err *err);
/* A message in the incident's channel was edited or deleted: what it had filled in
 * follows. */
MUST_CHECK bool retro_follow_edit(struct turn *turn, const struct incident *incident,
                                  const struct person *who,
                                  const struct chat_event *event, struct err *err);

/* Something of these sections changed: where a draft stands, it says so. */
#define RETRO_BIT(place) (1U << (unsigned)(place))
#define RETRO_ALL        (RETRO_BIT(RETRO_SECTIONS) - 1)
MUST_CHECK bool retro_refresh(struct turn *turn, const struct incident *incident,
                              unsigned places, struct err *err);
/* Amends them with a record that is loaded already. */
MUST_CHECK bool retro_amend(struct turn *turn, const struct incident *incident,
                            const struct retro_record *record, unsigned places,
                            struct err *err);
/* "1 question", "13 questions" */
const char *retro_questions_words(struct turn *turn, size_t count);

extern const struct alarm_kind retro_due_alarm; /* "retro-due", set on resolve */
