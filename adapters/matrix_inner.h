/*
 * What the parts of the Matrix adapter share; for matrix*.c only. Each part is a file
 * with a start and a stop, and owns what it allocates.
 */
#pragma once

#include "adapters/http.h"
#include "adapters/matrix_read.h"
#include "bot/action.h"
#include "bot/adapter.h"
#include "bot/base/json_scan.h"
#include "bot/config.h"
#include "bot/loop.h"

#define MATRIX_RUNNING   8
#define MATRIX_KEPT_FREE 2 /* of those, for what somebody waits for */

struct matrix_session; /* matrix_session.c */
struct matrix_call;    /* matrix_call.c */
struct matrix_sync;    /* matrix_sync.c */
struct matrix_hearing; /* matrix_hear.c */
struct matrix_gaps;    /* matrix_gap.c */
struct matrix_deed;
struct matrix_rooms;  /* matrix_rooms.c */
struct matrix_echoes; /* matrix_echo.c */
struct matrix_room;

/* A homeserver rations by these; a closed gate holds up its own kind alone. */
enum matrix_limiter {
    MATRIX_FREE,     /* reads, and what is not rationed */
    MATRIX_MESSAGES, /* sends, state, redactions, and the requests below as well */
    MATRIX_CREATIONS,
    MATRIX_INVITES, /* never closed: each waits by itself */
    MATRIX_JOINS,
    MATRIX_LOGINS,
    MATRIX_MEDIA,
};
#define MATRIX_LIMITERS 7

struct matrix {
    struct adapter adapter;
    struct ears *ears;
    struct loop *loop;
    struct arena *arena; /* what lives as long as the adapter */
    struct http *http;
    const struct config *config;
    const char *base_url;      /* "https://matrix.example", no slash at its end */
    const char *authorization; /* "Bearer ..."; NULL: no session yet */
    struct matrix_self self;   /* who we are; user NULL: not known yet */
    const char *server;        /* our part behind the first colon */
    bool is_stopped;
    bool is_refused;

    struct matrix_session *session;
    struct matrix_call *calls;
    int64_t gates_ms[MATRIX_LIMITERS]; /* steady; nothing leaves before */
    struct matrix_sync *sync;
    struct matrix_hearing *hearing;
    struct matrix_gaps *gaps;
    int64_t ticket;                     /* the last one given */
    int64_t poll_ms, grace_ms, echo_ms; /* matrix_sync.c */
    int64_t trouble_ms; /* until a locked or suspended user asks again */
    size_t sync_bytes;  /* of one sync's body */
    struct matrix_rooms *rooms;
    struct matrix_deed *deeds;
    struct matrix_echoes *echoes; /* made by the first; lives in the arena */
};

/* ---- matrix_call.c: one request to the homeserver and what became of it */

struct matrix_answer {
    enum outcome_kind kind; /* DONE: a status of 2xx */
    int status;             /* 0: no answer came */
    const char *errcode;    /* "M_FORBIDDEN"; "" where none was said */
    const char *why;        /* for people and for the log; no secrets, nobody's words */
    int64_t wait_ms;        /* not before so long from now; 0: as the courier likes */
    bool is_too_big;        /* its body went over max_bytes */
    struct json_slice body; /* until the callback returns; sound JSON or absent */
};
typedef void matrix_call_fn(void *arg, const struct matrix_answer *answer);

struct matrix_ask {
    const char *method; /* "GET", "PUT", "POST" */
    const char *path;   /* "/_matrix/client/v3/..." with its parts percent-encoded */
    const char *body;   /* NULL: none */
    size_t body_bytes;  /* 0: strlen(body) */
    const char *content_type; /* NULL: application/json */
    enum matrix_limiter limiter;
    int64_t timeout_ms;        /* 0: HTTP_TIMEOUT_MS */
    size_t max_bytes;          /* 0: HTTP_BODY_BYTES */
    bool may_repeat;           /* GET, and PUT with a transaction id */
    bool is_raw;               /* the body of a 2xx is given as it came, sound or not */
    bool is_for_others;        /* invites somebody of another homeserver */
    bool is_open;              /* without a token: login, versions, refresh */
    const char *authorization; /* of an open one after all: a token not yet in use */
};

/*
 * `fn` is called once, later, unless the adapter stops. All is copied. A request that
 * the homeserver refuses with M_UNKNOWN_TOKEN waits for a renewed session and is sent
 * again; so does one for which there is no session yet. After a minute it answers
 * AGAIN, as one does at once in whose answer another homeserver may have a say. One
 * whose limiter is closed answers AGAIN with the wait without being sent. A 429 closes
 * the limiter until its Retry-After, unless it may be another homeserver's.
 */
struct matrix_call *matrix_call(struct matrix *matrix, const struct matrix_ask *ask,
                                matrix_call_fn *fn, void *arg);
/* Forgets it: fn is not called. What was sent may arrive nevertheless. */
void matrix_call_cancel(struct matrix_call *call);
void matrix_call_stop(struct matrix *matrix);
/* After the nth failure (from 1): 1, 2, 4 ... 60 s, each somewhere in its upper half.
 */
int64_t matrix_backoff_ms(unsigned failures);
/* The waiting requests go on: the session is there (again). */
void matrix_call_resume(struct matrix *matrix);

/* ---- matrix_session.c: login, whoami, refresh, soft logout; the device never changes
 */

/* Ends in matrix_sync_start, in another try later, or in matrix_refuse. */
void matrix_session_start(struct matrix *matrix);
/* The token is not taken any more. Calls wait meanwhile. */
void matrix_session_renew(struct matrix *matrix, bool is_soft_logout);
/* Somebody else says so: our homeserver is asked, and renews it where that is true. */
void matrix_session_doubt(struct matrix *matrix);
void matrix_session_stop(struct matrix *matrix);
void matrix_session_destroy(struct matrix *matrix);
/* Tells the bot that this platform is over. */
void matrix_refuse(struct matrix *matrix, const char *why);

/* ---- matrix_sync.c: the long poll; its parts among themselves are in matrix_sync.h */

void matrix_sync_start(struct matrix *matrix);
/* No deed is under way any more: a poll that waits for that goes. */
void matrix_sync_go(struct matrix *matrix);
/* Of a ticket whose turn has ended: on to the next sync, or the same once more. */
void matrix_sync_settle(struct matrix *matrix, int64_t number, bool committed);
void matrix_sync_stop(struct matrix *matrix);
void matrix_sync_destroy(struct matrix *matrix);
/* Is this somebody whose invitations are taken? */
bool matrix_trusts(const struct matrix *matrix, const char *user);

/* ---- matrix_rooms.c: what is known of the rooms we are in, from syncs and answers.
 * What must outlive a start is remembered by the ears. */

struct matrix_rooms {
    struct arena *arena;
    struct matrix_room *all[1024]; /* by hash */
    const char *version;           /* of new rooms; NULL: not asked for yet */
    const char *space;             /* of incidents; NULL: not looked for yet */
    int64_t upload_bytes;          /* 0: not asked for yet */
    struct matrix_deed *m_direct;  /* the one that changes that list; NULL: none */
};

struct matrix_rooms *matrix_rooms_create(void);
void matrix_rooms_destroy(struct matrix_rooms *rooms); /* accepts NULL */

/* False: the store could not be read for it, so nothing may be said there for now. */
bool matrix_room_is_known(struct matrix *matrix, const char *room);
/* Somebody took us out: we come back by invitation alone. */
bool matrix_room_is_out(struct matrix *matrix, const char *room);
/* Encrypted: nothing may be written there. */
bool matrix_room_is_sealed(struct matrix *matrix, const char *room);
/* The conversation with this person alone; NULL: it is none that we know of. */
const char *matrix_room_direct(struct matrix *matrix, const char *room);
/* We are in it (again). */
void matrix_room_joined(struct matrix *matrix, const char *room);
void matrix_room_put_out(struct matrix *matrix, const char *room);
void matrix_room_sealed(struct matrix *matrix, const char *room);
/* A third person was in what was to be a conversation with one, or was asked in. */
bool matrix_room_is_shared(struct matrix *matrix, const char *room);
void matrix_room_shared(struct matrix *matrix, const char *room);
/* Somebody made it to talk with us alone: an invitation says so, or we made it. Whether
 * it is true is for matrix_company.c to see. */
void matrix_room_is_with(struct matrix *matrix, const char *room, const char *user);

/* ---- matrix_deed.c, matrix_send.c, matrix_state.c, matrix_open.c, matrix_make.c,
 * matrix_space.c, matrix_direct.c, matrix_join.c: an action, call by call. Each call
 * may be made again after any lost answer. */

struct matrix_plan;
struct matrix_state;
struct matrix_move;
struct matrix_deed;
typedef void matrix_deed_fn(struct matrix_deed *deed,
                            const struct matrix_answer *answer);
typedef void matrix_deed_step(struct matrix_deed *deed);

struct matrix_deed {
    struct matrix *matrix;
    struct matrix_deed *next;
    struct arena *arena; /* holds this struct as well */
    struct action action;
    const char *room; /* where it goes, when known */
    const char *name; /* the alias on its way; whoever moved a room */
    /* "m" and the outbox row and when it was made: the same on every try, and never
     * that of a row of another store, or of an older copy of this one. */
    const char *transaction;
    int tries;
    size_t step; /* of a list on its way */

    struct matrix_call *call; /* on its way; NULL: none */
    matrix_deed_fn *fn;
    matrix_deed_step *found; /* goes on with deed->room or deed->space */
    matrix_deed_step *made;  /* goes on with the room that was made or adopted */
    matrix_deed_step *after; /* goes on with the room for announcements */
    matrix_deed_step *turn;  /* waits for rooms->m_direct */
    const char *seeks;       /* what it finds or makes now; NULL: nothing */
    matrix_deed_step *seek;  /* goes on once no other deed seeks that */
    bool waits_to_seek;
    bool is_sending; /* an echo settles it */
    bool is_direct;
    bool has_joined;
    bool is_in_space; /* just now */
    const char *cursor;
    int pages;
    const char *space; /* room id; NULL: none */
    struct matrix_plan *plan;
    struct matrix_state *repairs; /* what an adopted room lacks */
    size_t repair_count;
    bool is_adopted, is_sealed, has_looked, is_invited;
    bool takes_any;           /* a room of that alias is as good as one of ours */
    bool is_foreign;          /* and it is such a one */
    const char **rooms;       /* candidates, NULL-ended */
    struct matrix_move *move; /* of the space; NULL: of a plain room */
};

void matrix_deed_start(struct matrix *matrix, const struct action *action);
void matrix_deed_stop(struct matrix *matrix);
/* Tells the bot, forgets the deed. */
void matrix_deed_end(struct matrix_deed *deed, const struct outcome *outcome);
void matrix_deed_done(struct matrix_deed *deed, const char *ref, const char *name);
/* Ends it with an answer that is no success. */
void matrix_deed_fail(struct matrix_deed *deed, const struct matrix_answer *answer);
void matrix_deed_never(struct matrix_deed *deed, const char *why);
/* It surely did not happen. */
void matrix_deed_again(struct matrix_deed *deed, const char *why);

void matrix_deed_ask(struct matrix_deed *deed, const struct matrix_ask *ask,
                     matrix_deed_fn *fn);
/* Finding or making what several deeds may want (a person's conversation, the space) is
 * for one at a time, or it is made twice: `fn` goes on, now or when the one before is
 * through. */
void matrix_deed_seek(struct matrix_deed *deed, const char *what, matrix_deed_step *fn);
/* It is found; so it is when the deed ends. */
void matrix_deed_sought(struct matrix_deed *deed);
/* The common ones. Whatever is put may be put again. */
void matrix_deed_get(struct matrix_deed *deed, const char *path, matrix_deed_fn *fn);
void matrix_deed_put(struct matrix_deed *deed, const char *path, const char *body,
                     matrix_deed_fn *fn);
void matrix_deed_post(struct matrix_deed *deed, const char *path, const char *body,
                      enum matrix_limiter limiter, matrix_deed_fn *fn);
/* "/_matrix/client/v3/rooms/ROOM/WHAT", and with a state: ".../state/TYPE/KEY". */
const char *matrix_deed_path(struct matrix_deed *deed, const char *room,
                             const char *what);
const char *matrix_state_path(struct matrix_deed *deed, const char *room,
                              const char *type, const char *key);
const char *matrix_alias_path(struct matrix_deed *deed, const char *alias);
/* "#name:server" of a name, with or without its sign and server. */
const char *matrix_alias(struct matrix_deed *deed, const char *name);
/* What is remembered, in the deed's arena; NULL: nothing. False: the store can't be
 * read, and the deed has ended, to be tried again. */
bool matrix_deed_recall(struct matrix_deed *deed, const char *name, const char **value);

/* matrix_echo.c. The echo of an own event in a sync: the row of this transaction is
 * done, whatever its answer was. */
void matrix_deed_echo(struct matrix *matrix, const char *transaction,
                      const char *event);
/* When the longest that was taken without having come back since was taken (steady);
 * -1: all came back. One that never comes may never have been (a shadow ban, a sync
 * that does not advance). */
int64_t matrix_deed_oldest_unechoed_ms(const struct matrix *matrix);
void matrix_deed_forget_unechoed(struct matrix *matrix);
/* What a sync told of this transaction before its answer came; NULL: nothing. */
const char *matrix_echo_find(const struct matrix *matrix, const char *transaction);
void matrix_echo_expect(struct matrix *matrix, const char *transaction);

/* matrix_send.c: messages, edits, files; looked for first where they may be there. */
void matrix_send_start(struct matrix_deed *deed);
/* matrix_state.c: topic, pin, invitation, redaction. */
void matrix_state_start(struct matrix_deed *deed);
/* matrix_open.c: an incident's room. */
void matrix_open_start(struct matrix_deed *deed);
/* matrix_join.c: coming and going. */
void matrix_join_start(struct matrix_deed *deed);
void matrix_leave_start(struct matrix_deed *deed);

/* matrix_make.c: a room by deed->plan and deed->name (alias without number), made or
 * known again by plan->op and repaired; then deed->made. A space whose alias is taken
 * comes back without deed->room. */
void matrix_make(struct matrix_deed *deed);
/* A plan with what all our rooms have in common. */
struct matrix_plan *matrix_make_plan(struct matrix_deed *deed, const char *op);
/* Is this the state of a room that we made for plan->op and are in? */
bool matrix_make_is_ours(struct matrix_deed *deed, struct json_slice state);
/* Fills in what a room of ours lacks, then deed->made. */
void matrix_make_repair(struct matrix_deed *deed, struct json_slice state);
/* It is there, and encrypted: not for us. Ends the deed. */
void matrix_make_sealed(struct matrix_deed *deed);
/* The event of this type and key in a state; absent where there is none. */
struct json_slice matrix_state_of(struct json_slice state, const char *type,
                                  const char *key);
/* A short word for an alias that nobody guesses who does not know the moment. */
const char *matrix_make_word(struct matrix_deed *deed);

/* Where an incident stands in its space: the newest first. */
const char *matrix_child_order(struct matrix_deed *deed);
/* matrix_space.c: deed->space or NULL, then deed->found. */
void matrix_space_find(struct matrix_deed *deed);
/* matrix_move.c: the space goes on as another one. What is to be moved, out of the old
 * one's state; then, with the new one's, all of it into deed->room, and deed->found. */
void matrix_move_begin(struct matrix_deed *deed, struct json_slice state);
void matrix_move_space(struct matrix_deed *deed, struct json_slice state);
/* matrix_direct.c: the room shared with action.person alone, then deed->found. */
void matrix_direct_find(struct matrix_deed *deed);
/* matrix_direct_list.c: puts deed->room into the account's list of such rooms, then
 * deed->found. */
void matrix_direct_list(struct matrix_deed *deed);
const char *matrix_direct_path(struct matrix_deed *deed);
/* "WHAT PERSON" of the deed's person. False: the deed has ended. */
bool matrix_direct_recall(struct matrix_deed *deed, const char *what,
                          const char **value);
void matrix_direct_remember(struct matrix_deed *deed, const char *what,
                            const char *value);
/* We came into deed->room, and the deed ends. If somebody made it to talk with us, it
 * is theirs, where they have none and nobody else is in it. */
void matrix_direct_met(struct matrix_deed *deed);

/* matrix_company.c: who is in a room. Who made one with a person alone may bring others
 * in, so it is looked at before each use. */
struct matrix_company {
    bool are_we_in;               /* and it is known who else is */
    bool has_others;              /* joined or asked in, besides us and the person */
    struct json_slice membership; /* the person's; absent: they are out */
};
void matrix_company_ask(struct matrix_deed *deed, matrix_deed_fn *fn);
struct matrix_company matrix_company_of(const struct matrix_deed *deed,
                                        const struct matrix_answer *answer,
                                        const char *person);
/* An event of a room, as it is heard: does it bring a third person into one that was
 * a conversation? */
void matrix_company_watch(struct matrix *matrix, const char *room,
                          struct json_slice event);
/* So many are joined or asked in, a sync says. */
void matrix_company_counted(struct matrix *matrix, const char *room, int64_t people);
/* An answer that says nothing of who is in: to be asked again. */
bool matrix_company_is_unsaid(const struct matrix_answer *answer);
/* matrix_announce.c: the room for announcements, made where nobody has; then
 * deed->after. */
void matrix_announce_make(struct matrix_deed *deed);
/* Is it that room, and ours to make? */
bool matrix_announce_may(struct matrix_deed *deed);
