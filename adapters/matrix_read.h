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
#define MATRIX_ID_BYTES    ((size_t)255)
#define MATRIX_TOKEN_BYTES ((size_t)4096) /* next_batch, prev_batch */
#define MATRIX_ROOMS       10000          /* of one sync */
#define MATRIX_EVENTS      500000         /* of one sync, all rooms */

/* Who we are there. NULL: not known. */
struct matrix_self {
    const char *user; /* "@muster:example.org" */
    const char *device;
    const char *name; /* display name, for mentions typed by hand */
};

enum matrix_news_kind {
    MATRIX_NEWS_ODD,       /* nothing we know, or not readable at all (is_spoilt) */
    MATRIX_NEWS_EVENT,     /* `event` is for the ears */
    MATRIX_NEWS_ECHO,      /* by our own hand: event.id; `transaction` where this device
                              sent it */
    MATRIX_NEWS_JOINED,    /* our own membership: we are in from here on */
    MATRIX_NEWS_TOMBSTONE, /* event.text: the replacement; event.who: who did it.
                              event.kind is CHAT_MOVED */
    MATRIX_NEWS_SEALED,    /* m.room.encryption; event.kind is CHAT_SEALED */
    MATRIX_NEWS_POWER,     /* m.room.power_levels changed */
    MATRIX_NEWS_UNREADABLE, /* m.room.encrypted: event.who said what we can't read.
                               Anybody may send one anywhere: it seals nothing */
    MATRIX_NEWS_PERSON,     /* event.who has this name; nothing happened */
    MATRIX_NEWS_MADE,       /* we made this room; event.text: our mark of the wish */
};

/*
 * One event of a room, read. Strings live in the arena given. But for ODD, `event` has
 * id, at_ms, place and who. at_ms is 0 where the homeserver gave no moment between 1970
 * and 9999: the caller's clock stands in.
 *
 * A message may become two events: a file and the words with it (event: CHAT_FILE,
 * whose message is "$id:file"; extra: CHAT_SAID of "$id"); one redacted before it was
 * heard (CHAT_SAID without words, then CHAT_DELETED); a redaction (CHAT_DELETED of
 * "$id", then of "$id:file", since it does not say what it hits).
 */
struct matrix_news {
    enum matrix_news_kind kind;
    bool is_spoilt; /* hostile or broken: its slice is to be kept as it is, for a look
                       by people. What of it can be read counts all the same */
    const char *transaction;
    const char *sender;
    bool is_before_join; /* unsigned.membership says we were not there */
    struct chat_event event;
    struct chat_event extra; /* valid where has_extra */
    bool has_extra;
};

/* What a sync says of one room; slices of the body. */
struct matrix_room_news {
    const char *room;
    struct json_slice state; /* array; state_after where the server has it; of an
                                invitation: its stripped state */
    bool is_state_after;
    struct json_slice timeline; /* array of events */
    bool is_limited;
    const char *prev_batch;
    int64_t people; /* joined or asked in; 0: it does not say */
};

struct matrix_body {
    const char *next_batch; /* NULL: the body is no sync */
    struct json_slice joined, invited,
        left;                       /* objects, room id to news; absent: none */
    struct json_slice account_data; /* array of events */
    size_t rooms_over; /* left out behind MATRIX_ROOMS, MATRIX_EVENTS: to be logged */
};

/* False: no JSON, or no next_batch. to_device, presence and the like are passed over
 * unread. */
bool matrix_read_body(struct arena *arena, const char *bytes, size_t length_bytes,
                      struct matrix_body *body);
/* Walks an object of rooms: `*cursor` starts as {0}; false at the end. A room whose id
 * can be none is passed over. */
bool matrix_read_room(struct arena *arena, struct json_slice rooms,
                      struct json_slice *cursor, struct matrix_room_news *news);

/*
 * One event of a timeline, a page of /messages or a state array. `is_direct`: the room
 * is a conversation with one person. Text over the cap is cut, full_bytes says so.
 *
 * Commands (`!incident`, `!inc`, a mention of us at the start) come as CHAT_COMMAND
 * only from m.text, never from notices, own events or edits; in a direct room as
 * CHAT_SAID, which the bot takes for a command by itself. Whatever else is said has
 * event.is_remark: it reaches the record and is never run.
 *
 * The filter of a sync must let through type, event_id, sender, state_key,
 * origin_server_ts, content, unsigned and redacts.
 */
void matrix_read_event(struct arena *arena, const struct matrix_self *self,
                       const char *room, bool is_direct, struct json_slice slice,
                       struct matrix_news *news);

/*
 * A redaction does not say what it hits, and takes reactions back as well. Whoever
 * hears a CHAT_REACTED that matters keeps its trace under event.id; when a CHAT_DELETED
 * has that id as its message, matrix_read_unreacted makes the CHAT_UNREACTED of it (of
 * whoever had reacted, whoever redacted), and `extra` is nothing. False: no trace.
 */
const char *matrix_read_trace(struct arena *arena, const struct chat_event *reacted);
bool matrix_read_unreacted(struct arena *arena, const char *trace,
                           struct chat_event *deleted);

/*
 * An invitation, from its stripped state: a CHAT_INVITED event whose place says whether
 * the room is direct and sealed. False: nothing in it says who invites us. Where two
 * people do, it is not trusted, whoever they are. A homeserver need not say the event's
 * id: then event->id is "invite ROOM PERSON", the same for the next invitation, and the
 * caller may put the sync's token behind it.
 */
bool matrix_read_invite(struct arena *arena, const struct matrix_self *self,
                        const char *room, struct json_slice invite_state,
                        struct chat_event *event);
