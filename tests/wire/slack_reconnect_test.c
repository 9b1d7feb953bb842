/*
 * Forced reconnects, a hundred in every run (a thousand in the long one): refreshes,
 * closes and cuts, with somebody talking all the while. Every message is on the
 * timeline once, and nothing is left open behind.
 */
#include <dirent.h>

#include "tests/wire/slack_peer.h"

#define RUNS_SHORT 100
#define RUNS_LONG  1000
#define WARM       10 /* what is made once is made by then */

#if defined(__SANITIZE_ADDRESS__)
size_t __sanitizer_get_current_allocated_bytes(void);
#define HEAP_BYTES() __sanitizer_get_current_allocated_bytes()
#else
#define HEAP_BYTES() ((size_t)0)
#endif
/* A row of the timeline in memory, and what the scripted server keeps of a connection;
 * a WebSocket or a request left behind is more. */
#define HEAP_EACH ((size_t)1536)

static int descriptors(void)
{
    DIR *dir = opendir("/proc/self/fd");
    int count = 0;

    assert_non_null(dir);
    while (readdir(dir) != NULL) {
        count++;
    }
    closedir(dir);
    return count;
}

static char expected[32]; /* the envelope whose ack is awaited */
static size_t sockets_before;
static int descriptors_before;

static bool is_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, expected) > 0;
}

static bool has_another(struct slack_peer *peer)
{
    return peer->socket_count > sockets_before;
}

static bool has_settled(struct slack_peer *peer)
{
    (void)peer;
    return descriptors() == descriptors_before;
}

static bool is_declared(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e") > 0 &&
           slack_peer_number(peer,
                             "SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL") == 0;
}

static void say(struct slack_peer *peer, int run, char delivery)
{
    char ts[40], text[32];

    snprintf(expected, sizeof(expected), "m%d%c", run, delivery);
    snprintf(ts, sizeof(ts), "%ld.%06d", peer->clock_s, run + 1);
    snprintf(text, sizeof(text), "w%d", run);
    slack_peer_say(peer, expected, "C0INC1", ts, text);
}

/* Said on the old socket as it goes; where no ack came, Slack says it again on the
 * next. */
static void reconnect(struct slack_peer *peer, int run)
{
    struct server_peer *old = slack_peer_socket(peer);
    const char *refresh = "{\"type\":\"disconnect\",\"reason\":\"refresh_requested\"}";

    peer->ack_count = 0;
    sockets_before = peer->socket_count;
    say(peer, run, 'a');
    if (run % 20 == 19) {
        server_cut(old);
        slack_peer_await(peer, has_another);
    } else {
        server_send(old, refresh, strlen(refresh));
        slack_peer_await(peer, has_another);
        if (run % 2 == 0) {
            server_cut(old);
        } else {
            server_close(old, 1000);
        }
    }
    say(peer, run, 'b');
    slack_peer_await(peer, is_acked);
}

static bool has_socket(struct slack_peer *peer)
{
    return peer->socket_count > 0;
}

static void nothing_is_left_or_lost__when_reconnected_all_the_time(void **state)
{
    struct slack_peer *peer = slack_peer_create(NULL, "127.0.0.1");
    int runs = getenv("MUSTER_LONG") != NULL ? RUNS_LONG : RUNS_SHORT;
    size_t heap_bytes;

    (void)state;
    slack_peer_start(peer);
    slack_peer_await(peer, has_socket);
    slack_peer_slash(peer, "e", "t1", "declare sev2 db is down");
    slack_peer_await(peer, is_declared);
    descriptors_before = descriptors();
    for (int run = 0; run < WARM; run++) {
        reconnect(peer, run);
    }
    slack_peer_await(peer, has_settled);
    heap_bytes = HEAP_BYTES();
    for (int run = WARM; run < WARM + runs; run++) {
        reconnect(peer, run);
    }
    slack_peer_await(peer, has_settled);
    print_message("%d reconnects, %ld bytes more\n", runs,
                  (long)(HEAP_BYTES() - heap_bytes));
    assert_true(HEAP_BYTES() <= heap_bytes + HEAP_EACH * (size_t)runs);
    assert_int_equal(
        slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text LIKE 'w%'"),
        WARM + runs);
    assert_int_equal(slack_peer_number(peer,
                                       "SELECT COUNT(DISTINCT text) FROM timeline "
                                       "WHERE text LIKE 'w%'"),
                     WARM + runs);
    slack_peer_destroy(peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_left_or_lost__when_reconnected_all_the_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
