/*
 * A scripted homeserver for what the bot does on Matrix: rooms with their state,
 * aliases, transactions, account data, files. It keeps what a homeserver would, and can
 * lose, refuse, forget and cut. On the other side the real courier, ears and store, and
 * the adapter's deeds with a session that is there already; no sync.
 */
#pragma once

#include <jansson.h>

#include "adapters/matrix_inner.h"
#include "bot/ears.h"
#include "tests/wire/wire.h"

#define HOME_ME    "@muster:x"
#define HOME_ALIAS "#inc-1-db:x" /* of an incident named inc-1-db */
#define HOME_SPACE "#incident-space:x"
#define HOME_CALLS 600

enum home_fault {
    HOME_FINE,
    HOME_DROP_AFTER,  /* it happens, the answer is lost */
    HOME_DROP_BEFORE, /* it does not happen, the connection is cut */
    HOME_429,
    HOME_500,       /* nothing happens */
    HOME_502_AFTER, /* it happens, a gateway says otherwise */
    HOME_REFUSED,   /* with home->errcode and home->status */
};

struct matrix_home {
    struct wire wire;
    struct server *server;
    struct store store;
    struct clock clock;
    struct config *config;
    struct ears *ears;
    struct loop_timer *watch;
    struct matrix *matrix; /* of the adapter that runs */

    json_t *rooms;         /* id to {state: [...], timeline: [...]} */
    json_t *aliases;       /* alias to room */
    json_t *direct;        /* m.direct */
    json_t *done;          /* path of a transaction to the answer */
    json_t *files;         /* what was uploaded */
    int made;              /* rooms and events so far */
    bool encrypts;         /* every new room */
    bool blocks;           /* an invitation inside createRoom is refused */
    bool is_forgetful;     /* of transactions: a restart */
    bool is_raced;         /* an alias in use answers as Synapse does in a race */
    const char *half_made; /* createRoom stops after this type of event, once */
    const char *versions;  /* body of m.room_versions */
    int64_t upload_bytes;
    int64_t limit_ms, free_ms; /* between two messages; the next is taken from then */

    /* What a test asks for: `times` requests whose "METHOD path" holds it, behind the
     * first `after` ones. */
    const char *fault_path;
    enum home_fault fault;
    int fault_times, fault_after, status;
    const char *errcode;

    char calls[HOME_CALLS][300];
    size_t call_count;
};

struct matrix_home *matrix_home_create(void);
void matrix_home_destroy(struct matrix_home *home);
/* One for each test. */
int matrix_home_setup(void **state);
int matrix_home_teardown(void **state);
#define HOME_TEST(name)                                                                \
    cmocka_unit_test_setup_teardown(name, matrix_home_setup, matrix_home_teardown)
void matrix_home_fault(struct matrix_home *home, const char *path,
                       enum home_fault fault);
/* Runs until no row waits; the clock goes on by itself where nothing is under way. */
void matrix_home_run(struct matrix_home *home);

/* A row of the outbox; its id. `place` NULL: the incident's channel. */
struct home_row {
    enum action_kind kind;
    int64_t incident_id, person_id, about_row;
    const char *place;
    struct action action; /* its own part */
    bool is_unsure;
    int64_t age_ms;
};
int64_t matrix_home_put(struct matrix_home *home, const struct home_row *row);
/* An incident of that name, and its room to be opened. */
int64_t matrix_home_open(struct matrix_home *home, const char *name, bool is_private);
/* A word of a state event's content; "" where there is none. */
const char *matrix_home_says(struct matrix_home *home, const char *room,
                             const char *type, const char *name);
/* A note of one line. */
struct note *matrix_home_note(struct matrix_home *home, const char *line);
int64_t matrix_home_person(struct matrix_home *home, const char *user);
int64_t matrix_home_incident(struct matrix_home *home, const char *name,
                             bool is_private);
/* "" where there is none; until the next call. */
const char *matrix_home_word(struct matrix_home *home, const char *sql);
const char *matrix_home_ref(struct matrix_home *home, int64_t row);
const char *matrix_home_buried(struct matrix_home *home, int64_t row);

/* A room of somebody, the bot in it or not. */
const char *matrix_home_room(struct matrix_home *home, const char *creator,
                             const char *alias, bool is_member);
/* The room of an alias, "" where there is none. */
const char *matrix_home_at(struct matrix_home *home, const char *alias);
/* `old` goes on as a room of @ana:x, who rules both; the room. Its type is the old
 * one's. */
const char *matrix_home_upgrade(struct matrix_home *home, const char *old);
/* Content of a state event, borrowed; NULL where there is none. */
json_t *matrix_home_state(struct matrix_home *home, const char *room, const char *type,
                          const char *key);
void matrix_home_set(struct matrix_home *home, const char *room, const char *sender,
                     const char *type, const char *key, json_t *content);
const char *matrix_home_membership(struct matrix_home *home, const char *room,
                                   const char *user);
/* Messages of the bot in a room (NULL: in all) whose body begins so. */
size_t matrix_home_messages(struct matrix_home *home, const char *room,
                            const char *body);
/* The last such content; NULL: none. */
json_t *matrix_home_last(struct matrix_home *home, const char *room);
size_t matrix_home_calls(struct matrix_home *home, const char *call);

/* matrix_home_serve.c: what a request means; NULL and *status for a refusal. */
json_t *matrix_home_serve(struct matrix_home *home, const char *method,
                          const char *path, json_t *body, int *status);
json_t *matrix_home_refuse(int *status, int code, const char *errcode);
