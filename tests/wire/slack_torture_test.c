/*
 * One call of a whole incident goes wrong, in each way: what was to be said and made is
 * there, once, and nothing waits or was given up.
 */
#include "tests/wire/slack_state.h"

#define LONG_STEP 5 /* each run takes the last post alone */

static const char *const lines[] = {
    "declare sev2 db is down",
    "page inc-1 <@U2|bob> please",
    "resolve inc-1 all is well",
    "retro inc-1",
};
#define LINES (sizeof(lines) / sizeof(lines[0]))

/* What is there in the end. */
struct end {
    size_t posts, rooms, canvases, calls;
    size_t last_post; /* of the calls */
    int64_t buried;
    char file[100];
};

static char envelope[24];
static size_t sockets_before;
static bool is_to_be_killed; /* when it has come to that call */

static bool is_struck(struct slack_peer *peer)
{
    return is_to_be_killed && peer->fault_times == 0;
}

static bool is_done(struct slack_peer *peer)
{
    return is_struck(peer) ||
           (slack_peer_acks(peer, envelope) > 0 && slack_is_idle(peer));
}

static int64_t rows_before;

static bool has_gone_on(struct slack_peer *peer)
{
    return is_done(peer) || slack_open_rows(peer) < rows_before;
}

/* Row by row: posts are paced, a second each. */
static void await_done(struct slack_peer *peer)
{
    while (!is_done(peer)) {
        rows_before = slack_open_rows(peer);
        slack_peer_await(peer, has_gone_on);
    }
}

static bool has_another(struct slack_peer *peer)
{
    return is_struck(peer) || peer->socket_count > sockets_before;
}

static void await_socket(struct slack_peer *peer)
{
    slack_peer_await(peer, has_another);
    if (is_struck(peer)) {
        is_to_be_killed = false;
        sockets_before = peer->socket_count;
        slack_peer_restart(peer);
        slack_peer_await(peer, has_another);
    }
}

static void type_once(struct slack_peer *peer, size_t line, char life)
{
    char trigger[24];

    snprintf(envelope, sizeof(envelope), "x%zu%c", line, life);
    snprintf(trigger, sizeof(trigger), "t%zu%c", line, life);
    slack_peer_slash(peer, envelope, trigger, lines[line]);
    await_done(peer);
}

/* Who was not heard says it again. */
static void type(struct slack_peer *peer, size_t line)
{
    type_once(peer, line, 'a');
    if (!is_struck(peer)) {
        return;
    }
    await_socket(peer);
    if (slack_peer_acks(peer, envelope) == 0) {
        type_once(peer, line, 'b');
    }
    await_done(peer);
}

static size_t shown(struct slack_peer *peer)
{
    size_t count = 0;

    for (size_t i = 0; i < peer->post_count; i++) {
        count += peer->posts[i].is_private ? 0 : 1;
    }
    return count;
}

static void play(struct slack_peer *peer, struct end *end)
{
    peer->config->answer_ms = 500;
    peer->page = 50;
    sockets_before = 0;
    slack_peer_start(peer);
    await_socket(peer);
    for (size_t i = 0; i < LINES; i++) {
        type(peer, i);
    }
    *end = (struct end){.posts = shown(peer),
                        .rooms = peer->room_count,
                        .canvases = peer->canvases,
                        .calls = peer->call_count,
                        .buried = slack_buried_rows(peer)};
    memcpy(end->file, peer->file, sizeof(end->file));
    for (size_t i = 0; i < peer->call_count; i++) {
        if (strcmp(peer->calls[i], "chat.postMessage") == 0) {
            end->last_post = i;
        }
    }
}

static const struct way {
    enum slack_fault fault;
    bool kills;
} ways[] = {
    {FAULT_DROP_AFTER, false}, {FAULT_DROP_BEFORE, false}, {FAULT_SILENT, false},
    {FAULT_429, false},        {FAULT_500, false},         {FAULT_500_AFTER, false},
    {FAULT_HELD, true},        {FAULT_SILENT, true},
};
#define WAYS (sizeof(ways) / sizeof(ways[0]))

static void torture(const struct way *way, size_t call, const struct end *wanted)
{
    struct slack_peer *peer = slack_peer_create(NULL, "127.0.0.1");
    struct end end;

    print_message("fault %d%s at call %zu\n", (int)way->fault,
                  way->kills ? ", killed," : "", call);
    is_to_be_killed = way->kills;
    peer->fault_method = "";
    peer->fault = way->fault;
    peer->fault_times = 1;
    peer->fault_spares = (int)call;
    play(peer, &end);
    assert_int_equal(slack_doubles(peer), 0);
    assert_int_equal(end.posts, wanted->posts);
    assert_int_equal(end.rooms, 1);
    assert_int_equal(end.canvases, wanted->canvases);
    assert_int_equal(end.buried, wanted->buried);
    assert_string_equal(end.file, wanted->file);
    slack_peer_destroy(peer);
}

/* A run takes as long as its posts are paced: so few of them in each run. */
static void incident__is_whole__whichever_call_goes_wrong(void **state)
{
    bool is_long = getenv("MUSTER_LONG") != NULL;
    struct slack_peer *peer = slack_peer_create(NULL, "127.0.0.1");
    struct end wanted;

    (void)state;
    is_to_be_killed = false;
    play(peer, &wanted);
    slack_peer_destroy(peer);
    for (size_t i = 0; i < (is_long ? WAYS : 1); i++) {
        for (size_t call = is_long ? 0 : wanted.last_post; call < wanted.calls;
             call += is_long ? LONG_STEP : wanted.calls) {
            torture(&ways[i], call, &wanted);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(incident__is_whole__whichever_call_goes_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
