/*
 * From an action to the body of a Web API call: pure. It knows Slack's blocks, its
 * escaping and its limits, and nothing of connections or of what the answer will be.
 * Bodies are JSON; the few reads are forms (not every read takes JSON).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "bot/action.h"
#include "bot/base/arena.h"
#include "bot/note.h"

/* So much of a note fits a message's blocks, escaped and wrapped at the worst. */
#define SLACK_NOTE_BYTES    ((size_t)2800)
#define SLACK_SECTION_BYTES ((size_t)2900) /* a section's text: 3,000 characters */
#define SLACK_TOPIC_RUNES   247            /* and "..." behind them */
#define SLACK_NAME_BYTES    80

/* What our posts carry, to find one again whose answer was lost. Every member of the
 * channel can read it: numbers only. */
#define SLACK_EVENT_TYPE "muster_post"

/* One line of a note as mrkdwn: & < > escaped, marks as Slack's own. is_direct:
 * commands are shown without the slash command. */
char *slack_write_line(struct arena *arena, const char *line, bool is_direct);

/* chat.postMessage, of ACTION_POST and ACTION_DIRECT (where `channel` may be a person).
 */
char *slack_write_post(struct arena *arena, const struct action *action,
                       const char *channel);
char *slack_write_update(struct arena *arena, const struct action *action,
                         const char *channel, const char *ts);
char *slack_write_ephemeral(struct arena *arena, const struct action *action);
/* For a response_url: seen by the one who typed, whatever the server's default is. */
/* `thread` NULL: beside all threads. */
char *slack_write_response(struct arena *arena, const struct note *note,
                           const char *thread);

char *slack_write_create(struct arena *arena, const struct action *action,
                         const char *name);
/* conversations.setTopic; a topic too long is cut. */
char *slack_write_topic(struct arena *arena, const char *channel, const char *topic);
/* conversations.setPurpose: says whose channel it is, so that it is known again. */
char *slack_write_purpose(struct arena *arena, const char *channel,
                          const struct action *action);
const char *slack_purpose(struct arena *arena, const struct action *action);
/* files.completeUploadExternal: the file is shown in the channel. */
char *slack_write_file(struct arena *arena, const char *channel, const char *file,
                       const char *title);
/* conversations.canvases.create, and canvases.edit: all of it anew. */
char *slack_write_canvas(struct arena *arena, const char *channel, const char *title,
                         const char *markdown);
char *slack_write_canvas_edit(struct arena *arena, const char *canvas,
                              const char *markdown);
/* String members as a form: names and values in turn, NULL-ended. */
char *slack_write_form(struct arena *arena, const char *name, ...);

/* The ack of an envelope; `words` (may be NULL) are shown to who typed a slash command.
 */
char *slack_write_ack(struct arena *arena, const char *envelope, const char *words);

/* An envelope nobody understood, to be kept: clean, cut, and without what would be a
 * secret in it. */
char *slack_write_odd(struct arena *arena, const char *bytes, size_t length_bytes);

/* "1795351233": a moment as Slack's `oldest` wants it. */
char *slack_write_moment(struct arena *arena, int64_t at_ms);
