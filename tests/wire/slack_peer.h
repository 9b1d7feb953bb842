/*
 * A scripted Slack: the Web API and Socket Mode on one scripted server, with the real
 * ears, a store in memory and the adapter on the other side. It keeps what a workspace
 * would (channels, posts, pins), sends what a test wants, and can lose, refuse and cut.
 */
#pragma once

#include "bot/ears.h"
#include "tests/wire/wire.h"

#define SLACK_PEER_ITEMS 4096
#define SLACK_PEER_LIVES 16
#define SLACK_PEER_NEWS  "C0NEWS" /* #incidents, which the workspace had before */
#define SLACK_PEER_GONE  "U0GONE" /* their account is switched off */

enum slack_fault {
    FAULT_NONE,
    FAULT_DROP_AFTER,  /* it happens, the answer is lost */
    FAULT_SILENT,      /* it happens, no answer comes, the connection stays */
    FAULT_DROP_BEFORE, /* it does not happen, the connection is cut */
    FAULT_429,
    FAULT_500,       /* nothing happens */
    FAULT_500_AFTER, /* it happens, the answer is a 500 */
    FAULT_UNKNOWN_METHOD,
    FAULT_INVALID_AUTH,
    FAULT_NOT_IN_CHANNEL,
    FAULT_ERROR, /* fault_error */
    FAULT_NOT_ALLOWED,
    FAULT_TOKEN_TYPE, /* not_allowed_token_type */
    FAULT_HELD,       /* nothing happens; the test answers `held` */
};

struct slack_peer_post {
    char channel[64], text[400], row[32], made[32], ts[32];
    char thread[32]; /* whose history it is in, and not the channel's; "": none */
    bool is_broadcast;
    char file[100]; /* shown with it; "": none */
    size_t file_bytes;
    bool is_private;
};

struct slack_peer_room {
    char id[32], name[100], purpose[300];
    long created;
};

/* The next `times` calls of a method are told to wait. */
struct slack_storm {
    const char *method;
    int times, wait_s; /* 0: it does not say how long */
    int64_t until_ms;  /* steady: nobody may call before */
    size_t told_looks, refused, early;
};
#define SLACK_STORMS 2
/* A call that was on its way when the 429 was written breaks no word. Counted in looks
 * of the running loop, so a machine that stands still lets none of them pass. */
#define SLACK_ON_ITS_WAY_LOOKS 50

struct slack_peer {
    struct wire wire;
    struct server *server;
    struct store store;
    struct clock clock;
    struct config *config;
    struct ears *ears, *former[SLACK_PEER_LIVES];
    size_t former_count;
    bool (*is_done)(struct slack_peer *peer);

    /* What a test asks for: the method's next `times` calls. */
    const char *fault_method; /* or a part of its name; "" is of any */
    enum slack_fault fault;
    int fault_times, fault_spares; /* so many of the calls before are spared */
    const char *fault_error, *fault_channel; /* NULL: of any channel */
    const char *oops;                        /* what a 500 says: HTML if nothing else */
    struct server_peer *held; /* whoever waits for the answer of FAULT_HELD */
    int wait_s;               /* of a 429; 0: a second */
    struct slack_storm storms[SLACK_STORMS];
    bool is_mute;   /* a new socket gets no hello */
    bool is_rude;   /* a new socket gets a close frame in place of a hello */
    bool is_away;   /* every connection is cut at once */
    int life_s;     /* of a hello; 0: not said */
    int others;     /* connections that a hello counts beside ours */
    bool is_round;  /* behind the last page of the past comes the first */
    bool is_scarce; /* every second page of the past is a 429 */
    size_t page;    /* messages in a page of the past; 0: one */
    int fit; /* a page of more messages is longer than the bot takes; 0: none is */
    char shared[32];        /* the channel that people from outside read; "" none */
    bool has_no_news;       /* there is no #incidents */
    bool locks_threads;     /* nothing may be posted in any */
    bool lists_public_only; /* no scope to list private channels */

    /* What came. */
    size_t looks; /* of slack_peer_await: each is a turn of the loop, 2 ms apart */
    struct server_peer *accepted[SLACK_PEER_ITEMS];
    size_t accepted_count;
    struct server_peer *sockets[SLACK_PEER_ITEMS];
    size_t socket_count, gone_count;
    char host[300]; /* the header of the last upgrade */
    bool is_gone[SLACK_PEER_ITEMS];
    int close_codes[SLACK_PEER_ITEMS]; /* of the bot's close frame; 0: none came */
    char acks[SLACK_PEER_ITEMS][300];
    size_t ack_sockets[SLACK_PEER_ITEMS];
    size_t ack_count;
    char calls[SLACK_PEER_ITEMS][64];
    size_t call_count;
    struct slack_peer_post posts[SLACK_PEER_ITEMS];
    size_t post_count;
    struct slack_peer_room rooms[SLACK_PEER_ITEMS];
    size_t room_count;
    /* Messages for conversations.history and replies, as JSON without brackets; those
     * that name a channel are of that channel alone. */
    char said[16384], replies[4096];
    size_t pages;                        /* of the past, asked for */
    char answers[SLACK_PEER_ITEMS][300]; /* to response_urls */
    size_t answer_count;
    char view[8192];    /* the latest, likewise the others */
    char whisper[2000]; /* its blocks */
    char bookmark[300];
    char file[100], file_channel[32], file_text[400];
    int unseen; /* so many of the next questions about it say that it is nowhere */
    /* The latest, behind the channel, and the message, it is about. */
    char topic[300], invited[100], pinned[100], changed[500];
    char canvas[100], canvas_text[400]; /* of the only channel that has one; "" none */
    size_t canvases;                    /* made */
    size_t file_bytes;
    long clock_s;
};

/* Serves, makes the bot. `name` NULL: plain; else TLS under it, trusted or not. `host`
 * "[::1]" or "six.test": over IPv6; NULL where the machine has none. */
struct slack_peer *slack_peer_create(const char *name, const char *host);
/* Plain, with a store on the disk in place of one in memory. */
struct slack_peer *slack_peer_create_kept(const char *store);
/* Over TLS, to be reached by a proxy, which the settings or the environment name. */
struct slack_peer *slack_peer_create_proxied(const char *name, bool by_environment);
void slack_peer_destroy(struct slack_peer *peer);
/* Ends the bot alone, as the program does it. */
void slack_peer_end(struct slack_peer *peer);
/* Stops it, and begins anew on the same store. What is stopped is let go of at the end:
 * the library takes no two lives one after the other on one loop. */
void slack_peer_restart(struct slack_peer *peer);
/* Starts the bot. */
void slack_peer_start(struct slack_peer *peer);
/* Runs until `is`, or fails. */
void slack_peer_await(struct slack_peer *peer, bool (*is)(struct slack_peer *peer));

/* Cuts all there is, and all that comes until is_away is false again. */
void slack_peer_leave(struct slack_peer *peer);

/* On the latest socket. */
void slack_peer_send(struct slack_peer *peer, const char *json);
struct server_peer *slack_peer_socket(struct slack_peer *peer);
void slack_peer_slash(struct slack_peer *peer, const char *envelope,
                      const char *trigger, const char *line);
void slack_peer_say(struct slack_peer *peer, const char *envelope, const char *channel,
                    const char *ts, const char *text);

size_t slack_peer_acks(struct slack_peer *peer, const char *envelope);
size_t slack_peer_calls(struct slack_peer *peer, const char *method);
/* Posts whose text begins so. */
size_t slack_peer_posts(struct slack_peer *peer, const char *text);
/* A number out of the store. */
int64_t slack_peer_number(struct slack_peer *peer, const char *sql);
