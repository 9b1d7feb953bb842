/* What the parts of the reader share; for slack_read*.c only. */
#pragma once

#include "adapters/slack_read.h"

struct slack_reading {
    struct arena *arena;
    const struct slack_self *self;
    struct slack_frame *frame;
    int64_t now_ms;
    struct json_slice payload;
    const char *channel;  /* where the message itself does not say: history */
    const char *event_id; /* NULL: Slack gave none */
    int64_t event_ms;     /* when Slack says it happened; 0: it does not */
    bool is_shared;
    bool is_past; /* a message of the history, as it is by now */
};

/* One more event of the frame, with what all share; NULL where there is no room. */
struct chat_event *slack_reading_add(struct slack_reading *reading, enum chat_kind kind,
                                     const char *channel);
/* A string member, cleaned and capped; NULL where it is absent, empty or too long to be
 * an id. */
const char *slack_reading_id(const struct slack_reading *reading,
                             struct json_slice object, const char *path);
/* The same for the value itself. */
const char *slack_reading_as_id(const struct slack_reading *reading,
                                struct json_slice value);
/* Sets text and full_bytes from Slack's escaped text. */
void slack_reading_text(const struct slack_reading *reading, struct chat_event *event,
                        struct json_slice text);
/* Who said a message, be it a person or another bot. */
struct chat_person slack_reading_author(const struct slack_reading *reading,
                                        struct json_slice message);
/* What a message shows beside its text, as lines: what is attached to it, without what
 * a link in it unfolds to, where that does not count; where it has no text its blocks.
 */
const char *slack_reading_attached(const struct slack_reading *reading,
                                   struct json_slice message, bool without_links);
/* Sets the text from all a message shows: its words, else what is attached to it. */
void slack_reading_words(const struct slack_reading *reading, struct chat_event *event,
                         struct json_slice message);
/* "#ops" where Slack gives the name: private places and direct messages have none. */
void slack_reading_place(const struct slack_reading *reading, struct chat_event *event,
                         const char *name);
/* Gives up the event added last: it lacks what every event must have. */
void slack_reading_drop(struct slack_reading *reading);
/* Is this object (a message, a user's event) by our own hand? */
bool slack_reading_is_ours(const struct slack_reading *reading, struct json_slice from);
/* The same for what was found in it. */
bool slack_reading_is_self(const struct slack_reading *reading, struct json_slice user,
                           struct json_slice bot, struct json_slice app);
/* Is somebody of this team (NULL: not said) from outside our workspace? */
bool slack_reading_is_stranger(const struct slack_reading *reading, const char *team);
/* Is this of a workspace that has the same app? What happens there comes by the same
 * connection, its ids are other people's, and our token does not reach there. */
bool slack_reading_is_elsewhere(const struct slack_reading *reading,
                                struct json_slice install);
/* A person of that team (NULL: not said), as the bot is to know them: whoever is from
 * outside is never taken for one of ours, whatever their id. */
const char *slack_reading_person(const struct slack_reading *reading, const char *id,
                                 const char *team);
/* Turns "<@BOT> declare ..." into a command. */
void slack_reading_command(const struct slack_reading *reading,
                           struct chat_event *event);

/* By the type of an inner event: message and app_mention; all others. */
void slack_read_message(struct slack_reading *reading, struct json_slice event);
void slack_read_event(struct slack_reading *reading, struct json_slice event);
void slack_read_slash(struct slack_reading *reading);
void slack_read_interactive(struct slack_reading *reading);
/* Of a form that was sent off, of the two shortcuts, of App Home (slack_read_form.c).
 */
void slack_read_submission(struct slack_reading *reading);
void slack_read_shortcut(struct slack_reading *reading);
void slack_read_keep(struct slack_reading *reading);
void slack_read_home(struct slack_reading *reading, struct json_slice event);
/* Of a message of the history (slack_read_past.c): the pushpins on it; whether it tells
 * that somebody came or went, and is none. */
void slack_read_marks(struct slack_reading *reading, struct json_slice message);
bool slack_read_comings(struct slack_reading *reading, struct json_slice message);
