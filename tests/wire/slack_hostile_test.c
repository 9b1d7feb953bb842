/* What no decent Slack sends: a peer that is silent without having gone, and frames
 * that are too long, of the wrong kind, or nonsense. Neighbours are heard and acked,
 * what can be acked is, nothing ends that need not. */
#include "tests/wire/slack_gap.h"

#define FRAME_BINARY "\x82"
#define DEEP         50000
#define DEEPER       200000
#define TOO_LONG     (((size_t)4 << 20) + 1)

static char envelope[24];
static int neighbours;

static bool is_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, envelope) > 0;
}

/* Somebody talks, and is heard before we go on. */
static void neighbour(struct slack_peer *peer)
{
    char ts[40], text[24];

    snprintf(envelope, sizeof(envelope), "good%d", ++neighbours);
    snprintf(ts, sizeof(ts), "%ld.%06d", peer->clock_s + 1, neighbours + 10);
    snprintf(text, sizeof(text), "w%d", neighbours);
    slack_peer_say(peer, envelope, "C0INC1", ts, text);
    slack_peer_await(peer, is_acked);
}

static void send_bytes(struct slack_peer *peer, const char *bytes, size_t length)
{
    server_send(slack_peer_socket(peer), bytes, length);
    neighbour(peer);
}

static int64_t odd(struct slack_peer *peer)
{
    return slack_count(peer, "memory WHERE name LIKE 'odd %'");
}

/* Nothing of it has an envelope that could be acked. */
static void frame__is_passed_over__when_it_names_no_envelope(void **state)
{
    static const char *const frames[] = {
        "",
        "UNAUTHENTICATED: cache_error",
        "null",
        "[]",
        "[{\"envelope_id\":\"x\"}]",
        "\"hello\"",
        "7",
        "{",
        "{\"type\":7}",
        "{\"envelope_id\":7,\"type\":\"events_api\",\"payload\":{}}",
        "{\"envelope_id\":{\"a\":1},\"type\":\"interactive\"}",
        "{\"envelope_id\":\"a\\\"b\",\"type\":\"events_api\",\"payload\":{}}",
        "{\"type\":\"hello\",\"num_connections\":\"many\",\"debug_info\":[]}",
        "{\"type\":\"disconnect\",\"reason\":{\"a\":\"b\"},\"debug_info\":7,\"x\":0",
        "{\"type\":\"events_api\",\"payload\":{\"event_id\":\"E1\",\"event\":{\"type\":"
        "\"message\",\"channel\":\"C0INC1\",\"user\":\"U1\",\"text\":\"wrong\","
        "\"ts\":\"1795351233.9\"}}}",
    };
    struct slack_peer *peer = declare(state);

    peer->ack_count = 0;
    neighbours = 0;
    for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
        send_bytes(peer, frames[i], strlen(frames[i]));
    }
    assert_int_equal(peer->ack_count, neighbours);
    assert_int_equal(said(peer), neighbours);
    assert_int_equal(odd(peer), 0);
    assert_int_equal(peer->socket_count, 1);
    assert_string_equal(server_offence(slack_peer_socket(peer)), "");
}

/* Of other types than Slack's, or of types that nobody knows: acked, all of them; the
 * peer would else send them for ever. */
static void envelope__is_acked__when_its_inside_makes_no_sense(void **state)
{
    static const char *const insides[] = {
        "\"type\":\"novelty\",\"payload\":{}",
        "\"type\":5,\"payload\":[]",
        "\"type\":\"events_api\"",
        "\"type\":\"events_api\",\"payload\":\"text\"",
        "\"type\":\"events_api\",\"payload\":{\"event_id\":7,\"event\":[]}",
        "\"type\":\"events_api\",\"payload\":{\"event_id\":\"E2\",\"event_time\":\"x\","
        "\"event\":{\"type\":\"message\",\"channel\":7,\"user\":[],\"text\":{},"
        "\"ts\":false}}",
        "\"type\":\"slash_commands\",\"payload\":{\"command\":1,\"text\":2}",
        "\"type\":\"interactive\",\"payload\":{\"type\":\"block_actions\",\"actions\":"
        "{\"0\":1},\"user\":\"U1\"}",
        "\"type\":\"interactive\",\"payload\":{\"type\":\"view_submission\",\"view\":"
        "7}",
        "\"type\":\"events_api\",\"payload\":{\"event",
    };
    struct slack_peer *peer = declare(state);
    char json[400], name[24];

    neighbours = 0;
    for (size_t i = 0; i < sizeof(insides) / sizeof(insides[0]); i++) {
        bool is_torn = insides[i][strlen(insides[i]) - 1] == 't';

        snprintf(json, sizeof(json), "{\"envelope_id\":\"bad%zu\",%s%s", i, insides[i],
                 is_torn ? "" : "}");
        send_bytes(peer, json, strlen(json));
    }
    for (size_t i = 0; i < sizeof(insides) / sizeof(insides[0]); i++) {
        snprintf(name, sizeof(name), "bad%zu", i);
        assert_int_equal(slack_peer_acks(peer, name), 1);
    }
    assert_int_equal(said(peer), neighbours);
    assert_int_equal(odd(peer), 7); /* the others lack what is ours to hear */
    assert_int_equal(slack_count(peer, "memory WHERE name = 'odd' AND value = '7'"), 1);
    assert_int_equal(peer->socket_count, 1);
}

static void say_raw(struct slack_peer *peer, const char *name, const char *bytes,
                    size_t length)
{
    char json[400];
    int head = snprintf(json, sizeof(json),
                        "{\"envelope_id\":\"%s\",\"type\":\"events_api\",\"payload\":{"
                        "\"event_id\":\"%s\",\"event\":{\"type\":\"message\","
                        "\"channel\":\"C0INC1\",\"user\":\"U1\",\"ts\":\"%ld.9%d\","
                        "\"text\":\"raw ",
                        name, name, peer->clock_s, neighbours);

    assert_true((size_t)head + length + 5 < sizeof(json));
    memcpy(json + head, bytes, length);
    memcpy(json + (size_t)head + length, "\"}}}", 4);
    send_bytes(peer, json, (size_t)head + length + 4);
}

/* Bytes that no text may have, in the middle of what somebody said: what can be mended
 * is, the rest is acked and kept as it came. */
static void message__is_kept__when_its_bytes_are_bad(void **state)
{
    struct slack_peer *peer = declare(state);

    neighbours = 0;
    say_raw(peer, "nul", "a\0b", 3);
    say_raw(peer, "utf", "a\xff\xc3(b\xed\xa0\x80", 8);
    say_raw(peer, "control", "a\x01\x1f\nb", 5);
    assert_int_equal(slack_peer_acks(peer, "nul"), 1);
    assert_int_equal(slack_peer_acks(peer, "utf"), 1);
    assert_int_equal(slack_peer_acks(peer, "control"), 1);
    assert_int_equal(said(peer), neighbours);
    assert_int_equal(peer->socket_count, 1);
    assert_int_equal(slack_count(peer, "timeline WHERE kind = 'said' AND text LIKE "
                                       "'raw a%b%'"),
                     2);
    assert_int_equal(odd(peer), 1);
}

static void send_deep(struct slack_peer *peer, const char *name, size_t depth)
{
    char head[100];
    size_t length = (size_t)snprintf(
        head, sizeof(head),
        "{\"envelope_id\":\"%s\",\"type\":\"events_api\",\"payload\":", name);
    char *json = malloc(length + 2 * depth + 1);

    assert_non_null(json);
    memcpy(json, head, length);
    memset(json + length, '[', depth);
    memset(json + length + depth, ']', depth);
    json[length + 2 * depth] = '}';
    send_bytes(peer, json, length + 2 * depth + 1);
    free(json);
}

/* Brackets that would break whoever reads by recursion; the second is deeper than what
 * passes as JSON here. */
static void envelope__is_acked__when_nested_deep(void **state)
{
    struct slack_peer *peer = declare(state);

    send_deep(peer, "deep", DEEP);
    send_deep(peer, "deeper", DEEPER);
    assert_int_equal(slack_peer_acks(peer, "deep"), 1);
    assert_int_equal(slack_peer_acks(peer, "deeper"), 1);
    assert_int_equal(odd(peer), 2);
    assert_int_equal(peer->socket_count, 1);
}

/* Slack sends text; the same bytes in a frame of the other kind say the same. */
static void envelope__is_acked__when_its_frame_is_binary(void **state)
{
    struct slack_peer *peer = declare(state);
    const char *odd_json = "{\"envelope_id\":\"bin\",\"type\":\"novelty\"}";
    char frame[100] = FRAME_BINARY;
    size_t length = strlen(odd_json);

    frame[1] = (char)length;
    memcpy(frame + 2, odd_json, length);
    server_write(slack_peer_socket(peer), frame, length + 2);
    neighbour(peer);
    assert_int_equal(slack_peer_acks(peer, "bin"), 1);
    assert_int_equal(peer->socket_count, 1);
}

#define MEGABYTE 1000000

/* In many frames, each written in pieces: it is kept as far as messages are, and nobody
 * loses the connection. */
static void message__is_kept__when_it_is_a_megabyte_in_pieces(void **state)
{
    struct slack_peer *peer = declare(state);
    char *json = malloc(MEGABYTE + 1000);
    int head, length;

    assert_non_null(json);
    head = sprintf(json,
                   "{\"envelope_id\":\"big\",\"type\":\"events_api\",\"payload\":{"
                   "\"event_id\":\"Ev9\",\"type\":\"event_callback\",\"event\":{"
                   "\"type\":\"message\",\"channel\":\"C0INC1\",\"user\":\"U1\","
                   "\"ts\":\"%ld.000009\",\"text\":\"",
                   peer->clock_s + 1);
    memset(json + head, 'w', MEGABYTE);
    length = head + MEGABYTE;
    length += sprintf(json + length, "\"}}}");
    server_send_split(slack_peer_socket(peer), json, (size_t)length, 60000, 7000);
    free(json);
    snprintf(envelope, sizeof(envelope), "big");
    slack_peer_await(peer, is_acked);
    neighbours = 0;
    neighbour(peer);
    assert_int_equal(said(peer), 2);
    assert_int_equal(
        slack_count(peer, "timeline WHERE length(text) = 163840 AND length_bytes = "
                          "1000000"),
        1);
    assert_int_equal(peer->socket_count, 1);
}

static bool has_told_why(struct slack_peer *peer)
{
    return peer->is_gone[0] && slack_has_two_sockets(peer);
}

/* It ends that connection with 1009; another one is opened, and what was said in
 * between is read up. */
static void socket__is_replaced__when_a_frame_is_over_the_limit(void **state)
{
    struct slack_peer *peer = declare(state);
    char *text = malloc(TOO_LONG);

    assert_non_null(text);
    fill(peer, 2);
    memset(text, ' ', TOO_LONG);
    neighbours = 2;
    neighbour(peer);
    server_send(slack_peer_socket(peer), text, TOO_LONG);
    free(text);
    slack_peer_await(peer, has_told_why);
    assert_int_equal(peer->close_codes[0], 1009);
    slack_peer_await(peer, is_w2_said);
    neighbour(peer);
    assert_int_equal(said(peer), 4);
}

/* Half open: the peer takes what is sent and says nothing, not even a pong. Nothing but
 * our own ping can find that; the deadline is the adapter's own. */
static void socket__is_replaced__when_the_peer_is_silent(void **state)
{
    struct slack_peer *peer = declare(state);

    fill(peer, 2);
    server_silence(slack_peer_socket(peer));
    wire_run_ms(&peer->wire, 5000);
    assert_int_equal(peer->socket_count, 1);
    slack_peer_await(peer, slack_has_two_sockets);
    slack_peer_await(peer, is_w2_said);
    neighbours = 2;
    neighbour(peer);
    assert_int_equal(peer->ack_sockets[peer->ack_count - 1], 1);
    assert_int_equal(said(peer), 3);
}

/* Open, and no hello: not connected, so given up after ten seconds. */
static void socket__is_replaced__when_no_hello_comes(void **state)
{
    struct slack_peer *peer = *state;

    peer->is_mute = true;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    wire_run_ms(&peer->wire, 5000);
    assert_int_equal(peer->socket_count, 1);
    slack_peer_await(peer, slack_has_two_sockets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GAP_TEST(frame__is_passed_over__when_it_names_no_envelope),
        GAP_TEST(envelope__is_acked__when_its_inside_makes_no_sense),
        GAP_TEST(message__is_kept__when_its_bytes_are_bad),
        GAP_TEST(envelope__is_acked__when_nested_deep),
        GAP_TEST(envelope__is_acked__when_its_frame_is_binary),
        GAP_TEST(message__is_kept__when_it_is_a_megabyte_in_pieces),
        GAP_TEST(socket__is_replaced__when_a_frame_is_over_the_limit),
        GAP_TEST(socket__is_replaced__when_the_peer_is_silent),
        GAP_TEST(socket__is_replaced__when_no_hello_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
