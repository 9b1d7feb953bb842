/*
 * The neutral chat event: what an adapter's reader makes of bytes and what the rest of
 * the bot knows of a platform. One flat struct; every kind uses a part of it. No JSON
 * passes this line.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum chat_kind {
    CHAT_SAID,
    CHAT_EDITED,
    CHAT_DELETED,
    CHAT_REACTED,
    CHAT_UNREACTED,
    CHAT_COMMAND, /* a slash command, or a message that begins with a mention of the bot
                   */
    CHAT_CHOSE,   /* a button: `choice` is its command line, `message` what it stands on
                   */
    CHAT_JOINED,
    CHAT_LEFT,
    CHAT_FILE,
    CHAT_RENAMED, /* the channel got another name: `text` */
    CHAT_INVITED, /* `who` asks the bot into the channel */
    CHAT_REMOVED, /* `who` took the bot out of it, or banned it */
    CHAT_MOVED,   /* the channel goes on as another one: `text` is its id */
    CHAT_KEPT,    /* `who` wants the words `text` of `author`, said at `said_ms`, on a
                     timeline */
    CHAT_VISITED, /* `who` looks at the bot's own page */
    CHAT_SEALED, /* the channel is encrypted now: what is said can't be read any more */
    CHAT_RETURNED, /* the bot is in the channel, and was not before; `who` let it in */
    CHAT_REKEYED,  /* the channel is the same, its id is `text` from now on */
};

struct chat_place {
    const char *adapter;
    const char *channel; /* the platform's id */
    const char *name;    /* "#shop" for people; NULL where the platform did not say */
    const char *thread;  /* id of the message a reply hangs under, or NULL */
    bool is_direct;      /* a conversation with the bot alone */
    bool is_shared;      /* people from outside the workspace read it */
    bool is_sealed;      /* encrypted: the bot can't read there, and must not write */
};

struct chat_person {
    const char *id;   /* the platform's, the only thing identity comes from */
    const char *name; /* what to call them, or NULL */
    const char *zone; /* "Europe/Oslo", or NULL */
};

/* All strings are valid UTF-8, live in the turn's arena, and were capped by the reader.
 */
struct chat_event {
    enum chat_kind kind;
    const char
        *id;       /* the platform's; the same when delivered again; the inbox key. What
                      begins with the channel's id and ':' follows it (CHAT_REKEYED) */
    int64_t at_ms; /* the platform's clock */
    const char *gesture; /* what the sender's program calls it: a platform may tell of
                            one gesture as two messages, and the second is nobody's
                            words; NULL: it says nothing */
    struct chat_place place;
    struct chat_person who;
    const char *message; /* id of the message said, edited, deleted, reacted to; NULL
                            for slash */
    const char *text;    /* people as <@id>; a reaction's name; a command's line without
                            its prefix */
    const char *words;   /* of a form: free words beside the line `text`, to be taken as
                            they are whatever they look like; NULL: none */
    const char *choice;
    const char *file_name, *file_link;
    const char *trigger; /* opens a form while it is fresh; NULL: none can be opened */
    struct chat_person author; /* id NULL: nobody who could be asked about */
    int64_t said_ms;    /* when the message kept, or deleted, was said; 0: not known */
    int64_t full_bytes; /* how long the text was, where the reader cut it; else 0 */
    bool is_remark;     /* to be recorded, never run as a command: another bot's notice,
                           the words under a picture, a reaction of nobody knows whom */
    bool is_unordered;  /* read up, and what was said after it was heard before it: a
                           command in it is not run any more */
    bool is_again;      /* read up, and was heard perhaps when its channel was nobody's:
                           then it is not on the timeline yet */
    bool is_guess;      /* deletes what may never have been, or edits what may be still
                           to come and somebody else's: no entry tells of it */
    bool is_trusted;    /* an invitation that the settings of the platform allow */
};
