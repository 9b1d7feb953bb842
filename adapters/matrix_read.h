/*
 * From the body of a sync (or a page of /messages) to neutral events: pure, for any
 * bytes. A body is never decoded whole: it is scanned, each event is a slice of it, and
 * one that can't be decoded is set aside and counted without spoiling the rest
 * (client-server API, "Syncing"; hostile events).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/base/json_scan.h"
#include "bot/chat.h"

#define MATRIX_TEXT_BYTES  ((size_t)64 * 1024) /* an event's own limit is 65,536 */
#define MATRIX_EVENT_BYTES ((size_t)128 * 1024)
#define MATRIX_ROOMS       10000  /* of one sync */
#define MATRIX_EVENTS      100000 /* of one sync, all rooms */

/* Who we are there. NULL: not known. */
struct matrix_self {
    const char *user; /* "@muster:example.org" */
    const char *device;
    const char *name; /* display name, for mentions typed by hand */
};

enum matrix_news_kind {
    MATRIX_NEWS_ODD,       /* nothing we know, or not decodable (is_spoilt) */
    MATRIX_NEWS_EVENT,     /* `event` is for the ears */
    MATRIX_NEWS_ECHO,      /* our own, by `transaction` */
    MATRIX_NEWS_JOINED,    /* our own membership: we are in from here on */
    MATRIX_NEWS_TOMBSTONE, /* event.text: the replacement; event.who: who did it */
    MATRIX_NEWS_SEALED,    /* m.room.encryption */
    MATRIX_NEWS_POWER,     /* m.room.power_levels changed */
};

/* One event of a room, read. Strings live in the arena given. */
struct matrix_news {
    enum matrix_news_kind kind;
    bool is_spoilt; /* its slice is to be kept as it is, for a look by people */
    const char *transaction;
    const char *sender;
    bool is_before_join; /* unsigned.membership says we were not there */
    struct chat_event event;
    struct chat_event extra; /* a second event of the same message (a file's caption);
                                kind only valid where has_extra */
    bool has_extra;
};

/* What a sync says of one room; slices of the body. */
struct matrix_room_news {
    const char *room;
    struct json_slice state; /* array; state_after where the server has it */
    bool is_state_after;
    struct json_slice timeline; /* array of events */
    bool is_limited;
    const char *prev_batch;
};

struct matrix_walk; /* over the rooms of a sync */

struct matrix_body {
    const char *next_batch; /* NULL: the body is no sync */
    struct json_slice joined, invited,
        left;                       /* objects, room id to news; absent: none */
    struct json_slice account_data; /* array of events */
};

/* False: no JSON, or no next_batch. to_device, presence and the like are passed over
 * unread. */
bool matrix_read_body(struct arena *arena, const char *bytes, size_t length_bytes,
                      struct matrix_body *body);
/* Walks an object of rooms: `*cursor` starts as {0}; false at the end. */
bool matrix_read_room(struct arena *arena, struct json_slice rooms,
                      struct json_slice *cursor, struct matrix_room_news *news);

/* One event of a timeline, a page of /messages or a state array. `is_direct`: the room
 * is a conversation with one person. Text over the cap is cut, full_bytes says so.
 * Commands (`!incident`, `!inc`, a mention of us at the start) come as CHAT_COMMAND
 * only from m.text, never from notices, own events or edits.
 */
void matrix_read_event(struct arena *arena, const struct matrix_self *self,
                       const char *room, bool is_direct, struct json_slice slice,
                       struct matrix_news *news);

/* An invitation, from its stripped state: a CHAT_INVITED event whose place says whether
 * the room is direct and sealed. False: nothing in it says who invites us. */
bool matrix_read_invite(struct arena *arena, const struct matrix_self *self,
                        const char *room, struct json_slice invite_state,
                        struct chat_event *event);
