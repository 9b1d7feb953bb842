/*
 * What the bot says: notes into outbox rows. Nothing here reaches a platform; the
 * courier does, after the commit. Each function puts rows in the lane their order
 * matters in.
 */
#pragma once

#include "bot/command.h"
#include "bot/note.h"
#include "bot/turn.h"
#include "store/incidents.h"
#include "store/people.h"
#include "store/timeline.h"

/* A note whose first line is given: the usual answer. */
struct note *say_note(struct turn *turn, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Answers the command where it was typed, for all to see (in a direct conversation:
 * there); about a private incident only in its own channel, elsewhere to the speaker
 * alone. Typed elsewhere, the commands in the answer name the incident. */
MUST_CHECK bool say_here(struct turn *turn, const struct command_call *call,
                         struct note *note, struct err *err);
/* Says what the command made or changed: in the incident's channel, and to the speaker
 * alone where they typed it elsewhere. */
MUST_CHECK bool say_made(struct turn *turn, const struct command_call *call,
                         struct note *note, struct err *err);
/* Answers the speaker alone, in the same place: an ephemeral message, `(to ana)` on the
 * console. */
MUST_CHECK bool say_private(struct turn *turn, const struct command_call *call,
                            struct note *note, struct err *err);
/* The note with `inc-N` in each of its commands that is about an incident. */
struct note *say_named(struct turn *turn, const struct incident *incident,
                       const struct note *note);
/* The note as it is, or with the word in front where the incident (may be NULL) is a
 * drill and the note does not begin by saying so. */
struct note *say_drill(struct turn *turn, const struct incident *incident,
                       struct note *note);
/* The usual refusal: a private answer. */
MUST_CHECK bool say_refusal(struct turn *turn, const struct command_call *call,
                            const struct refusal *refusal, struct err *err);
/* Likewise of one sentence: nothing was changed. */
MUST_CHECK bool say_unchanged(struct turn *turn, const struct command_call *call,
                              const char *why, struct err *err);
/* Private answer to an event that is no command (a pin set). */
MUST_CHECK bool say_private_at(struct turn *turn, const struct chat_event *event,
                               const struct person *person, struct note *note,
                               struct err *err);

/* Posts into the incident's channel. *row (may be NULL) is the outbox row, for
 * say_amend. */
MUST_CHECK bool say_incident(struct turn *turn, const struct incident *incident,
                             struct note *note, int64_t *row, struct err *err);
/* A direct message to a person, in the urgent lane; the phone rings for it. Over the
 * incident's platform where they have an account there, else over any they have.
 * incident may be NULL. */
MUST_CHECK bool say_direct(struct turn *turn, const struct incident *incident,
                           int64_t person_id, struct note *note, int64_t *row,
                           struct err *err);
/* Is there any account of theirs that say_direct could write to? */
MUST_CHECK bool say_can_reach(struct turn *turn, const struct incident *incident,
                              int64_t person_id, bool *can, struct err *err);
/* Likewise outside of incidents: over the platform of the call where they have an
 * account there. */
MUST_CHECK bool say_direct_by(struct turn *turn, const struct command_call *call,
                              int64_t person_id, struct note *note, struct err *err);
MUST_CHECK bool say_direct_on(struct turn *turn, const char *adapter, int64_t person_id,
                              struct note *note, struct err *err);
/* Answers the speaker in a direct message of which nothing is kept once it is out:
 * neither what nor to whom. */
MUST_CHECK bool say_unkept(struct turn *turn, const struct command_call *call,
                           struct note *note, struct err *err);
/* Into the announcement channel of the incident's platform (never for private ones:
 * then nothing). */
MUST_CHECK bool say_announce(struct turn *turn, const struct incident *incident,
                             struct note *note, struct err *err);
/* Into a channel by name ("#shop-status"). */
MUST_CHECK bool say_channel(struct turn *turn, const struct incident *incident,
                            const char *channel, struct note *note, struct err *err);
/* Changes what `row` posted. quiet: nobody needs to be shown (the headline). */
MUST_CHECK bool say_amend(struct turn *turn, const struct incident *incident,
                          int64_t row, struct note *note, bool quiet, struct err *err);
/* Where a platform has bookmarks, it is one as well, by that title. */
MUST_CHECK bool say_pin(struct turn *turn, const struct incident *incident, int64_t row,
                        const char *title, struct err *err);
/* In the place of the last one, where the platform has such documents; else nothing. */
MUST_CHECK bool say_canvas(struct turn *turn, const struct incident *incident,
                           const char *title, const char *text, struct err *err);
/* is_again: after a no, in a lane of its own, since what waits for the channel stands
 * before it. */
MUST_CHECK bool say_open_channel(struct turn *turn, const struct incident *incident,
                                 const char *topic, bool is_again, struct err *err);
MUST_CHECK bool say_topic(struct turn *turn, const struct incident *incident,
                          const char *topic, struct err *err);
MUST_CHECK bool say_invite(struct turn *turn, const struct incident *incident,
                           int64_t person_id, struct err *err);

/* Of a channel itself (bot/say_room.c). Into it: one we were invited to (incident NULL
 * where it is no incident's), or one that takes the place of `instead_of`. */
struct say_room {
    const char *adapter;
    const struct incident *incident;
    const char *channel;
    const char *instead_of; /* NULL: of none */
};
MUST_CHECK bool say_join(struct turn *turn, const struct say_room *room,
                         struct err *err);
/* Out of it, or an invitation declined. The reason is for people to read; NULL: none.
 */
MUST_CHECK bool say_leave(struct turn *turn, const struct say_room *room,
                          const char *reason, struct err *err);
/* Does either still wait to be done there? */
MUST_CHECK bool say_room_waits(struct turn *turn, const struct say_room *room,
                               bool *waits, struct err *err);
/* We were taken out: what was to bring us in is off. */
MUST_CHECK bool say_room_forget(struct turn *turn, const struct say_room *room,
                                struct err *err);
/* Takes what somebody said out of the channel, where the platform lets us. */
MUST_CHECK bool say_redact(struct turn *turn, const struct incident *incident,
                           const struct chat_event *event, struct err *err);
/* Likewise by the entry that was made of it, with its edits: each is a message of its
 * own there, and can be read until it goes, too. */
MUST_CHECK bool say_redact_entry(struct turn *turn, const struct incident *incident,
                                 const struct entry *entry, struct err *err);
/* Markdown as a file into the incident's channel. */
MUST_CHECK bool say_upload(struct turn *turn, const struct incident *incident,
                           const char *name, const char *text, struct err *err);

/* Words for texts (bot/say_words.c). All are fit for %s, in the turn's arena. */
const char *say_when(struct turn *turn,
                     int64_t at_ms); /* marked time in the incident's zone, 02:44 CET;
                                        with the day where it is another day */
const char *say_at(struct turn *turn,
                   int64_t at_ms); /* "at 02:44 CET", "on Fri 13 March, 02:44 CET" */
const char *say_due(struct turn *turn,
                    int64_t due_ms); /* ", due Fri 20 March"; "" where no day is set */
const char *say_clock(struct turn *turn, int64_t at_ms);      /* 02:44 CET */
const char *say_clock_bare(struct turn *turn, int64_t at_ms); /* 02:44 */
const char *say_person(struct turn *turn,
                       int64_t person_id); /* the handle; "somebody" for 0 */
const char *say_people(struct turn *turn, const int64_t *ids,
                       size_t count); /* "tove, bo and ann" */
const char *say_brief(struct turn *turn,
                      const char *words); /* what was said, as an answer repeats it:
                                             cut where it is a page long */
const char *say_ref(struct turn *turn, const struct incident *incident); /* inc-42 */
const char *say_link(struct turn *turn,
                     const struct incident *incident); /* to its channel: #inc-42-x */
const char *say_late(struct turn *turn,
                     int64_t late_ms); /* " This comes 5 h late.", "" for 0 */
