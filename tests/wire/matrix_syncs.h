/*
 * What the tests of the long poll share: the bot at rest, and events as a sync has
 * them.
 */
#pragma once

#include "store/db_engine.h"
#include "tests/wire/matrix_peer.h"

static inline bool is_idle(struct matrix_peer *peer)
{
    return peer->poll != NULL && peer->poll_at == peer->sync_count &&
           matrix_peer_number(peer,
                              "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL") == 0;
}

static inline bool hangs(struct matrix_peer *peer)
{
    return peer->hung != NULL;
}

static inline struct matrix_peer *start(void **state)
{
    struct matrix_peer *peer = *state;

    matrix_peer_start(peer);
    matrix_peer_await(peer, is_idle);
    return peer;
}

/* Up to three, b and c may be NULL; until the next call. */
static inline const char *events(const char *a, const char *b, const char *c)
{
    static char buffer[3000];

    snprintf(buffer, sizeof(buffer), "%s%s%s%s%s", a, b == NULL ? "" : ",",
             b == NULL ? "" : b, c == NULL ? "" : ",", c == NULL ? "" : c);
    return buffer;
}

static inline const char *message(const char *id, const char *text)
{
    return matrix_peer_message(id, "@a:x", text);
}

/* "line <from>" up to before "line <to>", in the history alone. */
static inline void say_history(struct matrix_peer *peer, int from, int to)
{
    for (int i = from; i < to; i++) {
        char id[20], text[20];

        snprintf(id, sizeof(id), "$h%d", i);
        snprintf(text, sizeof(text), "line %d", i);
        matrix_peer_history(peer, message(id, text));
    }
}

static inline bool has_no_gap(struct matrix_peer *peer)
{
    return is_idle(peer) && matrix_peer_number(peer, "SELECT COUNT(*) FROM memory "
                                                     "WHERE name = 'gaps' AND value "
                                                     "= '[]'") == 1;
}

/* has_no_gap, where the store is to fail: what a test asks for itself fails nothing and
 * is not counted. */
static inline bool is_at_rest(struct matrix_peer *peer)
{
    int64_t left = peer->store.db->calls_to_failure;
    bool is;

    peer->store.db->calls_to_failure = 0;
    is = has_no_gap(peer);
    peer->store.db->calls_to_failure = left;
    return is;
}
