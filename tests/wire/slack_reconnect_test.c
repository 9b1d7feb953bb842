/*
 * Forced reconnects, a hundred in every run (a thousand in the long one): refreshes,
 * closes and cuts, with somebody talking all the while. Every message is on the
 * timeline once, and nothing is left open behind.
 */
#include <dirent.h>

#include "tests/wire/slack_state.h"

#define RUNS_SHORT 100
#define RUNS_LONG  1000
#define WARM       20 /* what is made once is made by then, by a cut, too */

/* The store takes memory by pages, now in one run and now in the next: two of them are
 * allowed, and next to nothing for each. So a hundred bytes left behind by every
 * reconnect are seen in each run, and twenty in the long one. */
#define HEAP_ONCE 8192
#define HEAP_EACH 8

#if defined(__SANITIZE_ADDRESS__)
size_t __sanitizer_get_current_allocated_bytes(void);
#define HEAP_BYTES() __sanitizer_get_current_allocated_bytes()
#else
#define HEAP_BYTES() ((size_t)0)
#endif
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

/* Not one more than before; a request's connection may have been let go meanwhile. */
static bool has_settled(struct slack_peer *peer)
{
    (void)peer;
    return descriptors() <= descriptors_before;
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

/* What the bot holds: without what the scripted server keeps of each connection. */
static size_t heap_bytes(struct slack_peer *peer)
{
    size_t kept_bytes = server_kept_bytes(peer->server);
    size_t bytes = HEAP_BYTES();

    return bytes > kept_bytes ? bytes - kept_bytes : 0;
}

/* The same talk on one socket that stays. */
static void stay(struct slack_peer *peer, int run)
{
    peer->ack_count = 0;
    say(peer, run, 'a');
    slack_peer_await(peer, is_acked); /* each in a turn of its own, there as well */
    say(peer, run, 'b');
    slack_peer_await(peer, is_acked);
}

static void assert_all_once(struct slack_peer *peer, int messages)
{
    assert_int_equal(
        slack_peer_number(peer, "SELECT COUNT(*) FROM timeline WHERE text LIKE 'w%'"),
        messages);
    assert_int_equal(slack_peer_number(peer,
                                       "SELECT COUNT(DISTINCT text) FROM timeline "
                                       "WHERE text LIKE 'w%'"),
                     messages);
}

/* By how much the bot has grown over so many runs. */
static int64_t growth(int runs, void (*act)(struct slack_peer *peer, int run))
{
    struct slack_peer *peer = slack_peer_create(NULL, "127.0.0.1");
    int64_t bytes;

    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e", "t1", "declare sev2 db is down");
    slack_peer_await(peer, is_declared);
    descriptors_before = descriptors();
    for (int run = 0; run < WARM; run++) {
        act(peer, run);
    }
    slack_peer_await(peer, has_settled);
    bytes = -(int64_t)heap_bytes(peer);
    for (int run = WARM; run < WARM + runs; run++) {
        act(peer, run);
    }
    slack_peer_await(peer, has_settled);
    bytes += (int64_t)heap_bytes(peer);
    assert_all_once(peer, WARM + runs);
    slack_peer_destroy(peer);
    return bytes;
}

/* The store in memory grows with what is said: so the same is said without a single
 * reconnect, and that much is allowed. */
static void nothing_is_left_or_lost__when_reconnected_all_the_time(void **state)
{
    int runs = getenv("MUSTER_LONG") != NULL ? RUNS_LONG : RUNS_SHORT;
    int64_t without = growth(runs, stay);
    int64_t with = growth(runs, reconnect);

    (void)state;
    print_message("%d reconnects, %lld bytes more, %lld without them\n", runs,
                  (long long)with, (long long)without);
    assert_true(with - without <= HEAP_ONCE + (int64_t)HEAP_EACH * runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_left_or_lost__when_reconnected_all_the_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
