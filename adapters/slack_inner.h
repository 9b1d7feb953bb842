/*
 * What the parts of the Slack adapter share; for slack*.c only. Each part is a file
 * with a start and a finish, and owns what it allocates.
 */
#pragma once

#include "adapters/http.h"
#include "adapters/slack_read.h"
#include "adapters/websocket.h"
#include "bot/adapter.h"
#include "bot/loop.h"

#define SLACK_METHODS    32
#define SLACK_ROOMS      64   /* paces, by hash: two rooms may share one */
#define SLACK_PEOPLE     4096 /* people asked about, by hash */
#define SLACK_ASKED      4    /* of those, on their way at once */
#define SLACK_URLS       128  /* ways back to who just typed */
#define SLACK_TOLD       256  /* who was told "not recorded", by hash */
#define SLACK_COMPLAINTS 32
#define SLACK_SHARES     256 /* channels, by hash */
#define SLACK_ODD_KEPT   16  /* envelopes without sense, the latest */
#define SLACK_SOUGHT     16  /* posts looked for, the latest */

struct slack_call;
struct slack_deed;
struct slack_ticket;
struct slack_name;

struct slack_gate {
    const char *method;
    int64_t until_ms; /* steady */
};

/* A response_url: half an hour, five answers. A secret. */
struct slack_url {
    char *person, *channel, *url;
    int64_t since_ms; /* steady */
    int uses;
};

/* Somebody Slack knows: asked about once a day, for people move. */
struct slack_person {
    uint64_t hash;
    int64_t asked_ms;
    bool is_gone; /* their account is switched off */
};

/* A question about somebody on its way; `frame` is heard only once it is answered. */
struct slack_asked {
    struct slack *slack;
    bool is_busy;
    char user[64];
    char *frame; /* NULL: nothing waits for it */
    size_t frame_bytes;
    int64_t generation;       /* of the link it came by */
    struct loop_timer *timer; /* of the frame: then it is heard without the answer */
};

/* Whether people from outside read a channel. */
struct slack_share {
    uint64_t hash;
    int64_t since_ms; /* steady; 0: nothing is known */
    bool is_shared;
};

/* How far back a post was looked for whose answer was lost: its next try goes on there.
 */
struct slack_sought {
    int64_t row, made_ms; /* of the action; 0: none */
    bool is_thread_read;  /* the cursor is of what stands beside its thread */
    char cursor[256];
    int pages;
};

/* How far the list of channels was looked through for a name when Slack asked to wait:
 * of many thousands it would else never come to the end. */
struct slack_listed {
    uint64_t name; /* its hash; 0: none */
    bool lists_public;
    char cursor[256];
    int pages;
};

/* One connection of Socket Mode on its way through its states. */
enum slack_link_state {
    LINK_NONE,
    LINK_OPENING, /* asks for a URL */
    LINK_DIALING,
    LINK_GREETING, /* open, hello has not come */
    LINK_LIVE,
    LINK_LEAVING, /* another one is live; still read and acked on */
};
#define SLACK_LINKS 4

/* Whether Slack lets us in at all. Only a hello opens the door again. */
enum slack_door {
    DOOR_OPEN,
    DOOR_CROWDED,  /* too_many_websockets: it counts too many of ours */
    DOOR_DISABLED, /* link_disabled: Socket Mode is switched off */
};

struct slack_link {
    struct slack *slack;
    enum slack_link_state state;
    int64_t generation; /* never given twice */
    int64_t since_ms;   /* live since then; steady */
    struct websocket *websocket;
    struct loop_timer *timer; /* of the present state */
};

struct slack {
    struct adapter adapter;
    const struct config *config;
    struct ears *ears;
    struct loop *loop;
    struct arena *arena; /* what lives as long as the adapter */
    struct http *http;
    struct websockets *websockets;
    const char *api_url, *app_authorization, *bot_authorization;
    struct slack_self self;
    int64_t began_ms;   /* steady */
    bool is_known;      /* auth.test answered */
    bool is_token_lost; /* of the bot; said in the log */
    bool is_stopped;

    struct slack_call *calls;
    struct slack_gate gates[SLACK_METHODS];
    int64_t paces_ms[SLACK_ROOMS];
    const char *complaints[SLACK_COMPLAINTS];

    struct slack_deed *deeds;
    struct slack_name *names;
    struct slack_share shares[SLACK_SHARES];
    struct slack_sought sought[SLACK_SOUGHT];
    size_t next_sought;
    struct slack_listed listed;

    struct slack_link links[SLACK_LINKS];
    struct loop_timer *retry;
    int64_t generation;
    int64_t retries; /* envelopes that Slack did not send for the first time */
    unsigned failures;
    enum slack_door door;
    int64_t others; /* connections of this app that are not ours, as Slack counts */
    bool had_gap;   /* something may have been said while nobody listened */
    int64_t gap_ms; /* steady: since then; 0: since before we started */

    struct slack_ticket *tickets, **last_ticket;
    int64_t ticket_number;
    struct slack_url urls[SLACK_URLS];
    size_t next_url;
    int64_t told_ms[SLACK_TOLD];

    struct slack_person people[SLACK_PEOPLE];
    struct slack_asked asked[SLACK_ASKED];

    struct slack_catchup *catchup;
};

/* ---- slack_call.c: one request to the Web API and what became of it */

struct slack_answer {
    enum outcome_kind kind; /* DONE: Slack said ok */
    const char *error; /* Slack's word for it; "" where ok, or where it said none */
    const char *why;   /* for people and for the log */
    bool is_too_big;   /* it came, and was longer than what we take */
    int64_t wait_ms;   /* not before then; 0: as the courier likes */
    struct json_slice body; /* of an ok; until the callback returns */
};
typedef void slack_call_fn(void *arg, const struct slack_answer *answer);

struct slack_ask {
    const char *method; /* a constant string */
    const char *body;   /* JSON, or a form */
    bool is_form;       /* a mere read: may be repeated on a dead connection */
    bool is_app;        /* with the app's token */
    const char *url;    /* a response_url instead of the Web API */
    const char *type;   /* of the body; NULL: JSON, or a form */
    const char *room;   /* at most one post a second goes there; NULL: no pace */
};

/* `fn` is called once, later, unless the adapter stops. Bodies are copied. */
void slack_call(struct slack *slack, const struct slack_ask *ask, slack_call_fn *fn,
                void *arg);
void slack_call_stop(struct slack *slack);
/* In the log, once for each method and error, as the reason of a workaround. */
void slack_complain(struct slack *slack, const char *method, const char *error);
/* The workspace or its plan does not offer this; nobody can help it now. */
bool slack_error_is_lack(const char *error);
/* Tells the bot that this platform is over. */
void slack_refuse(struct slack *slack, const char *why);

/* ---- slack_socket.c: always one live connection, a new one before the old is left */

void slack_socket_start(struct slack *slack);
void slack_socket_stop(struct slack *slack);
void slack_socket_frame(struct slack_link *link, const struct slack_frame *frame);
/* On the connection it came by, else on the live one; else Slack sends it again. */
void slack_socket_ack(struct slack *slack, int64_t generation, const char *ack);

/* ---- slack_door.c: whether Slack lets us in, when we try again, who else is there */

int64_t slack_door_wait_ms(enum slack_door door);
/* Why no repetition mends this error of a method that lets us in (auth.test, or the
 * app's), and what to do, for people; NULL: it may yet come right. */
const char *slack_door_refusal(struct arena *arena, bool is_app, const char *error);
/* How long until the next try: doubled with each failure up to a minute, with `dice`
 * (any number from 0 on) as its chance. */
int64_t slack_door_retry_ms(unsigned failures, int64_t at_least_ms, long dice);
/* Warns once of connections that Slack counts and we do not hold. */
void slack_door_count(struct slack *slack, int64_t connections);

/* ---- slack_hear.c: frames to events, tickets to acks, ways back */

void slack_hear(struct slack *slack, struct slack_link *link, const char *bytes,
                size_t length_bytes);
void slack_hear_settle(struct slack *slack, int64_t number, bool committed);
void slack_hear_stop(struct slack *slack);
/* What waited until its author was known. */
void slack_hear_again(struct slack *slack, int64_t generation, const char *bytes,
                      size_t length_bytes);
/* The way back to a person who just typed in a channel; counts the use. NULL: none. */
const char *slack_hear_way(struct slack *slack, const char *channel,
                           const char *person);

/* ---- slack_people.c: asks once a day who somebody is */

void slack_people_meet(struct slack *slack, const char *user);
/* Their account was switched off when last asked about, today: a message to them may be
 * taken, and is read by nobody. */
bool slack_people_is_gone(struct slack *slack, const char *user);
/* Who speaks, whose words are kept, and whom they mention. */
void slack_people_meet_all(struct slack *slack, const struct chat_event *event);
/* Asks first, where a name matters now (the author's of what is kept; in a command that
 * of its speaker, or of the first it mentions): the frame is heard again with the
 * answer, or without it before Slack loses patience. False: they are known, or can't be
 * asked about. */
bool slack_people_meet_first(struct slack *slack, int64_t generation,
                             const struct slack_frame *frame, struct json_slice bytes);
void slack_people_stop(struct slack *slack);

/* ---- slack_catchup.c: what was said while nobody listened */

/* When something may have been said that was not heard. */
struct slack_gap {
    int64_t since_ms;    /* steady; 0: nobody knows */
    int64_t over_ms;     /* steady: read up from then on; 0: at once */
    const char *channel; /* NULL: in all */
};
/* From where on all is unread is part of the present turn. */
void slack_catchup_start(struct slack *slack, const struct slack_gap *gap);
/* What was heard could not be committed; for a settle. */
void slack_catchup_owe(struct slack *slack);
void slack_catchup_stop(struct slack *slack);
/* False: it is not a ticket of reading up. */
bool slack_catchup_settle(struct slack *slack, int64_t number, bool committed);

/* ---- slack_unread.c: the channels that are not read up */

/* A command was heard in that channel: those read there now come too late. */
void slack_unread_overtake(struct slack *slack, const char *channel);
/* A channel has another id from now on; what was said there meanwhile is read up. */
void slack_unread_follow(struct slack *slack, const char *formerly,
                         const char *channel);

/* ---- slack_past.c: what was said, page by page */

/* The bot was taken out of that channel; it is back, and what it missed is read up. */
void slack_past_left(struct slack *slack, const char *channel);
void slack_past_returned(struct slack *slack, const char *channel);

/* ---- slack_deed.c, slack_room.c, slack_probe.c: an action, call by call */

struct slack_deed {
    struct slack *slack;
    struct slack_deed *next;
    struct arena *arena; /* holds this struct as well */
    struct action action;
    const char *channel; /* where it goes, when known */
    const char *name;    /* of the channel to open */
    const char *about;   /* the ts of the message, or the id of the file */
    const char *cursor;  /* of a list on its way */
    const char *method;  /* called last */
    int tries, pages;
    int64_t began_ms; /* steady: to look for what may be there */
    bool has_joined;
    bool is_thread_read; /* what was sent into a thread may stand beside it as well */
    bool is_rekeyed;     /* its channel got another id while it was on its way */
    bool lists_public;   /* private channels are not shown to us */
    void (*next_step)(struct slack_deed *deed); /* behind slack_share_gate */
    struct loop_timer *timer; /* of a question that is asked again; NULL: none is */
};

void slack_deed_start(struct slack *slack, const struct action *action);
void slack_deed_stop(struct slack *slack);
/* A channel has another id from now on. */
void slack_deed_follow(struct slack *slack, const char *formerly);
/* Tells the bot, forgets the deed. */
void slack_deed_end(struct slack_deed *deed, const struct outcome *outcome);
void slack_deed_done(struct slack_deed *deed, const char *ref, const char *name);
/* Ends it with an answer that is no ok. */
void slack_deed_fail(struct slack_deed *deed, const struct slack_answer *answer);
/* From when on what it made may be there, by Slack's clock. */
int64_t slack_deed_since_ms(const struct slack_deed *deed);
/* The last call of a deed that makes nothing: ends it with whatever was answered. */
void slack_deed_simple(void *arg, const struct slack_answer *answer);
void slack_deed_post(struct slack_deed *deed);
/* Looks first where the last try may have got there. */
void slack_deed_try(struct slack_deed *deed);
/* One call of it: `fn` gets the deed. */
void slack_deed_call(struct slack_deed *deed, const char *method, const char *body,
                     slack_call_fn *fn);
/* Is this "no" to deed->method as good as a yes? It was so already, or nobody can help
 * it. */
bool slack_deed_is_fine(struct slack_deed *deed, const char *error);

void slack_room_open(struct slack_deed *deed);
/* A channel has another id from now on. */
void slack_room_follow(struct slack *slack, const char *formerly, const char *channel);
/* "#incidents" to an id, then slack_deed_try; it ends here where there is none. */
void slack_room_resolve(struct slack_deed *deed);
/* Did it happen, the post or the file? Then the deed is done, else slack_deed_post or
 * slack_upload_send. */
void slack_probe(struct slack_deed *deed);
/* It was sent again, and that answer says not whether it is there: it would be above
 * the place up to which it was looked for. */
void slack_probe_forget(struct slack_deed *deed, const struct slack_answer *answer);

/* ---- slack_pin.c, slack_upload.c, slack_canvas.c */

void slack_pin_start(struct slack_deed *deed);
void slack_pin_bookmark(struct slack_deed *deed);
void slack_upload_start(struct slack_deed *deed);
void slack_upload_send(struct slack_deed *deed);
void slack_canvas_start(struct slack_deed *deed);

/* ---- slack_whisper.c: for one person alone */

/* To action.person alone, in action.channel. */
void slack_whisper(struct slack_deed *deed);
/* A post that can't be for all goes to who asked for it alone; false: nobody did. */
bool slack_whisper_instead(struct slack_deed *deed);

/* ---- slack_share.c: is it read by people from outside? */

/* Does it go where the settings send what people outside may read? */
bool slack_share_is_meant(const struct slack_deed *deed);
/* Slack said so itself. */
void slack_share_learn(struct slack *slack, const char *channel, bool is_shared);
/* Slack said so, and nothing else since. */
bool slack_share_is_known(struct slack *slack, const char *channel);
/* Goes on with next_step, at once or later, where deed->channel is the workspace's own;
 * else the deed ends here. */
void slack_share_gate(struct slack_deed *deed,
                      void (*next_step)(struct slack_deed *deed));
