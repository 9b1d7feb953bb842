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

/* Is this line, recorded now, not to be run: deleted before it was heard, or talk when
 * it was heard first? (Read up later, a message says what it was edited to, and an edit
 * runs nothing.) */
MUST_CHECK bool recorder_is_past(struct turn *turn, const struct chat_event *event,
                                 bool *is_past, struct err *err);

/* The reaction that marks a key moment. */
#define RECORDER_PIN "pushpin"

/* `<@U123>` in somebody's words as people read it: @handle. */
MUST_CHECK bool recorder_name_people(struct turn *turn, const char *adapter,
                                     const char *text, const char **named,
                                     struct err *err);

/* An entry for what somebody did; its kind and text are still to come. */
struct entry recorder_entry(const struct turn *turn, const struct chat_event *event,
                            int64_t incident_id, int64_t person_id);

/* The entry that was made of the event's message; NULL: none was. */
MUST_CHECK bool recorder_find_message(struct turn *turn, const struct chat_event *event,
                                      struct entry **entry, struct err *err);
/* The event deletes (recorder_deletion.c): words that are gone where they were said are
 * gone here. */
MUST_CHECK bool recorder_deletion(struct turn *turn, const struct incident *incident,
                                  const struct person *who,
                                  const struct chat_event *event, struct err *err);

/* Somebody came or went, as `entry` says (recorder_member.c). Is that on the timeline
 * already? Takes them out of the incident, where they are gone. */
MUST_CHECK bool recorder_member_told(struct turn *turn, const struct entry *entry,
                                     bool *is_told, struct err *err);
MUST_CHECK bool recorder_member_gone(struct turn *turn, const struct entry *entry,
                                     struct err *err);

/* A fact of the bot (recorder_fact.c). */
struct fact {
    int64_t person_id; /* 0: nobody */
    const char *kind;  /* as in the export: state, severity, role, task, page, update,
                          factor … */
    int64_t subject; /* the number of the task, page, factor … it speaks of; 0: none */
    int64_t at_ms;   /* back-dated; 0: now */
    const char *text;
};

/* *n (may be NULL) is the entry's number. */
MUST_CHECK bool recorder_fact(struct turn *turn, const struct incident *incident,
                              const struct fact *fact, int64_t *n, struct err *err);
