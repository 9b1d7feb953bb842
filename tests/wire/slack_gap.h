/* An incident in the scripted Slack, and a gap in what was heard of it. */
#pragma once

#include "bot/base/time.h"
#include "tests/wire/slack_state.h"

#define MANY 31

/* Nothing is under way any more, not even who they are. */
static inline bool is_quiet(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e2") > 0 && slack_is_idle(peer) &&
           slack_peer_number(peer,
                             "SELECT COUNT(*) FROM identities WHERE zone <> ''") == 1;
}

/* An incident, and a message of its channel that was heard. Pages are long. */
static inline struct slack_peer *declare(void **state)
{
    struct slack_peer *peer = *state;
    char ts[40];

    peer->page = 20;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e1", "t1", "declare sev2 db is down");
    slack_peer_await(peer, slack_is_first_done);
    snprintf(ts, sizeof(ts), "%ld.000001", peer->clock_s);
    slack_peer_say(peer, "e2", "C0INC1", ts, "heard");
    slack_peer_await(peer, is_quiet);
    peer->post_count = 0; /* of ours, nothing is heard */
    peer->call_count = 0;
    return peer;
}

static inline int64_t said(struct slack_peer *peer)
{
    return slack_count(peer, "timeline WHERE kind = 'said' AND text LIKE 'w%'");
}

static inline int64_t marks(struct slack_peer *peer)
{
    return slack_count(peer, "memory WHERE name = 'unread C0INC1' AND value <> ''");
}

/* Puts a message in front: the history gives the newest first. */
static inline void add_said(struct slack_peer *peer, const char *more, long after_s,
                            const char *text)
{
    char *before = strdup(peer->said);

    assert_non_null(before);
    snprintf(peer->said, sizeof(peer->said),
             "{\"type\":\"message\",\"user\":\"U2\",%s\"text\":\"%s\",\"ts\":"
             "\"%ld.000002\"}%s%s",
             more, text, peer->clock_s + after_s, *before == '\0' ? "" : ",", before);
    free(before);
}

/* w1, w2 ..., a second apart. */
static inline void fill(struct slack_peer *peer, int messages)
{
    char text[16];

    for (int i = 1; i <= messages; i++) {
        snprintf(text, sizeof(text), "w%d", i);
        add_said(peer, "", i, text);
    }
}

static inline void fault(struct slack_peer *peer, enum slack_fault fault, int times)
{
    peer->fault_method = "conversations.history";
    peer->fault = fault;
    peer->fault_times = times;
}

static inline bool is_w2_said(struct slack_peer *peer)
{
    return slack_count(peer, "timeline WHERE text = 'w2'") == 1;
}

static inline bool is_w1_said(struct slack_peer *peer)
{
    return said(peer) == 1;
}

#define GAP_TEST(name)                                                                 \
    cmocka_unit_test_setup_teardown(name, slack_setup, slack_teardown)
