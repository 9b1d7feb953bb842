/*
 * Many sockets, one after the other, while people talk. Slack keeps the old one beside
 * the new one and picks either for each payload; what was not acked when its socket
 * went comes again on another, in a new envelope.
 */
#include "tests/wire/slack_state.h"

#define SOCKETS 10
#define EACH    6 /* messages while two sockets are there */
#define LETTERS 200
#define LINKS   4 /* what the bot holds at once, at most */

struct letter {
    char envelope[24];
    int message;
    size_t socket;
};

static struct letter letters[LETTERS];
static size_t letter_count, settled_count, sockets_before;

static int setup(void **state)
{
    *state = slack_peer_create(NULL, "127.0.0.1");
    letter_count = settled_count = 0;
    return 0;
}

static bool has_another(struct slack_peer *peer)
{
    return peer->socket_count > sockets_before;
}

static bool has_left_one(struct slack_peer *peer)
{
    return peer->gone_count > 0;
}

static bool is_one_left(struct slack_peer *peer)
{
    return peer->gone_count + 1 == peer->socket_count;
}

static void send_letter(struct slack_peer *peer, int message, size_t socket)
{
    struct letter *letter = &letters[letter_count];
    char json[400];

    assert_true(letter_count < LETTERS);
    snprintf(letter->envelope, sizeof(letter->envelope), "m%d-%zu", message,
             letter_count++);
    letter->message = message;
    letter->socket = socket;
    snprintf(json, sizeof(json),
             "{\"envelope_id\":\"%s\",\"type\":\"events_api\",\"payload\":{"
             "\"event_id\":\"Ev%d\",\"type\":\"event_callback\",\"event\":{\"type\":"
             "\"message\",\"channel\":\"C0INC1\",\"user\":\"U1\",\"text\":\"w%d\","
             "\"ts\":\"%ld.%06d\"}}}",
             letter->envelope, message, message, peer->clock_s, message + 1);
    server_send(peer->sockets[socket], json, strlen(json));
}

static bool is_settled(struct slack_peer *peer)
{
    for (size_t i = settled_count; i < letter_count; i++) {
        if (slack_peer_acks(peer, letters[i].envelope) == 0 &&
            !peer->is_gone[letters[i].socket]) {
            return false;
        }
    }
    return true;
}

/* What went with its socket is sent again, until all is acked. */
static void settle(struct slack_peer *peer)
{
    while (settled_count < letter_count) {
        size_t end = letter_count;

        slack_peer_await(peer, is_settled);
        for (size_t i = settled_count; i < end; i++) {
            if (slack_peer_acks(peer, letters[i].envelope) == 0) {
                send_letter(peer, letters[i].message, peer->socket_count - 1);
            }
        }
        settled_count = end;
    }
}

static void refresh(struct slack_peer *peer, const char *reason)
{
    char json[80];

    snprintf(json, sizeof(json), "{\"type\":\"disconnect\",\"reason\":\"%s\"}", reason);
    sockets_before = peer->socket_count;
    slack_peer_send(peer, json);
}

/* Any of those that are open. */
static size_t pick_socket(struct slack_peer *peer, int turn)
{
    size_t back = (size_t)turn % 3;
    size_t index = peer->socket_count - 1;

    return back > index || peer->is_gone[index - back] ? index : index - back;
}

static size_t socket_of_ack(struct slack_peer *peer, const char *envelope)
{
    char wanted[60];

    snprintf(wanted, sizeof(wanted), "\"envelope_id\":\"%s\"", envelope);
    for (size_t i = 0; i < peer->ack_count; i++) {
        if (strstr(peer->acks[i], wanted) != NULL) {
            return peer->ack_sockets[i];
        }
    }
    return SLACK_PEER_ITEMS;
}

/* Once, and by the socket it came by, as long as that was there. */
static void assert_acked(struct slack_peer *peer)
{
    for (size_t i = 0; i < letter_count; i++) {
        const struct letter *letter = &letters[i];
        size_t acks = slack_peer_acks(peer, letter->envelope);

        assert_true(acks == 1 || (acks == 0 && peer->is_gone[letter->socket]));
        if (acks == 1) {
            assert_int_equal(socket_of_ack(peer, letter->envelope), letter->socket);
        }
    }
}

static int64_t count(struct slack_peer *peer, const char *what)
{
    return slack_peer_number(
        peer,
        arena_printf(peer->config->arena,
                     "SELECT COUNT(%s) FROM timeline WHERE text LIKE 'w%%'", what));
}

static void assert_left(struct slack_peer *peer)
{
    slack_peer_await(peer, is_one_left);
    assert_false(peer->is_gone[peer->socket_count - 1]);
    for (size_t i = 0; i + 1 < peer->socket_count; i++) {
        assert_int_equal(peer->close_codes[i], 1000);
    }
}

/* One in four is left to the bot; of the others Slack lets go itself. */
static void messages__are_there_once__when_ten_sockets_follow_each_other(void **state)
{
    struct slack_peer *peer = slack_declare(state);
    int message = 0;

    for (size_t run = 0; run < SOCKETS; run++) {
        size_t old = peer->socket_count - 1;

        refresh(peer, run % 2 == 0 ? "refresh_requested" : "warning");
        send_letter(peer, message++, old);
        slack_peer_await(peer, has_another);
        assert_false(peer->is_gone[old]);
        for (int i = 0; i < EACH; i++) {
            send_letter(peer, message++, pick_socket(peer, i));
        }
        settle(peer);
        if (run % 4 != 1) {
            server_close(peer->sockets[old], 1000);
        }
    }
    assert_int_equal(peer->socket_count, SOCKETS + 1);
    assert_acked(peer);
    assert_int_equal(count(peer, "*"), message);
    assert_int_equal(count(peer, "DISTINCT text"), message);
    assert_left(peer);
}

/* Slack closes none of them: the bot holds so many and no more, and hears all the
 * while. */
static void sockets__are_few__when_slack_asks_again_and_again(void **state)
{
    struct slack_peer *peer = slack_declare(state);

    for (int i = 0; i + 1 < LINKS; i++) {
        refresh(peer, "refresh_requested");
        slack_peer_await(peer, has_another);
        send_letter(peer, i, pick_socket(peer, i));
        settle(peer);
    }
    refresh(peer, "refresh_requested");
    send_letter(peer, LINKS, peer->socket_count - 1);
    settle(peer);
    slack_peer_await(peer, has_left_one);
    assert_int_equal(peer->socket_count, LINKS);
    slack_peer_await(peer, has_another);
    send_letter(peer, LINKS + 1, peer->socket_count - 1);
    settle(peer);
    assert_acked(peer);
    assert_int_equal(count(peer, "*"), LINKS + 1);
}

#define MANY_TEST(name) cmocka_unit_test_setup_teardown(name, setup, slack_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MANY_TEST(messages__are_there_once__when_ten_sockets_follow_each_other),
        MANY_TEST(sockets__are_few__when_slack_asks_again_and_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
