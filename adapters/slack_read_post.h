/* A message as Slack gives it, for slack_read_message.c and slack_read_file.c only. */
#pragma once

#include "adapters/slack_read_inner.h"

/* What is asked of the object of a message: of the event, and of those inside it. */
enum post_field {
    FIELD_SUBTYPE,
    FIELD_CHANNEL,
    FIELD_CHANNEL_TYPE,
    FIELD_TS,
    FIELD_EVENT_TS,
    FIELD_THREAD_TS,
    FIELD_USER,
    FIELD_BOT,
    FIELD_APP,
    FIELD_TEXT,
    FIELD_MESSAGE,
    FIELD_PREVIOUS,
    FIELD_FILES,
    FIELD_USER_TEAM, /* said in shared channels alone */
    FIELD_TEAM,
    FIELDS
};
/* Read in one pass, for most messages are long. */
struct post {
    struct json_slice object;
    struct json_slice found[FIELDS];
};

struct message {
    struct slack_reading *reading;
    struct post event;
    const char *channel;
    bool is_direct;
};

/* ---- slack_read_message.c */

struct chat_person slack_post_person(const struct slack_reading *reading,
                                     const struct post *post);
/* The ts of the thread it hangs in; NULL: it stands in the channel itself. */
const char *slack_post_thread(const struct slack_reading *reading,
                              const struct post *post, const char *ts);
/* One more event of the message's channel, or NULL. */
struct chat_event *slack_post_event(const struct message *message, enum chat_kind kind,
                                    struct chat_person who);

/* ---- slack_read_file.c */

void slack_read_files(const struct message *message, struct chat_person who,
                      const char *ts);
/* All that came with a message that was deleted. */
void slack_read_files_deleted(const struct message *message, struct chat_person who,
                              const struct post *before, const char *ts);
/* Those taken out of a message that stays. */
void slack_read_files_gone(const struct message *message, const struct post *before,
                           const struct post *now, const char *ts);
/* A message is gone, or a file (`id` is its ts, or what slack_read_files gave). */
struct chat_event *slack_read_message_gone(const struct message *message,
                                           struct chat_person who, const char *id);
