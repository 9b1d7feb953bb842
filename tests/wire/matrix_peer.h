/*
 * A scripted homeserver for the session and the long poll: logins, tokens that end,
 * syncs made of what a test has said, history in pages; and what a decent homeserver
 * never does. On the other side the whole adapter, the real ears and a store in memory.
 */
#pragma once

#include <jansson.h>

#include "bot/ears.h"
#include "tests/wire/wire.h"

#define PEER_ME     "@muster:x"
#define PEER_CALLS  10000
#define PEER_SYNCS  1000
#define PEER_EVENTS 2000

enum peer_fault {
    PEER_FINE,
    PEER_DROP_AFTER,  /* it happens, the answer is lost */
    PEER_DROP_BEFORE, /* it does not happen, the connection is cut */
    PEER_TEAR,        /* it happens, the answer ends in its middle */
    PEER_HANG,        /* no answer; matrix_peer_release answers */
    PEER_ANSWER,      /* peer->fault_status, fault_headers and fault_body instead */
};

struct matrix_peer {
    struct wire wire;
    struct server *server;
    struct store store;
    struct clock clock;
    struct config *config;
    struct ears *ears;
    bool (*is_done)(struct matrix_peer *peer);

    /* The account. */
    int tokens; /* made so far: access "a1", refresh "r1", ... */
    char access[32], refresh[32], spent[32];
    int64_t life_ms;     /* of an access token, said with it; 0: it lasts */
    bool has_no_refresh; /* logins give none */
    bool is_oauth, is_guest, has_no_device, is_locked, is_soft, is_closed;
    int logins, refreshes;
    const char *device; /* of the last login */

    /* What a sync has to tell: rooms (JSON members of "rooms"), one after the other.
     * The token after the n-th is "s<n>". */
    char *syncs[PEER_SYNCS];
    size_t sync_count;
    const char *first;        /* the sync without a token: "rooms" and more */
    struct server_peer *poll; /* the one that waits */
    size_t poll_at;
    int filters; /* made so far; older ones are unknown */
    bool stands_still;
    size_t asked[PEER_SYNCS + 1]; /* how often each place was asked for */

    /* The history of one room, in pages of two. Tokens are "h<n>". */
    char *events[PEER_EVENTS];
    size_t event_count;
    size_t place_of[PEER_SYNCS + 1]; /* history before each sync */

    json_t *made;   /* room to whom it was made for */
    json_t *states; /* room, percent-encoded, to all of its state */

    const char *fault_path;
    enum peer_fault fault;
    int fault_times, fault_after, fault_status;
    const char *fault_headers, *fault_body;
    struct server_peer *hung;
    char hung_path[4000];

    char calls[PEER_CALLS][200]; /* "GET /path" */
    char tokens_seen[PEER_CALLS][32];
    char bodies[PEER_CALLS][600];
    size_t call_count;
};

/* With MATRIX_PASSWORD, without a token. */
struct matrix_peer *matrix_peer_create(void);
void matrix_peer_destroy(struct matrix_peer *peer);
/* One for each test. */
int matrix_peer_setup(void **state);
int matrix_peer_teardown(void **state);
#define PEER_TEST(name)                                                                \
    cmocka_unit_test_setup_teardown(name, matrix_peer_setup, matrix_peer_teardown)
/* The homeserver alone, for a bot of somebody else's, whose settings are to name it. */
struct matrix_peer *matrix_peer_beside(struct loop *loop);
void matrix_peer_forget(struct matrix_peer *peer);
void matrix_peer_start(struct matrix_peer *peer);
/* Another bot on the same store, as after a kill. */
void matrix_peer_restart(struct matrix_peer *peer);
void matrix_peer_await(struct matrix_peer *peer, bool (*is)(struct matrix_peer *peer));

void matrix_peer_fault(struct matrix_peer *peer, const char *path,
                       enum peer_fault fault, int times);
void matrix_peer_refuse(struct matrix_peer *peer, const char *path, int status,
                        const char *body, int times);
/* Answers what hangs. */
void matrix_peer_release(struct matrix_peer *peer);

/* Another sync has this to tell. */
void matrix_peer_sync(struct matrix_peer *peer, const char *rooms);
/* A joined room with these events; NULL: a state with nothing, no limit. */
void matrix_peer_room(struct matrix_peer *peer, const char *room, const char *state,
                      const char *prev_batch, const char *events);
/* A message as JSON, in a buffer of its own; with the next a comma stands between. */
const char *matrix_peer_message(const char *id, const char *sender, const char *text);
/* Into the history, and nowhere else. */
void matrix_peer_history(struct matrix_peer *peer, const char *event);
/* An incident that lives in this room. */
int64_t matrix_peer_incident(struct matrix_peer *peer, const char *room);

/* What the last request came with. */
const char *matrix_peer_last_token(struct matrix_peer *peer);
/* The session that the store keeps beside it, or "". */
const char *matrix_peer_kept(struct matrix_peer *peer);
size_t matrix_peer_calls(struct matrix_peer *peer, const char *call);
/* Messages sent whose body holds this. */
size_t matrix_peer_sent(struct matrix_peer *peer, const char *text);
int64_t matrix_peer_number(struct matrix_peer *peer, const char *sql);
/* How often this was said on the timeline. */
int64_t matrix_peer_said(struct matrix_peer *peer, const char *text);
/* "line <from>" up to before "line <to>": each once. */
void matrix_peer_assert_said(struct matrix_peer *peer, int from, int to);

/* ---- matrix_api.c: one request */
void matrix_api_request(void *arg, struct server_peer *connection,
                        const struct server_request *request);
/* The poll that waits gets what there is. */
void matrix_api_wake(struct matrix_peer *peer);
void matrix_api_serve(struct matrix_peer *peer, struct server_peer *connection,
                      const char *call, const char *body);
void matrix_api_answer(struct server_peer *connection, int status, const char *body);
/* Releases `json`. */
void matrix_api_answer_json(struct server_peer *connection, json_t *json);
void matrix_api_refuse(struct server_peer *connection, int status, const char *errcode);
/* Does the call begin so? */
bool matrix_api_is(const char *call, const char *start);

/* ---- matrix_account.c: what needs no token, and whose the token is */
void matrix_account_serve(struct matrix_peer *peer, struct server_peer *connection,
                          const char *call, const char *body);
void matrix_account_whoami(struct matrix_peer *peer, struct server_peer *connection);
