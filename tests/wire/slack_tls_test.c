/* Both libraries check the name: over TLS with the test's authority all works, under a
 * wrong name nothing is sent. */
#include "tests/wire/slack_state.h"

static bool is_acked(struct slack_peer *peer)
{
    return slack_peer_acks(peer, "e1") > 0;
}

static void road__works__when_certificate_is_right(void **state)
{
    struct slack_peer *peer = slack_peer_create("good.test", "good.test");

    (void)state;
    slack_peer_start(peer);
    slack_peer_await(peer, slack_has_socket);
    slack_peer_slash(peer, "e1", "t1", "list");
    slack_peer_await(peer, is_acked);
    slack_peer_destroy(peer);
}

static bool has_been_tried(struct slack_peer *peer)
{
    return server_accepted(peer->server) > 1;
}

static void road__is_closed__when_name_is_wrong(void **state)
{
    struct slack_peer *peer = slack_peer_create("good.test", "wrong.test");

    (void)state;
    slack_peer_start(peer);
    slack_peer_await(peer, has_been_tried);
    wire_run_ms(&peer->wire, 100);
    assert_int_equal(peer->call_count, 0);
    assert_int_equal(peer->socket_count, 0);
    slack_peer_destroy(peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(road__works__when_certificate_is_right),
        cmocka_unit_test(road__is_closed__when_name_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
