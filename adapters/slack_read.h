/*
 * From a frame of Socket Mode to neutral events: pure, for any bytes. It knows Slack's
 * envelopes and message subtypes, and nothing of sockets: whatever names an envelope is
 * told, so that it can be acked, also where nothing else in it made sense.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/base/json_scan.h"
#include "bot/chat.h"

#define SLACK_TEXT_BYTES ((size_t)160 * 1024) /* Slack's own: 40,000 characters */
#define SLACK_EVENTS     20 /* a message, ten files with it, its edit, its marks */
#define SLACK_ID_BYTES   1024

/* Who we are there, as auth.test says: for mentions, and so that we do not answer
 * ourselves. NULL: not known. */
struct slack_self {
    const char *user, *bot, *app, *team;
};

enum slack_frame_kind {
    SLACK_FRAME_ODD, /* nothing we know; it may still have an envelope to ack */
    SLACK_FRAME_HELLO,
    SLACK_FRAME_DISCONNECT,
    SLACK_FRAME_ENVELOPE,
};

struct slack_frame {
    enum slack_frame_kind kind;
    const char *envelope; /* to be acked; NULL: nothing to ack */
    bool is_slash;        /* its ack may carry words for the person */
    bool is_choice;
    bool is_retry;    /* retry_attempt > 0 */
    const char *form; /* a field of the form that was sent off; NULL: none was */
    const char *response_url; /* a secret for half an hour; NULL: none */
    const char *reason;       /* of a disconnect */
    int64_t life_s;           /* of a hello: until Slack recycles; 0: not said */
    int64_t connections;      /* of a hello: how many Slack counts; 0: not said */
    bool is_odd;              /* an envelope that makes no sense */
    int64_t held_until_ms;    /* Slack keeps events back until then; 0: it does not */
    size_t count;
    struct chat_event events[SLACK_EVENTS];
};

/* Strings live in the arena. now_ms stands in where Slack says no time: slash commands.
 */
void slack_read(struct arena *arena, const struct slack_self *self, int64_t now_ms,
                const char *bytes, size_t length_bytes, struct slack_frame *frame);

/* A message of conversations.history as if it had come as an event: the same id, so it
 * is heard once whichever way it comes. Of a deletion the history does not tell when it
 * was: then it was at now_ms. */
void slack_read_past(struct arena *arena, const struct slack_self *self, int64_t now_ms,
                     const char *channel, struct json_slice message,
                     struct slack_frame *frame);

/* People are known by team and id: those of our workspace by their id alone, those of
 * another by both, "T9/U1". NULL: it is one of ours, or no such account. */
const char *slack_foreign_id(const char *account);

/* Slack's text as people typed it: &lt; is <, a link what was typed; people stay
 * <@ID>. */
char *slack_text_plain(struct arena *arena, const char *text);

/* The moment in a ts ("1795351233.000100"); 0 where it is none. */
int64_t slack_ts_ms(const char *ts);
