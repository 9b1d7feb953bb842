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

struct matrix_session; /* matrix_session.c */
struct matrix_call;    /* matrix_call.c */
struct matrix_sync;    /* matrix_sync.c */
struct matrix_hearing; /* matrix_hear.c */
struct matrix_gaps;    /* matrix_gap.c */
struct matrix_deed;
struct matrix_rooms; /* matrix_rooms.c */

/* A homeserver rations by these; a closed gate holds up its own kind alone. */
enum matrix_limiter {
    MATRIX_FREE,     /* reads, and what is not rationed */
    MATRIX_MESSAGES, /* sends, state, redactions, and the requests below as well */
    MATRIX_CREATIONS,
    MATRIX_INVITES,
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
    int64_t ticket; /* the last one given */
    struct matrix_rooms *rooms;
    struct matrix_deed *deeds;
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
    bool is_open;              /* without a token: login, versions, refresh */
    const char *authorization; /* of an open one after all: a token not yet in use */
};

/*
 * `fn` is called once, later, unless the adapter stops. All is copied. A request that
 * the homeserver refuses with M_UNKNOWN_TOKEN waits for a renewed session and is sent
 * again; so does one for which there is no session yet. After a minute it answers
 * AGAIN. One whose limiter is closed answers AGAIN with the wait without being sent. A
 * 429 closes the limiter until its Retry-After.
 */
struct matrix_call *matrix_call(struct matrix *matrix, const struct matrix_ask *ask,
                                matrix_call_fn *fn, void *arg);
/* Forgets it: fn is not called. What was sent may arrive nevertheless. */
void matrix_call_cancel(struct matrix_call *call);
void matrix_call_stop(struct matrix *matrix);
/* The waiting requests go on: the session is there (again). */
void matrix_call_resume(struct matrix *matrix);

/* ---- matrix_session.c: login, whoami, refresh, soft logout; the device never changes
 */

/* Ends in matrix_sync_start, in another try later, or in matrix_refuse. */
void matrix_session_start(struct matrix *matrix);
/* The token is not taken any more. Calls wait meanwhile. */
void matrix_session_renew(struct matrix *matrix, bool is_soft_logout);
void matrix_session_stop(struct matrix *matrix);
void matrix_session_destroy(struct matrix *matrix);
/* Tells the bot that this platform is over. */
void matrix_refuse(struct matrix *matrix, const char *why);

/* ---- matrix_sync.c: the long poll; its parts among themselves are in matrix_sync.h */

void matrix_sync_start(struct matrix *matrix);
/* Of a ticket whose turn has ended: on to the next sync, or the same once more. */
void matrix_sync_settle(struct matrix *matrix, int64_t number, bool committed);
void matrix_sync_stop(struct matrix *matrix);
void matrix_sync_destroy(struct matrix *matrix);
/* Is this somebody whose invitations are taken? */
bool matrix_trusts(const struct matrix *matrix, const char *user);

/* ---- matrix_rooms.c: what is known of the rooms we are in, from syncs and answers.
 * What must outlive a start is remembered by the ears. */

bool matrix_room_is_joined(const struct matrix *matrix, const char *room);
/* Encrypted: nothing may be written there. */
bool matrix_room_is_sealed(const struct matrix *matrix, const char *room);
void matrix_room_joined(struct matrix *matrix, const char *room);
void matrix_room_left(struct matrix *matrix, const char *room);
void matrix_room_sealed(struct matrix *matrix, const char *room);

/* ---- matrix_deed.c, matrix_open.c, matrix_space.c, matrix_direct.c, matrix_join.c:
 * an action, call by call */

struct matrix_deed {
    struct matrix *matrix;
    struct matrix_deed *next;
    struct arena *arena; /* holds this struct as well */
    struct action action;
    const char *room;        /* where it goes, when known */
    const char *name;        /* the alias on its way */
    const char *transaction; /* "m" and the outbox row: the same on every try */
    int tries;
    size_t step; /* of a list on its way */
};

void matrix_deed_start(struct matrix *matrix, const struct action *action);
void matrix_deed_stop(struct matrix *matrix);
/* Tells the bot, forgets the deed. */
void matrix_deed_end(struct matrix_deed *deed, const struct outcome *outcome);
void matrix_deed_done(struct matrix_deed *deed, const char *ref, const char *name);
/* Ends it with an answer that is no success. */
void matrix_deed_fail(struct matrix_deed *deed, const struct matrix_answer *answer);
/* The echo of an own event in a sync: the row of this transaction is done, whatever its
 * answer was. */
void matrix_deed_echo(struct matrix *matrix, const char *transaction,
                      const char *event);
